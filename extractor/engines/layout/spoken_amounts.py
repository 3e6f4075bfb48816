"""Read an amount in words that no label opens, by the total that it says again."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.totals import DUE, GROSS, TotalCandidate
from extractor.engines.layout.wrapped_text import whole_text, words_may_go_on
from extractor.engines.layout.zones import Zone
from extractor.engines.reading import Candidate
from extractor.values.numerals import MAX_LENGTH, parse_number_words

_COUNTED = (
    # English
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen"
    " nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million lakh lakhs"
    " crore"
    # French
    " un deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts"
    " trente quarante"
    " cinquante soixante septante huitante nonante cent cents mille"
    # Spanish
    " uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis"
    " diecisiete dieciocho"
    " diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento"
    " doscientos trescientos"
    " cuatrocientos quinientos seiscientos setecientos ochocientos novecientos mil millón"
    # Portuguese
    " um dois três quatro sete oito nove dez onze doze treze quinze vinte trinta quarenta cinquenta"
    " sessenta oitenta"
    " cem cento duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos milhão"
    # German
    " ein eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn zwanzig dreißig"
    " vierzig hundert tausend"
    # Dutch
    " een twee drie vier vijf zes zeven acht negen tien honderd duizend"
)
_COUNTS = frozenset(_COUNTED.split())
_COMPOUND = re.compile(  # written in one word: German, Dutch, Italian, Spanish
    r"(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|dreissig|sech|sieb|zig|und"
    r"|hundert|tausend|twee|vijf|zes|zeven|negen|tien|twaalf|dertig|veertig|tachtig|tig|en|ën|een|honderd|duizend"
    r"|uno?|due|tr[eé]|quattro|cinque|sei|sette|otto|nove|dieci|quindici|vent[iu]?n?|trenta?|quaranta?|cinquanta?"
    r"|sessanta?|settanta?|ottanta?|novanta?|cento?|mille|mila|veinti){2,}"
)
_MONEY_WORDS = (
    "euro euros dollar dollars pound pounds sterling franc francs franken rupees ringgit malaysia paise"
    " sen cent cents pence pesos reais"
    " centime centimes rappen céntimo céntimos centesimi cêntimo cêntimos centavos us singapore canadian"
    " australian only"
    " dólar dólares dolar dolares real soles moneda nacional mexicanos colombianos"
    " eur usd gbp chf inr sgd myr hkd aud cad nzd mxn brl toutes taxes comprises nur"
)
_OF_MONEY = frozenset(_MONEY_WORDS.split())
_LINKS = frozenset({"and", "und", "et", "y", "e", "en", "con", "com", "&"})
_TOKEN = re.compile(r"[^\W\d_]+|&|\d{1,2} ?/ ?100|/ ?\d\d(?!\d)")
_JOINT = re.compile(r"[\s,-]{0,2}")
_NATIONAL = re.compile(r"\s?\bM\.? ?N\b\.?(?=\W*$)", re.IGNORECASE)  # moneda nacional, behind the hundredths
_FEWEST = 3  # words of a line
_FEWEST_LETTERS = 8
_SAID_AGAIN = 0.85


def spoken_amounts(
    pages: Sequence[LabelledSheet], totals: Mapping[str, TotalCandidate]
) -> Iterator[Candidate]:
    """Yield texts outside the tables that say the gross amount, or what is due, in words."""
    wanted = {abs(totals[name].value) for name in (GROSS, DUE) if name in totals}
    if not wanted:
        return
    for page in pages:
        for cell in page.sheet.cells:
            if not page.is_in_table(cell) and len(cell.words) >= _FEWEST:
                yield from _spoken(page, cell, wanted)


def _spoken(page: LabelledSheet, cell: Cell, wanted: set[Decimal]) -> Iterator[Candidate]:
    for start, run_end in _runs(cell.text):
        national = _NATIONAL.match(cell.text, run_end)
        end = national.end() if national else run_end
        text, evidence = cell.text[start:end], cell.evidence(start, end)
        if end >= len(cell.text.rstrip(" .")):
            zone = Zone(cell=cell, start=start, end=len(cell.text), score=_SAID_AGAIN, is_beside=False)
            whole, place = whole_text(page, zone, may_go_on=words_may_go_on)
            text, evidence = (whole, place) if _says(whole, wanted) else (text, evidence)
        if _says(text, wanted):
            yield Candidate(text=text, evidence=evidence, score=_SAID_AGAIN)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where runs of words of numbers begin and end, with the words of money and links among them."""
    start, end, last, letters = 0, 0, -1, 0  # letters: of the words of numbers
    for token in _TOKEN.finditer(text):
        word = token[0].lower()
        is_number = word in _COUNTS or _COMPOUND.fullmatch(word) is not None
        goes_on = last >= 0 and _JOINT.fullmatch(text, last, token.start()) is not None
        if is_number or word in _OF_MONEY or (goes_on and (word in _LINKS or "/" in word)):
            if not goes_on:
                if letters >= _FEWEST_LETTERS:
                    yield start, end
                start, letters = token.start(), 0
            letters += len(word) * is_number
            end = end if word in _LINKS else token.end()
            last = token.end()
        else:
            last = -1
    if letters >= _FEWEST_LETTERS:
        yield start, end


def _says(text: str, wanted: set[Decimal]) -> bool:
    spoken = parse_number_words(text) if len(text) <= MAX_LENGTH else None
    return spoken is not None and spoken in wanted
