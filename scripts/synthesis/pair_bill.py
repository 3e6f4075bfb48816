"""What the invoice of a generated pair says, and how one that keeps to its contract is made."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from synthesis.chance import happens
from synthesis.contract_record import ContractRecord, PriceRow
from synthesis.notation import CENT

_PRICE_PLACES = Decimal("0.00000001")
_PIECES = {"en": "pc", "de": "Stück", "zh": "项"}
_KEPT_BACK = {"en": "Retention {rate} %", "de": "Sicherheitseinbehalt {rate} %", "zh": "扣留质保金{rate}%"}
_TAKEN_OFF = {"en": "Contract discount {rate} %", "de": "Vertragsrabatt {rate} %", "zh": "合同折扣{rate}%"}


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """One billed row: prices are net, amounts follow from them."""

    description: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    specification: str | None = None
    row: str | None = None  # the agreed description, where it is billed by another
    units_in_one: Decimal = Decimal(1)  # billed units that make an agreed one

    @property
    def listed_as(self) -> str:
        """Return the description by which the contract lists it."""
        return self.row or self.description

    @property
    def net_amount(self) -> Decimal:
        """Return quantity times price, to the cent."""
        return (self.quantity * self.unit_price).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What an invoice under a contract says; deviations are put in by replacing values."""

    contract: ContractRecord
    lines: tuple[BillLine, ...]
    issue_date: date
    tax_rate: Decimal
    currency: str
    contract_number: str
    payment_days: int
    seller_name: str
    seller_tax_id: str
    buyer_name: str
    account: str
    misprint: Decimal = field(default=Decimal(0))  # added to the printed gross amount
    days_shifted: int = 0  # of the due date, against the days to pay
    invoice_type: str | None = None  # None: what the contract asks for
    further_terms: str = ""  # said of the payment besides the days


def conforming_bill(rng: Random, contract: ContractRecord) -> Bill:
    """Return a bill that keeps to the contract: of goods, or of one milestone where it has them."""
    lines = _step_lines(rng, contract) if contract.milestones else _goods_lines(rng, contract)
    days = (contract.expiry_date - contract.effective_date).days
    return Bill(
        contract=contract,
        lines=lines,
        issue_date=contract.effective_date + timedelta(days=rng.randrange(10, days - 10)),
        tax_rate=contract.tax_rate,
        currency=contract.currency,
        contract_number=contract.contract_number,
        payment_days=contract.payment_days,
        seller_name=contract.seller.name,
        seller_tax_id=contract.seller.tax_id,
        buyer_name=contract.buyer.name,
        account=contract.seller.account.account,
    )


def net_price(row: PriceRow, contract: ContractRecord) -> Decimal:
    """Return the agreed price without tax, to eight places where tax was in it."""
    if not contract.prices_include_tax:
        return row.unit_price
    return (row.unit_price / (1 + contract.tax_rate / 100)).quantize(_PRICE_PLACES, ROUND_HALF_UP)


def with_line(bill: Bill, index: int, *lines: BillLine) -> Bill:
    """Return the bill with other lines in the place of one."""
    return replace(bill, lines=(*bill.lines[:index], *lines, *bill.lines[index + 1 :]))


def with_more(bill: Bill, description: str, price: Decimal) -> Bill:
    """Return the bill with one line more."""
    unit = _PIECES[bill.contract.language]
    line = BillLine(description=description, unit=unit, quantity=Decimal(1), unit_price=price)
    return replace(bill, lines=(*bill.lines, line))


def with_share_taken_off(bill: Bill, *, share: Decimal, names: dict[str, str]) -> Bill:
    """Return the bill with a line that takes a share of its lines off."""
    whole = sum((line.net_amount for line in bill.lines), Decimal(0))
    taken = (whole * share / 100).quantize(CENT, ROUND_HALF_UP)
    return with_more(bill, names[bill.contract.language].format(rate=f"{share:f}"), -taken)


def with_terms_kept(rng: Random, bill: Bill, *, withheld: frozenset[str]) -> Bill:
    """Return the bill with the agreed discount granted, in one of its forms, and the retention held.

    `withheld` are the codes of deviations: what must not be kept, and whether a price deviates.
    """
    contract = bill.contract
    if contract.agreed_discount and "DISCOUNT_MISSING" not in withheld:
        is_in_prices = "UNIT_PRICE_MISMATCH" not in withheld and happens(rng, 0.5)
        if contract.language != "zh" and not is_in_prices:
            bill = with_share_taken_off(bill, share=contract.agreed_discount, names=_TAKEN_OFF)
        else:
            left = 1 - contract.agreed_discount / 100
            lines = [replace(line, unit_price=(line.unit_price * left).normalize()) for line in bill.lines]
            bill = replace(bill, lines=tuple(lines))
    if contract.retention_rate and "RETENTION_NOT_HELD" not in withheld:
        bill = with_share_taken_off(bill, share=contract.retention_rate, names=_KEPT_BACK)
    return bill


def _goods_lines(rng: Random, contract: ContractRecord) -> tuple[BillLine, ...]:
    rows = rng.sample(contract.price_list, k=rng.randint(1, len(contract.price_list)))
    return tuple(
        BillLine(
            description=row.description,
            specification=row.specification,
            unit=row.unit,
            quantity=max(
                Decimal(1), ((row.quantity or Decimal(8)) * rng.randint(2, 4) / 10).quantize(Decimal(1))
            ),
            unit_price=net_price(row, contract),
        )
        for row in rows
    )


def _step_lines(rng: Random, contract: ContractRecord) -> tuple[BillLine, ...]:
    step = rng.choice(contract.milestones)
    amount = step.amount
    if contract.total_includes_tax:
        amount = (amount / (1 + contract.tax_rate / 100)).quantize(CENT, ROUND_HALF_UP)
    return (
        BillLine(
            description=step.name,
            unit=_PIECES[contract.language],
            quantity=Decimal(1),
            unit_price=amount,
        ),
    )
