"""Tax ids, IBANs and BICs: finds them, normalises them, checks their check digits."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from extractor.values.tax_id_forms import (
    BARE_FORMS,
    CUED_FORMS,
    HAS_CUE,
    PREFIXED_FORMS,
    country_of_bare,
)
from extractor.values.text import FoundText, plain

if TYPE_CHECKING:
    from stdnum.util import NumberValidationModule

_GREEK: Final = re.compile(r"GR\d{9}")  # written with the ISO code; the law's prefix is EL
_MOST_TEXTS: Final = 1024  # that are remembered: the lines of a page are looked through several times


class CheckDigit(StrEnum):
    """What an id's check digits say. Unknown: the form is not certain or has none."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


# Tax ids


def normal_tax_id(text: str) -> str:
    """Return the id for comparing: capitals and digits only, without MWST, MVA and the like."""
    compact = re.sub(r"[^A-Z0-9]", "", plain(text).upper())
    if compact.startswith("CHE"):
        return re.sub(r"(?:MWST|TVA|IVA|VAT)$", "", compact)
    if _GREEK.fullmatch(compact):
        return "EL" + compact[2:]
    return compact.removesuffix("MVA") if compact.startswith("NO") or compact[:9].isdecimal() else compact


def country_of_tax_id(text: str) -> str | None:
    """Return the ISO 3166 code of the country by the id's prefix or form, None if open."""
    compact = normal_tax_id(text)
    for country, form in _prefixed().items():
        if form.fullmatch(compact):
            return "GR" if country == "EL" else country
    return country_of_bare(plain(text).strip().upper(), compact)


def check_tax_id(text: str, *, country: str | None = None) -> CheckDigit:
    """Say whether the check digits of a tax id hold.

    `country` (ISO 3166) helps where the id has no prefix. Invalid only where the form
    is certain and its check digit fails; a wrong length or an unknown form is unknown.
    """
    compact = normal_tax_id(text)
    country = country_of_tax_id(text) or (country.upper() if country else None)
    module = _MODULES.get(country or "")
    return _check(module, compact) if module else CheckDigit.UNKNOWN


def is_tax_office_number(text: str) -> bool:
    """Say whether a text is the number of a German tax office (Steuernummer), parted by slashes as printed.

    The parts are as long as one of the Länder has them; there are no check digits that all share.
    """
    even = plain(text).strip()
    return _TAX_OFFICE.fullmatch(even) is not None and _module("de.stnr").is_valid(even)


def find_tax_ids(text: str) -> list[FoundText]:
    """Return the tax ids in a line of text, normalised, left to right.

    With a country prefix, or of a form that nothing else has, or behind a cue ("VAT
    No.", "税号"). Whether the check digits hold plays no part.
    """
    return list(_tax_ids_in(text))


@lru_cache(_MOST_TEXTS)
def _tax_ids_in(text: str) -> tuple[FoundText, ...]:
    if not _LONG_DIGITS.search(text):
        return ()
    even = plain(text)
    taken = [(one.start, one.end) for one in find_ibans(text)]
    found: list[FoundText] = []
    for start, end in sorted(_tax_id_spans(even), key=lambda span: (span[0], -span[1])):
        if all(end <= low or high <= start for low, high in taken):
            taken.append((start, end))
            found.append(FoundText(start=start, end=end, text=normal_tax_id(even[start:end])))
    return tuple(found)


_TAX_OFFICE = re.compile(r"\d{2,3}\s?/\s?\d{3,4}\s?/\s?\d{4,5}")
_LONG_DIGITS = re.compile(r"\d(?:[ ./-]?[\dA-Z]){6}|\d{3}\.")


def _tax_id_spans(even: str) -> Iterator[tuple[int, int]]:
    for form in (_any_prefixed(), *BARE_FORMS):
        for match in form.finditer(even):
            yield match.span()
    if HAS_CUE.search(even):
        for form in CUED_FORMS:
            for match in form.finditer(even):
                yield match.span("id")


@lru_cache(maxsize=1)
def _prefixed() -> dict[str, re.Pattern[str]]:
    return {country: re.compile(form) for country, form in PREFIXED_FORMS.items()}


_PIECE = re.compile(r"(\[[^\]]+\]|\\d|[A-Z])(?:\{(\d+)(?:,(\d+))?\})?|\?|\||\(\?:|\)")


def _spaced(form: str) -> str:
    """Allow a separator between the characters of a form."""

    def spread(match: re.Match[str]) -> str:
        unit, least, most = match.groups()
        if unit is None:
            return match[0]
        if least is None:
            return f"{unit}[ ./-]?"
        return f"(?:{unit}[ ./-]?){{{least},{most or least}}}"

    return _PIECE.sub(spread, form)


@lru_cache(maxsize=1)
def _any_prefixed() -> re.Pattern[str]:
    forms = "|".join(f"{_spaced(form)}" for form in PREFIXED_FORMS.values())
    return re.compile(
        rf"(?<![A-Za-zÀ-ɏ0-9])(?=[A-Z]{{2,3}}[ ./-]?[A-Z0-9])(?:{forms})(?<![ ./-])(?![A-Za-z0-9])"
    )


