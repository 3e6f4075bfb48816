"""What does not fit together in one document: values that are each as sure as can be, but not all right.

No sum of the invoice is wrong there, so that it is no finding of validation. But a reader
who takes another column, row or date for the one that was meant leaves such traces.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from extractor.assessment.cut_numbers import cut_numbers, unread_ids
from extractor.assessment.features import known_values
from extractor.assessment.guessed_parties import guessed_parties
from extractor.assessment.ids_apart import ids_apart
from extractor.assessment.kinds_in_doubt import kinds_in_doubt
from extractor.assessment.odd_cells import odd_cells
from extractor.assessment.odd_figures import odd_figures
from extractor.assessment.odd_names import odd_names
from extractor.assessment.odd_prints import odd_prints
from extractor.assessment.odd_texts import odd_texts
from extractor.assessment.unread_totals import included_tax, net_due, other_net, other_tax, unread_totals
from extractor.engines.layout.lexicon import Lexicon
from extractor.engines.layout.term_words import DAYS, EARLY
from extractor.extraction.extraction import Extraction, State
from extractor.pages.page import Page
from extractor.validation.figures import figures_of
from extractor.values.dates import find_dates
from extractor.values.month_ends import days_later, month_end
from extractor.values.names import comparable_name
from extractor.values.numerals import find_counts

_MOST_DAYS = 365
_NAMED = 0.7  # the score of a date that a label names
_ANY_ORDER = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})\s*")
_LAST_MONTH = 12
_EITHER_ORDER = 0.65  # the score of a date that is another one month first, at most
_WITHOUT_LABEL = 0.88  # the score of a seller by what stands around its name, at most
_NEAR = 3  # lines
_BY_GUESS = 0.58  # less than the score of a currency that the country of a tax id or account tells


def misfits(
    extraction: Extraction, pages: Sequence[Page] = (), *, labels: Lexicon | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the path of each value that does not fit, and a sentence that says why.

    `pages` are those that the values stand on, `labels` the labels of the spec's fields.
    """
    known = tuple(known_values(extraction))
    if any(each.leaf.is_stored for each in known):
        return  # data says what it means
    yield from odd_figures(extraction, figures_of(extraction))
    for rule in _RULES:
        yield from rule(extraction)
    for page_rule in _PAGE_RULES:
        yield from page_rule(extraction, pages)
    yield from odd_prints(known, pages, labels)


def _rows_without_wording(extraction: Extraction) -> Iterator[tuple[str, str]]:
    rows = extraction.rows("line_items")
    described = [row.members.get("description") for row in rows]
    are_empty = [leaf is None or leaf.value is None for leaf in described]
    if any(are_empty) and not all(are_empty):
        yield f"line_items[{are_empty.index(True)}]", "A line item has no description, and others have."
    codes = [row.members.get("product_code") for row in rows]
    if rows and all(are_empty) and any(code is not None and code.value is not None for code in codes):
        yield "line_items[0]", "The line items have codes and no description: one may be the other."


def _dates_beside_terms(extraction: Extraction) -> Iterator[tuple[str, str]]:
    leaf = extraction.leaf
    if leaf("issue_date").score > _NAMED:
        return  # terms of other days are then the supplier's affair
    issued, due, terms = leaf("issue_date").value, leaf("due_date").value, leaf("payment_terms").text
    if not isinstance(issued, date) or not isinstance(due, date) or not terms:
        return
    days = {found.count for found in find_counts(terms) if 0 < found.count <= _MOST_DAYS}
    if days and due != month_end(due) and (due - issued).days not in days:
        yield "issue_date", "The days of the payment terms do not lie between the dates."


