"""Tax and register numbers of the sellers' countries, as they are printed, with right check digits."""

import re
from collections.abc import Callable
from random import Random

from stdnum import luhn
from stdnum.at import uid as austrian
from stdnum.au import abn
from stdnum.br import cnpj
from stdnum.ch import uid as swiss
from stdnum.cl import rut
from stdnum.co import nit
from stdnum.ie import vat as irish
from stdnum.lu import tva as luxembourgish
from stdnum.mx import rfc
from stdnum.nz import ird
from stdnum.sg import uen

from synthesis.chance import happens
from synthesis.identifiers import random_digits, vat_id
from synthesis.parties import chinese_tax_id

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OF_TAX_OFFICE = re.compile(r"\d{2,3}/\d{3}/\d{5}")
_VAT_LANGUAGE = {"GB": "en", "DE": "de", "FR": "fr", "NL": "nl", "ES": "es", "IT": "it", "PT": "pt"}


def tax_number(rng: Random, country: str, *, language: str) -> str:
    """Return the number by which the country's tax office knows a company, written as is usual there."""
    if country == "DE" and happens(rng, 0.12):  # of those who sell at home only
        return f"{rng.randint(12, 399)}/{rng.randint(101, 899)}/{random_digits(rng, 5)}"
    if country in _VAT_LANGUAGE:
        return _european(rng, vat_id(rng, _VAT_LANGUAGE[country]))
    if country == "CH":
        return f"{_swiss(rng)} {_SWISS_TAX[language]}"
    return _NUMBERS[country](rng)


def tax_id_label(number: str) -> str:
    """Return what the wording calls a seller's number: a VAT id, or in Germany the tax office's number."""
    return "tax_office_number" if _OF_TAX_OFFICE.fullmatch(number) else "seller_tax_id"


def register_number(rng: Random, country: str) -> str | None:
    """Return the number in the trade register, where it is another than the tax number."""
    made = _REGISTERS.get(country)
    return made(rng) if made else None


_SWISS_TAX = {"de": "MWST", "fr": "TVA", "it": "IVA", "en": "MWST"}


def _european(rng: Random, number: str) -> str:
    if happens(rng, 0.25):
        return f"{number[:2]} {number[2:]}"
    if number.startswith("DE") and happens(rng, 0.2):
        return f"DE {number[2:5]} {number[5:8]} {number[8:]}"
    if number.startswith("GB") and happens(rng, 0.4):
        return f"GB {number[2:5]} {number[5:9]} {number[9:]}"
    if number[:2] in {"ES", "IT", "PT"} and happens(rng, 0.5):
        return number[2:]  # at home the country is left out
    if number.startswith("FR") and happens(rng, 0.4):
        return f"FR {number[2:4]} {number[4:7]} {number[7:10]} {number[10:]}"
    return number


def _austrian(rng: Random) -> str:
    body = random_digits(rng, 7)
    return f"ATU{body}{austrian.calc_check_digit('U' + body)}"


def _belgian(rng: Random) -> str:
    body = f"0{random_digits(rng, 7)}"
    number = f"{body}{97 - int(body) % 97:02}"
    return f"BE {number[:4]}.{number[4:7]}.{number[7:]}" if happens(rng, 0.6) else f"BE{number}"


def _irish(rng: Random) -> str:
    body = random_digits(rng, 7)
    return f"IE{body}{irish.calc_check_digit(body)}"


def _luxembourgish(rng: Random) -> str:
    body = random_digits(rng, 6)
    return f"LU{body}{luxembourgish.calc_check_digits(body)}"


def _swiss(rng: Random) -> str:
    while True:
        body = random_digits(rng, 8)
        check = swiss.calc_check_digit(body)
        if check != "10":
            return str(swiss.format(f"CHE{body}{check}"))


def _american(rng: Random) -> str:
    return f"{rng.choice((20, 26, 27, 36, 45, 46, 47, 81, 82))}-{random_digits(rng, 7)}"


def _canadian(rng: Random) -> str:
    body = random_digits(rng, 8)
    number = body + luhn.calc_check_digit(body)
    return f"{number} RT0001" if happens(rng, 0.5) else f"{number[:3]} {number[3:6]} {number[6:]} RT 0001"


