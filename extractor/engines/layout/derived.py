"""Read what is not printed as such: the document's kind from its title, the currency."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.compound_titles import compound_titles
from extractor.engines.layout.dollars import OFTEN_AMERICAN, Dollar, dollar_of, is_bare_dollar
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import Lexicon, squeezed
from extractor.engines.layout.party_blocks import is_party
from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.engines.layout.wrapped_titles import with_whole_titles
from extractor.engines.reading import Candidate
from extractor.values.currencies import currency_of_country, find_currency
from extractor.values.identifiers import country_of_tax_id, find_ibans

_TOTALS = frozenset({"net_amount", "tax_amount", "gross_amount", "amount_due"})
_ISO_CODE = re.compile(r"[(（\s]([A-Z]{3})\b")
_OF_A_TOTAL, _WITH_A_TOTAL = 12, 3
_SIGN_OF_HEADING = re.compile(r"(?:[^\W\d_]\s*|[(（])((?:HK|US|AU?|NZ|NT|CA?|SG?|R)\$|[€£₹])\s*[)）]?$")
_CODE_OF_HEADING = re.compile(r"[(（]([A-Z]{3})[)）]$")
_OF_A_HEADING = 3  # "Amount (HK$)" over plain numbers
_TITLE, _TITLE_IN_LINE = 0.95, 0.7
_LARGE, _MENTIONED = 0.05, 0.4
_BESIDE_AMOUNTS, _BESIDE_SOME = 0.95, 0.75
_LONG_TITLE = 4  # characters
_NUMBERED = re.compile(  # a title with its number, or that of the line below
    r"[\s.:–-]*+(?:n\.?\s?[º°o]\.?|nr|no|num(?:mer|ber|éro|ero)?|№|#)?+[\s.:–-]*+(?:(?=\S*\d)\w[\w./-]*)?",
    re.IGNORECASE,
)
_PAPER_FAPIAO = frozenset({"vat_special", "vat_general"})
_CODE_DIGITS = frozenset({10, 12})
_CODE_ALONE = 0.8
_OF_COUNTRY, _OR_AMERICAN = 0.6, 0.5
_COMPOUND, _COMMERCIAL = 0.6, "commercial"
_USD = "USD"


def kinds_by_title(pages: Sequence[LabelledSheet], choices: Lexicon) -> list[Candidate]:
    """Return the kinds that the first page's titles name, best first.

    A title fills its cell, or begins it with a number behind; larger print counts more,
    and so does a longer spelling ("Credit note" over "note").
    """
    if not pages:
        return []
    cells = list(with_whole_titles(pages[0].sheet))
    usual = median([cell.box.height for cell in cells] or [1.0])
    height = pages[0].sheet.page.height
    found = [
        (
            _title_score(cell, hit_start, hit_end, usual=usual, page_height=height),
            names[0],
            cell,
            hit_start,
            hit_end,
        )
        for cell in cells
        for names, hit_start, hit_end in _hits(cell, choices)
        if not _is_within_label(pages[0], cell, hit_start, hit_end) and not pages[0].is_in_table(cell)
    ]
    found = [each for each in found if not _is_in_sentence(each[2], each[3], height)]
    if not found or max(each[0] for each in found) < _TITLE_IN_LINE:
        found += [(_COMPOUND, _COMMERCIAL, cell, 0, end) for _, cell, end in compound_titles(pages)]
    found.sort(key=lambda each: (-each[0], -(each[4] - each[3]), each[2].row))
    return [
        Candidate(
            text=cell.text[start:end],
            evidence=cell.evidence(start, end),
            score=score,
            value=kind,
            is_derived=True,
        )
        for score, kind, cell, start, end in found
    ]


def _is_within_label(page: LabelledSheet, cell: Cell, start: int, end: int) -> bool:
    """Say whether a kind is only a part of a party's heading: "Invoice to"."""
    return any(
        hit.start <= start and hit.end >= end and hit.end - hit.start > end - start and is_party(hit)
        for hit in page.hits_of(cell)
    )


def _is_in_sentence(cell: Cell, start: int, page_height: float) -> bool:
    """Say whether a kind is only spoken of: within a line of the lower half."""
    return cell.box.y0 > page_height / 2 and any(character.isalnum() for character in cell.text[:start])


