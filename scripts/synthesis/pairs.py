"""Generate contracts with an invoice billed under them, and the deviations that were put in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from synthesis.chance import happens, seeded
from synthesis.contract import draw_contract
from synthesis.contract_random import random_contract, random_contract_style
from synthesis.contract_record import ContractRecord, PriceRow
from synthesis.identifiers import random_digits, random_iban
from synthesis.notation import CENT
from synthesis.pair_drawing import draw_bill
from synthesis.parties import COUNTRY_OF, random_party


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """One billed row: prices are net, amounts follow from them."""

    description: str
    unit: str
    quantity: Decimal
    unit_price: Decimal
    specification: str | None = None

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


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedPair:
    """A contract and an invoice as files. `expected` are codes; `allowed` may follow from them."""

    name: str
    contract: bytes
    invoice: bytes
    expected: tuple[str, ...]
    allowed: frozenset[str]
    bill: Bill


def generate_pair(seed: int, *, language: str) -> GeneratedPair:
    """Make the pair that belongs to the seed; a third of the pairs have no deviation."""
    rng = seeded(f"pair-{language}-{seed}")
    contract = replace(
        random_contract(rng, language),
        milestones=(),
        retention_rate=None,
        agreed_discount=None,
        payment_trigger=rng.choice(("invoice_date", "invoice_receipt")),
    )
    if language != "zh":
        contract = replace(contract, prices_include_tax=False)
    bill = _conforming(rng, contract)
    expected = []
    if not happens(rng, 1 / 3):
        possible = [code for code, (applies, _) in _DEVIATIONS.items() if applies(contract)]
        for code in rng.sample(possible, k=rng.choice((1, 1, 2, 3))):
            bill = _DEVIATIONS[code][1](rng, bill)
            expected.append(code)
    return GeneratedPair(
        name=f"pair-{language}-{seed:04}",
        contract=draw_contract(contract, random_contract_style(rng, language)).content,
        invoice=draw_bill(rng, bill),
        expected=tuple(expected),
        allowed=frozenset(code for cause in expected for code in _FOLLOWS.get(cause, ())),
        bill=bill,
    )


def net_price(row: PriceRow, contract: ContractRecord) -> Decimal:
    """Return the agreed price without tax, to eight places where tax was in it."""
    if not contract.prices_include_tax:
        return row.unit_price
    price = row.unit_price / (1 + contract.tax_rate / 100)
    return price.quantize(Decimal("0.00000001"), ROUND_HALF_UP)


def _conforming(rng: Random, contract: ContractRecord) -> Bill:
    rows = rng.sample(contract.price_list, k=rng.randint(1, len(contract.price_list)))
    lines = tuple(
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


def _with_line(bill: Bill, index: int, line: BillLine) -> Bill:
    return replace(bill, lines=(*bill.lines[:index], line, *bill.lines[index + 1 :]))


def _agreed_index(rng: Random, bill: Bill) -> int:
    """Return which line to change: one that the contract lists."""
    listed = {row.description for row in bill.contract.price_list}
    return rng.choice([index for index, line in enumerate(bill.lines) if line.description in listed])


def _raise_a_price(rng: Random, bill: Bill) -> Bill:
    index = _agreed_index(rng, bill)
    line = bill.lines[index]
    raised = (line.unit_price * rng.choice((107, 112, 120)) / 100).quantize(CENT) + CENT
    return _with_line(bill, index, replace(line, unit_price=raised))


def _exceed_a_quantity(rng: Random, bill: Bill) -> Bill:
    index = _agreed_index(rng, bill)
    line = bill.lines[index]
    agreed = next(row.quantity for row in bill.contract.price_list if row.description == line.description)
    return _with_line(bill, index, replace(line, quantity=(agreed or Decimal(0)) + rng.choice((1, 5, 20))))


def _exceed_the_total(_: Random, bill: Bill) -> Bill:
    line = bill.lines[0]
    needed = (bill.contract.total_amount or Decimal(0)) / line.unit_price
    return _with_line(bill, 0, replace(line, quantity=(needed * 6 / 5).quantize(Decimal(1)) + 1))


def _add(bill: Bill, description: str, price: str) -> Bill:
    unit = {"en": "pc", "de": "Stück", "zh": "项"}[bill.contract.language]
    line = BillLine(description=description, unit=unit, quantity=Decimal(1), unit_price=Decimal(price))
    return replace(bill, lines=(*bill.lines, line))


def _add_a_fee(rng: Random, bill: Bill) -> Bill:
    fees = {
        "en": ("Fuel surcharge", "Freight and handling", "Administration fee"),
        "de": ("Energiezuschlag", "Versandkosten", "Bearbeitungsgebühr"),
        "zh": ("*运输服务*运费", "*物流辅助服务*装卸费", "*现代服务*服务费"),
    }
    return _add(bill, rng.choice(fees[bill.contract.language]), "85.00")


def _add_an_item(_: Random, bill: Bill) -> Bill:
    items = {
        "en": "Bamboo garden chair, folding",
        "de": "Gartenstuhl aus Bambus, klappbar",
        "zh": "*竹制品*折叠竹椅",
    }
    return _add(bill, items[bill.contract.language], "96.00")


def _change_the_account(rng: Random, bill: Bill) -> Bill:
    country = COUNTRY_OF[bill.contract.language]
    return replace(bill, account=random_digits(rng, 16) if country == "CN" else random_iban(rng, country))


def _change_the_rate(_: Random, bill: Bill) -> Bill:
    others = {"en": (20, 5), "de": (19, 7), "zh": (13, 6)}[bill.contract.language]
    return replace(bill, tax_rate=next(Decimal(rate) for rate in others if rate != bill.tax_rate))


def _change_the_buyer(rng: Random, bill: Bill) -> Bill:
    other = random_party(rng, bill.contract.language)
    while other.name in {bill.buyer_name, bill.seller_name}:
        other = random_party(rng, bill.contract.language)
    return replace(bill, buyer_name=other.name)


def _change_the_tax_id(rng: Random, bill: Bill) -> Bill:
    return replace(bill, seller_tax_id=random_party(rng, bill.contract.language).tax_id)


def _change_the_currency(_: Random, bill: Bill) -> Bill:
    return replace(bill, currency="USD" if bill.currency == "EUR" else "EUR")


def _bill_too_late(_: Random, bill: Bill) -> Bill:
    return replace(bill, issue_date=bill.contract.expiry_date + timedelta(days=25))


def _shorten_the_term(_: Random, bill: Bill) -> Bill:
    return replace(bill, payment_days=5)


def _change_the_number(rng: Random, bill: Bill) -> Bill:
    return replace(bill, contract_number=f"X-{random_digits(rng, 6)}")


def _misprint_the_gross(_: Random, bill: Bill) -> Bill:
    return replace(bill, misprint=Decimal(30))


def _always(_: ContractRecord) -> bool:
    return True


_Deviation = tuple[Callable[[ContractRecord], bool], Callable[[Random, Bill], Bill]]
_DEVIATIONS: dict[str, _Deviation] = {
    "QUANTITY_EXCEEDED": (lambda contract: contract.price_list[0].quantity is not None, _exceed_a_quantity),
    "TOTAL_EXCEEDED": (
        lambda contract: contract.total_amount is not None and contract.price_list[0].quantity is None,
        _exceed_the_total,
    ),
    "UNIT_PRICE_MISMATCH": (_always, _raise_a_price),
    "ITEM_NOT_IN_CONTRACT": (_always, _add_an_item),
    "FEE_NOT_AGREED": (lambda contract: not contract.allowed_fees, _add_a_fee),
    "TAX_RATE_MISMATCH": (_always, _change_the_rate),
    "CURRENCY_MISMATCH": (lambda contract: contract.language != "zh", _change_the_currency),
    "BANK_ACCOUNT_CHANGED": (_always, _change_the_account),
    "PAYMENT_TERM_MISMATCH": (_always, _shorten_the_term),
    "PARTY_NAME_MISMATCH": (_always, _change_the_buyer),
    "TAX_ID_MISMATCH": (_always, _change_the_tax_id),
    "CONTRACT_NUMBER_MISMATCH": (_always, _change_the_number),
    "OUTSIDE_VALIDITY": (lambda contract: contract.renewal_months is None, _bill_too_late),
    "GROSS_SUM": (lambda contract: contract.language != "zh", _misprint_the_gross),
}
_FOLLOWS = {
    "QUANTITY_EXCEEDED": ("TOTAL_EXCEEDED",),
    "TOTAL_EXCEEDED": ("QUANTITY_EXCEEDED",),
    "UNIT_PRICE_MISMATCH": ("TOTAL_EXCEEDED",),
    "ITEM_NOT_IN_CONTRACT": ("TOTAL_EXCEEDED",),
    "FEE_NOT_AGREED": ("TOTAL_EXCEEDED", "ITEM_NOT_IN_CONTRACT"),
    "GROSS_SUM": ("AMOUNT_DUE_SUM",),
    "TAX_RATE_MISMATCH": ("TOTAL_EXCEEDED",),
}
