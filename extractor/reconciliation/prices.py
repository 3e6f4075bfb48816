"""Unit prices: each line's beside its row of the price list."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill, BilledLine
from extractor.reconciliation.case import Case, asks, mismatches, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.listing import is_it
from extractor.reconciliation.matching import Match
from extractor.reconciliation.price_contradictions import ComparedPrice, price_contradictions
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.units import units_in_one
from extractor.reconciliation.wording import LineKind
from extractor.validation.figures import half_last_digit, number_of
from extractor.validation.rounding import plain

_PERCENT = Decimal(100)
_OTHER_UNIT_RATIO = Decimal(2)  # prices further apart than this are for different units


def unit_prices(case: Case, earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare every line's unit price with its row of the price list.

    A price with tax equals one without at the agreed rate, or at the billed one: then
    only the rate deviates, which is a check of its own. So does one less the agreed discount.
    """
    code = CheckCode.UNIT_PRICE_MISMATCH
    for bill in case.bills:
        if not case.agreement.prices:
            yield _without_prices(case, bill)
            continue
        compared = compared_prices(case, bill)
        wrong = [each for each in compared if not each.allowed]
        deviating = [each for each in wrong if not each.is_for_another_unit]
        is_converted = bool(deviating) and len(wrong) == len(compared) > 1
        other_currency = mismatches(earlier, CheckCode.CURRENCY_MISMATCH, bill)
        cause = CheckCode.CURRENCY_MISMATCH if is_converted and other_currency else None
        for each in wrong:
            yield _deviation(case, bill, each, cause=cause)
        questions = [*_questions(case, bill), *price_contradictions(case, bill, compared)]
        yield from questions
        yield from _without_a_price(case, bill)
        if not compared and not questions:
            yield not_checkable(
                code, bill, Reason.NO_LINE_PRICED, "No line of the invoice is on the price list."
            )
        elif not wrong and not questions:
            first = compared[0]
            yield passed(
                code,
                bill,
                f"{len(compared)} of {len(bill.lines)} lines are on the price list, at the agreed prices.",
                field=first.line.path("unit_price"),
                agreed=first.match.price.price_side,
                billed=side_of(first.line.cell("unit_price")),
            )


def compared_prices(case: Case, bill: Bill) -> list[ComparedPrice]:
    """Return every line that is surely a row and has a price, with the agreed price."""
    compared = []
    for line in bill.lines:
        match = case.match(bill, line.index)
        if match is None or line.price is None:
            continue
        compared.append(_compared(case, bill, match, line.price))
    return compared


def _compared(case: Case, bill: Bill, match: Match, billed: Decimal) -> ComparedPrice:
    line, limits = match.line, case.limits(CheckCode.UNIT_PRICE_MISMATCH)
    factor = case.factor(line.unit, match.price.unit)
    forms = [form * (factor or 1) for form in _forms(case, bill, match)]
    left = 1 - (number_of(case.agreement.member("agreed_discount", "percent")) or Decimal(0)) / _PERCENT
    reduced = forms if left == 1 else [*forms, *(form * left for form in forms)]
    printed = half_last_digit(line.unit_price) if line.unit_price is not None else Decimal(0)
    rounding = printed if line.unit_price is not None and printed < Decimal("0.005") else Decimal(0)
    allowed = any(
        limits.allows(agreed=form, billed=billed, rounding=rounding) or _is_rounded_line(case, line, form)
        for form in reduced
    )
    nearest = min(forms, key=lambda form: min(abs(form - billed), abs(form * left - billed)))
    known = match.price.is_tax_included is not None
    agreed = forms[0] if known else nearest
    ratio = billed / agreed if agreed else Decimal(1)
    return ComparedPrice(
        line=line,
        match=match,
        billed=billed,
        agreed=agreed,
        allowed=allowed,
        is_for_another_unit=(factor is None and not 1 / _OTHER_UNIT_RATIO <= ratio <= _OTHER_UNIT_RATIO)
        or (not line.unit and _is_converted(case, match, prices=reduced, billed=billed, rounding=printed)),
    )


def _is_converted(
    case: Case, match: Match, *, prices: Sequence[Decimal], billed: Decimal, rounding: Decimal
) -> bool:
    """Say whether a line without a unit bills by another one: 0.06 a centimetre of 6.03 a metre."""
    limits = case.limits(CheckCode.UNIT_PRICE_MISMATCH)
    return any(
        limits.allows(agreed=each, billed=billed * count, rounding=rounding * count)
        for each in prices
        for count in units_in_one(match.price.unit, hours_per_day=case.agreement.hours_per_day)
    )


