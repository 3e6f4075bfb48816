"""Amounts of money and plain numbers, in the notations in use. Finds them, reads them.

How an ambiguous mark is read: a single "." or "," before exactly three digits divides
thousands ("1.234" is 1234), unless the part before it starts with a zero or has more
than three digits ("0.125", "1234.567"), or `decimal_mark` says that this mark is the
decimal one. Any other number of digits behind a single mark are decimals.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractor.values.currencies import CODES, SIGNS, currency_of_sign
from extractor.values.dates import find_dates
from extractor.values.text import NO_BREAK_SPACES, plain

MAX_DIGITS: Final = 24  # longer runs are references, not numbers
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

    Brackets, or a minus sign before, behind, or between currency and number, make it
    negative. Leading zeros are allowed ("007"): the whole text is taken at its word.
    """
    even = plain(text).strip()
    match = _WHOLE_NUMBER.search(even) if len(even) <= MAX_LENGTH else None
    if match is None:
        return None
    value = _number(match[0], decimal_mark)
    if value is None:
        return None
    around = _around(even, match.start(), match.end(), 0, is_alone=True)
    if around.start or around.end < len(even):
        return None
    return around.apply(value)


def find_amounts(
    text: str, *, decimal_mark: str | None = None, is_space_grouping: bool | None = None
) -> list[FoundAmount]:
    """Return the amounts in a line of text, left to right, without overlap.

    Left out: what stands in dates, ids, phone numbers, IBANs, rates ("19 %") and times,
    where boundaries tell. An ordinary space divides thousands only where the whole run
    of numbers reads as one ("1 234,56"); a no-break or thin space always does.
    `is_space_grouping` decides otherwise for all ordinary spaces.

    A bracketed amount is negative unless the brackets repeat what was said before them:
    "thirty (30)", "ten thousand dollars ($10,000.00)".
    """
    if not _DIGIT.search(text):
        return []
    even = plain(text)
    closed = _closed_spans(even)
    found: list[FoundAmount] = []
    for start, end in _runs(even, text, is_space_grouping):
        last_end = found[-1].end if found else 0
        if start < last_end or any(low < end and start < high for low, high in closed):
            continue
        one = _found(even, start, end, last_end, decimal_mark)
        if one is not None:
            found.append(one)
    return found


_DIGIT = re.compile(r"\d")
_WHOLE_NUMBER = re.compile(r"(?:(?<![\d.,])[.,])?\d(?:[\d.,' ]*\d)?")


# What stands around a number


_MINOR = re.compile(r"[.,]-{1,2}(?![\d-])")  # "12.-", "12,--": no cents
_SCALES: Final = {
    "万": 4, "萬": 4, "亿": 8, "千": 3, "百万": 6, "千万": 7, "million": 6, "millions": 6, "millionen": 6,
    "mio": 6, "mio.": 6, "mn": 6, "billion": 9, "billions": 9, "milliarden": 9, "milliards": 9, "mrd": 9,
    "mrd.": 9, "bn": 9,
}  # fmt: skip
_SCALE = re.compile(
    " ?(" + "|".join(re.escape(word) for word in sorted(_SCALES, key=len, reverse=True)) + r")(?![a-zà-ɏ])",
    re.IGNORECASE,
)
_TOKEN_BEFORE = re.compile(r"([^\s\d()\[\]:;,|*=<>/+\"'-]{1,8}) ?$")
_TOKEN_BEHIND = re.compile(r" ?([^\s\d()\[\]:;,|*=<>/+\"'-]{1,8})")
_MONEY: Final = frozenset({*SIGNS, *CODES})
_ONLY_BEHIND: Final = frozenset("元圆圓円")
_LONGEST_SIGN = 8


@dataclass(slots=True, kw_only=True)
class _Around:
    """What was taken around a number, and what that makes of it."""

    start: int
    end: int
    minus: bool = False
    bracket: bool = False
    currency: str | None = None
    has_money: bool = False
    exponent: int = 0

    def apply(self, value: Decimal) -> Amount:
        scaled = Decimal(f"{value.scaleb(self.exponent):f}") if self.exponent else value
        return Amount(value=-scaled if self.minus or self.bracket else scaled, currency=self.currency)


def _around(even: str, start: int, end: int, low: int, *, is_alone: bool) -> _Around:
    around = _Around(start=start, end=end)
    opened = _take_before(even, around, low)
    _take_behind(even, around, is_alone=is_alone)
    if opened is not None:
        closing = around.end - 1 if even[around.end - 1] == ")" else even.find(")", around.end, around.end + 2)
        if closing >= around.end - 1 and closing >= 0:
            around.end = closing + 1
            around.bracket = True
            _take_money_behind(even, around)
        else:
            around.start = max(around.start, opened + 1)
    return around


