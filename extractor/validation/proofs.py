"""Prove values: by sums, check digits, forms of ids, dates that fit, and second readings.

A proof is a fact about the document that hardly holds by chance if the value was
misread. It is the other side of a finding: a finding speaks against a value, a proof for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from extractor.extraction.extraction import Extraction, Group, Leaf
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.validation.figures import CENT, Figures, LineFigures
from extractor.validation.identities import account_of, agrees, parse_words
from extractor.validation.rule import Subject, subject_of
from extractor.validation.sums import line_agrees
from extractor.values.identifiers import (
    CheckDigit,
    check_iban,
    check_tax_id,
    country_of_tax_id,
    is_tax_office_number,
)
from extractor.values.numerals import find_counts

_TAX_IDS = ("seller_tax_id", "buyer_tax_id")
_ACCOUNTS = ("seller_bank_account", "bank_account")
_MOST_DAYS = 365
_MOST_BESIDE = Decimal("0.25")  # of an amount: more is another amount
_PERCENT = Decimal(100)


class Proof(StrEnum):
    """What speaks for a value besides its label."""

    SUM = "sum"  # EN 16931 BR-CO-10, 13, 15, 16 hold with it
    CHECK_DIGIT = "check_digit"
    FORM = "form"  # an id of a form that is one country's alone; its check digit is wrong or unknown
    TERM = "term"  # the date of issue and the days of payment make the date due
    WORDS = "words"  # the amount stands there in words too
    SECOND = "second"  # stored as data, or a code, XML or another engine says the same
    REPEATED = "repeated"  # labelled again at another place of the document


Proofs = Mapping[str, frozenset[Proof]]


def prove(extraction: Extraction, *, spec: Spec, pages: Sequence[Page] = ()) -> Proofs:
    """Return what proves each value, by its path: `gross_amount`, `line_items[3].net_amount`.

    `line_items` itself is proven where the lines add up to a proven total.
    """
    return proofs_in(subject_of(extraction, spec=spec, pages=pages))


def proofs_in(subject: Subject) -> Proofs:
    """Return what proves each value of the subject, by its path."""
    found: dict[str, set[Proof]] = {}
    for path, proof in chain.from_iterable(rule(subject) for rule in _RULES):
        found.setdefault(path, set()).add(proof)
    return {path: frozenset(proofs) for path, proofs in found.items()}


def _sums(subject: Subject) -> Iterator[tuple[str, Proof]]:
    """Prove the totals by each other and by the lines."""
    for name in sorted(_proven_totals(subject)):
        yield name, Proof.SUM
    figures = subject.figures
    words = subject.extraction.leaf("amount_in_words")
    spoken = parse_words(words.text or "")
    if spoken is not None and figures.gross is not None and abs(spoken - abs(figures.gross)) <= CENT / 2:
        yield "gross_amount", Proof.WORDS
        yield "amount_in_words", Proof.WORDS


def _proven_totals(subject: Subject) -> set[str]:
    """Return the totals that stand in a sum which holds; one that would hold anyway proves nothing."""
    figures = subject.figures
    net, tax, gross, due = figures.net, figures.tax, figures.gross, figures.due
    lines = _lines_total(figures)
    if gross is None:
        return {"net_amount"} if net is not None and _meets(lines, net) else set()
    proven: set[str] = set()
    if net is not None and tax is not None and _adds_up(subject, gross - net - tax, of=gross):
        if tax or _meets(lines, net) or _meets(lines, gross):
            proven.update(("net_amount", "tax_amount", "gross_amount"))
    elif tax is not None and (_is_broken_down(figures) or (lines is not None and _meets(lines + tax, gross))):
        proven.update(("tax_amount", "gross_amount"))
    elif _meets(lines, gross) and net in (None, gross):
        proven.update(("net_amount", "gross_amount"))
    if due is not None and "gross_amount" in proven and (due == gross or subject.is_explained(gross - due)):
        proven.add("amount_due")
    return {name for name in proven if subject.extraction.leaf(name).value is not None}


def _adds_up(subject: Subject, difference: Decimal, *, of: Decimal) -> bool:
    """Say whether a sum holds, or misses an amount by what is printed beside it: freight, a discount.

    Beside many amounts some always make up the rest, so it must be a small part of the whole.
    """
    if abs(difference) <= CENT:
        return True
    is_small = abs(difference) <= abs(of) * _MOST_BESIDE
    return is_small and bool(subject.side_amounts) and subject.is_explained(difference)


def _is_broken_down(figures: Figures) -> bool:
    """Say whether the rows of the breakdown make up both the tax and the gross amount."""
    bases, taxes = Decimal(0), Decimal(0)
    for row in figures.breakdown:
        if row.base is None or row.tax is None:
            return False
        bases, taxes = bases + row.base, taxes + row.tax
    return bool(figures.breakdown) and _meets(taxes, figures.tax) and _meets(bases + taxes, figures.gross)


def _lines_total(figures: Figures) -> Decimal | None:
    """Return what the lines add up to; one line counts only where its own figures agree."""
    if len(figures.lines) == 1 and not _agrees(figures.lines[0]):
        return None
    return figures.lines_sum()


def _meets(total: Decimal | None, amount: Decimal | None) -> bool:
    return total is not None and amount is not None and abs(total - amount) <= CENT


def _agrees(line: LineFigures) -> bool:
    quantity, unit_price, net = line.quantity, line.unit_price, line.net
    if quantity is None or unit_price is None or net is None:
        return False
    if unit_price == net and quantity != 1:
        return False  # a price for several units fits any quantity then
    return line_agrees(line, quantity=quantity, unit_price=unit_price, net=net)


def _has_its_tax(line: LineFigures) -> bool:
    """Say whether a line's tax is its net amount times its rate (EN 16931 BR-CO-17)."""
    if line.net is None or line.tax_rate is None or line.tax is None:
        return False
    return abs(line.net * line.tax_rate / _PERCENT - line.tax) <= CENT


