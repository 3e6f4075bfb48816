"""Fees that were not agreed, and discounts that were."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill, BilledLine
from extractor.reconciliation.case import Case, asks, found, most_doubtful, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.listing import are_in_sentences
from extractor.reconciliation.milestones import billed_steps, step_forms
from extractor.reconciliation.prices import compared_prices
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.standing import (
    allowed_fee,
    is_a_step,
    is_fee,
    is_release,
    is_unknown,
    may_be_a_service,
)
from extractor.reconciliation.wording import LineKind, has_condition
from extractor.validation.figures import CENT, number_of
from extractor.validation.finding import FindingCode
from extractor.validation.rounding import plain

_PERCENT = Decimal(100)
_COINS = Decimal("0.05")  # to which cash totals are rounded
_WRONG_SUMS = (FindingCode.LINES_SUM, FindingCode.GROSS_SUM, FindingCode.TAX_SUM)


def fees(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Find fee and freight lines that the contract neither lists nor allows."""
    code = CheckCode.FEE_NOT_AGREED
    agreement = case.agreement
    for bill in case.bills:
        charged = [line for line in bill.lines if is_fee(case, bill, line)]
        beside = charged_beside_lines(bill)
        if not charged and not beside:
            if bill.lines:
                yield passed(code, bill, "No fee is billed.")
            else:
                yield not_checkable(code, bill, Reason.NO_LINES, "The invoice has no lines that can be read.")
            continue
        if agreement.fees is None and not agreement.prices and not agreement.steps:
            yield not_checkable(
                code, bill, Reason.NO_PRICES_NOR_FEES, "The contract names neither prices nor fees."
            )
            continue
        checks = [_fee(case, bill, line) for line in charged]
        if beside:
            checks.append(_fee_beside_lines(case, bill, beside))
        open_ = [check for check in checks if check.severity is not None or check.is_unsure]
        yield from open_ or [most_doubtful(checks)]


def charged_beside_lines(bill: Bill) -> Decimal:
    """Return what the totals add to the lines: freight that stands below them, 0 if nothing.

    Nothing either where the sums are found wrong: then it is no charge, but an error.
    """
    nets = [line.net for line in bill.lines]
    known = [net for net in nets if net is not None]
    if (
        not nets
        or len(known) != len(nets)
        or bill.net is None
        or any(found(bill, code) for code in _WRONG_SUMS)
    ):
        return Decimal(0)
    lines = sum(known, Decimal(0))
    if bill.is_priced_with_tax and bill.gross is not None:
        added = bill.gross - lines
    else:
        added = bill.net - lines
        if bill.gross is not None and bill.tax is not None:
            added += bill.gross - bill.net - bill.tax
    return added if added > _COINS + CENT * len(nets) else Decimal(0)


