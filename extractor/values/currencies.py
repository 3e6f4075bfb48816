"""Currencies: their signs, codes and names, and which country uses which."""

import re
from functools import lru_cache
from typing import Final

from extractor.values.text import is_chinese, plain

_ALL_CODES: Final = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
    GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT
    LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
    NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF
    XPF YER ZAR ZMW ZWG RMB
"""
CODES: Final = frozenset(_ALL_CODES.split())  # ISO 4217 in use, and RMB
_ALSO_WORDS: Final = frozenset(
    {"ALL", "AMD", "BAM", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "PEN", "RON", "SOS", "STN", "TOP", "TRY"}
)

# What stands directly before or behind an amount. No code: several currencies share it.
_SIGNS_OF: Final = {
    "EUR": "€ Euro EURO euro Euros euros 欧元 歐元",
    "GBP": "£ 英镑 英鎊",
    "CNY": "¥ CN¥ 元 圆 圓 人民币 人民幣",
    "JPY": "JP¥ 円 日元",
    "USD": "$ US$ $US U$S 美元 美金",
    "AUD": "A$ AU$ 澳元",
    "CAD": "C$ CA$ CDN$ 加元",
    "HKD": "HK$ 港元 港币 港幣",
    "TWD": "NT$ 新台币",
    "SGD": "S$ SG$ 新加坡元",
    "NZD": "NZ$",
    "MXN": "MX$",
    "BRL": "R$",
    "MYR": "RM",
    "INR": "₹ Rs Rs. RS.",
    "KRW": "₩",
    "RUB": "₽",
    "TRY": "₺",
    "VND": "₫",
    "UAH": "₴",
    "ILS": "₪",
    "THB": "฿",
    "PHP": "₱",
    "NGN": "₦",
    "KZT": "₸",
    "CRC": "₡",
    "GHS": "₵",
    "PLN": "zł ZŁ",
    "CZK": "Kč KČ",
    "HUF": "Ft",
    "RON": "lei",
    "CHF": "Fr. SFr. sFr. SFr 瑞士法郎",
    "IDR": "Rp Rp.",
    None: "kr kr. Kr Kr.",
}
SIGNS: Final = {sign: code for code, signs in _SIGNS_OF.items() for sign in signs.split()}

_NAMES: Final = {
    "EUR": r"euros?",
    "GBP": r"pounds? sterling|british pounds?|pfund sterling|livres? sterling",
    "CHF": r"(?:swiss|schweizer) fran(?:cs?|ken)|francs? suisses?|franchi svizzeri",
    "CNY": r"renminbi|(?:chinese )?yuan",
    "JPY": r"(?:japanese )?yen",
    "CAD": r"canadian dollars?",
    "AUD": r"australian dollars?",
    "NZD": r"new zealand dollars?",
    "HKD": r"hong kong dollars?",
    "SGD": r"singapore dollars?",
    "INR": r"indian rupees?|rupees?",
    "MYR": r"ringgit(?: malaysia)?",
    "PLN": r"złoty(?:ch)?|zloty(?:ch)?",
    "SEK": r"swedish kron(?:a|or)|svenska kronor",
    "NOK": r"norwegian kroner?|norske kroner",
    "DKK": r"danish kroner?|danske kroner",
    "CZK": r"korun českých|czech korun[ay]",
    "BRL": r"reais|brazilian real(?:es)?",
    "MXN": r"mexican pesos?|pesos mexicanos",
    "ZAR": r"south african rand",
    "USD": r"(?:(?:us|u\.s\.|united states|american)[- ]?)?dollars?(?: (?:us|américains?))?",
}

_COUNTRIES: Final = {
    "EUR": "AT BE BG CY DE EE EL ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK AD MC ME SM VA XK",
    "USD": "US EC GU PA PR SV VI",
    "GBP": "GB UK GG IM JE",
    "CHF": "CH LI",
    "CNY": "CN",
}
_ONE_COUNTRY: Final = """
    AED AE  ARS AR  AUD AU  BRL BR  CAD CA  CLP CL  COP CO  CZK CZ  DKK DK  EGP EG  HKD HK  HUF HU
    IDR ID  ILS IL  INR IN  ISK IS  JPY JP  KES KE  KRW KR  MAD MA  MOP MO  MXN MX  MYR MY  NGN NG
    NOK NO  NZD NZ  PEN PE  PHP PH  PLN PL  QAR QA  RON RO  RSD RS  RUB RU  SAR SA  SEK SE  SGD SG
    THB TH  TRY TR  TWD TW  UAH UA  VND VN  ZAR ZA
