"""Which invoices credit notes undo: they and the credit notes together bill nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractor.reconciliation.copies import is_same_seller
from extractor.reconciliation.ledger_entry import LedgerEntry, comparable_number
from extractor.validation.figures import CENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """By index in what was given: the credit note that an invoice is wholly undone by.

    `cancelled` are those invoices, and the credit notes that undo nothing else: they use up
    no cap. What a credit note takes back in part counts against it by its own lines.
    """

    undone_by: Mapping[int, int] = field(default_factory=dict)
    cancelled: frozenset[int] = frozenset()


def undoing_of(entries: Sequence[LedgerEntry]) -> Undoing:
    """Pair credit notes with the invoices that they undo.

    A credit note undoes the invoices that it cites; one that cites none that is known, the one
    invoice of the same seller, contract, currency and amount, if there is just one. An invoice
    issued after the credit note is never what it undoes.
    """
    undone_by: dict[int, int] = {}
    cancelled: set[int] = set()
    for index in sorted(range(len(entries)), key=lambda each: _when(entries[each], each)):
        credit = entries[index]
        if credit.sign > 0 or not credit.counts or credit.gross_amount is None:
            continue
        open_ones = [
            each for each in range(len(entries)) if each not in undone_by and _may_undo(credit, entries[each])
        ]
        targets = _targets(credit, open_ones, entries)
        billed = sum((abs(entries[each].gross_amount or Decimal(0)) for each in targets), Decimal(0))
        if targets and abs(abs(credit.gross_amount) - billed) <= CENT:
            undone_by.update(dict.fromkeys(targets, index))
            cancelled.update((*targets, index))
    return Undoing(undone_by=undone_by, cancelled=frozenset(cancelled))


def _when(entry: LedgerEntry, index: int) -> tuple[bool, str, int]:
    return entry.issue_date is None, str(entry.issue_date), index


def _may_undo(credit: LedgerEntry, invoice: LedgerEntry) -> bool:
    if invoice.sign < 0 or not invoice.counts or invoice.gross_amount is None:
        return False
    if credit.issue_date and invoice.issue_date and credit.issue_date < invoice.issue_date:
        return False
    is_same_currency = not credit.currency or not invoice.currency or credit.currency == invoice.currency
    return is_same_currency and is_same_seller(credit, invoice)


def _targets(credit: LedgerEntry, open_ones: Sequence[int], entries: Sequence[LedgerEntry]) -> list[int]:
    """Return what a credit note is about: each cited number once, the earliest invoice of it."""
    numbers = {comparable_number(number) for number in credit.undoes}
    cited: dict[str, int] = {}
    for index in open_ones:
        number = comparable_number(entries[index].number)
        if number and number in numbers:
            cited.setdefault(number, index)
    if cited:
        return list(cited.values())
    same = [
        index
        for index in open_ones
        if abs(entries[index].gross_amount or Decimal(0)) == abs(credit.gross_amount or Decimal(0))
        and credit.contract.is_same_as(entries[index].contract)
    ]
    return same if len(same) == 1 else []