def _forms(case: Case, bill: Bill, match: Match) -> list[Decimal]:
    """Return the agreed price as the invoice may state it, the plainest first."""
    price = match.price
    rates = [price.tax_rate if price.tax_rate is not None else case.agreement.tax_rate, match.line.tax_rate]
    factors = [1 + rate / _PERCENT for rate in dict.fromkeys(rates) if rate is not None]
    if not factors and bill.net and bill.gross:
        factors = [bill.gross / bill.net]  # no rate is named, yet tax is added
    agreed = [price.price, *price.other_prices]
    with_tax = without_tax = agreed
    if price.is_tax_included is not True:
        with_tax = [each * factor for each in agreed for factor in factors]
    if price.is_tax_included is not False:
        without_tax = [each / factor for each in agreed for factor in factors] or agreed
    if price.is_tax_included is None:
        with_tax, without_tax = [*with_tax, *agreed], [*without_tax, *agreed]
    forms = [*with_tax, *without_tax] if _is_stated_with_tax(bill, match.line) else without_tax
    return forms or agreed


def _is_stated_with_tax(bill: Bill, line: BilledLine) -> bool:
    """Say whether the line's unit price contains the tax."""
    if bill.is_priced_with_tax:
        return True
    if line.quantity is None or line.unit_price is None or line.net is None or not line.tax_rate:
        return False
    total = line.quantity * line.unit_price
    slack = abs(line.quantity) * half_last_digit(line.unit_price) + half_last_digit(line.net)
    without = total / (1 + line.tax_rate / _PERCENT)
    return abs(without - line.net) <= slack < abs(total - line.net)


def _is_rounded_line(case: Case, line: BilledLine, agreed: Decimal) -> bool:
    if line.quantity is None or line.net is None:
        return False
    return abs(abs(line.quantity) * agreed - abs(line.net)) <= case.policy.line_rounding


def _deviation(case: Case, bill: Bill, each: ComparedPrice, *, cause: CheckCode | None) -> Check:
    line, price = each.line, each.match.price
    leaf = line.cell("unit_price")
    billed = side_of(leaf if leaf.value is not None else line.cell("net_amount"))
    if leaf.value is None:
        billed = Side(value=each.billed, text=billed.text, evidence=billed.evidence)
    code, field = CheckCode.UNIT_PRICE_MISMATCH, line.path("unit_price")
    if each.is_for_another_unit:
        return asks(
            code,
            bill,
            Reason.OTHER_UNIT,
            f"{line.description}: {plain(each.billed)} per {line.unit or 'unit'} is billed, "
            f"{plain(price.price)} per {price.unit or 'unit'} is agreed. Do the units compare?",
            field=field,
            agreed=price.price_side,
            billed=billed,
        )
    basis = "" if price.price == each.agreed else f" (as billed: {plain(each.agreed)})"
    return case.mismatch(
        code,
        bill,
        f"{line.description}: {plain(each.billed)} per unit is billed, "
        f"but {plain(price.price)} is agreed{basis}.",
        field=field,
        agreed=price.price_side,
        billed=billed,
        difference=each.billed - each.agreed,
        consequence_of=cause,
    )


def _without_prices(case: Case, bill: Bill) -> Check:
    """Say that no price can be compared; a question where the contract names no amount at all."""
    code, agreement = CheckCode.UNIT_PRICE_MISMATCH, case.agreement
    if agreement.steps or agreement.has("total_amount"):
        return not_checkable(code, bill, Reason.NO_PRICE_LIST, "The contract has no price list.")
    return asks(
        code,
        bill,
        Reason.NO_AMOUNT_AGREED,
        "The contract names no prices, no milestones and no total: is what is billed agreed?",
    )


def _without_a_price(case: Case, bill: Bill) -> Iterator[Check]:
    """Ask for the quantity of a line that prints an amount only, unless it is that of one unit."""
    code = CheckCode.UNIT_PRICE_MISMATCH
    for line in bill.lines:
        match = case.match(bill, line.index)
        if match is None or line.price is not None:
            continue
        if line.net is None:
            message = f"{line.description}: no price can be read."
            yield not_checkable(code, bill, Reason.PRICE_UNREADABLE, message)
        elif not any(
            case.limits(code).allows(agreed=form, billed=abs(line.net)) for form in _forms(case, bill, match)
        ):
            yield asks(
                code, bill, Reason.AMOUNT_ONLY,
                f"{line.description}: how many are billed for {plain(abs(line.net))}? "
                f"{plain(match.price.price)} per {match.price.unit or 'unit'} is agreed.",
                field=line.path("net_amount"), agreed=match.price.price_side,
                billed=side_of(line.cell("net_amount")),
            )  # fmt: skip


def _questions(case: Case, bill: Bill) -> Iterator[Check]:
    for line in bill.lines:
        match = case.question(bill, line.index)
        if match is not None and line.kind is LineKind.GOODS and line.price is not None:
            yield is_it(CheckCode.UNIT_PRICE_MISMATCH, bill, match)
