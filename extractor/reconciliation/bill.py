"""The billed side: one invoice, as the checks need it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import ABSENT, Group, Leaf
from extractor.reconciliation.wording import LineKind, line_kind
from extractor.validation.figures import CENT, number_of

_PAYMENT_NOTE = re.compile(  # below the table, its digits taken for amounts
    r"\biban\b|^(?:please\s+pay|payable|payment\s+(?:is\s+)?(?:due|within|terms?)|zahlbar|zahlung\s+(?:binnen|"
    r"innerhalb))\b|^付款(?:方式|条件|期限)",
    re.IGNORECASE,
)
_TAX_CATEGORY = re.compile(r"^\s*[*＊][^*＊]{1,30}[*＊]\s*")  # 数电票: *印刷品*信封


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledLine:
    """One line. `index` counts from 0 in the order printed; amounts as printed, with sign."""

    index: int
    kind: LineKind
    description: str
    specification: str
    code: str
    unit: str | None
    quantity: Decimal | None
    unit_price: Decimal | None
    net: Decimal | None
    tax_rate: Decimal | None
    cells: Group

    @property
    def wording(self) -> str:
        """Return description and specification together."""
        return f"{self.description} {self.specification}".strip()

    @property
    def price(self) -> Decimal | None:
        """Return the unit price: printed, or the amount over the quantity."""
        if self.unit_price is not None:
            return abs(self.unit_price)
        if self.net is not None and self.quantity:
            return abs(self.net / self.quantity)
        return None

    def cell(self, name: str) -> Leaf:
        """Return one cell, ABSENT where it is not printed."""
        return self.cells.members.get(name, ABSENT)

    def path(self, name: str) -> str:
        """Return the cell's path in the invoice."""
        return f"line_items[{self.index}].{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """One invoice. `position` counts from 0 in the order given; below 0, it is one of the ledger's.

    `sign` is -1 for a credit note and for an invoice with negative amounts: what it
    takes back counts against what was billed before.
    """

    position: int
    assessment: Assessment
    lines: tuple[BilledLine, ...]
    net: Decimal | None
    tax: Decimal | None
    gross: Decimal | None
    due: Decimal | None
    issue_date: date | None
    sign: int
    counts: bool  # False for a proforma: nothing is owed on it

    def leaf(self, name: str) -> Leaf:
        """Return a plain field."""
        return self.assessment.extraction.leaf(name)

    def text(self, name: str) -> str:
        """Return a field's value as text, empty where it is absent."""
        value = self.leaf(name).value
        return "" if value is None else str(value)

    def account(self) -> Leaf:
        """Return the seller's account number."""
        return self.assessment.extraction.group("seller_bank_account").get(
            "account", self.leaf("seller_bank_account")
        )

    @property
    def is_remembered(self) -> bool:
        """Say whether it was approved before: it counts, and is not compared again."""
        return self.position < 0

    @property
    def is_priced_with_tax(self) -> bool:
        """Say whether the lines' amounts contain the tax."""
        total = sum((line.net for line in self.lines if line.net is not None), Decimal(0))
        if self.gross is None or self.net is None or not self.tax:
            return False
        slack = CENT * max(1, len(self.lines))
        return abs(total - self.gross) <= slack < abs(total - self.net)


def bill_of(assessment: Assessment, *, position: int) -> Bill:
    """Take the figures out of an invoice that was read."""
    extraction = assessment.extraction
    net, tax, gross, due = (
        number_of(extraction.leaf(name))
        for name in ("net_amount", "tax_amount", "gross_amount", "amount_due")
    )
    kind = extraction.leaf("invoice_type").value
    whole = next((amount for amount in (gross, net) if amount is not None), None)
    is_credit = kind == "credit_note" or (whole is not None and whole < 0)
    issued = extraction.leaf("issue_date").value
    return Bill(
        position=position,
        assessment=assessment,
        lines=tuple(
            line
            for index, row in enumerate(extraction.rows("line_items"))
            if not _PAYMENT_NOTE.search((line := _line(index, row, is_credit=is_credit)).description)
        ),
        net=net if net is not None or gross is None or tax is None else gross - tax,
        tax=tax,
        gross=gross if gross is not None or net is None or tax is None else net + tax,
        due=due,
        issue_date=issued if isinstance(issued, date) else None,
        sign=-1 if is_credit else 1,
        counts=kind != "proforma",
    )


def _line(index: int, row: Group, *, is_credit: bool) -> BilledLine:
    def number(name: str) -> Decimal | None:
        return number_of(row.members.get(name))

    def text(name: str) -> str:
        leaf = row.members.get(name)
        return "" if leaf is None or leaf.value is None else str(leaf.value)

    quantity, unit_price, net = number("quantity"), number("unit_price"), number("net_amount")
    if net is None and quantity is not None and unit_price is not None:
        net = quantity * unit_price
    description = _TAX_CATEGORY.sub("", text("description"))
    specification = text("specification")
    is_negative = net is not None and net < 0 and not is_credit
    return BilledLine(
        index=index,
        kind=line_kind(f"{description} {specification}", is_negative=is_negative),
        description=description,
        specification=specification,
        code=text("product_code"),
        unit=text("unit") or None,
        quantity=quantity,
        unit_price=unit_price,
        net=net,
        tax_rate=number("tax_rate"),
        cells=row,
    )
