"""How documents write amounts, quantities, rates and dates. Pure functions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
CENT = Decimal("0.01")
_SIGNS = {
    "EUR": "€",
    "USD": "$",
    "GBP": "£",
    "CNY": "¥",
    "CHF": "CHF",
    "CAD": "$",
    "AUD": "$",
    "NZD": "$",
    "SGD": "S$",
    "HKD": "HK$",
    "INR": "₹",
    "MXN": "$",
    "CLP": "$",
    "COP": "$",
    "BRL": "R$",
}
_WORDS = {"CNY": "元", "USD": "美元"}
_MINUS = {"before": "-{}", "after": "{}-", "brackets": "({})", "typographic": "\u2212{}"}
_CHINESE_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStyle:
    """The marks of a number, and where its currency stands."""

    decimal_mark: str = "."
    group_mark: str = ","
    currency: str = (
        "none"  # or {sign,code}_{before,after}, sign_gap_before, sign_close_{before,after}, word_after
    )
    minus: str = "before"  # before, after ("12.00-"), brackets ("(12.00)"), typographic (U+2212)
    is_indian: bool = False  # groups of two above the thousands: 1,23,456.00


def number(value: Decimal, style: NumberStyle, *, places: int | None = 2) -> str:
    """Write a number; `places` None keeps the places the value has, without trailing zeros."""
    if places is None:
        value = Decimal(f"{value.normalize():f}")
        text = f"{abs(value):f}"
    else:
        text = f"{abs(value.quantize(Decimal(1).scaleb(-places))):f}"
    whole, _, fraction = text.partition(".")
    written = _grouped(whole, style) + (style.decimal_mark + fraction if fraction else "")
    return _MINUS[style.minus].format(written) if value < 0 else written


def _grouped(whole: str, style: NumberStyle) -> str:
    groups: list[str] = []
    size = 3
    while len(whole) > size:
        groups.insert(0, whole[-size:])
        whole = whole[:-size]
        size = 2 if style.is_indian else 3
    return style.group_mark.join([whole, *groups])


def money(value: Decimal, style: NumberStyle, currency: str, *, places: int = 2) -> str:
    """Write an amount of money with its currency where the style has one."""
    plain = number(value, style, places=places)
    sign = _SIGNS.get(currency, currency)
    if style.currency in {"sign_before", "sign_close_before"}:
        gap = " " if len(sign) > 1 and style.currency == "sign_before" else ""
        is_signed = plain[0] in "-(\u2212"
        return f"{plain[0]}{sign}{gap}{plain[1:]}" if is_signed else f"{sign}{gap}{plain}"
    forms = {
        "none": plain,
        "sign_gap_before": f"{sign} {plain}",
        "sign_after": f"{plain} {sign}",
        "sign_close_after": f"{plain}{sign}",
        "code_before": f"{currency} {plain}",
        "code_after": f"{plain} {currency}",
        "word_after": f"{plain}{_WORDS.get(currency, ' ' + currency)}",
    }
    return forms[style.currency]


def rate(value: Decimal, style: NumberStyle, *, gap: str = "") -> str:
    """Write a percentage: "19%", or "7.6 %" with a gap."""
    return f"{number(value, style, places=None)}{gap}%"


def written_date(day: date, pattern: str, *, language: str = "en") -> str:
    """Write a date.

    The pattern's letters: d 5, D 05, m 3, M 03, N March, n Mar, Y 2026, y 26; anything else
    stands for itself, as does the word "de". "zh-digits" is 二〇二六年三月五日.
    """
    if pattern == "zh-digits":
        year = "".join(_CHINESE_DIGITS[int(digit)] for digit in str(day.year))
        return f"{year}年{_chinese_count(day.month)}月{_chinese_count(day.day)}日"
    name = _MONTHS.get(language, _MONTHS["en"]).split()[day.month - 1]
    parts = {
        "d": str(day.day),
        "D": f"{day.day:02}",
        "m": str(day.month),
        "M": f"{day.month:02}",
        "N": name,
        "n": name[:3],
        "Y": str(day.year),
        "y": f"{day.year % 100:02}",
    }
    words = pattern.split(" ")
    return " ".join(
        word if word == "de" else "".join(parts.get(character, character) for character in word)
        for word in words
    )


def _chinese_count(count: int) -> str:
    tens, ones = divmod(count, 10)
    ten = "" if not tens else "十" if tens == 1 else _CHINESE_DIGITS[tens] + "十"
    return ten + (_CHINESE_DIGITS[ones] if ones else "")


def chinese_amount(value: Decimal, *, yuan: str = "圆") -> str:
    """Write an amount in the characters of Chinese bookkeeping: 壹仟贰佰叁拾肆圆伍角."""
    minus = "（负数）" if value < 0 else ""
    cents = int(abs(value) * 100)
    whole, fraction = divmod(cents, 100)
    jiao, fen = divmod(fraction, 10)
    digits = "零壹贰叁肆伍陆柒捌玖"
    text = _chinese_whole(whole, digits) + yuan if whole or not fraction else ""
    if not fraction:
        return minus + text + "整"
    if jiao:
        text += digits[jiao] + "角"
    elif whole:
        text += "零"
    return minus + text + (digits[fen] + "分" if fen else "")


def _chinese_whole(whole: int, digits: str) -> str:
    if not whole:
        return digits[0]
    text, pending_zero = "", False
    groups = [int(f"{whole:012}"[start : start + 4]) for start in (0, 4, 8)]
    for group, unit in zip(groups, ("亿", "万", ""), strict=True):
        if not group:
            pending_zero = bool(text)
            continue
        for digit, place in zip(f"{group:04}", ("仟", "佰", "拾", ""), strict=True):
            if digit == "0":
                pending_zero = bool(text)
                continue
            text += (digits[0] if pending_zero else "") + digits[int(digit)] + place
            pending_zero = False
        text += unit
    return text