def _australian(rng: Random) -> str:
    body = random_digits(rng, 9)
    return str(abn.format(abn.calc_check_digits(body) + body))


def _new_zealand(rng: Random) -> str:
    while True:
        body = f"{rng.randint(10, 14)}{random_digits(rng, 6)}"
        check = ird.calc_check_digit(body)
        if check != "10":
            return str(ird.format(body + check))


def _singaporean(rng: Random) -> str:
    body = f"{rng.randint(1994, 2022)}{random_digits(rng, 5)}"
    return body + str(uen.calc_local_company_check_digit(body))


def _hong_kong(rng: Random) -> str:
    return f"{random_digits(rng, 8)}-000-{rng.randint(1, 12):02}-{rng.randint(20, 26)}-{rng.randint(0, 9)}"


def _indian(rng: Random) -> str:
    holder = "".join(rng.choice(_LETTERS) for _ in range(3)) + "C" + rng.choice(_LETTERS)
    pan = f"{holder}{rng.randint(1, 9999):04}{rng.choice(_LETTERS)}"
    body = f"{rng.choice((24, 27, 29, 33, 36)):02}{pan}1Z"
    return body + luhn.calc_check_digit(body, alphabet="0123456789" + _LETTERS)


def _mexican(rng: Random) -> str:
    name = "".join(rng.choice("BCDFGHLMNPRSTV") for _ in range(3))
    day = f"{rng.randint(0, 22):02}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body = f"{name}{day}{rng.choice(_LETTERS)}{rng.randint(0, 9)}"
    return body + rfc.calc_check_digit(body)


def _brazilian(rng: Random) -> str:
    body = f"{random_digits(rng, 8)}0001"
    return str(cnpj.format(body + cnpj.calc_check_digits(body)))


def _chilean(rng: Random) -> str:
    body = f"7{random_digits(rng, 7)}"
    return str(rut.format(body + rut.calc_check_digit(body)))


def _colombian(rng: Random) -> str:
    body = f"90{random_digits(rng, 7)}"
    return str(nit.format(body + nit.calc_check_digit(body)))


def _siret(rng: Random) -> str:
    stem = random_digits(rng, 8)
    body = stem + luhn.calc_check_digit(stem) + f"{rng.randint(1, 9):04}"
    number = body + luhn.calc_check_digit(body)
    return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"


_NUMBERS: dict[str, Callable[[Random], str]] = {
    "AT": _austrian,
    "BE": _belgian,
    "IE": _irish,
    "LU": _luxembourgish,
    "US": _american,
    "CA": _canadian,
    "AU": _australian,
    "NZ": _new_zealand,
    "SG": _singaporean,
    "HK": _hong_kong,
    "IN": _indian,
    "MX": _mexican,
    "BR": _brazilian,
    "CL": _chilean,
    "CO": _colombian,
    "CN": chinese_tax_id,
}
_REGISTERS: dict[str, Callable[[Random], str]] = {
    "GB": lambda rng: f"{rng.randint(3, 14):02}{random_digits(rng, 6)}",
    "IE": lambda rng: random_digits(rng, 6),
    "DE": lambda rng: f"HRB {random_digits(rng, rng.choice((4, 5, 6)))}",
    "AT": lambda rng: f"FN {random_digits(rng, 6)} {rng.choice('abdfgikmpstvwxyz')}",
    "FR": _siret,
    "LU": lambda rng: f"B {random_digits(rng, 6)}",
    "NL": lambda rng: random_digits(rng, 8),
    "IT": lambda rng: f"{rng.choice(('MI', 'BO', 'TO', 'VR'))}-{random_digits(rng, 7)}",
    "ES": lambda rng: (
        f"Tomo {rng.randint(100, 9999)}, Folio {rng.randint(1, 220)}, Hoja M-{random_digits(rng, 6)}"
    ),
    "PT": lambda rng: random_digits(rng, 5),
    "CH": lambda rng: f"CH-0{rng.randint(20, 36)}.3.0{random_digits(rng, 2)}.{random_digits(rng, 3)}-1",
}
