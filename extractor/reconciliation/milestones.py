"""Milestones: the amount that falls due with each."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from extractor.reconciliation.agreement import AgreedStep, side_of
from extractor.reconciliation.bill import Bill, BilledLine
from extractor.reconciliation.case import (
    Case,
    asks,
    found,
    is_duplicate,
    most_doubtful,
    not_checkable,
    passed,
)
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.standing import step_of
from extractor.reconciliation.used_up import UsedUp, earlier_sides, told, total_of, used_up
from extractor.validation.figures import CENT, number_of
from extractor.validation.finding import FindingCode
from extractor.validation.rounding import plain

_PERCENT = Decimal(100)


def milestone_amounts(case: Case, earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare each milestone that is billed with its agreed amount, also over all invoices."""
    code = CheckCode.MILESTONE_AMOUNT_MISMATCH
    billed_before: dict[int, list[UsedUp]] = defaultdict(list)
    for bill in case.in_order():
        if not case.agreement.steps:
            has_rows = bool(case.agreement.contract.extraction.rows("milestones"))
            why = (
                (Reason.MILESTONES_WITHOUT_AMOUNTS, "The contract's milestones name no amounts.")
                if has_rows
                else (Reason.NO_MILESTONES, "The contract has no milestones.")
            )
            yield not_checkable(code, bill, *why)
            continue
        billed = billed_steps(case, bill)
        if not billed:
            yield not_checkable(
                code,
                bill,
                Reason.NO_LINE_IS_A_MILESTONE,
                "No line of the invoice is one of the contract's milestones.",
            )
            continue
        if uncounted := case.why_uncounted(bill):
            yield not_checkable(code, bill, *uncounted)
            continue
        if strange := [each for each in case.remembered if case.is_in_another_currency(each, bill)]:
            names = ", ".join(f"{each.text('invoice_number')} in {each.text('currency')}" for each in strange)
            yield asks(
                code,
                bill,
                Reason.OTHER_CURRENCY_BEFORE,
                f"Have earlier invoices billed this milestone? {names} cannot be added.",
            )
            continue
        checks = []
        for step, lines in billed:
            amount = sum((line.net for line in lines if line.net is not None), Decimal(0))
            before = billed_before[step.index]
            if bill.sign > 0:
                checks.append(
                    _compare(case, bill, step, line=lines[0], amount=amount, before=before, earlier=earlier)
                )
            else:
                checks.append(passed(code, bill, f"It takes back {plain(abs(amount))} of {step.name}."))
            if not is_duplicate(earlier, bill):
                leaf = lines[0].cell("net_amount")
                billed_before[step.index].append(used_up(bill, bill.sign * abs(amount), leaf))
        wrong = [check for check in checks if check.severity is not None]
        yield from wrong or [most_doubtful(checks)]


def billed_steps(case: Case, bill: Bill) -> list[tuple[AgreedStep, list[BilledLine]]]:
    """Return the milestones that an invoice bills, each with its lines, in the contract's order."""
    by_step: dict[int, list[BilledLine]] = defaultdict(list)
    for line in bill.lines:
        step = _step(case, bill, line) if line.net is not None else None
        if step is not None:
            by_step[step.index].append(line)
    return [(step, by_step[step.index]) for step in case.agreement.steps if step.index in by_step]


def _step(case: Case, bill: Bill, line: BilledLine) -> AgreedStep | None:
    """Return the milestone that a line was taken for on the day of its bill, or was approved as.

    Only one whose name is not read any more is looked for anew.
    """
    steps, held = case.agreement.steps, case.steps.get(bill.position, {})
    name = held.get(line.index, "")
    if name is None:
        return None
    return next((step for step in steps if name and step.name == name), None) or step_of(steps, line)


def _compare(
    case: Case,
    bill: Bill,
    step: AgreedStep,
    *,
    line: BilledLine,
    amount: Decimal,
    before: Sequence[UsedUp],
    earlier: Sequence[Check],
) -> Check:
    code = CheckCode.MILESTONE_AMOUNT_MISMATCH
    field, billed = line.path("net_amount"), side_of(line.cell("net_amount"))
    limits = case.limits(code)
    forms = _with_shares_off(case, step_forms(case, bill, step, line))

    def is_agreed(sum_billed: Decimal) -> bool:
        return any(limits.allows(agreed=form, billed=sum_billed) for form in forms)

    billed_in_all = total_of(before) + bill.sign * abs(amount)
    if is_agreed(abs(amount)) and billed_in_all <= max(forms) + CENT:
        return passed(
            code,
            bill,
            f"{step.name} is billed at the agreed amount.",
            field=field,
            agreed=step.side,
            billed=billed,
        )
    if is_agreed(billed_in_all):
        return passed(
            code,
            bill,
            f"{step.name} is now billed in full, as agreed.",
            field=field,
            agreed=step.side,
            billed=billed,
        )
    is_repeated = is_agreed(abs(amount))
    others = earlier_sides(before, bill)
    again = f" ({plain(billed_in_all)}{told(others)})" if others else ""
    return case.mismatch(
        code,
        bill,
        f"{plain(abs(amount))}{again} is billed for {step.name}, but {plain(step.amount)} is agreed.",
        field=field,
        agreed=step.side,
        billed=billed,
        difference=(billed_in_all if is_repeated or billed_in_all > max(forms) else abs(amount)) - forms[0],
        consequence_of=_cause(bill, line, is_repeated=is_repeated, earlier=earlier, is_agreed=is_agreed),
        earlier=others,
    )


def _cause(
    bill: Bill,
    line: BilledLine,
    *,
    is_repeated: bool,
    earlier: Sequence[Check],
    is_agreed: Callable[[Decimal], bool],
) -> CheckCode | FindingCode | None:
    """Return what a deviating milestone only follows from: a copy, or a line wrongly multiplied."""
    if is_repeated:
        return CheckCode.DUPLICATE_INVOICE if is_duplicate(earlier, bill) else None
    if line.quantity is None or line.unit_price is None or not found(bill, FindingCode.LINE_AMOUNT):
        return None
    return FindingCode.LINE_AMOUNT if is_agreed(abs(line.quantity * line.unit_price)) else None


def step_forms(case: Case, bill: Bill, step: AgreedStep, line: BilledLine) -> list[Decimal]:
    """Return a milestone's whole amount as a line may state it, the plainest first."""
    rates = dict.fromkeys(rate for rate in (case.agreement.tax_rate, line.tax_rate) if rate is not None)
    factors = [1 + rate / _PERCENT for rate in rates]
    amounts = (step.amount, *step.other_amounts)
    forms = (
        [amount / factor for amount in amounts for factor in factors] if step.is_tax_included else [*amounts]
    )
    if step.is_tax_included is None:
        forms += [amount / factor for amount in amounts for factor in factors]
    if bill.is_priced_with_tax:
        forms += [form * factor for form in forms for factor in factors]
    return forms or [*amounts]


def _with_shares_off(case: Case, whole: list[Decimal]) -> list[Decimal]:
    """Return the amounts, and what they are less the agreed discount, less the share kept back, or both."""
    forms = list(whole)
    for name in ("agreed_discount", "retention_rate"):
        share = number_of(case.agreement.member(name, "percent"))
        if share:
            forms += [form * (1 - share / _PERCENT) for form in forms]
    return forms
