"""Retention that an invoice asks to be paid out: how much of it is held, and whether it is due."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto

from extractor.extraction.extraction import Group
from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.held import Held, released_by
from extractor.reconciliation.likeness import wording_score
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.standing import is_release
from extractor.reconciliation.used_up import earlier_sides, told, total_of, used_up
from extractor.validation.figures import CENT, number_of
from extractor.validation.rounding import plain
from extractor.values.month_ends import days_later, months_later
from extractor.values.text import squeeze

_CODE = CheckCode.RETENTION_NOT_HELD
_PERCENT = Decimal(100)
_SAME_EVENT = 0.75
_MOST_MONTHS = Decimal(1200)


class _Standing(Enum):
    REACHED = auto()
    UNKNOWN = auto()
    NOT_YET = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How much of what was kept back is due on a day, in percent: at least, and at most."""

    least: Decimal
    most: Decimal
    told: str
    side: Side


def due_on(case: Case, bill: Bill, held: Held) -> Due:
    """Return what the contract lets be paid out on the day of a bill.

    An event that is a milestone has come when it was billed; of any other nothing is known, but that
    it comes after the contract was made.
    """
    rows = case.agreement.contract.extraction.rows("retention_release")
    if not rows:
        term = side_of(case.agreement.leaf("retention_rate"))
        return Due(
            least=Decimal(0), most=_PERCENT, told="the contract does not say when it is paid out", side=term
        )
    shares = [number_of(row.members.get("share")) for row in rows]
    rest = max(Decimal(0), _PERCENT - sum((share for share in shares if share is not None), Decimal(0)))
    parts = rest / max(1, shares.count(None))
    standings = [_standing(case, bill, held, row, is_only=len(rows) == 1) for row in rows]
    sized = list(zip(standings, (parts if share is None else share for share in shares), strict=True))
    open_ = next(
        (row for row, standing in zip(rows, standings, strict=True) if standing is not _Standing.REACHED),
        rows[0],
    )
    return Due(
        least=sum((share for standing, share in sized if standing is _Standing.REACHED), Decimal(0)),
        most=sum((share for standing, share in sized if standing is not _Standing.NOT_YET), Decimal(0)),
        told=f"it is due {_when(open_)}",
        side=side_of(next(iter(open_.members.values()))),
    )


def release(case: Case, bill: Bill, held: Held) -> Check:
    """Compare what an invoice asks to be paid out with what is held, and with the time for it."""
    line = next(each for each in bill.lines if is_release(case, bill, each))
    amount, kept, paid = released_by(case, bill), total_of(held.kept), total_of(held.released)
    before = earlier_sides(held.kept, bill)
    due = due_on(case, bill, held)
    held.released.append(used_up(bill, amount, line.cell("net_amount")))
    field, billed = line.path("net_amount"), side_of(line.cell("net_amount"))
    asked, known = f"{plain(amount)} of what was kept back is asked for", bool(before) and held.is_whole
    slack = CENT * (1 + len(before))
    allowed = max(Decimal(0), kept * due.most / _PERCENT - paid)
    if due.most == 0 or (known and due.most < _PERCENT and amount > allowed + slack):
        return case.mismatch(
            _CODE, bill, f"{asked} too early: {due.told}.", field=field, agreed=due.side, billed=billed,
            difference=amount - allowed, earlier=before,
        )  # fmt: skip
    tax = 1 + (bill.tax / bill.net if bill.tax and bill.net else Decimal(0))
    if known and amount > (kept - paid) * tax + slack:
        return case.mismatch(
            _CODE, bill, f"{asked}, but {plain(kept - paid)} is held{told(before)}.", field=field,
            agreed=side_of(case.agreement.leaf("retention_rate")), billed=billed,
            difference=amount - (kept - paid), earlier=before,
        )  # fmt: skip
    if not known or amount + paid > kept * tax * due.least / _PERCENT + slack:
        unknown = "" if known else " How much was kept back is not known here."
        return asks(
            _CODE, bill, Reason.RELEASE_UNSURE,
            f"{asked}, and {due.told}. Is that so?{unknown}", field=field, agreed=due.side,
            billed=billed,
        )  # fmt: skip
    return passed(
        _CODE,
        bill,
        f"{asked}, of {plain(kept - paid)} that is due.",
        field=field,
        agreed=due.side,
        billed=billed,
    )


def _standing(case: Case, bill: Bill, held: Held, row: Group, *, is_only: bool) -> _Standing:
    day, due = bill.issue_date, _value(row, "due")
    if day is None:
        return _Standing.UNKNOWN
    if isinstance(due, date):
        return _Standing.REACHED if day >= due else _Standing.NOT_YET
    starts = (case.agreement.leaf(name).value for name in ("signing_date", "effective_date"))
    first = min((start for start in starts if isinstance(start, date)), default=None)
    if first is not None and _after(first, row) > day:
        return _Standing.NOT_YET
    event = row.members.get("event")
    if event is not None:
        start = _first_billed(case, held, str(event.value or event.text or ""))
    else:
        start = held.last_day if is_only else None
    return _Standing.REACHED if start is not None and _after(start, row) <= day else _Standing.UNKNOWN


def _first_billed(case: Case, held: Held, event: str) -> date | None:
    """Return when the milestone that an event is was first billed; None where it is none, or was not."""
    days = (
        held.first_billed.get(step.index) for step in case.agreement.steps if _is_same_event(event, step.name)
    )
    return next((day for day in days if day is not None), None)


def _is_same_event(event: str, step: str) -> bool:
    shorter, longer = sorted((squeeze(event), squeeze(step)), key=len)
    return bool(shorter) and (shorter in longer or wording_score((event, ""), (step, "")) >= _SAME_EVENT)


def _after(day: date, row: Group) -> date:
    """Return the day that lies as long behind another as the row says."""
    months = number_of(row.members.get("months")) or Decimal(0)
    days = number_of(row.members.get("days")) or Decimal(0)
    later = months_later(day, int(min(months, _MOST_MONTHS)))
    return days_later(later, int(min(days, 30 * _MOST_MONTHS)))


def _when(row: Group) -> str:
    due = row.members.get("due")
    if due is not None:
        return f"on {due.value}"
    lasting = " ".join(
        f"{number_of(row.members[name])} {name}" for name in ("months", "days") if name in row.members
    )
    event = row.members.get("event")
    named = "" if event is None else f"{event.value or event.text}"
    if lasting:
        return f"{lasting} after {named}".removesuffix(" after ") if named else f"after {lasting}"
    return f"upon {named}"


def _value(row: Group, name: str) -> object:
    leaf = row.members.get(name)
    return None if leaf is None else leaf.value