def _take_before(even: str, around: _Around, low: int) -> int | None:
    """Take sign, money and bracket in front; return where a bracket opens."""
    opened: int | None = None
    while around.start > low:
        at = around.start
        character = even[at - 1]
        has_gap = character == " " and at - 1 > low
        if has_gap:
            at -= 1
            character = even[at - 1]
        if character == "-" and not around.minus:
            in_front = even[at - 2] if at - 2 >= low else " "
            if in_front.isalnum() or in_front == "-" or (has_gap and at > 1 and not _money_before(even, low, at - 1)):
                break
            around.minus = True
            around.start = at - 1
        elif character == "(" and opened is None:
            opened = around.start = at - 1
        elif not (money := _money_before(even, low, at)):
            break
        else:
            around.start = at - len(money)
            around.has_money = True
            around.currency = currency_of_sign(money, text=even) or around.currency
    return opened


def _money_before(even: str, low: int, at: int) -> str | None:
    match = _TOKEN_BEFORE.search(even, max(low, at - _LONGEST_SIGN), at)
    if match is None:
        return None
    token = match[1]
    for index in range(len(token)):
        if token[index:] in _MONEY and token[index:] not in _ONLY_BEHIND:
            place = match.start(1) + index
            if place and _is_letter(token[index]) and _is_letter(even[place - 1]):
                continue
            return even[place:at]
    return None


def _take_behind(even: str, around: _Around, *, is_alone: bool) -> None:
    if minor := _MINOR.match(even, around.end):
        around.end = minor.end()
    if scale := _SCALE.match(even, around.end):
        around.exponent = _SCALES[scale[1].lower()]
        around.end = scale.end()
    _take_minus_behind(even, around, is_alone=is_alone)
    _take_money_behind(even, around)
    _take_minus_behind(even, around, is_alone=is_alone)


def _take_minus_behind(even: str, around: _Around, *, is_alone: bool) -> None:
    following = even[around.end : around.end + 2]
    is_marked = is_alone or around.has_money or any(mark in even[around.start : around.end] for mark in ".,")
    if following.startswith("-") and not around.minus and is_marked and not following[1:].strip(" ),;€"):
        around.minus = True
        around.end += 1


def _take_money_behind(even: str, around: _Around) -> None:
    match = _TOKEN_BEHIND.match(even, around.end)
    if match is None:
        return
    token = match[1]
    for length in range(len(token), 0, -1):
        if token[:length] in _MONEY:
            following = token[length : length + 1]
            if following and _is_letter(following) and _is_letter(token[length - 1]):
                continue
            if _belongs_to_next(even, around, match.start(1), match.start(1) + length):
                return
            around.end = match.start(1) + length
            around.has_money = True
            around.currency = around.currency or currency_of_sign(token[:length], text=even)
            if even[around.end : around.end + 1] in {"整", "正"}:
                around.end += 1
            return


_NEXT_NUMBER = re.compile(r"( ?)-?\(?\d")


def _belongs_to_next(even: str, around: _Around, start: int, end: int) -> bool:
    """Say whether money behind a number is rather what the next number begins with."""
    following = _NEXT_NUMBER.match(even, end)
    if following is None or start == around.end:
        return False
    is_bare = not any(mark in even[around.start : around.end] for mark in ".,")
    return around.has_money or not following[1] or is_bare


def _is_letter(character: str) -> bool:
    return character.isalpha() and character < "\u3000"


# The number itself


def _number(digits: str, decimal_mark: str | None) -> Decimal | None:
    """Read digits with marks between them, None where the marks fit no notation."""
    whole, fraction = _split(digits, decimal_mark)
    if len(digits) > 2 * MAX_DIGITS or not (fraction.isdecimal() or not fraction) or not _is_grouped(whole):
        return None
    bare = "".join(filter(str.isdecimal, whole))
    if len(bare) > MAX_DIGITS:
        return None
    return Decimal(f"{bare or '0'}.{fraction}" if fraction else bare)


