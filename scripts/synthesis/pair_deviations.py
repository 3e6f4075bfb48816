"""The deviations that are put into the invoices of generated pairs, each under its code."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import TypeAlias

from synthesis.contract_record import ContractRecord
from synthesis.identifiers import random_digits, random_iban
from synthesis.notation import CENT
from synthesis.pair_bill import Bill, with_line, with_more
from synthesis.parties import COUNTRY_OF, random_party


def _agreed_index(rng: Random, bill: Bill) -> int:
    """Return which line to change: one that the contract lists."""
    listed = {row.description for row in bill.contract.price_list}
    return rng.choice([index for index, line in enumerate(bill.lines) if line.listed_as in listed])


def _raise_a_price(rng: Random, bill: Bill) -> Bill:
    index = _agreed_index(rng, bill)
    line = bill.lines[index]
    raised = (line.unit_price * rng.choice((107, 112, 120)) / 100).quantize(CENT) + CENT
    return with_line(bill, index, replace(line, unit_price=raised))


def _exceed_a_quantity(rng: Random, bill: Bill) -> Bill:
    index = _agreed_index(rng, bill)
    line = bill.lines[index]
    agreed = next(row.quantity for row in bill.contract.price_list if row.description == line.listed_as)
    more = ((agreed or Decimal(0)) + rng.choice((1, 5, 20))) * line.units_in_one
    return with_line(bill, index, replace(line, quantity=more))


def _exceed_the_total(_: Random, bill: Bill) -> Bill:
    line = bill.lines[0]
    needed = (bill.contract.total_amount or Decimal(0)) / line.unit_price
    return with_line(bill, 0, replace(line, quantity=(needed * 6 / 5).quantize(Decimal(1)) + 1))


def _add_a_fee(rng: Random, bill: Bill) -> Bill:
    fees = {
        "en": ("Fuel surcharge", "Freight and handling", "Administration fee"),
        "de": ("Energiezuschlag", "Versandkosten", "Bearbeitungsgebühr"),
        "zh": ("*运输服务*运费", "*物流辅助服务*装卸费", "*现代服务*服务费"),
    }
    return with_more(bill, rng.choice(fees[bill.contract.language]), Decimal(85))


def _add_an_item(_: Random, bill: Bill) -> Bill:
    items = {
        "en": "Bamboo garden chair, folding",
        "de": "Gartenstuhl aus Bambus, klappbar",
        "zh": "*竹制品*折叠竹椅",
    }
    return with_more(bill, items[bill.contract.language], Decimal(96))


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


def _raise_a_step(_: Random, bill: Bill) -> Bill:
    line = bill.lines[0]
    return with_line(bill, 0, replace(line, unit_price=(line.unit_price * 21 / 20).quantize(CENT)))


def _change_the_type(_: Random, bill: Bill) -> Bill:
    is_special = bill.contract.invoice_type_required == "增值税专用发票"
    return replace(bill, invoice_type="e_vat_general" if is_special else "e_vat_special")


def _as_it_is(_: Random, bill: Bill) -> Bill:
    return bill  # the term is left out when the bill is finished


def _of_goods(contract: ContractRecord) -> bool:
    return not contract.milestones


def _always(_: ContractRecord) -> bool:
    return True


Deviation: TypeAlias = tuple[Callable[[ContractRecord], bool], Callable[[Random, Bill], Bill]]
DEVIATIONS: dict[str, Deviation] = {
    "QUANTITY_EXCEEDED": (
        lambda contract: _of_goods(contract) and contract.price_list[0].quantity is not None,
        _exceed_a_quantity,
    ),
    "TOTAL_EXCEEDED": (
        lambda contract: (
            _of_goods(contract)
            and contract.total_amount is not None
            and contract.price_list[0].quantity is None
        ),
        _exceed_the_total,
    ),
    "UNIT_PRICE_MISMATCH": (_of_goods, _raise_a_price),
    "ITEM_NOT_IN_CONTRACT": (_of_goods, _add_an_item),
    "FEE_NOT_AGREED": (lambda contract: not contract.allowed_fees, _add_a_fee),
    "TAX_RATE_MISMATCH": (_always, _change_the_rate),
    "CURRENCY_MISMATCH": (lambda contract: contract.language != "zh", _change_the_currency),
    "BANK_ACCOUNT_CHANGED": (_always, _change_the_account),
    "PAYMENT_TERM_MISMATCH": (_always, _shorten_the_term),
    "PARTY_NAME_MISMATCH": (_always, _change_the_buyer),
    "TAX_ID_MISMATCH": (_always, _change_the_tax_id),
    "CONTRACT_NUMBER_MISMATCH": (_always, _change_the_number),
    "OUTSIDE_VALIDITY": (lambda contract: contract.renewal_months is None, _bill_too_late),
    "MILESTONE_AMOUNT_MISMATCH": (lambda contract: bool(contract.milestones), _raise_a_step),
    "INVOICE_TYPE_MISMATCH": (lambda contract: contract.language == "zh", _change_the_type),
    "DISCOUNT_MISSING": (lambda contract: bool(contract.agreed_discount), _as_it_is),
    "RETENTION_NOT_HELD": (lambda contract: bool(contract.retention_rate), _as_it_is),
    "GROSS_SUM": (lambda contract: contract.language != "zh", _misprint_the_gross),
}
FOLLOWS = {
    "QUANTITY_EXCEEDED": ("TOTAL_EXCEEDED",),
    "TOTAL_EXCEEDED": ("QUANTITY_EXCEEDED",),
    "UNIT_PRICE_MISMATCH": ("TOTAL_EXCEEDED",),
    "ITEM_NOT_IN_CONTRACT": ("TOTAL_EXCEEDED",),
    "FEE_NOT_AGREED": ("TOTAL_EXCEEDED", "ITEM_NOT_IN_CONTRACT"),
    "GROSS_SUM": ("AMOUNT_DUE_SUM",),
    "MILESTONE_AMOUNT_MISMATCH": ("TOTAL_EXCEEDED", "DISCOUNT_MISSING"),
    "DISCOUNT_MISSING": ("TOTAL_EXCEEDED", "MILESTONE_AMOUNT_MISMATCH"),
    "TAX_RATE_MISMATCH": ("TOTAL_EXCEEDED",),
}
