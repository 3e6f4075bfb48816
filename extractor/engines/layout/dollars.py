"""Tell whose dollar, or peso, a bare "$" is: the country of the seller decides, not the sign."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractor.engines.layout.labelled import LabelledSheet
from extractor.values.countries import US_STATES
from extractor.values.currencies import currency_of_country
from extractor.values.identifiers import country_of_tax_id, find_ibans

_CODES: Final = re.compile(
    r"(?<![A-Za-z])(USD|CAD|AUD|NZD|SGD|HKD|MXN|CLP|COP|ARS|UYU|DOP|TWD|BBD|JMD|TTD)(?![A-Za-z])"
)
_BARE: Final = re.compile(r"(?<![A-Za-z])\$(?![A-Za-z])")
_CANADA = "AB|BC|MB|N[BLST]|ON|PE|QC|SK|YT"
_AUSTRALIA = "NSW|VIC|QLD|WA|SA|TAS|ACT|NT"
# What only one country's firms print: its name, the form of its post codes, ids, taxes and phone numbers.
_SIGNS: Final = {
    "US": (
        rf"\b(?:{US_STATES})\.? \d{{5}}(?:-\d{{4}})?\b"
        r"|\b(?:USA|U\.S\.A\.|United States)\b|\b(?:EIN|FEIN|ACH|ABA)\b"
        r"|(?i:\b(?:(?:state|sales) tax|routing (?:no|number|#)))"
    ),
    "CA": (
        rf"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b|\b\d{{3}} ?\d{{3}} ?\d{{3}} ?RT ?\d{{4}}\b"
        rf"|\b(?:{_CANADA})\b,? +[A-Z]\d[A-Z]"
        r"|\b(?:Canada|Qu[ée]bec|Ontario|Alberta|Manitoba|HST|TPS|TVQ|QST|Interac)\b|\bCanadian dollars?\b"
    ),
    "AU": (
        rf"\b(?:{_AUSTRALIA}) \d{{4}}\b|\b(?:ABN|A\.B\.N\.|ACN|BSB|BPAY|Australia|EFTPOS)\b|\+61[ (]"
        r"|\bAustralian dollars?\b"
    ),
    "NZ": r"\b(?:New Zealand|NZBN|IRD)\b|\+64[ (]",
    "SG": r"\b(?:Singapore|UEN|PayNow)\b|\+65[ (]",
    "HK": r"\b(?:Hong Kong|Kowloon|H\.K\.)\b|香港|九龍|九龙|\+852[ (-]",
    "TW": r"\bTaiwan\b|臺灣|台灣|統一編號|\+886[ (-]",
    "MX": (
        r"\b(?:M[ée]xico|CFDI|CLABE|SAT|CDMX)\b|\bRFC\b|\bC\.?P\.? ?\d{5}\b"
        r"|\b(?:S\.? ?de ?R\.?L\.?|S\.?A\.?) de C\.?V\b"
        r"|\bM\.? ?N\.(?!\w)|\+52[ (]"
    ),
    "CL": (
        r"\b(?:Chile|Valpara[íi]so|Viña del Mar)\b|\bR\.?U\.?T\b|\b\d{1,2}\.\d{3}\.\d{3}-[\dkK]\b"
        r"|\bSII\b|\+56[ (]"
    ),
    "CO": r"\bColombia\b|\bBogot[áa]\b|\bDIAN\b|\bNIT\b|\+57[ (]",
    "AR": r"\bArgentina\b|\bC\.?U\.?I\.?T\b|\bCBU\b|\bAFIP\b|\b\d{2}-\d{8}-\d\b|\+54[ (]",
    "UY": r"\bUruguay\b|\bMontevideo\b|\+598[ (]",
}
_COUNTRY_SIGNS: Final = {country: re.compile(signs) for country, signs in _SIGNS.items()}
OFTEN_AMERICAN: Final = frozenset({"HK", "SG", "CA"})  # where "$" is their own or the American one
_BY_CODE, _BY_SELLER, _BY_PAGE = 1.0, 1.0, 0.95
_ABROAD, _BY_MOST, _BY_NOTHING = 0.9, 0.55, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Dollar:
    """What "$" means on a document, and how sure that is."""

    code: str
    certainty: float


def is_bare_dollar(text: str) -> bool:
    """Say whether an amount's currency is a "$" that names no country."""
    return _BARE.search(text) is not None and not _CODES.search(text)


def dollar_of(pages: Sequence[LabelledSheet], sellers: Sequence[str]) -> Dollar:
    """Return the currency that "$" stands for. `sellers` are the tax id and address of the seller."""
    texts = [cell.text for page in pages for cell in page.sheet.cells]
    codes = Counter(code for text in texts for code in _CODES.findall(text))
    if len(codes) == 1:
        return Dollar(code=next(iter(codes)), certainty=_BY_CODE)
    own = {country for text in sellers for country in _countries_of(text)}
    if len(own) == 1:
        country = own.pop()
        return _of_country(country, _BY_NOTHING if country in OFTEN_AMERICAN else _BY_SELLER)
    if any(country_of_tax_id(text) for text in sellers) or any(find_ibans(text) for text in texts):
        # a seller where no dollar is used means the American one
        return Dollar(code="USD", certainty=_ABROAD)
    seen = Counter(country for text in texts for country in _countries_in(text))
    ranked = seen.most_common()
    if len(ranked) == 1:
        return _of_country(ranked[0][0], _BY_NOTHING if ranked[0][0] in OFTEN_AMERICAN else _BY_PAGE)
    if ranked and ranked[0][1] > ranked[1][1]:
        return _of_country(ranked[0][0], _BY_MOST)
    return Dollar(code="USD", certainty=_BY_NOTHING)


def _countries_of(text: str) -> set[str]:
    country = country_of_tax_id(text)
    return {country} if country in _COUNTRY_SIGNS else _countries_in(text)


def _countries_in(text: str) -> set[str]:
    return {country for country, signs in _COUNTRY_SIGNS.items() if signs.search(text)}


def _of_country(country: str, certainty: float) -> Dollar:
    return Dollar(code=currency_of_country(country) or "USD", certainty=certainty)