def _lines(subject: Subject) -> Iterator[tuple[str, Proof]]:
    """Prove each line by quantity times price and net times rate, and all of them by their sum."""
    figures = subject.figures
    for line in figures.lines:
        if _agrees(line):
            for cell in ("quantity", "unit_price", "net_amount"):
                yield f"line_items[{line.index}].{cell}", Proof.SUM
        if _has_its_tax(line):
            for cell in ("tax_rate", "tax_amount"):
                yield f"line_items[{line.index}].{cell}", Proof.SUM
    total = figures.lines_sum()
    if total is None:
        return
    for amount in (figures.net, figures.gross):
        if amount is not None and _adds_up(subject, amount - total, of=amount):
            yield "line_items", Proof.SUM
            return


def _breakdown(subject: Subject) -> Iterator[tuple[str, Proof]]:
    """Prove each row of the breakdown by base times rate (EN 16931 BR-CO-17)."""
    for index, row in enumerate(subject.figures.breakdown):
        if row.rate is None or row.base is None or row.tax is None:
            continue
        if abs(row.base * row.rate / _PERCENT - row.tax) <= CENT:
            for cell in ("rate", "base", "tax"):
                yield f"tax_breakdown[{index}].{cell}", Proof.SUM


def _ids(subject: Subject) -> Iterator[tuple[str, Proof]]:
    """Prove ids by their check digits, else by a form that is certain."""
    for name in _TAX_IDS:
        leaf = subject.extraction.leaf(name)
        if isinstance(leaf.value, str):
            text = leaf.text or leaf.value
            is_of_form = country_of_tax_id(text) is not None or is_tax_office_number(text)
            yield from _id(name, check_tax_id(leaf.value), is_of_known_form=is_of_form)
    for name in _ACCOUNTS:
        account = account_of(subject, name)
        if account is not None and isinstance(account.value, str):
            yield from _id(name, check_iban(account.value), is_of_known_form=False)


def _id(name: str, digit: CheckDigit, *, is_of_known_form: bool) -> Iterator[tuple[str, Proof]]:
    if digit is CheckDigit.VALID:
        yield name, Proof.CHECK_DIGIT
    elif is_of_known_form:
        yield name, Proof.FORM


def _dates(subject: Subject) -> Iterator[tuple[str, Proof]]:
    """Prove both dates where the days of the payment terms lie between them."""
    leaf = subject.extraction.leaf
    issued, due, terms = leaf("issue_date").value, leaf("due_date").value, leaf("payment_terms").text
    if not isinstance(issued, date) or not isinstance(due, date) or not terms:
        return
    days = {found.count for found in find_counts(terms) if 0 < found.count <= _MOST_DAYS}
    if (due - issued).days in days:
        yield "issue_date", Proof.TERM
        yield "due_date", Proof.TERM


def _seconds(subject: Subject) -> Iterator[tuple[str, Proof]]:
    """Prove what is stored as data, what another source says too, and what is labelled twice."""
    extraction = subject.extraction
    for name, value in extraction.fields.items():
        leaves = value.members.values() if isinstance(value, Group) else (value,)
        for leaf in leaves:
            if isinstance(leaf, Leaf) and leaf.value is not None:
                yield from ((name, proof) for proof in _of_leaf(leaf))
    for name, others in extraction.witnesses.items():
        witnessed, field = account_of(subject, name), subject.spec.fields[name]
        if witnessed is None or witnessed.value is None:
            continue
        if any(other.value is not None and agrees(witnessed, other, field) for other in others):
            yield name, Proof.SECOND


def _of_leaf(leaf: Leaf) -> Iterator[Proof]:
    if leaf.is_stored:
        yield Proof.SECOND
    if leaf.repeats:
        yield Proof.REPEATED


_RULES: tuple[Callable[[Subject], Iterator[tuple[str, Proof]]], ...] = (
    _sums,
    _lines,
    _breakdown,
    _ids,
    _dates,
    _seconds,
)
