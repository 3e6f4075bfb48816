"""Names of countries, as they stand on the last line of an address."""

from functools import lru_cache
from typing import Final

from extractor.values.text import squeeze

US_STATES: Final = (  # a pattern of their postal codes, as in ISO 3166-2
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
)
_LANGUAGES: Final = ("en", "de", "fr", "nl", "es", "it", "pt", "zh")
_ALSO: Final = ("UK", "USA", "UAE", "Hong Kong", "England", "Scotland", "Wales", "Holland", "The Netherlands")


def is_country(text: str) -> bool:
    """Say whether the whole text is the name of a country, in one of eight languages (CLDR)."""
    return squeeze(text).replace(".", "").strip(",") in _names()


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 - slow to import, seldom needed

    return frozenset(
        squeeze(name)
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if code.isalpha()
    ) | frozenset(map(squeeze, _ALSO))
