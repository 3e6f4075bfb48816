"""The share that is kept back: of each invoice, up to a cap over all of them, until it is paid out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.extraction.extraction import Leaf
from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill, BilledLine
from extractor.reconciliation.case import Case, asks, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.held import Held, released_by
from extractor.reconciliation.milestones import billed_steps, step_forms
from extractor.reconciliation.reason import Reason, Why
from extractor.reconciliation.releases import due_on, release
from extractor.reconciliation.used_up import earlier_sides, told
from extractor.reconciliation.wording import LineKind
from extractor.validation.figures import CENT, number_of
from extractor.validation.rounding import plain

_CODE = CheckCode.RETENTION_NOT_HELD
_PERCENT = Decimal(100)
_BESIDE = (LineKind.RETENTION, LineKind.PREPAID, LineKind.SUM)  # a discount lowers what the share is of


def retention(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Check that each invoice keeps back its share until the cap is reached, and none is paid out too early.

    What an invoice does not ask for may have been prepaid; only what its lines call kept back makes
    up for an earlier invoice that kept too little, or shows that too much is kept.
    """
    rate = number_of(case.agreement.leaf("retention_rate"))
    held = Held()
    for bill in case.in_order():
        is_release = bool(rate) and case.uses_up(bill) and released_by(case, bill) > 0
        why = _why_not_held(case, bill, rate)
        if why is None and due_on(case, bill, held).least == _PERCENT:
            message = "What was kept back is due to be paid out already, so nothing more is kept back."
            why = Reason.RETENTION_DUE, message
        if why is None and rate:
            yield from _share(case, bill, rate, held)
        elif not rate and case.agreement.has("retention_cap"):
            yield asks(
                _CODE, bill, Reason.RETENTION_WITHOUT_A_SHARE,
                "The contract keeps back a share, but names none of each invoice.",
                agreed=_cap_side(case),
            )  # fmt: skip
        elif why and not is_release:
            yield not_checkable(_CODE, bill, *why)
        held.reach(case, bill)
        if is_release:
            yield release(case, bill, held)
        if case.uses_up(bill) and bill.sign > 0:
            held.is_whole &= bill.gross is not None and not _is_silent(bill)


def is_kept_in_lines(case: Case) -> bool:
    """Say whether invoices take retention off in their lines: then their totals are without it.

    Else what is paid out later was billed already.
    """
    return any(line.kind is LineKind.RETENTION for bill in case.in_order() for line in bill.lines)


def _why_not_held(case: Case, bill: Bill, rate: Decimal | None) -> Why | None:
    if not rate:
        return Reason.NOTHING_KEPT_BACK, "The contract keeps nothing back."
    if bill.sign < 0 or not bill.counts:
        return Reason.NOTHING_ASKED_FOR, "Nothing is asked for that could be kept back."
    if _is_silent(bill):
        message = "A fapiao states the whole amount, whatever is kept back when it is paid."
        return Reason.FAPIAO_STATES_THE_WHOLE, message
    if bill.position in case.cancelled:
        return case.why_uncounted(bill)
    if bill.gross is None:
        return Reason.TOTAL_UNREADABLE, "The invoice's total cannot be read."
    return None


def _is_silent(bill: Bill) -> bool:
    """Say whether it is a fapiao, which does not tell what is kept back when it is paid."""
    return bill.due is None and "vat" in bill.text("invoice_type")