_WHOLE = re.compile(r"\d*|[1-9]\d{0,2}([.,' ])\d{3}(?:\1\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def _is_grouped(whole: str) -> bool:
    return _WHOLE.fullmatch(whole) is not None


def _split(digits: str, decimal_mark: str | None) -> tuple[str, str]:
    """Part digits into whole number and decimals. Wrong groups stay in the whole."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        whole, _, fraction = digits.rpartition("." if digits.rfind(".") > digits.rfind(",") else ",")
        return whole, fraction
    if points + commas != 1:
        return digits, ""
    mark = "." if points else ","
    if decimal_mark != mark and _THOUSANDS.fullmatch(digits):
        return digits, ""
    whole, _, fraction = digits.partition(mark)
    return whole, fraction


# Where numbers stand in a line


_CLOSED = re.compile(
    r"(?<![A-Za-z\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?(?![A-Za-z\d])"  # IBAN
    r"|(?i:\b(?:tel|fax|phone|mobile?|telefon|telefax|tél|fon|cell)\b|电话|传真|手机)[^\d+(]{0,12}[\d+(][\d ()/.-]*"
    r"|\+\d{1,3}[ (/-][\d ()/.-]*"
    r"|\d{4} ?年(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?[日号])?|\d{1,2}月(?:\d{1,2}[日号])?"
)
_HAS_CLOSED = re.compile(r"[A-Z]{2}\d\d|\+\d|年|月|(?i:tel|fax|phone|mobil|tél|fon|cell)|电话|传真|手机")
_RUN = re.compile(r"\d+(?:[.,']\d+)*|(?<![\w.,])\.\d{1,4}(?!\d)")
_HEAD = re.compile(r"[1-9]\d{0,2}")
_TAIL = re.compile(r"\d{3}(?:[.,]\d+)?")
_JOINED_BEFORE = re.compile(r"[A-Za-zÀ-ɏ\d/_@#+]$|[A-Za-zÀ-ɏ\d][-:.,'&]$")
_JOINED_BEHIND = re.compile(
    r"[A-Za-zÀ-ɏ\d_@]|[-/:&.,']\d| ?[%‰°]|-[A-Za-z]|/[A-Za-z]*\d|[年月日号时点条款期]|\.[A-Za-z]"
)


def _closed_spans(even: str) -> list[tuple[int, int]]:
    """Return the stretches whose digits are no amounts."""
    spans = [(one.start, one.end) for one in find_dates(even)]
    if _HAS_CLOSED.search(even):
        spans += [match.span() for match in _CLOSED.finditer(even)]
    return spans


def _runs(even: str, text: str, is_space_grouping: bool | None) -> list[tuple[int, int]]:  # noqa: FBT001 - passed on
    """Return spans of digits with marks, those that spaces divide into thousands joined."""
    chain: list[tuple[int, int]] = []
    runs: list[tuple[int, int]] = []
    for match in _RUN.finditer(even):
        if chain and not (match.start() == chain[-1][1] + 1 and even[match.start() - 1] == " "):
            runs += _join(chain, even, text, is_space_grouping)
            chain = []
        chain.append(match.span())
    return runs + _join(chain, even, text, is_space_grouping)


def _join(
    chain: list[tuple[int, int]],
    even: str,
    text: str,
    is_space_grouping: bool | None,  # noqa: FBT001 - passed on
) -> list[tuple[int, int]]:
    if len(chain) <= 1:
        return chain
    joined = _joined(chain, even, text, joins_ordinary=is_space_grouping is not False)
    if is_space_grouping is None and len(joined) > 1:
        return _joined(chain, even, text, joins_ordinary=False)
    return joined


def _joined(chain: list[tuple[int, int]], even: str, text: str, *, joins_ordinary: bool) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    is_open = False
    for start, end in chain:
        may_join = is_open and (joins_ordinary or text[start - 1] in NO_BREAK_SPACES)
        if may_join and _TAIL.fullmatch(even, start, end):
            joined[-1] = (joined[-1][0], end)
            is_open = even[start:end].isdecimal()  # decimals end a number
        else:
            joined.append((start, end))
            is_open = _HEAD.fullmatch(even, start, end) is not None
    return joined


_REPEATS = re.compile(
    r"(?:\b(?:hundred|thousand|million|dollars?|euros?|pounds?|cents?|hundert|tausend|mille|cents|only)|[\u3400-\u9fff])"
    r" ?$",
    re.IGNORECASE,
)


def _found(even: str, start: int, end: int, low: int, decimal_mark: str | None) -> FoundAmount | None:
    digits = even[start:end]
    value = _number(digits, decimal_mark)
    if value is None or (digits[0] == "0" and len(digits) > 1 and digits.isdecimal()):
        return None
    around = _around(even, start, end, low, is_alone=False)
    if around.start == start and _JOINED_BEFORE.search(even, max(0, start - 2), start):
        return None
    if around.end == end and _JOINED_BEHIND.match(even, end):
        return None
    if around.bracket and _only_repeats(even, around, digits):
        around.bracket = False
        if even[around.start] == "(":
            around.start, around.end = around.start + 1, around.end - 1
    return FoundAmount(start=around.start, end=around.end, amount=around.apply(value))


def _only_repeats(even: str, around: _Around, digits: str) -> bool:
    """Say whether brackets hold a repetition of the words before them, not a negative."""
    before = even[: around.start].rstrip()
    if digits.isdecimal() and not around.has_money:
        return True
    return bool(_REPEATS.search(before)) or (around.has_money and before[-1:].isalpha())