# Country -> module of python-stdnum. Absent: its ids have no check digit, or none that is known.
_MODULES_OF: Final = """
    AT at.uid  AU au.abn  BE be.vat  BG bg.vat  BR br.cnpj  CH ch.uid  CN cn.uscc  CY cy.vat  CZ cz.dic
    DE de.vat  DK dk.cvr  EE ee.kmkr  EL gr.vat  ES es.nif  FI fi.alv  FR fr.tva  GB gb.vat  GR gr.vat
    HR hr.oib  HU hu.anum  IE ie.vat  IN in_.gstin  IT it.iva  LT lt.pvm  LU lu.tva  LV lv.pvn  MT mt.vat
    NL nl.btw  NO no.orgnr  PL pl.nip  PT pt.nif  RO ro.cf  SE se.vat  SI si.ddv  SK sk.dph  UK gb.vat
    XI gb.vat
"""
_MODULES: Final = dict(zip(_MODULES_OF.split()[::2], _MODULES_OF.split()[1::2], strict=True))


@lru_cache(maxsize=64)
def _module(name: str) -> "NumberValidationModule":
    return cast("NumberValidationModule", import_module(f"stdnum.{name}"))


# IBANs and BICs


def check_iban(text: str) -> CheckDigit:
    """Say whether an IBAN's length and check digits hold.

    Unknown where the text does not begin like an IBAN of a country that has them, or
    holds anything but letters and digits (a masked account).
    """
    compact = re.sub(r"[ .-]", "", plain(text)).upper()
    if not _IBAN.fullmatch(compact) or compact[:2] not in _iban_lengths():
        return CheckDigit.UNKNOWN
    if len(compact) != _iban_lengths()[compact[:2]]:
        return CheckDigit.INVALID
    digits = "".join(str(int(character, 36)) for character in compact[4:] + compact[:4])
    return CheckDigit.VALID if int(digits) % 97 == 1 else CheckDigit.INVALID


def find_ibans(text: str) -> list[FoundText]:
    """Return the IBANs in a line of text, compact, left to right, right or wrong.

    An IBAN ends where its country's length is reached; spaces between its characters
    are passed over.
    """
    if not _IBAN_START.search(text):
        return []
    even = plain(text)
    found: list[FoundText] = []
    for match in _IBAN_START.finditer(even):
        length = _iban_lengths().get(match[0][:2])
        if length is None or (found and match.start() < found[-1].end):
            continue
        span = re.compile(rf"(?:[A-Z0-9] ?){{{length - 1}}}[A-Z0-9](?![A-Za-z0-9])").match(
            even, match.start()
        )
        if span is not None:
            found.append(FoundText(start=match.start(), end=span.end(), text=span[0].replace(" ", "")))
    return found


def find_bics(text: str, *, needs_cue: bool = True) -> list[FoundText]:
    """Return the BICs in a line of text: 8 or 11 characters with a country's letters.

    Any word of eight capitals looks like one, so it must stand behind "BIC" or "SWIFT",
    or within a few characters behind an IBAN. `needs_cue=False` takes all that are
    of the form: for a cell whose label says what it holds.
    """
    even = plain(text)
    matches = list(_BIC.finditer(even))
    if not matches:
        return []
    ends = [one.end for one in find_ibans(even)] if needs_cue else []
    return [
        FoundText(start=match.start(), end=match.end(), text=match[0])
        for match in matches
        if match[0][4:6] in _COUNTRIES
        and (
            not needs_cue
            or _BIC_CUE.search(even, 0, match.start())
            or any(0 <= match.start() - end <= _BESIDE for end in ends)
        )
    ]


_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{6,30}")
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2} ?\d ?\d")
_BIC = re.compile(r"(?<![A-Za-z0-9])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])")
_BIC_CUE = re.compile(r"(?i:\b(?:bic|swift)\b)[^\d]{0,24}$")
_BESIDE: Final = 12


@lru_cache(maxsize=1)
def _iban_lengths() -> dict[str, int]:
    """Return the length of an IBAN by country."""
    return {country: 2 + len(form) for country, form in iban_forms().items()}


@lru_cache(maxsize=1)
def iban_forms() -> dict[str, str]:
    """Return what stands behind the letters of each country, a letter a character.

    "n" is a digit, "a" a capital letter, "c" either: the registry of ISO 13616, as
    stdnum carries it, with the two check digits in front.
    """
    from stdnum import numdb  # noqa: PLC0415

    forms: dict[str, str] = {}
    for country in _COUNTRIES:
        parts = re.findall(r"(\d+)!([nac])", numdb.get("iban").info(country)[0][1].get("bban", ""))
        if parts:
            forms[country] = "nn" + "".join(int(count) * kind for count, kind in parts)
    return forms


_ALL_COUNTRIES: Final = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV
    BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES
    ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE
    IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY
    MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU
    NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM
    SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE
    VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
_COUNTRIES: Final = frozenset(_ALL_COUNTRIES.split())  # ISO 3166, and Kosovo


def _check(name: str, compact: str) -> CheckDigit:
    from stdnum.exceptions import InvalidChecksum, ValidationError  # noqa: PLC0415 - only where an id is checked

    try:
        _module(name).validate(compact.removeprefix("NO"))  # the Norwegian one wants digits alone
    except InvalidChecksum:
        return CheckDigit.INVALID
    except ValidationError:
        return CheckDigit.UNKNOWN
    return CheckDigit.VALID