def _share(case: Case, bill: Bill, rate: Decimal, held: Held) -> Iterator[Check]:
    """Compare what one invoice keeps back with its share of what it bills."""
    name = "amount_due" if bill.due is not None else "gross_amount"
    side, agreed = side_of(bill.leaf(name)), side_of(case.agreement.leaf("retention_rate"))
    whole = abs(bill.gross or Decimal(0))
    asked = abs(bill.due) if bill.due is not None else whole
    in_lines, base = _kept_in_lines(bill), _base(case, bill)
    if released_by(case, bill) and base <= CENT:
        return  # nothing else is billed
    share, cap = base * rate / _PERCENT, _cap(case)
    room = share if cap is None else max(Decimal(0), cap[0] - held.amount)
    owed = min(share, room)
    least = max(Decimal(0), owed - max(Decimal(0), held.surplus))
    before, held_before, deficit = earlier_sides(held.kept, bill), held.amount, -held.surplus
    if case.uses_up(bill):
        held.keep(
            bill,
            in_lines or min(whole - asked, whole * rate / _PERCENT),
            owed=owed,
            in_lines=in_lines,
            leaf=bill.leaf(name),
        )
    if in_lines:
        is_held = in_lines >= least - CENT
    else:
        is_held = case.limits(_CODE).allows(agreed=whole - least, billed=asked) or asked <= whole - least
        is_held = is_held or _is_held_in_steps(case, bill, rate)
    if not is_held:
        so_far = f" So far {plain(held_before)} was kept back{told(before)}." if before else ""
        yield case.mismatch(
            _CODE,
            bill,
            f"The invoice asks for {plain(asked)} of {plain(whole)}, "
            f"but {rate:f} % is to be kept back.{so_far}",
            field=name,
            agreed=agreed,
            billed=side,
            difference=least - in_lines
            if in_lines
            else asked - whole + min(whole * rate / _PERCENT, least * whole / base if base else least),
            earlier=before,
        )
        return
    with_tax = base * (1 + (bill.tax / bill.net if bill.tax and bill.net else 0))
    most = with_tax * rate / _PERCENT + max(Decimal(0), deficit) + CENT * len(bill.lines)
    if in_lines > most or (cap is not None and in_lines and held.amount > cap[1] + CENT * len(held.kept)):
        bound = f"{rate:f} %" if in_lines > most else f"{plain(cap[1] if cap else None)} in all"
        yield asks(
            _CODE, bill,
            Reason.KEPT_TOO_MUCH,
            f"{plain(in_lines)} of {plain(base)} is kept back, {plain(held.amount)} so far{told(before)}, "
            f"and {bound} is agreed: is it too much?",
            field=name, agreed=agreed if in_lines > most else _cap_side(case), billed=side,
        )  # fmt: skip
    elif room < share:
        yield passed(
            _CODE, bill, f"The most that is to be kept back, {plain(cap[1] if cap else None)}, is reached.",
            field=name, agreed=_cap_side(case), billed=side,
        )  # fmt: skip
    else:
        yield passed(_CODE, bill, f"{rate:f} % is kept back.", field=name, agreed=agreed, billed=side)


def _base(case: Case, bill: Bill) -> Decimal:
    """Return what the share is of: the lines where one of them takes it off, else the smaller total."""
    if _kept_in_lines(bill):
        nets = (line.net for line in bill.lines if line.net is not None and line.kind not in _BESIDE)
        return abs(sum(nets, Decimal(0)) - released_by(case, bill))
    whole = abs(bill.gross or Decimal(0))
    net = abs(bill.net) if bill.net is not None else whole
    return max(Decimal(0), min(whole, net) - released_by(case, bill))


def _kept_in_lines(bill: Bill) -> Decimal:
    nets = (line.net for line in bill.lines if line.kind is LineKind.RETENTION and line.net is not None)
    return sum((abs(net) for net in nets), Decimal(0))


def _cap(case: Case) -> tuple[Decimal, Decimal] | None:
    """Return the most that is kept back in all, as the smallest and the largest that can be meant.

    A share of the total is one of it with or without the tax.
    """
    amount = number_of(case.agreement.member("retention_cap", "amount"))
    if amount is not None:
        return amount, amount
    percent = number_of(case.agreement.member("retention_cap", "percent"))
    total = number_of(case.agreement.leaf("total_amount"))
    if percent is None or total is None:
        return None
    cap, tax = total * percent / _PERCENT, 1 + (case.agreement.tax_rate or Decimal(0)) / _PERCENT
    return (cap / tax, cap) if case.agreement.is_total_with_tax else (cap, cap * tax)


def _cap_side(case: Case) -> Side:
    leaves: list[Leaf] = [case.agreement.member("retention_cap", name) for name in ("amount", "percent")]
    return side_of(next((leaf for leaf in leaves if leaf.value is not None), leaves[0]))


def _is_held_in_steps(case: Case, bill: Bill, rate: Decimal) -> bool:
    """Say whether each milestone is billed without the share that is kept back, or at still less."""
    steps = billed_steps(case, bill)
    return bool(steps) and all(
        _is_less(case, lines, step_forms(case, bill, step, lines[0]), rate) for step, lines in steps
    )


def _is_less(case: Case, lines: Sequence[BilledLine], whole: Sequence[Decimal], rate: Decimal) -> bool:
    amount = sum((line.net for line in lines if line.net is not None), Decimal(0))
    discount = number_of(case.agreement.member("agreed_discount", "percent")) or Decimal(0)
    forms = [form * (1 - rate / _PERCENT) for form in whole]
    forms += [form * (1 - discount / _PERCENT) for form in forms]
    return amount <= min(forms) + CENT or any(abs(amount - form) <= CENT for form in forms)
