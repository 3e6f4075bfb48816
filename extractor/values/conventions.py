"""How a document writes numbers and dates, where a single value cannot tell."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from extractor.values.text import is_chinese, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """What `1.234` and `03/04/2026` mean in one document. None: nothing tells."""

    decimal_mark: Literal[".", ","] | None = None
    is_day_first: bool | None = None
    language: str | None = None  # ISO 639-1


def infer_conventions(texts: Iterable[str]) -> Conventions:
    """Infer a document's conventions from all its texts (lines, in any order).

    The decimal mark is the one that most unambiguous numbers use. Day or month first
    goes by dates that allow one order only, then by dotted dates, then by where the
    document comes from (US addresses, else the language). The language goes by Chinese
    characters, else by function words; None if too few of them stand there.
    """
    lines = [plain(text) for text in texts]
    language = _language(lines)
    return Conventions(
        decimal_mark=_decimal_mark(lines, language), is_day_first=_is_day_first(lines, language), language=language
    )


_NUMBER = re.compile(r"(?<![\w.,/-])\d[\d.,']*\d(?![\w/-])")
_POINT = re.compile(r"(?:\d{1,3}(?:[,']\d{3})+|\d+)\.\d{1,2}|0\.\d+|\d{1,3}(?:,\d{3}){2,}|\d+,\d{3}\.\d+")
_COMMA = re.compile(r"(?:\d{1,3}(?:[.']\d{3})+|\d+),\d{1,2}|0,\d+|\d{1,3}(?:\.\d{3}){2,}|\d+\.\d{3},\d+")
_COMMA_LANGUAGES: Final = frozenset({"de", "fr", "nl", "es", "it", "pt"})


def _decimal_mark(lines: list[str], language: str | None) -> Literal[".", ","] | None:
    votes: Counter[Literal[".", ","]] = Counter()
    for line in lines:
        for match in _NUMBER.finditer(line):
            if _POINT.fullmatch(match[0]):
                votes["."] += 1
            elif _COMMA.fullmatch(match[0]):
                votes[","] += 1
    if votes["."] != votes[","]:
        return "." if votes["."] > votes[","] else ","
    if language in {"en", "zh"}:
        return "."
    return "," if language in _COMMA_LANGUAGES else None


_DATE = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\w/-]|\.\d)")
_LAST_MONTH: Final = 12
_US_ADDRESS = re.compile(
    r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])"
    r",? \d{5}(?:-\d{4})?(?!\d)"
)


def _is_day_first(lines: list[str], language: str | None) -> bool | None:
    day_first = month_first = dotted = 0
    for line in lines:
        for first, mark, second in _DATE.findall(line):
            day_first += int(first) > _LAST_MONTH >= int(second)
            month_first += int(second) > _LAST_MONTH >= int(first)
            dotted += mark == "."
    if day_first != month_first:
        return day_first > month_first
    if dotted:
        return True
    if any(_US_ADDRESS.search(line) for line in lines):
        return False
    return True if language in _COMMA_LANGUAGES else None


_WORDS: Final = {
    "en": "the of and to for in is this be by with shall any or invoice date number total amount due your from payment",
    "de": "der die das und für den mit von bei zu auf ist wird nicht eine einer rechnung datum betrag gesamt bis sie"
    " netto brutto menge nr zahlbar ihre",
    "fr": "le la les et des du pour par sur est dans une facture montant total à au aux date vous nous prix quantité",
    "nl": "de het een en van voor met op is bij naar factuur bedrag totaal datum btw aantal onze uw wij prijs",
    "es": "el la los las de y del para por con en una factura fecha importe total cantidad precio su se",
    "it": "il lo la gli di e del della per con una fattura data importo totale quantità prezzo da al",
    "pt": "o a os as de e do da para por com em uma fatura data valor total quantidade preço dos não",
}
_LANGUAGES_OF: Final[dict[str, tuple[str, ...]]] = {
    word: tuple(language for language, words in _WORDS.items() if word in words.split())
    for word in {word for words in _WORDS.values() for word in words.split()}
}
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST_WORDS: Final = 3
_CHINESE_SHARE: Final = 5  # one Chinese character in so many letters makes a Chinese document


def _language(lines: list[str]) -> str | None:
    scores: Counter[str] = Counter()
    letters = chinese = 0
    for line in lines:
        if not line.isascii():
            chinese += sum(map(is_chinese, line))
        for word in _LETTERS.findall(line.casefold()):
            letters += len(word)
            languages = _LANGUAGES_OF.get(word, ())
            for language in languages:
                scores[language] += 12 // len(languages)
    if chinese and chinese * _CHINESE_SHARE >= letters:
        return "zh"
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < _LEAST_WORDS * 4 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
