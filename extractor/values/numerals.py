"""Numbers in words: Chinese numerals and capitals, and words in European languages."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from extractor.values.closed_spans import closed_spans, is_inside
from extractor.values.number_words import read_words, word_runs
from extractor.values.text import fold, has_chinese, plain

LARGEST_CHINESE_AMOUNT: Final = Decimal("9999999999999999.99")
_MAX_COUNT_DIGITS: Final = 9  # longer runs are references
MAX_LENGTH: Final = 300  # of a text that is one number in words, in characters


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCount:
    """A whole number in a text. The span takes in a repetition: "thirty (30)"."""

    start: int
    end: int
    count: int


def parse_chinese_amount(text: str) -> Decimal | None:
    """Read the whole text as a number in Chinese, None where it is none.

    Capitals (壹万贰仟叁佰肆拾伍元陆角柒分整) and ordinary numerals (一万二千三百), with or
    without 人民币, （大写）, ⊗ and 整. 负 makes it negative. Digits may stand before 万 or 亿.
    Where a colloquial ending could mean two things (一百五: 105 or 150), it is none.
    """
    bare = _PREFIX.sub("", "".join(plain(text).split())) if len(text) <= MAX_LENGTH else ""
    match = _CHINESE.fullmatch(bare) or _CENTS.fullmatch(bare)
    if match is None or not (match["yuan"] or match["jiao"] or match["fen"]):
        return None
    yuan = _whole(match["yuan"], is_money=bool(match["unit"])) if match["yuan"] else Decimal(0)
    if yuan is None:
        return None
    cents = 10 * _DIGITS.get(match["jiao"] or "零", 0) + _DIGITS.get(match["fen"] or "零", 0)
    decimals = match["decimals"]
    total = yuan + Decimal(cents).scaleb(-2) if cents else yuan
    if decimals:
        total += Decimal("0." + "".join(str(_DIGITS[digit]) for digit in decimals))
    return -total if match["minus"] else total


def format_chinese_amount(amount: Decimal) -> str:
    """Write an amount in Chinese capitals, as an invoice does: 壹佰元零伍分, 拾 never bare.

    Rounded half up to 0.01.

    Raises:
        ValueError: the amount is not a number or above LARGEST_CHINESE_AMOUNT.
    """
    if not amount.is_finite() or abs(amount) > LARGEST_CHINESE_AMOUNT:
        raise ValueError(f"no Chinese capitals for {amount}: write at most {LARGEST_CHINESE_AMOUNT}")
    rounded = abs(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    yuan, cents = divmod(int(rounded * 100), 100)
    jiao, fen = divmod(cents, 10)
    written = "负" if amount < 0 and rounded else ""
    if yuan or not cents:
        written += _capitals(yuan) + "元"
    if jiao:
        written += _CAPITALS[jiao] + "角"
    elif fen and yuan:
        written += "零"
    return written + (_CAPITALS[fen] + "分" if fen else "整")


def parse_number_words(text: str, *, language: str | None = None) -> Decimal | None:
    """Read the whole text as a number in words, None where it is none.

    Money too: "one thousand two hundred and 50/100 dollars", "zwölf Euro und fünfzig
    Cent". `language` is en, de, fr, es, it, nl, pt or zh; None tries all.
    """
    if len(text) > MAX_LENGTH:
        return None
    if language == "zh" or (language is None and has_chinese(text)):
        return parse_chinese_amount(text)
    return read_words(fold(text), language)


def find_counts(text: str) -> list[FoundCount]:
    """Return the whole numbers in a line of text, in digits, words or Chinese numerals.

    "thirty (30)" and "30 (thirty)" are one count. Where word and digits disagree, both
    are returned. Numbers with decimals, in dates, ids and rates are left out.
    """
    even = plain(text)
    digits = [match for match in _COUNT.finditer(even) if len(match[0]) <= _MAX_COUNT_DIGITS]
    closed = closed_spans(even) if digits else ()
    found = [
        FoundCount(start=match.start(), end=match.end(), count=int(match[0]))
        for match in digits
        if not is_inside(match.start(), match.end(), closed)
    ]
    if not even.isascii():
        found += _chinese_counts(even)
    found += [FoundCount(start=start, end=end, count=count) for start, end, count in word_runs(even)]
    return _without_repetition(even, sorted(found, key=lambda one: one.start))


_COUNT = re.compile(
    r"(?<![A-Za-zÀ-ɏ\d$€£¥])(?<![\dA-Za-z][-.,/:_'])(?<![$€£¥] )(?:0|[1-9]\d*)"
    r"(?![A-Za-zÀ-ɏ\d_@°万亿千百元]|\d* ?[年月] ?\d| ?[%‰元]|[-./:,']\d|-[A-Za-z]+\d)"
)

_ORDINARY = "零一二三四五六七八九"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
_DIGITS: Final = {
    **{digit: value for value, digit in enumerate(_ORDINARY)},
    **{digit: value for value, digit in enumerate(_CAPITALS)},
    "〇": 0, "○": 0, "両": 2, "两": 2, "貳": 2, "弐": 2, "叄": 3, "參": 3, "参": 3, "陸": 6, "幺": 1, "弌": 1,
}  # fmt: skip
_UNITS: Final = {"拾": "十", "佰": "百", "仟": "千", "萬": "万", "億": "亿"}
_ANY = "".join(_DIGITS)
_NUMERAL = f"[{_ANY}十百千万亿拾佰仟萬億]"
_PREFIX = re.compile(r"^(?:⊗|[(]大写[)]|大写|价税合计|合计|共计|总计|人民币|人民幣|RMB|CNY|[:：])+")
_CHINESE = re.compile(
    rf"(?P<minus>负|[(]负数[)]|-)?(?:人民币)?(?P<yuan>{_NUMERAL}+|\d+(?:\.\d+)?[万亿萬億千百]+)?"
    rf"(?:(?P<unit>[元圆圓块])(?:零(?=[{_ANY}]))?(?:(?P<jiao>[{_ANY}])[角毛])?零?(?:(?P<fen>[{_ANY}])分)?"
    rf"|[点點](?P<decimals>[{_ANY}]{{1,8}})|)[整正]?"
)
_CENTS = re.compile(
    rf"(?P<minus>负|-)?(?P<yuan>)(?P<unit>)(?P<decimals>)(?:(?P<jiao>[{_ANY}])[角毛])?零?(?:(?P<fen>[{_ANY}])分)?[整正]?"
)


def _whole(text: str, *, is_money: bool) -> Decimal | None:
    if text[0].isdecimal():
        return _mixed(text)
    ordinary = "".join(_UNITS.get(character, character) for character in text)
    if len(ordinary) > 1 and all(character in _DIGITS for character in ordinary):
        return Decimal("".join(str(_DIGITS[character]) for character in ordinary))
    if not is_money and _COLLOQUIAL.search(ordinary) and ordinary == text:
        return None
    value = _sections(ordinary)
    return None if value is None else Decimal(value)


_COLLOQUIAL = re.compile(rf"[百千万亿][{_ANY.replace('零', '').replace('〇', '').replace('○', '')}]$")
_MIXED: Final = {"万": 4, "亿": 8, "千": 3, "百": 2}


def _mixed(text: str) -> Decimal:
    """Read digits with Chinese units behind them: 3.5万."""
    number = text.rstrip("万亿萬億千百")
    exponent = sum(_MIXED[_UNITS.get(unit, unit)] for unit in text[len(number) :])
    return Decimal(f"{Decimal(number).scaleb(exponent):f}")


_SECTION = re.compile(rf"零?(?:([{_ANY}])千)?零?(?:([{_ANY}])百)?零?(?:([{_ANY}]?)(十))?零?([{_ANY}])?")


def _sections(text: str) -> int | None:
    for unit, power in (("亿", 10**8), ("万", 10**4)):
        if unit in text:
            high, _, low = text.rpartition(unit)
            upper = _sections(high)
            lower = _sections(low) if low else 0
            if upper is None or lower is None or not high or lower >= power:
                return None
            return upper * power + lower
    match = _SECTION.fullmatch(text.replace("〇", "零").replace("○", "零"))
    if match is None or not text:
        return None
    thousands, hundreds, tens, ten, ones = match.groups()
    return (
        1000 * _DIGITS[thousands or "零"]
        + 100 * _DIGITS[hundreds or "零"]
        + (10 * _DIGITS[tens or "一"] if ten else 0)
        + _DIGITS[ones or "零"]
    )


def _capitals(number: int) -> str:
    """Write a whole number in capitals, one 零 for each run of zeros inside it."""
    if number == 0:
        return "零"
    written = ""
    is_gap = False
    digits = str(number)
    for place, character in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if character == "0":
            is_gap = True
        else:
            written += (
                ("零" if is_gap and written else "")
                + _CAPITALS[int(character)]
                + ("", "拾", "佰", "仟")[place % 4]
            )
            is_gap = False
        if place % 4 == 0 and place:
            section = digits[max(0, len(digits) - place - 4) : len(digits) - place]
            if place % 8 == 0:
                written += "亿"
            elif int(section):
                written += "万"
    return written


_CHINESE_RUN = re.compile(rf"{_NUMERAL}+")
_MEASURES = "个個天日年月次份套台件项周名张笔期批小工季"
_LONGEST_DURATION: Final = 3  # 三十五年: a longer run of digits before 年 is a year


def _chinese_counts(even: str) -> list[FoundCount]:
    found = []
    for match in _CHINESE_RUN.finditer(even):
        value = parse_chinese_amount(match[0]) if _is_counted(even, match) else None
        if value is not None:
            found.append(FoundCount(start=match.start(), end=match.end(), count=int(value)))
    return found


def _is_counted(even: str, match: re.Match[str]) -> bool:
    """Say whether numerals count something: not 第五条, （一）, 三月, 统一, 二〇二六年."""
    before, behind = even[: match.start()].rstrip(" ("), even[match.end() : match.end() + 1]
    if (
        before[-1:] in {"第", "之"}
        or behind in {"、", "月", "分", "元", "圆", "角"}
        or match[0][0] in "百千万亿"
    ):
        return False
    if behind == ")" and not (before[-1:].isdecimal() or before[-1:] in _NUMERAL):
        return False
    if behind == "年" and len(match[0]) > _LONGEST_DURATION:
        return False
    return match[0] != "一" or (behind in _MEASURES and not even.startswith("次性", match.end()))


_OPENING = re.compile(r" ?[(\[] ?")
_CLOSING = re.compile(r" ?[)\]]")


def _without_repetition(even: str, counts: list[FoundCount]) -> list[FoundCount]:
    kept: list[FoundCount] = []
    for count in counts:
        last = kept[-1] if kept else None
        if last is not None and last.count == count.count and _OPENING.fullmatch(even, last.end, count.start):
            closing = _CLOSING.match(even, count.end)
            end = closing.end() if closing else count.end
            kept[-1] = FoundCount(start=last.start, end=end, count=count.count)
        else:
            kept.append(count)
    return kept
