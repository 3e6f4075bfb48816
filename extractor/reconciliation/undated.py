"""Invoices without a date, where what is agreed depends on the day."""

from collections.abc import Iterator, Sequence

from extractor.extraction.extraction import Group, Leaf
from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.contradictions import COMPARED_TERMS
from extractor.reconciliation.in_force import Dependence, dependences
from extractor.reconciliation.milestones import billed_steps
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.standing import allowed_fee


def undated(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Ask for the day of an invoice that prints none, and say what depends on it.

    Only what the invoice is compared with: plain terms, and the rows that its lines may be.
    """
    for bill in case.bills:
        if bill.issue_date is not None:
            continue
        rows = _rows_billed(case, bill)
        depending = [
            each
            for each in dependences(case.agreement.contract)
            if (each.term in COMPARED_TERMS if each.row is None else each.row in rows.get(each.term, ()))
        ]
        if depending:
            told = "; ".join(_told(case, each) for each in depending)
            yield asks(
                CheckCode.OUTSIDE_VALIDITY,
                bill,
                Reason.UNDATED,
                f"The invoice has no date that can be read, and what is agreed depends on it: {told}. "
                "Of which day is it?",
                field="issue_date",
                agreed=side_of(depending[0].leaf),
                billed=side_of(bill.leaf("issue_date")),
            )


def _rows_billed(case: Case, bill: Bill) -> dict[str, set[int]]:
    """Return, by table, which rows of the contract the lines are, or may be."""
    fees = (allowed_fee(case, line) for line in bill.lines)
    return {
        "price_list": {match.price.index for match in case.matches[bill.position].values()},
        "milestones": {step.index for step, _ in billed_steps(case, bill)},
        "allowed_fees": {fee.index for fee in fees if fee is not None},
    }


def _told(case: Case, each: Dependence) -> str:
    name = each.name.replace("_", " ")
    if each.row is not None:
        row = case.agreement.contract.extraction.rows(each.term)[each.row]
        name = f"{_name_of(row)}: {name}"
        if each.is_added:
            return f"{_name_of(row)}: agreed only from {each.since} on"
    before = each.leaf.earlier[0]
    return f"{name}: {_text(before)}, from {each.since} on {_text(each.leaf)}"


def _name_of(row: Group) -> str:
    named = (row.members.get(name) for name in ("description", "name", "specification"))
    return next((str(leaf.value) for leaf in named if leaf is not None and leaf.value is not None), "a row")


def _text(leaf: Leaf) -> str:
    return leaf.text or ("nothing" if leaf.value is None else str(leaf.value))