def _due_for_discount(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield a date due where a discount for paying early is spoken of, and near it a later day."""
    due, issued = extraction.leaf("due_date").value, extraction.leaf("issue_date").value
    if not isinstance(due, date):
        return
    lines = [line.text for page in pages for line in page.lines]
    places = [index for index, line in enumerate(lines) if EARLY.search(line)]
    near = [line for index, line in enumerate(lines) if any(abs(index - each) <= _NEAR for each in places)]
    terms = extraction.leaf("payment_terms").text or ""
    near += [terms] if EARLY.search(terms) else []
    days = {found.date for line in near for found in find_dates(line)}
    if isinstance(issued, date):
        counts = {found.count for line in near if DAYS.search(line) for found in find_counts(line)}
        days |= {days_later(issued, int(count)) for count in counts if 0 < count <= _MOST_DAYS}
    if any(due < day and (day - due).days <= _MOST_DAYS for day in days):
        yield "due_date", "The date may be that of a discount for paying early."


def _ids_of_one_side(extraction: Extraction) -> Iterator[tuple[str, str]]:
    if extraction.leaf("buyer_tax_id").value is not None and extraction.leaf("seller_tax_id").value is None:
        yield "buyer_tax_id", "A tax id of the buyer is read, and none of the seller."


def _lone_party(extraction: Extraction) -> Iterator[tuple[str, str]]:
    seller = extraction.leaf("seller_name")
    is_read = seller.value is not None and seller.score <= _WITHOUT_LABEL
    if is_read and extraction.leaf("buyer_name").value is None:
        yield "seller_name", "One party alone is read, and no label says that it is the seller."


def _either_order(extraction: Extraction) -> Iterator[tuple[str, str]]:
    for name in ("issue_date", "due_date"):
        leaf = extraction.leaf(name)
        match = _ANY_ORDER.fullmatch(leaf.text or "")
        is_open = (
            match is not None and match[1] != match[2] and max(int(match[1]), int(match[2])) <= _LAST_MONTH
        )
        if is_open and leaf.score <= _EITHER_ORDER:
            yield name, f"Nothing tells whether {leaf.text} begins with the day or the month."
            return


def _one_party_twice(extraction: Extraction) -> Iterator[tuple[str, str]]:
    seller, buyer = (extraction.leaf(name).value for name in ("seller_name", "buyer_name"))
    if (
        seller is not None
        and buyer is not None
        and comparable_name(str(seller)) == comparable_name(str(buyer))
    ):
        yield "buyer_name", "Seller and buyer are read as one."


def _one_day_twice(extraction: Extraction) -> Iterator[tuple[str, str]]:
    issued, due = extraction.leaf("issue_date"), extraction.leaf("due_date")
    if issued.value is not None and issued.evidence == due.evidence and issued.value == due.value:
        yield "issue_date", "One printed date is read as that of issue and as the one due."


def _one_id_twice(extraction: Extraction) -> Iterator[tuple[str, str]]:
    seen = {extraction.leaf("invoice_number").value}
    for name in ("purchase_order_number", "contract_number"):
        value = extraction.leaf(name).value
        if value is not None and value in seen:
            yield name, "The same number is read for two fields."
        seen.add(value)


def _one_tax_id_twice(extraction: Extraction) -> Iterator[tuple[str, str]]:
    ids = [extraction.leaf(name) for name in ("seller_tax_id", "buyer_tax_id")]
    if ids[0].value is not None and ids[0].value == ids[1].value:
        yield "seller_tax_id", "Seller and buyer are read with one tax id."


def _kind_in_a_sentence(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield a receipt that a word in small letters tells: "due upon receipt" is none."""
    leaf = extraction.leaf("invoice_type")
    text = leaf.text or ""
    if leaf.value == "receipt" and text[:1].islower():
        yield "invoice_type", f"The kind is told by a word that is no title: {text}."


def _currency_by_guess(extraction: Extraction) -> Iterator[tuple[str, str]]:
    leaf = extraction.leaf("currency")
    if leaf.state is State.DERIVED and leaf.score < _BY_GUESS:
        yield "currency", "No sign on the document says which currency its amounts are in."


_RULES: tuple[Callable[[Extraction], Iterator[tuple[str, str]]], ...] = (
    _rows_without_wording,
    _dates_beside_terms,
    _ids_of_one_side,
    _lone_party,
    _either_order,
    _one_party_twice,
    _one_day_twice,
    _one_id_twice,
    _one_tax_id_twice,
    _kind_in_a_sentence,
    _currency_by_guess,
    odd_names,
    odd_texts,
    odd_cells,
)
_PAGE_RULES: tuple[Callable[[Extraction, Sequence[Page]], Iterator[tuple[str, str]]], ...] = (
    unread_totals,
    guessed_parties,
    kinds_in_doubt,
    other_net,
    other_tax,
    included_tax,
    net_due,
    _due_for_discount,
    ids_apart,
    cut_numbers,
    unread_ids,
)