"""
_CURRENCY_OF_COUNTRY: Final = {
    **{country: currency for currency, countries in _COUNTRIES.items() for country in countries.split()},
    **dict(zip(_ONE_COUNTRY.split()[1::2], _ONE_COUNTRY.split()[::2], strict=True)),
}

_CAPITALS = re.compile(r"[A-Z]{3}")
_CODE = re.compile(r"(?<![A-Za-z0-9])([A-Z]{3})(?![A-Za-z])")
_GLUED_CODE = re.compile(r"(?<![A-Za-z])([A-Z]{3})(?=[ ]?-?[\d(])|(?<=\d)[ ]?([A-Z]{3})(?![A-Za-z])")
_KANA = re.compile(r"[\u3040-\u30ff]")


def find_currency(text: str) -> str | None:
    """Return the ISO 4217 code of the currency that the text names, None if it names none.

    A code wins over a name, a name over a sign, and a sign that says its country (US$)
    over one that does not. "$" alone is USD; "¥" is CNY unless the text says Japan or
    holds kana; "kr" alone decides nothing.
    """
    text = plain(text)
    return _by_code(text) or _by_name(text) or _by_sign(text)


def currency_of_sign(sign: str, *, text: str = "") -> str | None:
    """Return the code that a sign or code beside an amount means, None if it does not tell.

    `text` is what it stands in: kana turn ¥ into JPY.
    """
    sign = plain(sign).strip()
    if sign == "¥" and _KANA.search(text):
        return "JPY"
    if sign in SIGNS:
        return SIGNS[sign]
    return _canonical(sign) if sign in CODES else None


def is_currency(word: str) -> bool:
    """Say whether a word is a currency's sign or code: "kr", "€", "CHF", "eur", but not "all"."""
    word = plain(word).strip()
    code = word.upper()
    return word in SIGNS or word in CODES or (code in CODES and code not in _ALSO_WORDS)


def currency_of_country(code: str) -> str | None:
    """Return the currency of a country (ISO 3166 alpha-2, any case; EL and UK too)."""
    return _CURRENCY_OF_COUNTRY.get(code.strip().upper())


@lru_cache
def currency_digits(code: str) -> int:
    """Return how many digits a currency has behind the point: 0 for the yen; 2 where it is not known."""
    if code not in CODES:
        return 2
    from babel.numbers import get_currency_precision  # noqa: PLC0415 - slow to import

    return get_currency_precision(_canonical(code))


def _by_code(text: str) -> str | None:
    if not _CAPITALS.search(text):
        return None
    for match in _CODE.finditer(text):
        if match[1] in CODES and match[1] not in _ALSO_WORDS:
            return _canonical(match[1])
    for match in _GLUED_CODE.finditer(text):
        code = match[1] or match[2]
        if code in CODES:
            return _canonical(code)
    return None


def _canonical(code: str) -> str:
    return "CNY" if code in {"RMB", "CNH"} else code


_STEMS: Final = (
    *("euro", "dollar", "pound", "pfund", "livre", "franc", "frank", "franchi", "renminbi", "yuan", "yen"),
    *("rupee", "ringgit", "zloty", "złoty", "kron", "korun", "reais", "real", "peso", "rand"),
)


def _by_name(text: str) -> str | None:
    folded = text.lower()
    if text.isascii() and not any(stem in folded for stem in _STEMS):
        return None
    match = _names().search(text)
    if match is None:
        return None
    return match.lastgroup or SIGNS[match[0]]


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    chinese = sorted((sign for sign in SIGNS if len(sign) > 1 and is_chinese(sign[0])), key=len, reverse=True)
    named = [rf"(?P<{code}>\b(?:{spelling})\b)" for code, spelling in _NAMES.items()]
    return re.compile("|".join([*named, *chinese]), re.IGNORECASE)


def _by_sign(text: str) -> str | None:
    has_struck = _STRUCK.search(text) is not None
    if not has_struck and not any(sign in text for sign in _LETTERED):
        return None
    found: str | None = None
    for match in _signs().finditer(text):
        sign = match[0].strip()
        if sign not in {"$", "¥"}:
            return SIGNS[sign]
        found = found or currency_of_sign(sign, text=text)
    return found


_KNOWN_SIGNS: Final = sorted((sign for sign, code in SIGNS.items() if code), key=len, reverse=True)
_LETTERED: Final = [sign for sign in _KNOWN_SIGNS if sign.rstrip(".").isalpha() and sign[0] < "\u3000"]
_STRUCK = re.compile(
    "[" + re.escape("".join({c for c in "".join(_KNOWN_SIGNS) if c > "\xa1" or c == "$"})) + "]"
)


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    lettered = "|".join(map(re.escape, _LETTERED))
    chinese = "|".join(sign for sign in _KNOWN_SIGNS if sign[0] >= "\u3000" and sign not in "元圆圓")
    struck = "|".join(re.escape(sign) for sign in _KNOWN_SIGNS if not sign.rstrip(".").isalpha())
    return re.compile(
        rf"(?<![^\W\d_])(?:{lettered})(?= ?-?[\d(])|(?<=[\d.,-]) ?(?:{lettered})(?![^\W\d_])|"
        rf"{chinese}|(?<![A-Za-z])(?:{struck})|"
        r"(?<=[\d万亿角分零〇一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟(:/]) ?[元圆圓](?![件素旦])"
    )
