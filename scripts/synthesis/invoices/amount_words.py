"""Amounts in words, as bookkeepers of several languages write them."""

from decimal import Decimal
from random import Random

from num2words import num2words

from synthesis.chance import happens
from synthesis.notation import chinese_amount

_LOCALE = {("pt", "BRL"): "pt_BR", ("en", "INR"): "en_IN"}
_UNITS = {
    "en": {
        "GBP": ("pounds", "pence"),
        "EUR": ("euros", "cents"),
        "USD": ("dollars", "cents"),
        "CAD": ("dollars", "cents"),
        "AUD": ("dollars", "cents"),
        "NZD": ("dollars", "cents"),
        "SGD": ("Singapore dollars", "cents"),
        "HKD": ("Hong Kong dollars", "cents"),
        "INR": ("rupees", "paise"),
    },
    "de": {"EUR": ("Euro", "Cent"), "CHF": ("Franken", "Rappen")},
    "fr": {"EUR": ("euros", "centimes"), "CHF": ("francs", "centimes"), "CAD": ("dollars", "cents")},
    "nl": {"EUR": ("euro", "cent")},
    "es": {
        "EUR": ("euros", "céntimos"),
        "MXN": ("pesos", "centavos"),
        "CLP": ("pesos", ""),
        "COP": ("pesos", ""),
    },
    "it": {"EUR": ("euro", "centesimi"), "CHF": ("franchi", "centesimi")},
    "pt": {"EUR": ("euros", "cêntimos"), "BRL": ("reais", "centavos")},
}
_AND = {"en": "and", "de": "und", "fr": "et", "nl": "en", "es": "con", "it": "e", "pt": "e"}


def amount_in_words(rng: Random, amount: Decimal, *, language: str, currency: str) -> str | None:
    """Write a positive amount in words; None where the language has no usual words for the currency."""
    if amount <= 0:
        return None
    if language == "zh":
        prefix = rng.choice(("", "", "人民币"))
        return prefix + chinese_amount(amount, yuan=rng.choice("圆元")) if currency == "CNY" else None
    return _spelled(rng, amount, language, currency) if currency in _UNITS[language] else None


def _spelled(rng: Random, amount: Decimal, language: str, currency: str) -> str:
    locale = _LOCALE.get((language, currency), language)
    whole, cents = divmod(int(amount * 100), 100)
    unit, small = _UNITS[language][currency]
    said = str(num2words(whole, lang=locale))
    if language == "it" and happens(rng, 0.6):
        return f"{said}/{cents:02}"
    if currency == "MXN":
        return f"{said} {unit} {cents:02}/100 M.N.".upper()
    ending = ""
    if small and happens(rng, 0.3):
        ending = f" {_AND[language]} {cents:02}/100"
    elif cents:
        ending = f" {_AND[language]} {num2words(cents, lang=locale)} {small}"
    return _shaped(rng, f"{said} {unit}{ending}", language)


def _shaped(rng: Random, said: str, language: str) -> str:
    if language == "en" and happens(rng, 0.4):
        return f"{said.title()} Only"
    return rng.choice((said, said[0].upper() + said[1:], said.upper()))
