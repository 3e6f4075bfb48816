"""How many days to pay the words of a payment term give."""

import re

from extractor.values.numerals import find_counts
from extractor.values.text import fold

_DISCOUNT = re.compile(r"%|％|\bdiscount|\bskonto|\bescompte|\brebate|折|减|优惠")
_DAYS_BEHIND = re.compile(
    r"^\s*\)?[\s-]*(calendar|business|working|banking|consecutive|kalender-?|werk-?|jours?|个|個)?\s*"
    r"(days?|d\b|tage?n?\b|jours?|日|天|工作日|自然日)"
)
_NET_BEFORE = re.compile(r"(\bnet|\bnetto|\bn/?|z\d?)\s*$")
_AT_ONCE = re.compile(
    r"\b(due|payable|payment)( \w+){0,2} (up)?on (receipt|presentation)\b|\bimmediate|sofort|à réception|"
    r"见票即付|即期|立即"
)
_LATE = re.compile(r"\blate\b|overdue|interest|default|verzug|mahn|zinsen|retard|intérêt|逾期|滞纳|违约")
_SEPARATOR = re.compile(r"[;,，；。、\n]|\.\s|\bor\b|\boder\b|\bou\b|\band\b|\bund\b")


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
