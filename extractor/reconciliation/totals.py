"""The cap on money, over all invoices of the contract together."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, is_duplicate, mismatches, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.held import released_by
from extractor.reconciliation.parties import readings
from extractor.reconciliation.quantities import excess_money
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.retention import is_kept_in_lines
from extractor.reconciliation.used_up import UsedUp, earlier_sides, told, total_of, used_up
from extractor.validation.figures import CENT, number_of
from extractor.validation.finding import FindingCode
from extractor.validation.rounding import plain

_PERCENT = Decimal(100)
_LINE = re.compile(r"line_items\[(\d+)\]")
_CAUSES = (
    CheckCode.DUPLICATE_INVOICE,
    CheckCode.UNIT_PRICE_MISMATCH,
    CheckCode.QUANTITY_EXCEEDED,
    CheckCode.ITEM_NOT_IN_CONTRACT,
    CheckCode.FEE_NOT_AGREED,
    CheckCode.MILESTONE_AMOUNT_MISMATCH,
    CheckCode.DISCOUNT_MISSING,
    CheckCode.TAX_RATE_MISMATCH,
    CheckCode.CURRENCY_MISMATCH,
    FindingCode.LINE_AMOUNT,
    FindingCode.LINES_SUM,
    FindingCode.TAX_SUM,
    FindingCode.GROSS_SUM,
)


def contract_total(case: Case, earlier: Sequence[Check]) -> Iterator[Check]:
    """Add up what is billed, invoice by invoice in order of date, against the contract's total."""
    code = CheckCode.TOTAL_EXCEEDED
    term = case.agreement.leaf("total_amount")
    caps = [amount for leaf in readings(term) if (amount := number_of(leaf)) is not None]
    net: list[UsedUp] = []
    gross: list[UsedUp] = []
    lines = 0
    kept_in_lines = is_kept_in_lines(case)
    excess: dict[CheckCode | FindingCode, Decimal] = defaultdict(Decimal)
    for bill in case.in_order():
        why = case.why_uncounted(bill) if caps else (Reason.NOT_AGREED, "The contract names no total amount.")
        if why or bill.net is None or bill.gross is None:
            why = why or (Reason.TOTAL_UNREADABLE, "The invoice's total cannot be read.")
            yield not_checkable(code, bill, *why)
            continue
        if strange := [each for each in case.remembered if case.is_in_another_currency(each, bill)]:
            yield _cannot_be_added(bill, strange)
            continue
        paid_out = Decimal(0) if kept_in_lines else released_by(case, bill)
        net.append(used_up(bill, bill.sign * abs(bill.net - paid_out), bill.leaf("net_amount")))
        gross.append(used_up(bill, bill.sign * abs(bill.gross - paid_out), bill.leaf("gross_amount")))
        lines += max(1, len(bill.lines))
        own = _excess(case, bill, earlier)
        for cause, amount in own.items():
            excess[cause] += amount
        if bill.sign > 0:
            yield _against_cap(case, bill, cap=max(caps), net=net, gross=gross, lines=lines, excess=excess)
        else:
            yield passed(code, bill, f"It takes back {plain(abs(bill.gross))} of what was billed.")
        if is_duplicate(earlier, bill):
            net.pop()
            gross.pop()
            for cause, amount in own.items():
                excess[cause] -= amount


def _cannot_be_added(bill: Bill, strange: Sequence[Bill]) -> Check:
    names = ", ".join(f"{each.text('invoice_number')} in {each.text('currency')}" for each in strange)
    return asks(
        CheckCode.TOTAL_EXCEEDED,
        bill,
        Reason.OTHER_CURRENCY_BEFORE,
        f"Earlier invoices of the contract are in another currency ({names}): how much of the total is left?",
    )


def _against_cap(
    case: Case,
    bill: Bill,
    *,
    cap: Decimal,
    net: Sequence[UsedUp],
    gross: Sequence[UsedUp],
    lines: int,
    excess: Mapping[CheckCode | FindingCode, Decimal],
) -> Check:
    code = CheckCode.TOTAL_EXCEEDED
    term, with_tax = case.agreement.leaf("total_amount"), case.agreement.is_total_with_tax
    total, total_with_tax = total_of(net), total_of(gross)
    rounding = CENT * lines
    limits = case.limits(code)

    def is_over(amount: Decimal) -> bool:
        return amount > cap and not limits.allows(agreed=cap, billed=amount, rounding=rounding)

    field = "gross_amount" if with_tax else "net_amount"
    billed, leaf = (total_with_tax if with_tax else total), bill.leaf(field)
    own = bill.gross if with_tax else bill.net
    if leaf.value is None:
        leaf = bill.leaf("gross_amount" if field == "net_amount" else "net_amount")
    side = Side(value=own, text=leaf.text, evidence=leaf.evidence)
    if not is_over(billed):
        if with_tax is None and is_over(total_with_tax):
            return not_checkable(
                code,
                bill,
                Reason.TOTAL_WITH_OR_WITHOUT_TAX,
                f"The contract's total of {plain(cap)} lies between what is billed without ({plain(total)}) "
                f"and with tax ({plain(total_with_tax)}), and it does not say which is meant.",
            )
        return passed(
            code, bill, f"{plain(billed)} billed so far, of {plain(cap)} agreed.", field=field,
            agreed=side_of(term), billed=side,
        )  # fmt: skip
    others = earlier_sides(gross if with_tax else net, bill)
    here = f"{told(others)} ({plain(own)} here)" if own is not None and abs(own) != billed else ""
    factor = total_with_tax / total if with_tax and total else Decimal(1)
    return case.mismatch(
        code,
        bill,
        f"{plain(billed)} is billed{here}, but the contract's total is {plain(cap)}.",
        field=field,
        agreed=side_of(term),
        billed=side,
        difference=billed - cap,
        consequence_of=_cause({cause: amount * factor for cause, amount in excess.items()}, billed, is_over),
        earlier=others,
    )


