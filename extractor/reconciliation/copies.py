"""Whether two invoices bill the same, and what says so."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extractor.reconciliation.ledger_entry import LedgerEntry, comparable_number
from extractor.reconciliation.references import Period, References
from extractor.values.identifiers import normal_tax_id
from extractor.values.names import comparable_name
from extractor.values.text import squeeze

# Nine invoices and their scans or photos, of 37 to 292 figures, differ in none (eight) or one; two monthly
# invoices of one seller, equal but for number and date, in two.
_MOST_MISREAD = 1
_FEWEST_FIGURES = 15


class CopyKind(StrEnum):
    """By what a copy is known, the surest first."""

    FILE = "file"
    PAPER = "paper"
    NUMBER = "number"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Why two invoices bill the same; unsure where nothing tells deliveries apart.

    `reason` follows "they are" or "they have".
    """

    kind: CopyKind
    reason: str
    is_sure: bool = True


def copy_of(first: LedgerEntry, second: LedgerEntry) -> Copy | None:
    """Return why both bill the same; None where they do not. Either way round, the answer is one.

    A credit note is no copy of the invoice that it undoes, but one of another credit note.
    """
    if first.sign != second.sign or not (first.counts and second.counts):
        return None
    if (first.document, first.part) == (second.document, second.part):
        return Copy(kind=CopyKind.FILE, reason="they are the same file")
    if _is_same_paper(first, second):
        return Copy(kind=CopyKind.PAPER, reason="they are the same paper, in two pictures")
    return _of_one_seller(first, second) if is_same_seller(first, second) else None


def is_same_seller(first: LedgerEntry, second: LedgerEntry) -> bool:
    """Say whether both are of one seller, by tax id or name; one without a name may be anyone's."""
    ids = normal_tax_id(first.seller_tax_id), normal_tax_id(second.seller_tax_id)
    if all(ids) and ids[0] == ids[1]:
        return True
    names = comparable_name(first.seller_name), comparable_name(second.seller_name)
    return not all(names) or names[0] == names[1]


def _of_one_seller(first: LedgerEntry, second: LedgerEntry) -> Copy | None:
    number = comparable_number(first.number)
    if number and number == comparable_number(second.number):
        return Copy(kind=CopyKind.NUMBER, reason="they have the same number")
    if first.gross_amount is None or first.gross_amount != second.gross_amount:
        return None
    return _same_delivery(first, second) if _may_be_same_currency(first, second) else None


def _is_same_paper(first: LedgerEntry, second: LedgerEntry) -> bool:
    """Say whether the figures on both are the same but for a misread one.

    A misread figure changes the number or the date, and not both: "3 March" and "3 April" have no other.
    """
    if min(len(first.paper), len(second.paper)) < _FEWEST_FIGURES:
        return False
    if None not in (first.gross_amount, second.gross_amount) and first.gross_amount != second.gross_amount:
        return False
    if _differ(comparable_number(first.number), comparable_number(second.number)) and _differ(
        first.issue_date, second.issue_date
    ):
        return False
    one, other = Counter(first.paper), Counter(second.paper)
    return (one - other).total() <= _MOST_MISREAD and (other - one).total() <= _MOST_MISREAD


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other


def _may_be_same_currency(first: LedgerEntry, second: LedgerEntry) -> bool:
    return not first.currency or not second.currency or first.currency == second.currency


def _same_delivery(first: LedgerEntry, second: LedgerEntry) -> Copy | None:
    """Tell whether two invoices of one seller and amount are for one delivery."""
    references, other_references = _references(first), _references(second)
    if references.differs_from(other_references):
        return None
    is_same_day = first.issue_date is not None and first.issue_date == second.issue_date
    if not _has_same_lines(first, second):
        if not is_same_day:
            return None
        return Copy(
            kind=CopyKind.DELIVERY,
            reason="the same amount and date, and nothing tells the deliveries apart",
            is_sure=False,
        )
    sure = (
        (references.is_same_as(other_references), "they have the same lines for the same delivery"),
        (
            any(line.step is not None for line in first.lines),
            "they have the same milestone, which falls due once",
        ),
        (is_same_day, "they have the same lines, amount and date"),
    )
    for holds, reason in sure:
        if holds:
            return Copy(kind=CopyKind.DELIVERY, reason=reason)
    if squeeze(first.remarks) != squeeze(second.remarks):
        return None
    return Copy(
        kind=CopyKind.DELIVERY,
        reason="the same lines and amount, and nothing tells the deliveries apart",
        is_sure=False,
    )


def _references(entry: LedgerEntry) -> References:
    return References(
        notes=frozenset(entry.notes),
        periods=tuple(Period(first=each.first, last=each.last) for each in entry.periods),
    )


def _has_same_lines(first: LedgerEntry, second: LedgerEntry) -> bool:
    return _lines(first) == _lines(second)


def _lines(entry: LedgerEntry) -> list[tuple[str, Decimal | None, Decimal | None]]:
    lines = [(squeeze(line.description), line.quantity, line.net_amount) for line in entry.lines]
    return sorted(lines, key=lambda line: (line[0], str(line[1]), str(line[2])))
