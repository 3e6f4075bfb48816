"""What stands around a number and belongs to it: sign, brackets, currency, scale."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractor.values.currencies import CODES, SIGNS, currency_of_sign


@dataclass(slots=True, kw_only=True)
class Surroundings:
    """A number's span, grown by what was taken in, and what that says of the number."""

    start: int
    end: int
    has_minus: bool = False
    has_brackets: bool = False
    has_money: bool = False  # a sign or code stands there, even one that tells no currency
    currency: str | None = None
    exponent: int = 0

    def apply(self, number: Decimal) -> Decimal:
        """Return the number with scale and sign, never with an exponent."""
        scaled = Decimal(f"{number.scaleb(self.exponent):f}") if self.exponent else number
        return -scaled if self.has_minus or self.has_brackets else scaled


def take_surroundings(even: str, start: int, end: int, *, low: int = 0, is_alone: bool) -> Surroundings:
    """Return what belongs to the number at start to end; nothing before `low` is taken.

    `is_alone`: nothing else stands in the text, so a trailing minus is one.
    """
    around = Surroundings(start=start, end=end)
    opened = _take_before(even, around, low)
    _take_behind(even, around, is_alone=is_alone)
    if opened is not None:
        closing = _CLOSING.match(even, around.end)
        if closing is not None:
            around.end = closing.end()
            around.has_brackets = True
            _take_money_behind(even, around)
        else:
            around.start = opened + 1  # the bracket closes elsewhere: "(100 units)"
    return around


_CLOSING = re.compile(r" ?\)")
_MINOR = re.compile(r"[.,]-{1,2}(?![\d-])|/-{1,2}(?![\w-])")  # "12.-", "12,--", "12/-": no cents
_SCALES: Final = {
    "万": 4,
    "萬": 4,
    "亿": 8,
    "億": 8,
    "千": 3,
    "百万": 6,
    "千万": 7,
    "million": 6,
    "millions": 6,
    "millionen": 6,
    "mio": 6,
    "mio.": 6,
    "mn": 6,
    "billion": 9,
    "billions": 9,
    "milliarden": 9,
    "milliards": 9,
    "mrd": 9,
    "mrd.": 9,
    "bn": 9,
}
_SCALE = re.compile(
    f" ?({'|'.join(re.escape(word) for word in sorted(_SCALES, key=len, reverse=True))})(?![a-zà-ɏ])",
    re.IGNORECASE,
)
_SHORT_SCALES: Final = {"m": 6, "k": 3}
_SHORT_SCALE = re.compile(r"[MmKk](?![\w²³])")  # "$1.5M", but not "5 m"
_TOKEN_BEFORE = re.compile(r"([^\s\d()\[\]:;,|*=<>/+\"'-]{1,8}) ?$")
_TOKEN_BEHIND = re.compile(r" ?([^\s\d()\[\]:;,|*=<>/+\"'-]{1,8})")
_MONEY: Final = frozenset({*SIGNS, *CODES})
_ONLY_BEHIND: Final = frozenset("元圆圓円")
_WINDOW: Final = 9  # the longest sign, and a space
_CREDIT = re.compile(r" ?CR(?![A-Za-z])")
_NEXT_NUMBER = re.compile(r"( ?)-?\(?\d")


def _take_before(even: str, around: Surroundings, low: int) -> int | None:
    """Take sign, money and bracket in front; return where a bracket opens."""
    opened: int | None = None
    while around.start > low:
        at = around.start
        has_gap = even[at - 1] == " " and at - 1 > low
        if has_gap:
            at -= 1
        character = even[at - 1]
        if character == "-" and not around.has_minus:
            if not _is_minus(even, low, at - 1, has_gap=has_gap):
                break
            around.has_minus = True
            around.start = at - 1
        elif character == "(" and opened is None:
            opened = around.start = at - 1
        elif money := _money_before(even, low, at):
            around.start = at - len(money)
            around.has_money = True
            around.currency = currency_of_sign(money, text=even) or around.currency
        else:
            break
    return opened


def _is_minus(even: str, low: int, at: int, *, has_gap: bool) -> bool:
    """Say whether a dash is a sign: not within a word, and not a dash between two things."""
    in_front = even[at - 1] if at > low else " "
    if in_front == "-" or in_front.isalnum():
        return _money_before(even, low, at) is not None and not in_front.isdecimal()
    return not has_gap or at == 0 or _money_before(even, low, at) is not None


def _money_before(even: str, low: int, at: int) -> str | None:
    match = _TOKEN_BEFORE.search(even, max(low, at - _WINDOW), at)
    if match is None:
        return None
    token = match[1]
    for index in range(len(token)):
        if token[index:] in _MONEY and token[index:] not in _ONLY_BEHIND:
            place = match.start(1) + index
            if place and _is_letter(token[index]) and _is_letter(even[place - 1]):
                continue  # the end of a word
            return even[place:at]
    return None


def _take_behind(even: str, around: Surroundings, *, is_alone: bool) -> None:
    if around.end == len(even):
        return
    if minor := _MINOR.match(even, around.end):
        around.end = minor.end()
    if scale := _SCALE.match(even, around.end):
        around.exponent = _SCALES[scale[1].lower()]
        around.end = scale.end()
    elif around.has_money and (short := _SHORT_SCALE.match(even, around.end)):
        around.exponent = _SHORT_SCALES[short[0].lower()]
        around.end = short.end()
    _take_minus_behind(even, around, is_alone=is_alone)
    _take_money_behind(even, around)
    _take_minus_behind(even, around, is_alone=is_alone)
    if not around.has_minus and (credit := _CREDIT.match(even, around.end)):
        around.has_minus = True
        around.end = credit.end()


def _take_minus_behind(even: str, around: Surroundings, *, is_alone: bool) -> None:
    following = even[around.end : around.end + 2]
    is_marked = is_alone or around.has_money or _has_mark(even, around)
    if following.startswith("-") and not around.has_minus and is_marked and not following[1:].strip(" ),;€"):
        around.has_minus = True
        around.end += 1


def _take_money_behind(even: str, around: Surroundings) -> None:
    match = _TOKEN_BEHIND.match(even, around.end)
    if match is None:
        return
    token = match[1]
    for length in range(len(token), 0, -1):
        if token[:length] not in _MONEY:
            continue
        following = token[length : length + 1]
        if following and _is_letter(following) and _is_letter(token[length - 1]):
            continue  # the beginning of a word
        if _belongs_to_next(even, around, match.start(1), match.start(1) + length):
            return
        around.end = match.start(1) + length
        around.has_money = True
        around.currency = around.currency or currency_of_sign(token[:length], text=even)
        if even[around.end : around.end + 1] in {"整", "正"}:
            around.end += 1
        return


def _belongs_to_next(even: str, around: Surroundings, start: int, end: int) -> bool:
    """Say whether money behind a number is rather what the next number begins with."""
    following = _NEXT_NUMBER.match(even, end)
    if following is None or start == around.end:
        return False
    return around.has_money or not following[1] or not _has_mark(even, around)


def _has_mark(even: str, around: Surroundings) -> bool:
    return any(mark in even[around.start : around.end] for mark in ".,")


def _is_letter(character: str) -> bool:
    return character.isalpha() and character < "\u3000"
