"""Runs of digits: where they stand in a line, and what the marks between them mean."""

import re
from decimal import Decimal
from typing import Final

from extractor.values.text import NO_BREAK_SPACES

MAX_DIGITS: Final = 24  # of a whole number; longer runs are references


def read_digits(digits: str, *, decimal_mark: str | None) -> Decimal | None:
    """Read digits with marks or spaces between them, None where these fit no notation.

    A single "." or "," before exactly three digits divides thousands, unless the part
    before it starts with a zero or is longer than three digits, or the mark is
    `decimal_mark`. Thousands may stand in groups as in India (1,23,456).
    """
    whole, fraction = _split(digits, decimal_mark)
    if len(digits) > 2 * MAX_DIGITS or (fraction and not fraction.isdecimal()) or not _WHOLE.fullmatch(whole):
        return None
    bare = "".join(filter(str.isdecimal, whole))
    if len(bare) > MAX_DIGITS:
        return None
    return Decimal(f"{bare or '0'}.{fraction}" if fraction else bare)


def digit_runs(even: str, text: str, *, is_space_grouping: bool | None) -> list[tuple[int, int]]:
    """Return the spans of numbers in `even`, those that spaces divide into thousands joined.

    `text` is what was evened out to `even`: it still knows a no-break space, which
    always joins. Ordinary spaces join where all of a row of numbers becomes one, or as
    `is_space_grouping` says.
    """
    row: list[tuple[int, int]] = []
    runs: list[tuple[int, int]] = []
    for match in _RUN.finditer(even):
        if row and not (match.start() == row[-1][1] + 1 and even[match.start() - 1] == " "):
            runs += _join_row(row, even, text, is_space_grouping=is_space_grouping)
            row = []
        row.append(match.span())
    return runs + _join_row(row, even, text, is_space_grouping=is_space_grouping)


_WHOLE = re.compile(r"\d*|[1-9]\d{0,2}([.,' ])\d{3}(?:\1\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3}", re.ASCII)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


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


_RUN = re.compile(r"\d+(?:[.,']\d+)*|(?<![\w.,])\.\d{1,4}(?!\d)", re.ASCII)
_HEAD = re.compile(r"[1-9]\d{0,2}", re.ASCII)
_TAIL = re.compile(r"\d{3}(?:[.,]\d+)?", re.ASCII)


def _join_row(
    row: list[tuple[int, int]], even: str, text: str, *, is_space_grouping: bool | None
) -> list[tuple[int, int]]:
    if len(row) <= 1:
        return row
    joined = _joined(row, even, text, joins_ordinary=is_space_grouping is not False)
    if is_space_grouping is None and len(joined) > 1:
        return _joined(row, even, text, joins_ordinary=False)
    return joined


def _joined(
    row: list[tuple[int, int]], even: str, text: str, *, joins_ordinary: bool
) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    is_open = False
    for start, end in row:
        may_join = is_open and (joins_ordinary or text[start - 1] in NO_BREAK_SPACES)
        if may_join and _TAIL.fullmatch(even, start, end):
            joined[-1] = (joined[-1][0], end)
            is_open = even[start:end].isdecimal()  # decimals end a number
        else:
            joined.append((start, end))
            is_open = _HEAD.fullmatch(even, start, end) is not None
    return joined
