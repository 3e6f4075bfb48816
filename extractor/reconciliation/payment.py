"""When the invoice asks to be paid: as said in words, and as its dates say."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, found, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.parties import readings
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.references import service_period
from extractor.validation.figures import number_of
from extractor.validation.finding import FindingCode
from extractor.values.numerals import find_counts
from extractor.values.text import fold

_CODE = CheckCode.PAYMENT_TERM_MISMATCH
_DISCOUNT = re.compile(r"%|％|\bdiscount|\bskonto|\bescompte|\brebate|折|减|优惠")
_DAYS_BEHIND = re.compile(
    r"^\s*\)?[\s-]*(calendar|business|working|banking|consecutive|kalender-?|werk-?|jours?|个|個)?\s*"
    r"(days?|d\b|tage?n?\b|jours?|日|天|工作日|自然日)"
)
_NET_BEFORE = re.compile(r"(\bnet|\bnetto|\bn/?|z\d?)\s*$")
_MONTH_END = re.compile(r"end of (the )?(\w+ )?month|\beom\b|month end|monatsende|fin de mois|月底|月末|次月")
_FROM_MONTH_END = re.compile(
    r"(?:days?|tagen?|jours?)\W+(?:(?:net|netto|from|after|following|of|the|nach|ab|zum|dem|fin)\W+){0,4}"
    r"(?:end of (?:the |that )?(?:\w+ )?month|eom\b|month[- ]end|monatsende|ende des \w*monats|de mois)|月结"
)
_MOST_DAYS = 3650
_LAST_YEAR = 9980  # there is no date behind 9999
_AT_ONCE = re.compile(
    r"\b(due|payable|payment)( \w+){0,2} (up)?on (receipt|presentation)\b|\bimmediate|sofort|à réception|"
    r"见票即付|即期|立即"
)
_LATE = re.compile(r"\blate\b|overdue|interest|default|verzug|mahn|zinsen|retard|intérêt|逾期|滞纳|违约")
_SEPARATOR = re.compile(r"[;,，；。、\n]|\.\s|\bor\b|\boder\b|\bou\b|\band\b|\bund\b")
_BUSINESS = re.compile(r"business|working|werktag|arbeitstag|工作日|ouvr")


def payment_terms(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the days to pay with the agreed ones, by the words and by the due date."""
    term = case.agreement.leaf("payment_days")
    days = [number for leaf in readings(term) if (number := number_of(leaf)) is not None]
    for bill in case.bills:
        if not days:
            yield not_checkable(_CODE, bill, Reason.NOT_AGREED, "The contract names no payment term.")
            continue
        yield (
            _by_words(case, bill, days)
            or _by_dates(case, bill, days)
            or not_checkable(
                _CODE,
                bill,
                Reason.NOT_PRINTED,
                "The invoice says neither in days nor by a date when it is to be paid.",
            )
        )


def days_in_words(text: str) -> int | None:
    """Return the days to pay that a payment term names, None where it names none.

    What is said of an early-payment discount is left out, if anything else is said.
    """
    words = fold(text)
    plain_days: list[int] = []
    discount_days: list[int] = []
    for passage in _SEPARATOR.split(words):
        if _LATE.search(passage):
            continue  # says what follows when the days are over
        days = [
            each.count
            for each in find_counts(passage)
            if _DAYS_BEHIND.match(passage[each.end :]) or _NET_BEFORE.search(passage[: each.start])
        ]
        (discount_days if _DISCOUNT.search(passage) else plain_days).extend(days)
    if plain_days:
        return max(plain_days)
    if discount_days and _NET_BEFORE.search(words.split("%")[-1].rsplit(" ", 1)[0]):
        return max(discount_days)
    if len(discount_days) > 1:
        return max(discount_days)
    return 0 if _AT_ONCE.search(words) else None


