"""What a mismatch makes in money: a price per unit times the quantity, a rate times its base."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import Leaf
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation
from extractor.validation.figures import number_of
from extractor.values.currencies import currency_digits

_LINE = re.compile(r"line_items\[(\d+)\]")
_ROW = re.compile(r"(\w+)\[(\d+)\]")
_PERCENT = Decimal(100)
_MOST_PLACES = 6  # of a price
_IN_MONEY = frozenset(  # codes whose difference is an amount
    {
        CheckCode.ITEM_NOT_IN_CONTRACT,
        CheckCode.TOTAL_EXCEEDED,
        CheckCode.DISCOUNT_MISSING,
        CheckCode.FEE_NOT_AGREED,
        CheckCode.MILESTONE_AMOUNT_MISMATCH,
        CheckCode.RETENTION_NOT_HELD,
        CheckCode.DUPLICATE_INVOICE,
    }
)


def money_differences(reconciliation: Reconciliation) -> tuple[Decimal | None, ...]:
    """Return, for each check in order, how much more is billed because of it than was agreed.

    In the invoice's currency, rounded to its digits, as the invoice states its prices (with or
    without tax); negative where less is billed. None where nothing deviates, or the
    deviation is none of money.
    """
    return tuple(
        None if check.invoice is None else money_difference(check, reconciliation.invoices[check.invoice])
        for check in reconciliation.checks
    )


def money_difference(check: Check, invoice: Assessment) -> Decimal | None:
    """Return one check's difference in money; see `money_differences`."""
    if check.state is not CheckState.MISMATCH or check.difference is None:
        return None
    amount = _amount(check, check.difference, invoice)
    return None if amount is None else _in_coins(amount, invoice)


def told_difference(check: Check, reconciliation: Reconciliation) -> Decimal | None:
    """Return a check's difference as it is told: money in the currency's digits.

    A price has those of the one that is billed, if these are more; what is no money is as it is.
    """
    if check.difference is None or check.invoice is None:
        return check.difference
    invoice = reconciliation.invoices[check.invoice]
    if check.code in _IN_MONEY:
        return _in_coins(check.difference, invoice)
    if check.code is not CheckCode.UNIT_PRICE_MISMATCH:
        return check.difference
    billed = check.billed.value if check.billed is not None else None
    places = -int(billed.as_tuple().exponent) if isinstance(billed, Decimal) and billed.is_finite() else 0
    return check.difference.quantize(_coin(max(_digits(invoice), min(places, _MOST_PLACES))), ROUND_HALF_UP)


def _in_coins(amount: Decimal, invoice: Assessment) -> Decimal:
    return amount.quantize(_coin(_digits(invoice)), ROUND_HALF_UP)


def _digits(invoice: Assessment) -> int:
    return currency_digits(str(invoice.extraction.leaf("currency").value or ""))


def _coin(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)


def line_index(field: str | None) -> int | None:
    """Return which line of the invoice (from 0) a path lies in."""
    found = _LINE.match(field or "")
    return None if found is None else int(found.group(1))


def _amount(check: Check, difference: Decimal, invoice: Assessment) -> Decimal | None:
    line = _row(check, invoice)
    match check.code:
        case CheckCode.UNIT_PRICE_MISMATCH:
            return _times(difference, number_of(line.get("quantity")))
        case CheckCode.QUANTITY_EXCEEDED:
            return _times(difference, number_of(line.get("unit_price")))
        case CheckCode.TAX_RATE_MISMATCH:
            base = number_of(
                line.get("net_amount") or line.get("base") or invoice.extraction.leaf("net_amount")
            )
            return None if base is None else abs(base) * difference / _PERCENT
        case CheckCode.DISCOUNT_MISSING:
            return -difference  # of what is granted, so less is more to pay
    return difference if check.code in _IN_MONEY else None


def _times(difference: Decimal, number: Decimal | None) -> Decimal | None:
    return None if number is None else difference * abs(number)


def _row(check: Check, invoice: Assessment) -> Mapping[str, Leaf]:
    """Return the row that the check is about: a line, or one rate of the tax breakdown."""
    found = _ROW.match(check.field or "")
    if found is None:
        return {}
    rows, index = invoice.extraction.rows(found.group(1)), int(found.group(2))
    return rows[index].members if index < len(rows) else {}