def unlabelled_codes(pages: Sequence[LabelledSheet], kinds: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the code of a paper fapiao: 10 or 12 digits alone in the head, without a label."""
    if not pages or not kinds or kinds[0].value not in _PAPER_FAPIAO:
        return
    head = pages[0].sheet.page.height / 3
    for cell in pages[0].sheet.cells:
        if cell.box.y1 < head and cell.text.isdigit() and len(cell.text) in _CODE_DIGITS:
            yield Candidate(text=cell.text, evidence=cell.evidence(), score=_CODE_ALONE)


def currencies_by_amounts(
    pages: Sequence[LabelledSheet],
    totals: Sequence[Candidate],
    numbers: PrintedNumbers,
    *,
    sellers: Sequence[str] = (),
) -> Iterator[Candidate]:
    """Yield currencies of the signs and codes that stand with amounts, totals first.

    What a bare "$" means is for the country to say; `sellers` are the tax id and address of the seller.
    """
    votes: Counter[str] = Counter()
    first: dict[str, Candidate] = {}
    certain: dict[str, float] = {}
    dollar: Dollar | None = None
    for printed, weight, candidate in _printed_currencies(pages, totals, numbers):
        code, certainty = printed, 1.0
        if printed == _USD and is_bare_dollar(candidate.text):
            dollar = dollar or dollar_of(pages, sellers)
            code, certainty = dollar.code, dollar.certainty
        votes[code] += weight
        first.setdefault(code, candidate)
        certain[code] = max(certainty, certain.get(code, 0.0))
    total = sum(votes.values())
    for code, count in votes.most_common():
        score = (_BESIDE_AMOUNTS if count > 1 else _BESIDE_SOME) * count / total
        yield _derived(first[code], code, certain[code] * score)


def _printed_currencies(
    pages: Sequence[LabelledSheet], totals: Sequence[Candidate], numbers: PrintedNumbers
) -> Iterator[tuple[str, int, Candidate]]:
    """Yield each sign or code with its weight: in a total's label, with an amount, in a heading."""
    for page in pages:
        for cell, hit in page.labels():
            iso = _ISO_CODE.search(cell.text) if not _TOTALS.isdisjoint(hit.names) else None
            if iso and find_currency(iso[1]) == iso[1]:
                yield iso[1], _OF_A_TOTAL, _copied(cell, iso)  # "Amount due (CAD)" says more than a "$"
    for candidate in totals:
        code = find_currency(candidate.text)
        if code is not None:
            yield code, _WITH_A_TOTAL, candidate
    for page in pages:
        for amount in numbers.amounts_in(tuple(page.sheet.cells)):
            if amount.currency is not None:
                yield amount.currency, 1, amount.candidate(0.0)
        yield from _in_headings(page)


def _in_headings(page: LabelledSheet) -> Iterator[tuple[str, int, Candidate]]:
    for cell in page.sheet.cells:
        sign = _SIGN_OF_HEADING.search(cell.text) or _CODE_OF_HEADING.search(cell.text)
        code = find_currency(sign[1]) if sign else None
        if sign and code and not any(map(str.isdigit, cell.text)):
            yield code, _OF_A_HEADING, _copied(cell, sign)


def _copied(cell: Cell, match: re.Match[str]) -> Candidate:
    return Candidate(text=match[1], evidence=cell.evidence(match.start(1), match.end(1)), score=0.0)


def currencies_by_country(pages: Sequence[LabelledSheet], ids: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the currency of the country of the seller's tax id or account, if nothing else tells."""
    for each in ids:
        country = country_of_tax_id(each.text)
        code = currency_of_country(country) if country else None
        if code:
            yield _derived(each, code, _OF_COUNTRY if country not in OFTEN_AMERICAN else _OR_AMERICAN)
    for page in pages:
        for cell in page.sheet.cells:
            for iban in find_ibans(cell.text):
                code = currency_of_country(iban.text[:2])
                if code:
                    evidence = cell.evidence(iban.start, iban.end)
                    text = cell.text[iban.start : iban.end]
                    yield Candidate(
                        text=text, evidence=evidence, score=_OF_COUNTRY, value=code, is_derived=True
                    )


def _derived(candidate: Candidate, code: str, score: float) -> Candidate:
    return Candidate(
        text=candidate.text, evidence=candidate.evidence, score=score, value=code, is_derived=True
    )


def _hits(cell: Cell, choices: Lexicon) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield the kinds a cell names; a bracketed addition belongs to the title."""
    for hit in choices.find(cell.text):
        end = hit.end
        if cell.text[end : end + 1] in ")）":
            end += 1
        yield hit.names, hit.start, end


def _title_score(cell: Cell, start: int, end: int, *, usual: float, page_height: float) -> float:
    letters = len(squeezed(cell.text)[0])
    before = any(character.isalnum() for character in cell.text[:start])
    behind = sum(character.isalpha() for character in cell.text[end:])
    is_whole = len(squeezed(cell.text[start:end])[0]) >= 0.8 * letters
    is_large = cell.box.height > 1.2 * usual
    is_numbered = is_large and _NUMBERED.fullmatch(cell.text, end) is not None
    if not before and (is_whole or is_numbered):
        score = _TITLE
    elif (not before and behind <= letters / 2) or (end - start > _LONG_TITLE and cell.box.height > usual):
        score = _TITLE_IN_LINE  # "Rechnung 4711", "重庆增值税电子普通发票"
    else:
        score = _MENTIONED
    score += _LARGE if is_large else 0.0
    return min(1.0, score * (1.0 if cell.box.y0 < page_height / 2 else 0.6))