def discounts(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Check that the discount owed on every invoice is granted.

    As a line of its own, on the lines, in the prices, or in the total.
    """
    code = CheckCode.DISCOUNT_MISSING
    term = case.agreement.member("agreed_discount", "percent")
    percent = number_of(term)
    for bill in case.bills:
        if not percent:
            yield not_checkable(
                code, bill, Reason.NOT_AGREED, "The contract owes no discount on every invoice."
            )
            continue
        goods = [line.net for line in _discounted(case, bill)]
        amounts = [abs(amount) for amount in goods if amount is not None]
        if not amounts or len(amounts) != len(goods):
            yield not_checkable(
                code,
                bill,
                Reason.LINES_UNREADABLE,
                "The invoice's lines cannot be read, so the discount cannot be sought.",
            )
            continue
        owed = sum(amounts, Decimal(0)) * percent / _PERCENT
        given = (
            _given_in_lines(bill)
            + _given_in_prices(case, bill, percent)
            + _given_in_steps(case, bill, percent)
        )
        leaf = next((line.cell("net_amount") for line in bill.lines if line.kind is LineKind.DISCOUNT), None)
        side = side_of(leaf) if leaf is not None else Side(value=given)
        slack = CENT * len(bill.lines)
        limits = case.limits(code)
        if given >= owed or limits.allows(agreed=-owed, billed=-given, rounding=slack):
            yield passed(
                code, bill, f"The discount of {percent:f} % is granted.", field="line_items",
                agreed=side_of(term), billed=side,
            )  # fmt: skip
            continue
        if has_condition(term.quote):
            yield asks(
                code, bill, Reason.MAYBE_DISCOUNTED,
                f"A discount of {percent:f} % is agreed under a condition, but {plain(given)} is granted: "
                "is it met?",
                field="line_items", agreed=side_of(term), billed=side,
            )  # fmt: skip
            continue
        yield case.mismatch(
            code,
            bill,
            f"A discount of {percent:f} % ({plain(owed)}) is owed on every invoice, "
            f"but {plain(given)} is granted.",
            field="line_items",
            agreed=side_of(term),
            billed=side,
            difference=given - owed,
            consequence_of=_discount_cause(case, bill),
        )


def _discounted(case: Case, bill: Bill) -> list[BilledLine]:
    """Return the lines that the agreed discount is owed on.

    What the contract does not list, and prices that deviate, have flags of their own: they
    count only where nothing else is billed.
    """
    goods = [
        line
        for line in bill.lines
        if (line.kind is LineKind.GOODS and not is_fee(case, bill, line)) or is_a_step(case, line)
    ]
    wrong = {each.line.index for each in compared_prices(case, bill) if not each.allowed}
    goods = [line for line in goods if not is_release(case, bill, line)]
    agreed = [line for line in goods if line.index not in wrong and not is_unknown(case, bill, line)]
    return agreed or goods


def _discount_cause(case: Case, bill: Bill) -> CheckCode | None:
    """Return UNIT_PRICE_MISMATCH where all prices are above the agreed ones: none can show a discount."""
    compared = compared_prices(case, bill)
    is_above = all(not each.allowed and each.billed > each.agreed for each in compared)
    return CheckCode.UNIT_PRICE_MISMATCH if compared and is_above else None


def _fee(case: Case, bill: Bill, line: BilledLine) -> Check:
    code = CheckCode.FEE_NOT_AGREED
    field = f"line_items[{line.index}]"
    billed = side_of(line.cell("net_amount"))
    amount = abs(line.net) if line.net is not None else None
    name = line.description or line.wording
    allowed = allowed_fee(case, line)
    if allowed is None and are_in_sentences(case.agreement.prices) and may_be_a_service(line):
        return asks(
            code, bill, Reason.MAYBE_IN_A_SENTENCE,
            f"Is {name} one of the services whose prices the contract states in sentences?",
            field=field, agreed=case.agreement.place("price_list"), billed=billed,
        )  # fmt: skip
    if allowed is None:
        place = case.agreement.place("allowed_fees") or case.agreement.place("price_list")
        return case.mismatch(
            code,
            bill,
            f"{name} of {plain(amount)} is billed, but the contract neither lists nor allows it.",
            field=field,
            agreed=place or case.agreement.place("milestones"),
            billed=billed,
            difference=amount,
        )
    limit = allowed.amount
    per_unit = line.unit_price if line.quantity is not None and line.quantity > 1 else None
    if (
        limit is None
        or amount is None
        or amount <= limit
        or (per_unit is not None and abs(per_unit) <= limit)
        or case.limits(code).allows(agreed=limit, billed=amount)
    ):
        if has_condition(allowed.side.quote):
            return asks(
                code, bill, Reason.MAYBE_CHARGED,
                f"{name} is allowed under a condition only: is it met?",
                field=field, agreed=allowed.side, billed=billed,
            )  # fmt: skip
        return passed(
            code, bill, f"{name} is an allowed fee.", field=field, agreed=allowed.side, billed=billed
        )
    return case.mismatch(
        code,
        bill,
        f"{name} of {plain(amount)} is billed, but at most {plain(limit)} is allowed.",
        field=field,
        agreed=allowed.side,
        billed=billed,
        difference=amount - limit,
    )


def _fee_beside_lines(case: Case, bill: Bill, amount: Decimal) -> Check:
    code, allowed = CheckCode.FEE_NOT_AGREED, case.agreement.fees or ()
    net = bill.leaf("net_amount")
    billed = Side(value=amount, evidence=net.evidence)
    limits = [fee.amount for fee in allowed]
    most = sum((limit for limit in limits if limit is not None), Decimal(0))
    if allowed and (None in limits or amount <= most or case.limits(code).allows(agreed=most, billed=amount)):
        return passed(
            code, bill, f"{plain(amount)} is charged beside the lines, no more than the allowed fees.",
            field="net_amount", agreed=allowed[0].side, billed=billed,
        )  # fmt: skip
    place = case.agreement.place("allowed_fees") or case.agreement.place("price_list")
    return case.mismatch(
        code,
        bill,
        f"{plain(amount)} is charged beside the lines, but the contract neither lists nor allows it.",
        field="net_amount",
        agreed=place or case.agreement.place("milestones"),
        billed=billed,
        difference=amount - most,
    )


def _given_in_lines(bill: Bill) -> Decimal:
    """Return what discount lines, lines below their price, and the total take off."""
    given = Decimal(0)
    for line in bill.lines:
        if line.kind is LineKind.DISCOUNT and line.net is not None:
            given += abs(line.net)
        elif line.quantity is not None and line.unit_price is not None and line.net is not None:
            given += max(Decimal(0), abs(line.quantity * line.unit_price) - abs(line.net) - CENT)
    nets = [line.net for line in bill.lines]
    known = [net for net in nets if net is not None]
    whole = bill.gross if bill.is_priced_with_tax else bill.net
    if whole is not None and len(known) == len(nets):
        given += max(Decimal(0), abs(sum(known, Decimal(0))) - abs(whole))
    return given


def _given_in_prices(case: Case, bill: Bill, percent: Decimal) -> Decimal:
    """Return what is taken off because prices are the agreed ones less the discount."""
    given = Decimal(0)
    for each in compared_prices(case, bill):
        less = each.agreed * (1 - percent / _PERCENT)
        if each.line.net is not None and each.billed <= less + CENT / 2 + abs(each.agreed) / 10000:
            given += abs(each.line.net) * percent / (_PERCENT - percent)
    return given


def _given_in_steps(case: Case, bill: Bill, percent: Decimal) -> Decimal:
    """Return what is taken off because milestones are billed at their amounts less the discount."""
    given = Decimal(0)
    for step, lines in billed_steps(case, bill):
        amount = abs(sum((line.net for line in lines if line.net is not None), Decimal(0)))
        kept = 1 - (number_of(case.agreement.leaf("retention_rate")) or Decimal(0)) / _PERCENT
        forms = [form * share for form in step_forms(case, bill, step, lines[0]) for share in (1, kept)]
        if any(abs(form * (1 - percent / _PERCENT) - amount) <= CENT for form in forms):
            given += amount * percent / (_PERCENT - percent)
    return given
