"""One change a check: values of an invoice that keeps to its contract, moved beyond and within tolerance.

A change names what of the pair is replaced. `beyond` must be flagged as the code and nothing
else, `within` not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from extractor.reconciliation.check import CheckCode

Values: TypeAlias = Mapping[str, object]
Row: TypeAlias = dict[str, str | Decimal]

LAMP: Row = {
    "description": "Pendelleuchte", "specification": "E27, 400 mm", "quantity": Decimal(10), "unit": "Stk.",
    "unit_price": Decimal("50.00"), "net_amount": Decimal("500.00"), "tax_rate": Decimal(19),
}  # fmt: skip
TABLE: Row = {
    "description": "Tischleuchte", "specification": "E14, schwarz", "quantity": Decimal(10), "unit": "Stk.",
    "unit_price": Decimal("20.00"), "net_amount": Decimal("200.00"), "tax_rate": Decimal(19),
}  # fmt: skip
STEPS = [
    {"name": "Rohmontage", "amount": Decimal("700.00"), "tax_included": "false"},
    {"name": "Inbetriebnahme", "amount": Decimal("900.00"), "tax_included": "false"},
]
STEP: Row = {"description": "Rohmontage", "quantity": Decimal(1), "unit_price": Decimal("700.00"),
             "net_amount": Decimal("700.00"), "tax_rate": Decimal(19)}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value moved. `terms` are of the contract of both sides; `other` is a second invoice."""

    code: CheckCode
    beyond: Values
    within: Values
    terms: Values
    other: Values | None = None


def billed(*rows: Row, rate: str = "19", **more: object) -> dict[str, object]:
    """Return the lines with the totals that follow from them."""
    net = sum((Decimal(row["net_amount"]) for row in rows), Decimal(0))
    tax = (net * Decimal(rate) / 100).quantize(Decimal("0.01"))
    return {
        "line_items": list(rows), "net_amount": net, "tax_amount": tax, "gross_amount": net + tax,
        "amount_due": net + tax, **more,
    }  # fmt: skip


def at_price(price: str) -> dict[str, object]:
    """Return an invoice with the lamps at another price."""
    return billed({**LAMP, "unit_price": Decimal(price), "net_amount": 10 * Decimal(price)}, TABLE)


def with_line(name: str, amount: str) -> dict[str, object]:
    """Return an invoice with one more line."""
    return billed(LAMP, TABLE, {"description": name, "net_amount": Decimal(amount), "tax_rate": Decimal(19)})


def of_lamps(quantity: int) -> dict[str, object]:
    """Return an invoice for so many lamps."""
    return billed({**LAMP, "quantity": Decimal(quantity), "net_amount": 50 * Decimal(quantity)}, TABLE)


def at_rate(rate: str) -> dict[str, object]:
    """Return an invoice at another tax rate."""
    rows = [{**row, "tax_rate": Decimal(rate)} for row in (LAMP, TABLE)]
    return billed(*rows, rate=rate)


def of_a_step(amount: str) -> dict[str, object]:
    """Return an invoice for a milestone."""
    return billed({**STEP, "unit_price": Decimal(amount), "net_amount": Decimal(amount)})


SECOND: Values = {"invoice_number": "R-7002", "issue_date": date(2025, 4, 3), "due_date": date(2025, 5, 3),
                  "remarks": "Lieferdatum: 01.04.2025, Lieferschein LS-5513"}  # fmt: skip
CHANGES: Sequence[Change] = (
    Change(
        code=CheckCode.PARTY_NAME_MISMATCH,
        beyond={"seller_name": "Quendelmoor Handels GmbH"},
        within={"seller_name": "QUENDELMOOR  LAMPEN Gesellschaft mit beschränkter Haftung"},
        terms={},
    ),
    Change(
        code=CheckCode.TAX_ID_MISMATCH,
        beyond={"seller_tax_id": "DE811907980"},
        within={"seller_tax_id": "136695976"},
        terms={},
    ),
    Change(
        code=CheckCode.CONTRACT_NUMBER_MISMATCH,
        beyond={"contract_number": "K-2047/25"},
        within={"contract_number": "K 2041 / 25"},
        terms={},
    ),
    Change(
        code=CheckCode.CURRENCY_MISMATCH, beyond={"currency": "CHF"}, within={"currency": "EUR"}, terms={}
    ),
    Change(code=CheckCode.UNIT_PRICE_MISMATCH, beyond=at_price("50.01"), within=at_price("50.005"), terms={}),
    Change(
        code=CheckCode.ITEM_NOT_IN_CONTRACT,
        beyond=with_line("Notausgangsschild", "60.00"),
        within=billed(LAMP, TABLE, {**TABLE, "description": "Tischleuchten"}),
        terms={},
    ),
    Change(code=CheckCode.QUANTITY_EXCEEDED, beyond=of_lamps(41), within=of_lamps(40), terms={}),
    Change(
        code=CheckCode.TOTAL_EXCEEDED,
        beyond={},
        within={},
        terms={
            "total_amount": Decimal("1399.94")
        },  # the bound of a cent, and one more for each of four lines
        other={**SECOND},
    ),
    Change(code=CheckCode.TAX_RATE_MISMATCH, beyond=at_rate("7"), within=at_rate("19.0"), terms={}),
    Change(
        code=CheckCode.INVOICE_TYPE_MISMATCH,
        beyond={"invoice_type": "proforma"},
        within={"invoice_type": "partial"},
        terms={},
    ),
    Change(
        code=CheckCode.PAYMENT_TERM_MISMATCH,
        beyond={"payment_terms": None, "due_date": date(2025, 4, 6)},
        within={"payment_terms": None, "due_date": date(2025, 4, 5)},
        terms={},
    ),
    Change(
        code=CheckCode.DISCOUNT_MISSING,
        beyond=with_line("Kundenrabatt 5 %", "-34.90"),
        within=with_line("Kundenrabatt 5 %", "-34.95"),
        terms={"agreed_discount": {"percent": Decimal(5)}},
    ),
    Change(
        code=CheckCode.FEE_NOT_AGREED,
        beyond=with_line("Versandkosten", "12.52"),
        within=with_line("Versandkosten", "12.51"),
        terms={"allowed_fees": [{"name": "Versandpauschale", "amount": Decimal("12.50")}]},
    ),
    Change(
        code=CheckCode.BANK_ACCOUNT_CHANGED,
        beyond={"seller_bank_account": {"account": "DE89370400440532013000"}},
        within={"seller_bank_account": {"account": "de02-1203-0000-0000-2020-51"}},
        terms={},
    ),
    Change(
        code=CheckCode.OUTSIDE_VALIDITY,
        beyond={"remarks": "Lieferdatum: 01.01.2026"},
        within={"remarks": "Lieferdatum: 31.12.2025"},
        terms={},
    ),
    Change(
        code=CheckCode.MILESTONE_AMOUNT_MISMATCH,
        beyond=of_a_step("700.02"),
        within=of_a_step("700.01"),
        terms={"milestones": STEPS},
    ),
    Change(
        code=CheckCode.RETENTION_NOT_HELD,
        beyond={"amount_due": Decimal("798.03")},
        within={"amount_due": Decimal("798.02")},
        terms={"retention_rate": Decimal(5)},
    ),
    Change(
        code=CheckCode.DUPLICATE_INVOICE,
        beyond={},
        within={},
        terms={},
        other={**SECOND, "remarks": "Lieferdatum: 28.02.2025, Lieferschein LS-5512"},
    ),
)
