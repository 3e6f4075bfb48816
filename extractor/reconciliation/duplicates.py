"""Invoices that bill what another invoice bills already, given here or approved before."""

from collections.abc import Iterator, Sequence

from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.copies import Copy, CopyKind, copy_of
from extractor.reconciliation.credits import undoing_of
from extractor.reconciliation.ledger_entry import LedgerEntry, comparable_number
from extractor.reconciliation.reason import Reason

_CODE = CheckCode.DUPLICATE_INVOICE
_KINDS = tuple(CopyKind)


def duplicates(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare every invoice with those approved before, and with those before it in order of date.

    The same file, the same paper in another picture, the same number of the same seller, or the
    same delivery under a new number. Equal lines for different periods or deliveries are no
    duplicates. A number that a credit note has undone may be billed again, a file may not; whether
    a paper is the old or the corrected one is a question.
    """
    given = [bill for bill in case.in_order() if not bill.is_remembered]
    known = [*case.known, *(case.entries[bill.position] for bill in given)]
    undone_by = undoing_of(known).undone_by
    for place, bill in enumerate(given, len(case.known)):
        entry = known[place]
        found = []
        for index, other in enumerate(known[:place]):
            copy = copy_of(other, entry)
            credit = known[undone_by[index]] if index in undone_by else None
            if copy is not None and (credit is None or copy.kind in (CopyKind.FILE, CopyKind.PAPER)):
                found.append((other, copy, credit))
        if found:
            other, copy, credit = min(
                found, key=lambda each: (not each[1].is_sure, _KINDS.index(each[1].kind))
            )
            yield _repeats(case, bill, entry, other=other, copy=copy, credit=credit)
        elif bill.sign < 0 and bill.counts and not _is_of_what_is_known(entry, known):
            yield _undoes_nothing_known(case, bill, entry)
        else:
            yield passed(_CODE, bill, _no_other(case))


def _repeats(
    case: Case, bill: Bill, entry: LedgerEntry, *, other: LedgerEntry, copy: Copy, credit: LedgerEntry | None
) -> Check:
    agreed = Side(value=other.number or None, text=other.number or None, source=other.source)
    earlier = next(
        (each for each in case.bills if case.entries[each.position] is other), None
    )  # given here: then there is a place to show
    if earlier is not None:
        leaf = side_of(earlier.leaf("invoice_number"))
        agreed = Side(value=leaf.value, text=leaf.text, evidence=leaf.evidence, source=other.source)
    billed = side_of(bill.leaf("invoice_number"))
    if credit is not None and copy.kind is CopyKind.PAPER:
        message = (
            f"{_capital(credit.name)} undid {_placed(other, earlier)}. Is this the corrected invoice, or "
        )
        message += "the old paper in another picture?"
        return asks(
            _CODE,
            bill,
            Reason.CORRECTED_OR_OLD_PAPER,
            message,
            field="invoice_number",
            agreed=agreed,
            billed=billed,
        )
    if not copy.is_sure:
        message = f"Do {entry.name} and {_placed(other, earlier)} bill the same? They have {copy.reason}."
        return asks(
            _CODE, bill, Reason.MAYBE_A_COPY, message, field="invoice_number", agreed=agreed, billed=billed
        )
    if earlier is None and copy.kind is CopyKind.FILE:
        message = f"The ledger has this very file: {_placed(other, earlier)}. It is not to be paid again."
    else:
        message = f"{_capital(entry.name)} and {_placed(other, earlier)} bill the same: {copy.reason}."
    if credit is not None:
        message += f" {_capital(credit.name)} undid it, but does not let the same file be paid."
    return case.mismatch(
        _CODE,
        bill,
        message,
        field="invoice_number",
        agreed=agreed,
        billed=billed,
        difference=bill.gross,
    )


def _is_of_what_is_known(credit: LedgerEntry, known: Sequence[LedgerEntry]) -> bool:
    """Say whether a credit note takes back something of an invoice that is given or remembered."""
    numbers = {comparable_number(number) for number in credit.undoes}
    billed = [
        entry
        for entry in known
        if entry.sign > 0 and entry.counts and credit.contract.is_same_as(entry.contract)
    ]
    return any(not numbers or comparable_number(entry.number) in numbers for entry in billed)


def _undoes_nothing_known(case: Case, bill: Bill, entry: LedgerEntry) -> Check:
    undone = " and ".join(number.upper() for number in entry.undoes) or "what was billed before"
    where = "given here or in the ledger" if case.has_ledger else "given here"
    return asks(
        _CODE,
        bill,
        Reason.UNDOES_NOTHING_KNOWN,
        f"{_capital(entry.name)} takes back {undone}, which is not {where}. Was it billed and paid?",
        field="invoice_number",
        billed=side_of(bill.leaf("invoice_number")),
    )


def _placed(other: LedgerEntry, given: Bill | None) -> str:
    """Name an invoice; one of the ledger with its file, and when it was approved for what."""
    if given is not None:
        return other.name
    day = f" on {other.recorded.date()}" if other.recorded is not None else ""
    contract = f" under contract {other.contract.number}" if other.contract.number else ""
    return f"{other.name} ({other.source}, approved{day}{contract})"


def _no_other(case: Case) -> str:
    if case.has_ledger:
        return "No other invoice given here or in the ledger bills the same."
    return "No other invoice given here bills the same."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
