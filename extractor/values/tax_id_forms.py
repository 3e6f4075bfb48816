"""How tax ids are written, country by country. Forms only; check digits are elsewhere."""

import re
from typing import Final

# By prefix. Compact: no separators, which may stand anywhere in print.
PREFIXED_FORMS: Final = {
    "AT": r"ATU\d{8}",
    "BE": r"BE[01]\d{9}",
    "BG": r"BG\d{9,10}",
    "CH": r"CHE\d{9}",
    "CY": r"CY\d{8}[A-Z]",
    "CZ": r"CZ\d{8,10}",
    "DE": r"DE\d{9}",
    "DK": r"DK\d{8}",
    "EE": r"EE\d{9}",
    "EL": r"(?:EL|GR)\d{9}",
    "ES": r"ES[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"FI\d{8}",
    "FR": r"FR[A-HJ-NP-Z0-9]{2}\d{9}",
    "GB": r"GB(?:\d{12}|\d{9})",
    "HR": r"HR\d{11}",
    "HU": r"HU\d{8}",
    "IE": r"IE\d[A-Z0-9]\d{5}[A-Z]{1,2}",
    "IT": r"IT\d{11}",
    "LT": r"LT(?:\d{12}|\d{9})",
    "LU": r"LU\d{8}",
    "LV": r"LV\d{11}",
    "MT": r"MT\d{8}",
    "NL": r"NL\d{9}B\d{2}",
    "NO": r"NO\d{9}",
    "PL": r"PL\d{10}",
    "PT": r"PT\d{9}",
    "RO": r"RO\d{6,10}",
    "SE": r"SE\d{12}",
    "SI": r"SI\d{8}",
    "SK": r"SK\d{10}",
    "XI": r"XI(?:\d{12}|\d{9})",
}

_USCC_CHARACTER = "[0-9A-HJ-NP-RTUW-Y]"
_USCC = rf"[1-9ANY][1-59]\d{{6}}{_USCC_CHARACTER}{{10}}"
_GSTIN = r"\d{2}[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]"
_BN = r"\d{3} ?\d{3} ?\d{3} ?R[TP] ?\d{4}"  # Canada Revenue Agency: business and account
_BUSINESS_REGISTRATION = r"\d{8}-\d{3}-\d{2}-\d{2}-[0-9A-Z]"  # Hong Kong
_RFC = r"[A-ZÑ&]{3,4}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[A-Z0-9]{2}[0-9A]"  # Mexico
_RUT = r"\d{1,2}\.\d{3}\.\d{3}-[\dK]"  # Chile
_CUIT = r"(?:20|2[347]|30|3[34])-\d{8}-\d"  # Argentina
_BARE_COUNTRIES: Final = (
    ("IN", re.compile(_GSTIN)),
    ("CN", re.compile(_USCC)),
    ("DE", re.compile(r"\d{2,3}/\d{3,4}/\d{4,5}")),
    ("US", re.compile(r"\d{2}-\d{7}")),
    ("BR", re.compile(r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}")),
    ("NO", re.compile(r"\d{3} ?\d{3} ?\d{3} ?MVA")),
    ("AU", re.compile(r"(?:ABN[: ]*)?\d{2} \d{3} \d{3} \d{3}")),
    ("CA", re.compile(_BN)),
    ("HK", re.compile(_BUSINESS_REGISTRATION)),
    ("MX", re.compile(_RFC)),
    ("CL", re.compile(_RUT)),
    ("AR", re.compile(_CUIT)),
)

_LEFT = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9][-/._])"
_RIGHT = r"(?![A-Za-z0-9]|[-/._][A-Za-z0-9])"

# Without a prefix, but like nothing else.
BARE_FORMS: Final = tuple(
    re.compile(_LEFT + form + _RIGHT)
    for form in (
        _GSTIN,
        rf"(?=\d*[A-Z]|9[123]|5[123]|1[12]){_USCC}",  # an id card's number has digits only
        r"\d{2,3}/\d{3,4}/\d{4,5}",
        r"\d{2}-\d{7}",
        r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}",
        r"\d{3} ?\d{3} ?\d{3} ?MVA",
        _BN,
        _BUSINESS_REGISTRATION,
        _RFC,
        _RUT,
        _CUIT,
    )
)

_NUMBER_WORD = (
    r"(?:reg(?:istration|istered)?|no|nr|number|num|id|ident(?:ification)?|code|nummer|n°|payer|file|#)"
)
_LATIN_CUE = "vat|tax|gst|sst|mwst|tva|ust|btw|iva|company|co"
_CHINESE_CUE = "税号|识别号|信用代码|纳税人号|统一编号"
_ID_CUE = (
    r"abn|fein|ein|gstin|uid|ust-?id(?:-?nr)?|st(?:euer)?-?(?:nr|nummer)|nif|cif|nip|siret|siren|nipc"
    r"|contribuinte|n\.i\.f\.?|c\.i\.f\.?|rfc|rut|cuit|ruc|cod(?:ice)?\.? ?fisc(?:ale)?|c\.f\.?|ide"
    r"|bn|tps|tvh|hst|p\.? ?iva|partita iva|btw-?(?:nr|nummer)|org\.? ?(?:nr|nummer)|cnpj|tin|kvk"
)
CUED_FORMS: Final = (
    re.compile(
        rf"(?:(?i:\b(?:{_ID_CUE})\b[ .:-]*(?:{_NUMBER_WORD}\b[ .:-]*)*)"
        rf"|(?i:\b(?:{_LATIN_CUE})\b\.?[ -]*(?:{_NUMBER_WORD}\b[ .:-]*)+))"
        r"[#(]?[: ]*(?P<id>(?:[A-Z]{1,3}[ -]?)?\d(?:[ ./-]?[\dA-Z]){6,19})(?![A-Za-z0-9]|,\d)"
    ),
    re.compile(rf"(?:{_CHINESE_CUE})[^\dA-Z]{{0,4}}(?P<id>[\dA-Z]{{15,20}})(?![A-Za-z0-9])"),
)
HAS_CUE: Final = re.compile(rf"(?i:\b(?:{_ID_CUE}|{_LATIN_CUE})\b)|{_CHINESE_CUE}")


def country_of_bare(printed: str, compact: str) -> str | None:
    """Return the country whose ids look like this without a prefix, None if open.

    `printed` keeps its separators: they tell an EIN from other nine digits.
    """
    for country, form in _BARE_COUNTRIES:
        if form.fullmatch(printed) or form.fullmatch(compact):
            return country
    return None
