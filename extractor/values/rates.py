"""Rates in percent: "19 %" is 19. Finds them, reads them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractor.values.amounts import parse_amount
from extractor.values.text import fold, plain

MAX_LENGTH: Final = 60  # of a text that is one rate, in characters


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRate:
    """A rate in a text, in percent. The span takes in the sign or word."""

    start: int
    end: int
    rate: Decimal


_NUMBER = r"-?\d{1,12}(?:[.,]\d{1,12})?"
_WORDS = r"percent|per cent|pct|prozent|pour ?cent|por ciento|per cento|procent"
_PERCENT = rf"%|(?:{_WORDS})\b|v\.? ?h\.|个百分点"
_RATE = re.compile(
    rf"(?<![A-Za-z\d.,])(?P<number>{_NUMBER}) ?(?:(?P<percent>{_PERCENT})|(?P<mille>‰))", re.IGNORECASE
)
_TURKISH = re.compile(rf"% ?(?P<number>{_NUMBER})(?![\w.,]*\d)")
_SHARE = re.compile(r"(?P<of>百|千|万)分之(?P<number>[\d.]{1,12}|[零〇一二三四五六七八九十百点两]{1,8})")
_SCALE: Final = {"百": 1, "千": 10, "万": 100}
_NO_TAX: Final = frozenset(
    {"免税", "不征税", "零税率", "exempt", "tax-free", "tax free", "zero-rated", "zero rated", "nil"}
    | {"steuerfrei", "umsatzsteuerfrei", "exonéré", "exento", "esente"}
)


def parse_rate(text: str, *, decimal_mark: str | None = None) -> Decimal | None:
    """Read the whole text as one rate in percent, None where it is none.

    A bare number is in percent too (a column headed "VAT %"), and words that say that
    no tax is owed are 0: a table's cell holds them where the others hold a rate.
    """
    folded = fold(text)
    if not folded or len(folded) > MAX_LENGTH:
        return None
    if folded in _NO_TAX:
        return Decimal(0)
    found = find_rates(folded)
    if len(found) == 1 and found[0].start == 0 and found[0].end == len(folded):
        return found[0].rate
    bare = parse_amount(folded, decimal_mark=decimal_mark)
    return bare.value if bare is not None and bare.currency is None else None


def find_rates(text: str) -> list[FoundRate]:
    """Return the rates in a line of text, left to right. Per mille is turned into percent.

    Of a mark before three digits ("1.234 %") it is assumed that it is the decimal one.
    """
    even = plain(text)
    found = [_found(match) for match in _RATE.finditer(even)] if _HINT.search(even) else []
    if not found and "%" in even:
        found = [_found(match) for match in _TURKISH.finditer(even)]
    if "分之" in even:
        found += [one for match in _SHARE.finditer(even) if (one := _share(match))]
    return sorted(found, key=lambda one: one.start)


_HINT = re.compile(
    r"[%‰]|\d ?(?:per ?cent|p[rou]+ ?[cz]ent|pct|por ciento|v\.? ?h\.|个百分点)", re.IGNORECASE
)


def _found(match: re.Match[str]) -> FoundRate:
    rate = Decimal(match["number"].replace(",", "."))
    if match.groupdict().get("mille"):
        rate /= 10
    return FoundRate(start=match.start(), end=match.end(), rate=rate)


def _share(match: re.Match[str]) -> FoundRate | None:
    from extractor.values.numerals import parse_chinese_amount  # noqa: PLC0415 - used by few lines

    share = parse_chinese_amount(match["number"])
    if share is None:
        return None
    return FoundRate(start=match.start(), end=match.end(), rate=share / _SCALE[match["of"]])