def _by_words(case: Case, bill: Bill, agreed: list[Decimal]) -> Check | None:
    leaf = bill.leaf("payment_terms")
    text = leaf.text or bill.text("payment_terms")
    billed = days_in_words(text)
    if billed is None or _MONTH_END.search(fold(text)):
        return None
    term = case.agreement.leaf("payment_days")
    limits = case.limits(_CODE)
    side = replace(side_of(leaf), value=Decimal(billed))
    if not any(limits.allows(agreed=each, billed=Decimal(billed)) for each in agreed):
        return case.mismatch(
            _CODE,
            bill,
            f"The invoice asks for payment within {billed} days, but {agreed[0]} days are agreed.",
            field="payment_terms",
            agreed=side_of(term),
            billed=side,
            difference=billed - agreed[0],
        )
    by_dates = _by_dates(case, bill, agreed)
    if by_dates is not None and by_dates.severity is not None:
        return by_dates  # the words are right and the due date is not
    return passed(
        _CODE, bill, f"Payment within {billed} days, as agreed.", field="payment_terms",
        agreed=side_of(term), billed=side,
    )  # fmt: skip


def _by_dates(case: Case, bill: Bill, agreed: list[Decimal]) -> Check | None:
    due = bill.leaf("due_date")
    start, is_exact = _start(case, bill)
    if not isinstance(due.value, date) or start is None:
        return None
    term = case.agreement.leaf("payment_days")
    if _BUSINESS.search(fold(f"{term.text or ''} {term.quote or ''}")):
        return None  # working days depend on a calendar that is not ours
    if _runs_from_month_end(case):
        return _by_month_end(case, bill, start=start, due=due.value, agreed=agreed)
    billed = Decimal((due.value - start).days)
    limits, slack = case.limits(_CODE), case.policy.payment
    over = slack.days_over + (0 if is_exact else slack.receipt_days)
    if any(
        each - slack.days_under <= billed <= each + over or limits.allows(agreed=each, billed=billed)
        for each in agreed
    ):
        return passed(
            _CODE, bill, f"It is due {billed} days after {start}.", field="due_date",
            agreed=side_of(term), billed=side_of(due),
        )  # fmt: skip
    return case.mismatch(
        _CODE,
        bill,
        f"It is due on {due.value}, {billed} days after {start}, but {agreed[0]} days are agreed.",
        field="due_date",
        agreed=side_of(term),
        billed=side_of(due),
        difference=billed - agreed[0],
        consequence_of=FindingCode.DATE_ORDER if found(bill, FindingCode.DATE_ORDER) else None,
    )


def _by_month_end(case: Case, bill: Bill, *, start: date, due: date, agreed: list[Decimal]) -> Check | None:
    """Compare where the days run from the end of the month, or to the end of the month that they reach."""
    term, slack = side_of(case.agreement.leaf("payment_days")), case.policy.payment
    billed = side_of(bill.leaf("due_date"))
    days = [timedelta(days=int(each)) for each in agreed if 0 <= each <= _MOST_DAYS]
    if not days or start.year > _LAST_YEAR:
        return None
    ends = [_month_end(start) + each for each in days] + [_month_end(start + each) for each in days]
    if any(-slack.days_under <= (due - end).days <= slack.days_over for end in ends):
        return passed(
            _CODE, bill, f"It is due on {due}, as agreed from the end of the month.", field="due_date",
            agreed=term, billed=billed,
        )  # fmt: skip
    return case.mismatch(
        _CODE,
        bill,
        f"It is due on {due}, but by the contract on {ends[0]}, {agreed[0]} days from the end of the month.",
        field="due_date",
        agreed=term,
        billed=billed,
        difference=Decimal((due - ends[0]).days),
    )


def _runs_from_month_end(case: Case) -> bool:
    trigger, term = case.agreement.leaf("payment_trigger"), case.agreement.leaf("payment_days")
    return bool(
        (trigger.value == "other" and _MONTH_END.search(fold(trigger.text or "")))
        or _FROM_MONTH_END.search(fold(term.quote or ""))
    )


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _start(case: Case, bill: Bill) -> tuple[date | None, bool]:
    """Return the day from which the term runs, and whether it is known to the day."""
    trigger = case.agreement.leaf("payment_trigger").value
    if trigger == "other" and _runs_from_month_end(case):
        return bill.issue_date, False
    if trigger in (None, "invoice_date"):
        return bill.issue_date, trigger is not None
    if trigger == "invoice_receipt":
        return bill.issue_date, False
    served = service_period(bill) if trigger in ("delivery", "acceptance") else None
    return (served.last if served is not None else None), False
