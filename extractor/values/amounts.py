"""Amounts of money and plain numbers, in the notations in use. Finds them, reads them.

How an ambiguous mark is read is said in `digits.read_digits`: "1.234" and "1,234" are
1234 unless `decimal_mark` says otherwise.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractor.values.closed_spans import closed_spans, is_inside
from extractor.values.digits import digit_runs, read_digits
from extractor.values.surroundings import Surroundings, take_surroundings
from extractor.values.text import plain

MAX_LENGTH: Final = 80  # of a text that is one amount, in characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number, and the ISO 4217 code of its currency where sign, code or name tell."""

    value: Decimal
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAmount:
    """An amount in a text. The span takes in sign, brackets and currency."""

    start: int
    end: int
    amount: Amount


def parse_amount(text: str, *, decimal_mark: str | None = None) -> Amount | None:
    """Read the whole text as one amount, None where it is none.

    Brackets, "CR", or a minus sign before, behind, or between currency and number make
    it negative. Leading zeros are allowed ("007"): the text is taken at its word.
    """
    if not _DIGIT.search(text):
        return None
    even = plain(text).strip()
    if even[-3:-2] == " ":
        even = _SPLIT_CENTS.sub(r"\1\2", even)
    match = _ALONE.search(even) if len(even) <= MAX_LENGTH else None
    number = read_digits(match[0], decimal_mark=decimal_mark) if match else None
    if match is None or number is None:
        return None
    around = take_surroundings(even, match.start(), match.end(), is_alone=True)
    if around.start or around.end < len(even):
        return None
    return Amount(value=around.apply(number), currency=around.currency)


def find_amounts(
    text: str, *, decimal_mark: str | None = None, is_space_grouping: bool | None = None
) -> list[FoundAmount]:
    """Return the amounts in a line of text, left to right, without overlap.

    Left out: what stands in dates, ids, phone numbers, IBANs, rates ("19 %") and times,
    where boundaries tell. An ordinary space divides thousands only where the whole row
    of numbers reads as one ("1 234,56"); a no-break or thin space always does.
    `is_space_grouping` decides otherwise for all ordinary spaces.

    A bracketed amount is negative unless the brackets repeat what was said before them:
    "thirty (30)", "ten thousand dollars ($10,000.00)".
    """
    if not _DIGIT.search(text):
        return []
    even = plain(text)
    closed = closed_spans(even)
    found: list[FoundAmount] = []
    for start, end in digit_runs(even, text, is_space_grouping=is_space_grouping):
        low = found[-1].end if found else 0
        if start < low or is_inside(start, end, closed):
            continue
        one = _found(even, start, end, low, decimal_mark)
        if one is not None:
            found.append(one)
    return found


_DIGIT = re.compile(r"\d")
_SPLIT_CENTS = re.compile(r"(?<=\d)([.,]) (\d{2})$")  # "100. 00": a gap in the print
_ALONE = re.compile(r"(?:(?<![\d.,])[.,])?[0-9](?:[0-9.,' ]*[0-9])?")
_JOINED_BEFORE = re.compile(r"[A-Za-zÀ-ɏ\d/_@#+]$|\*\*$|[A-Za-zÀ-ɏ\d][-:.,'&]$")
_JOINED_BEHIND = re.compile(
    r"[A-Za-zÀ-ɏ\d_@]|[-/:&.,']\d| ?[%‰°]|-[A-Za-z]|/[A-Za-z]*\d|[年月日号时点条款期]|\.[A-Za-z]"
)


def _found(even: str, start: int, end: int, low: int, decimal_mark: str | None) -> FoundAmount | None:
    digits = even[start:end]
    number = read_digits(digits, decimal_mark=decimal_mark)
    if number is None or (digits[0] == "0" and len(digits) > 1 and digits.isdecimal()):
        return None
    around = take_surroundings(even, start, end, low=low, is_alone=False)
    if around.start == start and _JOINED_BEFORE.search(even, max(0, start - 2), start):
        return None
    if around.end == end and _JOINED_BEHIND.match(even, end):
        return None
    if around.has_brackets and _only_repeats(even, around, digits):
        around.has_brackets = False
        if even[around.start] == "(":
            around.start, around.end = around.start + 1, around.end - 1
    amount = Amount(value=around.apply(number), currency=around.currency)
    return FoundAmount(start=around.start, end=around.end, amount=amount)


_REPEATED = re.compile(
    r"(?:\b(?:hundred|thousand|million|dollars?|euros?|pounds?|cents?|only|hundert|tausend|mille)"
    r"|[\u3400-\u9fff]) ?$",
    re.IGNORECASE,
)


def _only_repeats(even: str, around: Surroundings, digits: str) -> bool:
    """Say whether brackets hold a repetition of the words before them, not a negative."""
    if digits.isdecimal() and not around.has_money:
        return True
    before = even[: around.start].rstrip()
    return bool(_REPEATED.search(before)) or (around.has_money and before[-1:].isalpha())
