"""Between invoices and the ledger: an invoice as an entry, and an entry as a bill again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from extractor.assessment.assessment import Assessment, Review
from extractor.extraction.citations import cited_invoices
from extractor.extraction.extraction import (
    ABSENT,
    DocumentReference,
    Extraction,
    FieldValue,
    Group,
    Leaf,
    Part,
    State,
    Table,
)
from extractor.reconciliation.agreement import AgreedPrice, Agreement
from extractor.reconciliation.bill import Bill, BilledLine, bill_of
from extractor.reconciliation.ledger_contract import ContractIdentity
from extractor.reconciliation.ledger_entry import LedgerEntry, LedgerLine, LedgerPeriod, comparable_number
from extractor.reconciliation.matching import Match, match_lines
from extractor.reconciliation.policy import MatchingPolicy
from extractor.reconciliation.references import references_of
from extractor.reconciliation.standing import step_of
from extractor.reconciliation.units import factor_between

_Scalar: TypeAlias = str | Decimal | date


def identity_of(contract: Assessment) -> ContractIdentity:
    """Return who a contract that was read is."""
    days = (contract.extraction.leaf(name).value for name in ("signing_date", "effective_date"))

    def text(name: str) -> str:
        value = contract.extraction.leaf(name).value
        return "" if value is None else str(value)

    return ContractIdentity(
        document=contract.extraction.document.id,
        number=text("contract_number"),
        title=text("title"),
        seller_name=text("seller_name"),
        seller_tax_id=text("seller_tax_id"),
        buyer_name=text("buyer_name"),
        day=next((day for day in days if isinstance(day, date)), None),
    )


def entry_of(
    bill: Bill, matches: Mapping[int, Match], *, agreement: Agreement, contract: ContractIdentity
) -> LedgerEntry:
    """Return an invoice as the ledger keeps it. `matches` are by line index."""
    extraction = bill.assessment.extraction
    references = references_of(bill)
    number = bill.text("invoice_number")
    return LedgerEntry(
        contract=contract,
        source=extraction.source,
        document=extraction.document.id,
        part=extraction.part.index,
        paper=extraction.figures,
        invoice_type=bill.text("invoice_type"),
        number=number,
        seller_name=bill.text("seller_name"),
        seller_tax_id=bill.text("seller_tax_id"),
        currency=bill.text("currency"),
        issue_date=bill.issue_date,
        net_amount=bill.net,
        tax_amount=bill.tax,
        gross_amount=bill.gross,
        amount_due=bill.due,
        sign=-1 if bill.sign < 0 else 1,
        counts=bill.counts,
        undoes=_undone(bill, number) if bill.sign < 0 else (),
        remarks=bill.text("remarks"),
        notes=tuple(sorted(references.notes)),
        periods=tuple(LedgerPeriod(first=each.first, last=each.last) for each in references.periods),
        lines=tuple(_line(line, matches.get(line.index), agreement) for line in bill.lines),
    )


def remembered(entry: LedgerEntry, *, position: int) -> Bill:
    """Return an entry as a bill, at a negative position: counted, but not compared.

    Quantities are in the units of the price list where the line was one of its rows.
    """
    fields: dict[str, FieldValue] = {
        "invoice_type": _leaf(entry.invoice_type),
        "invoice_number": _leaf(entry.number),
        "issue_date": _leaf(entry.issue_date),
        "seller_name": _leaf(entry.seller_name),
        "seller_tax_id": _leaf(entry.seller_tax_id),
        "currency": _leaf(entry.currency),
        "net_amount": _leaf(entry.net_amount),
        "tax_amount": _leaf(entry.tax_amount),
        "gross_amount": _leaf(entry.gross_amount),
        "amount_due": _leaf(entry.amount_due),
        "remarks": _leaf(entry.remarks),
        "line_items": Table(rows=tuple(map(_row, entry.lines)), state=State.FOUND),
    }
    extraction = Extraction(
        source=entry.source,
        document=DocumentReference(id=entry.document, page_count=0, media_type=""),
        part=Part(index=entry.part),
        spec="invoice",
        engine="ledger",
        fields=fields,
        witnesses={},
    )
    assessment = Assessment(extraction=extraction, findings=(), review=Review(required=False), timings_ms={})
    return replace(bill_of(assessment, position=position), sign=entry.sign, counts=entry.counts)


def remembered_matches(
    bill: Bill, entry: LedgerEntry, prices: Sequence[AgreedPrice], *, policy: MatchingPolicy
) -> dict[int, Match]:
    """Return what an entry's lines are to the contract: what was approved holds, whatever is read now.

    Only lines whose row is not read any more are matched anew.
    """
    rows = {price.wording: price for price in prices}
    held: dict[int, Match] = {}
    lost: list[BilledLine] = []
    for line in bill.lines:
        wording = entry.lines[line.index].row
        if wording is None:
            continue
        if wording in rows:
            held[line.index] = Match(line=line, price=rows[wording], score=1.0)
        else:
            lost.append(line)
    return held | match_lines(lost, prices, policy=policy)


def _line(line: BilledLine, match: Match | None, agreement: Agreement) -> LedgerLine:
    step = step_of(agreement.steps, line)
    quantity, unit = None, None
    if match is not None and line.quantity is not None:
        factor = factor_between(
            billed=line.unit, agreed=match.price.unit, hours_per_day=agreement.hours_per_day
        )
        quantity = line.quantity * factor if factor is not None else None
        unit = match.price.unit or line.unit
    return LedgerLine(
        description=line.description,
        specification=line.specification,
        code=line.code,
        unit=line.unit,
        quantity=line.quantity,
        unit_price=line.unit_price,
        net_amount=line.net,
        tax_rate=line.tax_rate,
        row=None if match is None else match.price.wording,
        agreed_quantity=quantity,
        agreed_unit=unit,
        step=step.name if step is not None else None,
    )


def _undone(bill: Bill, number: str) -> tuple[str, ...]:
    """Return the invoices that a credit note cites, without itself, the contract and the order."""
    texts = [bill.leaf("remarks").text or bill.text("remarks"), *(line.wording for line in bill.lines)]
    own = {
        comparable_number(each)
        for each in (number, bill.text("contract_number"), bill.text("purchase_order_number"))
    }
    cited = (*bill.assessment.extraction.cited_invoices, *cited_invoices(texts))
    return tuple(dict.fromkeys(each for each in cited if comparable_number(each) not in own))


def _row(line: LedgerLine) -> Group:
    is_agreed = line.agreed_quantity is not None
    cells: dict[str, _Scalar | None] = {
        "description": line.description,
        "specification": line.specification,
        "product_code": line.code,
        "unit": line.agreed_unit if is_agreed else line.unit,
        "quantity": line.agreed_quantity if is_agreed else line.quantity,
        "unit_price": None if is_agreed else line.unit_price,
        "net_amount": line.net_amount,
        "tax_rate": line.tax_rate,
    }
    leaves = {name: _leaf(value) for name, value in cells.items()}
    return Group(members=leaves, state=State.FOUND)


def _leaf(value: _Scalar | None) -> Leaf:
    if value is None or value == "":
        return ABSENT
    return Leaf(value=value, state=State.FOUND, text=str(value))
