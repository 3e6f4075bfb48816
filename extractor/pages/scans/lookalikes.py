"""Put right characters that recognition takes for their look-alikes, where a standard leaves no choice.

Only ids with check digits are touched, only characters that may not stand where they
were read, and only if the check digits agree afterwards.
"""

import re
from typing import Final

from extractor.values.identifiers import CheckDigit, check_iban, check_tax_id, iban_forms

_DIGITS: Final = str.maketrans("OQDILZSBG", "000112586")
_LETTERS: Final = str.maketrans("012586", "OIZSBG")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")
_CREDIT_CODE_DIGITS: Final = str.maketrans("OIZS", "0125")  # GB 32100-2015 has no I, O, S, V and Z
_IBAN = re.compile(
    r"(?<![0-9A-Za-z])[A-Z]{2} ?(?:[0-9OQDILZSBG] ?){2}[0-9A-Z](?: ?[0-9A-Z]){8,30}(?![0-9A-Za-z])"
)


def mended(text: str) -> str:
    """Return a recognised line with its ids put right, of the same length."""
    return _IBAN.sub(_iban, _CREDIT_CODE.sub(_credit_code, text))


def _credit_code(match: re.Match[str]) -> str:
    read = match[0]
    right = read.translate(_CREDIT_CODE_DIGITS)
    return right if right != read and check_tax_id(right, country="CN") is CheckDigit.VALID else read


def _iban(match: re.Match[str]) -> str:
    """Try the stretch's beginnings: what follows an IBAN may be joined to it by a space."""
    read = match[0]
    form = iban_forms().get(read[:2])
    places = [index for index, character in enumerate(read) if character != " "]
    if form is None or len(places) < 2 + len(form):
        return read
    end = places[1 + len(form)] + 1
    characters = list(read[:end])
    for place, kind in zip(places[2:], form, strict=False):
        if kind != "c":
            characters[place] = characters[place].translate(_DIGITS if kind == "n" else _LETTERS)
    right = "".join(characters)
    is_needed = right != read[:end] and check_iban(read[:end]) is not CheckDigit.VALID
    return right + read[end:] if is_needed and check_iban(right) is CheckDigit.VALID else read
