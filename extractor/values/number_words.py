"""Numbers in the words of seven languages, read with text2num. The only module that imports it."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt")


def read_words(folded: str, language: str | None) -> Decimal | None:
    """Read a folded text as a number or an amount of money in words, None if it is none."""
    words = _FILLER.sub(" ", folded).strip(" .,-*()")
    if not words or not _LETTER.search(words):
        return None
    for one in (language,) if language in LANGUAGES else LANGUAGES:
        value = _money(words, one)
        if value is not None:
            return value
    return None


def word_runs(even: str) -> list[tuple[int, int, int]]:
    """Return start, end and value of the whole numbers in words, left to right."""
    runs: list[tuple[int, int, int]] = []
    pieces = [match.span() for match in _WORD.finditer(even) if _may_count(match[0].lower())]
    place = 0
    while place < len(pieces):
        last = place
        while last + 1 < len(pieces) and _LINK.fullmatch(even, pieces[last][1], pieces[last + 1][0]):
            last += 1
        taken = _longest(even, pieces[place : last + 1])
        if taken is None:
            place += 1
            continue
        length, value = taken
        runs.append((pieces[place][0], pieces[place + length - 1][1], value))
        place += length
    return runs


_LETTER = re.compile(r"[^\W\d_]")
_FILLER = re.compile(
    r"\b(?:only|say|in words|in worten|en toutes lettres|the sum of|exactly|nur|us|u\.s\.|toutes taxes"
    r" comprises"
    r"|ttc|hors taxes?|tax included|netto|brutto|moneda nacional|m\. ?n\.?|mn)(?!\w)|\*+"
)
_UNIT = (
    r"(?:(?:singapore|hong kong|canadian|australian|new zealand|malaysian|indian|swiss|american|de) )?"
    r"(?:dollars?|euros?|pounds?(?: sterling)?|francs?|franken|yuan|renminbi|rupees?|ringgit|yen|pesos?|zloty"
    r"|d[oó]lar(?:es)?|reais|real|soles|kronor|kroner"
    r"|usd|eur|gbp|chf|cny|rmb|inr|sgd|aud|cad|hkd|nzd|myr|mxn|brl)"
    r"(?: (?:malaysia|mexicanos|colombianos|argentinos|chilenos|uruguayos|americanos|estadounidenses))?"
)
_CENT = r"(?:cents?|pence|pennies|rappen|centimes?|paise|sen|c[eéê]ntimos?|centesimi|centavos?)"
_AND = r"(?:,? ?(?:and|und|et|en|y|e|con|&) )"
_HUNDREDTHS = re.compile(
    rf"(?:{_UNIT} )?(?P<units>.+?)(?: {_UNIT})?(?:{_AND}| )(?P<cents>\d{{1,2}}) ?/ ?100(?: {_UNIT})?"
)
_UNITS_AND_CENTS = re.compile(rf"(?:{_UNIT} )?(?P<units>.+?) {_UNIT}(?:{_AND}|,? )(?P<cents>.+?) {_CENT}")
_CENTS_NAMED_FIRST = re.compile(rf"(?:{_UNIT} )?(?P<units>.+?)(?: {_UNIT})?{_AND}{_CENT} (?P<cents>.+)")
_SLASHED = re.compile(
    rf"(?:{_UNIT} )?(?P<units>.+?)(?: {_UNIT})? ?/ ?(?P<cents>\d\d)(?: {_UNIT})?"
)  # ".../66"
_UNITS = re.compile(rf"(?:{_UNIT} )?(?P<units>.+?)(?: {_UNIT})?")


def _money(words: str, language: str) -> Decimal | None:
    if match := _HUNDREDTHS.fullmatch(words) or _SLASHED.fullmatch(words):
        units, cents = _number(match["units"], language), int(match["cents"])
    elif match := _UNITS_AND_CENTS.fullmatch(words) or _CENTS_NAMED_FIRST.fullmatch(words):
        units, read = _number(match["units"], language), _count(match["cents"], language)
        cents = -1 if read is None or read >= 100 else read  # noqa: PLR2004 - a hundred cents are a unit
    elif match := _UNITS.fullmatch(words):
        units, cents = _number(match["units"], language), 0
    else:
        return None
    if units is None or cents < 0:
        return None
    return Decimal(units) + Decimal(cents).scaleb(-2) if cents else Decimal(units)


def _count(words: str, language: str) -> int | None:
    """Read cents, in words or in two digits."""
    return int(words) if re.fullmatch(r"\d\d?", words) else _number(words, language)


@lru_cache(maxsize=4096)
def _number(words: str, language: str) -> int | None:
    from text_to_num import text2num  # noqa: PLC0415 - few documents hold numbers in words

    words = words.strip(" ,")
    if not words or any(character.isdecimal() for character in words):
        return None
    changed = words.replace("-", " "), words.replace(" and ", " "), words.replace(",", "")
    for spelling in dict.fromkeys((words, *changed, _spelled(words, language))):
        try:
            return int(text2num(spelling, language))
        except ValueError:
            continue  # not a number in this spelling
    return None


def _spelled(words: str, language: str) -> str:
    """Return numbers with the accents that capitals often go without: VEINTIDOS, MILHAO, FUENF."""
    for bare, spelled in _SPELLED.get(language, {}).items():
        words = re.sub(bare, spelled, words)
    return words


_SPELLED: Final[dict[str, dict[str, str]]] = {
    "es": {r"\bveintidos\b": "veintidós", r"\bveintitres\b": "veintitrés", r"\bveintiseis\b": "veintiséis",
           r"\bveinti[uú]n\b": "veintiuno", r"\bmillon\b": "millón"},
    "pt": {r"\btres\b": "três", r"\bmilhao\b": "milhão", r"\bmilhoes\b": "milhões"},
    "de": {r"fuenf": "fünf", r"zwoelf": "zwölf"},
}  # fmt: skip

_WORDS: Final = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
    un une deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts
    trente quarante cinquante soixante cent cents mille
    uno una dos tres cuatro cinco seis siete ocho nueve diez quince veinte treinta cuarenta cincuenta sesenta
    noventa cien quindici venti trenta quaranta cinquanta sessanta novanta
    twee vier vijf zes zeven acht negen tien veertien vijftien twintig dertig veertig vijftig zestig tachtig
    negentig
"""
_PARTS: Final = """
    ein eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf sechzehn siebzehn zwanzig dreißig
    dreissig vierzig fünfzig sechzig siebzig achtzig neunzig und hundert tausend honderd duizend
"""
_WHOLE_WORDS: Final = frozenset(_WORDS.split())
_BEGINNINGS: Final = tuple(_PARTS.split())
_COMPOUND = re.compile(rf"(?:{'|'.join(_PARTS.split())})+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"[ -]|,? (?:and|et|und|y|e) |-et-", re.IGNORECASE)
_NO_NUMBER: Final = """
    ein und un une uno una cent cents sept million hundred thousand dos elf venti
"""
_ALSO_OTHER_WORDS: Final = frozenset(_NO_NUMBER.split())  # where they stand alone


def _may_count(word: str) -> bool:
    return word in _WHOLE_WORDS or (word.startswith(_BEGINNINGS) and _COMPOUND.fullmatch(word) is not None)


def _longest(even: str, pieces: list[tuple[int, int]]) -> tuple[int, int] | None:
    for length in range(min(len(pieces), 12), 0, -1):
        words = even[pieces[0][0] : pieces[length - 1][1]].casefold()
        if words in _ALSO_OTHER_WORDS:
            continue
        for language in LANGUAGES:
            value = _number(words, language)
            if value is not None:
                return length, value
    return None
