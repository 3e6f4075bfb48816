"""Read a form: every field of a spec from labelled sheets, in the order of dependence."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.engines.layout.accounts import read_accounts
from extractor.engines.layout.breakdown import tax_breakdown
from extractor.engines.layout.captions import captioned_texts
from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.date_order import with_date_order
from extractor.engines.layout.derived import (
    currencies_by_amounts,
    currencies_by_country,
    kinds_by_title,
    unlabelled_codes,
)
from extractor.engines.layout.header_fields import PRINTED, labelled_candidates
from extractor.engines.layout.item_tables import read_all_items
from extractor.engines.layout.items import Items
from extractor.engines.layout.labelled import LabelledSheet, label
from extractor.engines.layout.lexicon import squeezed
from extractor.engines.layout.parties import read_parties
from extractor.engines.layout.party_regions import Region, find_regions
from extractor.engines.layout.payments import dates_to_pay_by, payment_sentences
from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.engines.layout.spec_labels import SpecLabels, labels_for
from extractor.engines.layout.spoken_amounts import spoken_amounts
from extractor.engines.layout.sums_to_pay import sums_to_pay
from extractor.engines.layout.table_ends import TableEnds
from extractor.engines.layout.tables.rows import read_tables
from extractor.engines.layout.terms import is_of_terms, rated_terms, terms_under_labels, trimmed_terms
from extractor.engines.layout.till import stamped_dates, with_paid_total
from extractor.engines.layout.titled import dates_under_numbers, titled_numbers
from extractor.engines.layout.total_rows import read_total_rows
from extractor.engines.layout.totals import DUE, GROSS, NET, TAX, choose_totals
from extractor.engines.layout.unlabelled_dates import dated_numbers, lone_dates
from extractor.engines.layout.untaxed import with_untaxed_gross
from extractor.engines.reading import Candidate, CandidateRow, Reading
from extractor.field_specs.spec import FieldType, Spec
from extractor.pages.geometry import union
from extractor.pages.page import Page
from extractor.values.conventions import Conventions, infer_conventions

_TOTALS = frozenset({NET, TAX, GROSS, DUE})
_OF_SELLER = ("seller_tax_id", "seller_address")
_KNOWN = 0.4
_ITEMS = "line_items"
_BREAKDOWN = "tax_breakdown"
_WORDS = "amount_in_words"


def read_form(pages_of_words: Sequence[Page], spec: Spec, *, engine: str) -> Reading:
    """Return the candidates of every field of the spec."""
    labels = labels_for(spec)
    sheets = [sheet_of(page, labels) for page in pages_of_words]
    conventions = infer_conventions(cell.text for sheet in sheets for cell in sheet.cells)
    pages = [label(sheet, labels.fields, labels.titles) for sheet in sheets]
    pages = [replace(page, is_first=index == 0) for index, page in enumerate(pages)]
    conventions = with_date_order(pages, spec, conventions)
    numbers = PrintedNumbers(conventions)
    items = _items(pages, labels, spec, numbers)
    pages = [_with_tables(page, items) for page in pages]
    regions = find_regions(pages)
    candidates = _plain_fields(pages, regions, spec, conventions)
    candidates |= read_parties(pages, regions, spec, conventions)
    tables: dict[str, tuple[CandidateRow, ...]] = {_ITEMS: items.rows} if items.rows else {}
    total_rows = read_total_rows(
        pages,
        is_item=items.places,
        columns=items.columns,
        lines_sum=items.net_sum,
        numbers=numbers,
    )
    asked = sums_to_pay(pages, total_rows.candidates, numbers)
    total_candidates = with_paid_total((*total_rows.candidates, *asked), pages, numbers)
    totals = choose_totals(total_candidates, extras=total_rows.extras, lines_sum=items.net_sum)
    totals = with_untaxed_gross(totals, pages)
    for name, chosen in totals.chosen.items():
        best = chosen.candidate
        rest = (each.candidate for each in totals.ranked.get(name, ()) if each is not chosen)
        # the best label may belong to a total that the sums rule out
        candidates[name] = (best, *(replace(each, score=min(each.score, best.score)) for each in rest))
    if _WORDS in spec.fields and not candidates.get(_WORDS):
        candidates[_WORDS] = tuple(spoken_amounts(pages, totals.chosen))
    _add_derived(candidates, pages, regions, labels, spec, numbers)
    breakdown = tax_breakdown(totals, items.rows)
    if breakdown and _BREAKDOWN in spec.fields:
        tables[_BREAKDOWN] = breakdown
    return Reading(
        engine=engine,
        candidates={name: found for name, found in candidates.items() if found},
        tables=tables,
        conventions=conventions,
    )


def _add_derived(
    candidates: dict[str, tuple[Candidate, ...]],
    pages: Sequence[LabelledSheet],
    regions: Sequence[Region],
    labels: SpecLabels,
    spec: Spec,
    numbers: PrintedNumbers,
) -> None:
    """Add what depends on the fields read before: kind, currency, account."""
    for name, field in spec.fields.items():
        if field.type is FieldType.CHOICE and name in labels.choices and not candidates.get(name):
            candidates[name] = tuple(kinds_by_title(pages, labels.choices[name]))
        elif name == "invoice_code" and not candidates.get(name):
            candidates[name] = tuple(unlabelled_codes(pages, candidates.get("invoice_type", ())))
        elif field.type is FieldType.ACCOUNT:
            candidates[name] = read_accounts(pages, name, regions)
        elif field.type is FieldType.CURRENCY and not candidates.get(name):
            totals = [candidates[total][0] for total in sorted(_TOTALS) if candidates.get(total)]
            sellers = [
                each.text
                for part in _OF_SELLER
                for each in candidates.get(part, ())[:1]
                if each.score > _KNOWN
            ]
            found = list(currencies_by_amounts(pages, totals, numbers, sellers=sellers))
            found += currencies_by_country(pages, candidates.get("seller_tax_id", ())[:1])
            candidates[name] = tuple(sorted(found, key=lambda each: -each.score))


def _with_tables(page: LabelledSheet, items: Items) -> LabelledSheet:
    boxes = items.places.get(page.sheet.page.number)
    return replace(page, tables=(union(boxes),)) if boxes else page


def _plain_fields(
    pages: Sequence[LabelledSheet], regions: Sequence[Region], spec: Spec, conventions: Conventions
) -> dict[str, tuple[Candidate, ...]]:
    titles = frozenset(squeezed(title)[0] for group in spec.recognise.values() for title in group)
    found: dict[str, tuple[Candidate, ...]] = {}
    for name, field in spec.fields.items():
        if name in _TOTALS or field.type is FieldType.TABLE:
            continue
        found[name] = tuple(
            labelled_candidates(pages, name, field, conventions, titles=titles, regions=regions)
        )
    for name, field in spec.fields.items():
        if field.type is FieldType.TEXT and any(page.sheet.captions for page in pages):
            texts = [*found[name], *captioned_texts(pages, name)]
            found[name] = tuple(sorted(texts, key=lambda each: -each.score))
    if "invoice_number" in spec.fields:
        numbers = [*found["invoice_number"], *titled_numbers(pages)]
        found["invoice_number"] = tuple(sorted(numbers, key=lambda each: -each.score))
    if "issue_date" in spec.fields and "invoice_number" in spec.fields:
        dates = [*found["issue_date"], *dated_numbers(pages, "invoice_number", conventions)]
        dates += dates_under_numbers(pages, "invoice_number", conventions)
        if not any(each.score > PRINTED for each in dates):
            dates += stamped_dates(pages, conventions) or lone_dates(pages, conventions)
        found["issue_date"] = tuple(sorted(dates, key=lambda each: -each.score))
    if "due_date" in spec.fields:
        dues = [*found["due_date"], *dates_to_pay_by(pages, conventions)]
        found["due_date"] = tuple(sorted(dues, key=lambda each: -each.score))
    if "payment_terms" in spec.fields:
        terms = [*found["payment_terms"], *terms_under_labels(pages), *payment_sentences(pages)]
        rated = (rated_terms(each) for each in terms if is_of_terms(each, pages[0].lexicon))
        found["payment_terms"] = tuple(
            trimmed_terms(each, pages[0].lexicon) for each in sorted(rated, key=lambda each: -each.score)
        )
    return found


def _items(
    pages: Sequence[LabelledSheet],
    labels: SpecLabels,
    spec: Spec,
    numbers: PrintedNumbers,
) -> Items:
    field = spec.fields.get(_ITEMS)
    if field is None:
        return Items()
    ends = TableEnds(pages, labels.sums[_ITEMS], numbers)
    tables = read_tables([page.sheet for page in pages], labels.tables[_ITEMS], ends=ends)
    return read_all_items(pages, tables, field.columns, ends=ends, numbers=numbers)