def _cause(
    excess: Mapping[CheckCode | FindingCode, Decimal], billed: Decimal, is_over: Callable[[Decimal], bool]
) -> CheckCode | FindingCode | None:
    """Return the deviation without which the total would hold: one alone, else the largest of all."""
    present = [cause for cause in _CAUSES if excess.get(cause, Decimal(0)) > 0]
    for cause in present:
        if not is_over(billed - excess[cause]):
            return cause
    if present and not is_over(billed - sum((excess[cause] for cause in present), Decimal(0))):
        return max(present, key=lambda cause: excess[cause])
    return None


def _excess(case: Case, bill: Bill, checks: Sequence[Check]) -> dict[CheckCode | FindingCode, Decimal]:
    """Return how much more is billed, without tax, because of each earlier deviation."""
    excess: dict[CheckCode | FindingCode, Decimal] = defaultdict(Decimal)
    for code in (
        CheckCode.UNIT_PRICE_MISMATCH,
        CheckCode.QUANTITY_EXCEEDED,
        CheckCode.ITEM_NOT_IN_CONTRACT,
        CheckCode.FEE_NOT_AGREED,
        CheckCode.MILESTONE_AMOUNT_MISMATCH,
        CheckCode.DISCOUNT_MISSING,
    ):
        for check in mismatches(checks, code, bill):
            excess[code] += _money(case, bill, check)
    if is_duplicate(checks, bill) and bill.net is not None:
        excess[CheckCode.DUPLICATE_INVOICE] += abs(bill.net)
    for check in mismatches(checks, CheckCode.TAX_RATE_MISMATCH, bill):
        if case.agreement.is_total_with_tax and check.difference is not None and bill.net is not None:
            rate = case.agreement.tax_rate or Decimal(0)
            excess[CheckCode.TAX_RATE_MISMATCH] += abs(bill.net) * check.difference / (_PERCENT + rate)
    excess.update(_own_excess(case, bill))
    return excess


def _own_excess(case: Case, bill: Bill) -> dict[CheckCode | FindingCode, Decimal]:
    """Return how much more is billed because the invoice contradicts itself."""
    excess: dict[CheckCode | FindingCode, Decimal] = defaultdict(Decimal)
    codes = {finding.code for finding in bill.assessment.findings}
    nets = [line.net for line in bill.lines if line.net is not None]
    if FindingCode.LINES_SUM in codes and bill.net is not None and len(nets) == len(bill.lines):
        excess[FindingCode.LINES_SUM] += bill.net - sum(nets, Decimal(0))
    if FindingCode.LINE_AMOUNT in codes:
        for line in bill.lines:
            if line.quantity is not None and line.unit_price is not None and line.net is not None:
                excess[FindingCode.LINE_AMOUNT] += line.net - line.quantity * line.unit_price
    if case.agreement.is_total_with_tax and bill.net and bill.gross and bill.tax is not None:
        share = bill.net / bill.gross  # what is added to the gross amount alone, as if without tax
        if FindingCode.GROSS_SUM in codes:
            excess[FindingCode.GROSS_SUM] += (bill.gross - bill.net - bill.tax) * share
        rate = _single_rate(bill)
        if FindingCode.TAX_SUM in codes and rate is not None:
            excess[FindingCode.TAX_SUM] += (bill.tax - bill.net * rate / _PERCENT + CENT) * share
    return excess


def _single_rate(bill: Bill) -> Decimal | None:
    rates = {line.tax_rate for line in bill.lines if line.tax_rate is not None}
    return rates.pop() if len(rates) == 1 else None


def _money(case: Case, bill: Bill, check: Check) -> Decimal:
    if check.difference is None:
        return Decimal(0)
    place = _LINE.match(check.field or "")
    line = next((each for each in bill.lines if place and each.index == int(place.group(1))), None)
    if check.code is CheckCode.UNIT_PRICE_MISMATCH and line is not None:
        return check.difference * abs(line.quantity or Decimal(1))
    if check.code is CheckCode.QUANTITY_EXCEEDED and line is not None:
        return excess_money(case, bill, line, over=check.difference)
    return abs(check.difference) if check.code is CheckCode.DISCOUNT_MISSING else check.difference
