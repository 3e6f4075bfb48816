"""Read the seller's address: behind the name, under it, or apart from it in head and foot.

An address is what stands around a post code: street before, country behind. The trade of
the seller, its phone and its legal data stand on the same lines and are cut off.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.names import contact_at, has_legal_form, has_post_code, is_address, name_span
from extractor.engines.layout.party_blocks import Span, block_below, join_spans
from extractor.engines.layout.party_regions import Region
from extractor.engines.reading import Candidate
from extractor.values.countries import is_country
from extractor.values.dates import find_dates
from extractor.values.identifiers import find_bics, find_ibans, find_tax_ids
from extractor.values.names import name_similarity

_PARTS = re.compile(  # behind a dash stands a state of Brazil, "Campinas - SP", and a post code of India
    r"\s*[•·●|]\s*|\s+[-–—/*]\s+"
    r"(?!(?:\d{3} ?\d{3}|A[CLMP]|BA|CE|DF|ES|GO|M[AGST]|P[ABEIR]|R[JNORS]|S[CEP]|TO|CEP)\b)"
)
_LEGAL = re.compile(
    r"\b(?:HR[AB]|R\.?C\.?S|C\.?R\.?C"
    r"|R\.?E\.?A|iscr|SIRE[NT]|APE|NAF|K\.?v\.?K|IBAN|BIC|SWIFT|(?:au )?capital|cap\. soc|amtsgericht|AG"
    r"|reg\. merc|registro mercantil|registo comercial|registre|handelsregister|firmenbuch(?:gericht)?|matric"
    r"|bank|banque|banca|banco"
    r"|managing directors?|geschäftsführ[^\W\d_]*|amministrat[^\W\d_]+(?: unic[oa])?(?=\s*:|$)"
    r"|(?:directors?|vorstand|g[ée]rante?|président|bestuur|directie|administrador[ae]?|titolare|gerência)(?=\s*:)"
    r"|registered|reg(?:istration)?\.? no|company (?:no|reg)|f?ein(?=[\s:.]+\d)|licen[cs]e|tax|vat|btw"
    r"|ust|mwst|tva|a\.?[bc]\.?n|p\.?\s?iva|c\.f|uid|nif|cif|cnpj|inh)\b"
    r"|(?<=[,;·|] )(?:managing|company|e?-?mail|web|site|sito|correo|courriel|f?ein|fax"
    r"|tel(?:[ée]f[^\W\d_]+)?)\.?$"
    r"|统一社会信用|纳税人识别|納稅人識別|税号|電話|电话|电子|联系",
    re.IGNORECASE,
)
_LICENCE = re.compile(  # "ROC 298114", "MC-481120", "Lic. #88213": no street, no "WA 98052"
    r"(?<![^\s·•|,;(])(?:[A-Z]{2,5}[ #.:-]*\d{6,}|[A-Z]{3,5} ?#? ?\d{5,})(?![\w-])"
    r"|(?i:\b(?:lic(?:en[cs]e)?|alvar[áa]|contribuinte|permit|reg|zulassung|agrément|matr[íi]cula|licencia|licenza|albo"
    r"|erkenning|vergunning)\b[\s.:#nNº°]*\d)"
)
_TRADE = re.compile(
    r"[a-zà-ÿ][^\d,]*(?:,|\b(?:of|in|at|aus|à|te|en|di|de|em)\b)\s*(?=\S*[\dA-ZÀ-Ý])"
)  # in small letters
_LABEL = re.compile(r"\b[^\W\d_][\w-]*\.?\s*[:：]")
_CODE = re.compile(r"\d{5,6}|\d{3} \d{3}")
_HOUSE = re.compile(r"(?:\d{0,4}(?:[幢栋楼层室座号]|单元))+")  # the end of a Chinese address
_FOUNDED = re.compile(r"(?:seit|since|depuis|sinds|desde|dal|est(?:d|\.)?)\b", re.IGNORECASE)
_HOUSE_FIRST = re.compile(r"\d{1,5} [A-Z][^\W\d_]+ [A-Z]")  # in English: a street has two words
_DASHES = frozenset("-–—")
_DIGIT = re.compile(r"\d")
_MONEY = re.compile(r"\d[.,]\d\d(?!\d)")
_STREET_WORD = re.compile(  # that a street begins with, or ends in
    r"\s*(?:(?:pol(?:[íi]gono|\.)|avda|av|avenida|c|calle|plaza|pza|paseo|p[ºo]|carrer|carretera|ctra|camino|urb|blvd"
    r"|quai|all[ée]e|cours|impasse|route|chauss[ée]e|za|zi|zac|bp|rond-point|chemin|place|square|boulevard"
    r"|piazza|piazzale|viale|corso|largo|strada|localit[àa]|loc|via|vicolo|zona|lotto|contrada"
    r"|rua|travessa|pra[çc]a|estrada|lote|edif[íi]cio|quinta|alameda|unit|suite|flat|room|shop|plot|level|floor)\b"
    r"|\w+(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|laan|straat|steenweg|plein|kade|gracht|dijk)\b)",
    re.IGNORECASE,
)
_TOWN_WORD = re.compile(r"[^\W\d_]{3}")
_SAME = 0.97  # name similarity from which two names are one
_APART = 0.45  # below what passes without a look: nothing but its place says whose it is
_NO_CODE = 0.8  # an address without a post code: in some countries there are none
_HEAD, _FOOT = 0.3, 0.85  # of the page's height
_SENDER_PARTS = 3
_BEHIND_STREET = 2  # lines


def address_with(page: LabelledSheet, cell: Cell, end: int, score: float) -> Candidate | None:
    """Return the address that stands behind a name that ends at `end`, or under it."""
    behind = _parts_with_code(cell, end)
    if behind is not None:
        return join_spans([behind], score)
    lines = block_below(page, cell)
    rest = _split(cell.text, end)
    if rest:
        wrapped = _wrapped(lines, rest, score)
        if wrapped is not None:
            return wrapped
        if len(rest) > 1 and _is_street(cell, rest[0]):
            is_whole = not any(map(str.isalnum, cell.text[rest[0][1] : rest[1][0]]))  # no phone between
            end = rest[1 if is_whole else 0][1]
            return join_spans([Span(cell=cell, start=rest[0][0], end=end)], _NO_CODE * score)
    return _of_lines(lines[1:], score) or _of_street(page, lines[1:], _NO_CODE * score)


def _wrapped(lines: Sequence[Cell], rest: Sequence[tuple[int, int]], score: float) -> Candidate | None:
    """Return an address that begins with the last parts of a line and ends on the next one."""
    if len(lines) == 1:
        return None
    first, below, last = lines[0], lines[1], len(rest) - 1
    goes_on = _split(below.text, 0)
    if not goes_on or not (_is_street(first, rest[last]) or below.text[:1].isdigit()):
        return None
    while last and _is_street(first, rest[last - 1]) and not _FOUNDED.match(first.text, rest[last - 1][0]):
        last -= 1
    begun = Span(cell=first, start=rest[last][0], end=rest[-1][1])
    parts = _parts_with_code(below, 0)
    if parts is not None and parts.start <= goes_on[0][0]:
        return join_spans([begun, parts], score)
    whole = Span(cell=below, start=goes_on[0][0], end=goes_on[0][1])
    return join_spans([begun, whole], score) if _is_in_country([begun, whole]) else None


def _of_street(page: LabelledSheet, lines: Sequence[Cell], score: float) -> Candidate | None:
    """Return a street right under a name, and the lines of its town, though no post code stands there."""
    address: list[Span] = []
    for line in lines[: 1 + _BEHIND_STREET]:
        is_other = (
            _stop(line.text, 0) < len(line.text) or page.starts_with_label(line) or find_dates(line.text)
        )
        if is_other or _MONEY.search(line.text) or (not address and not _DIGIT.search(line.text)):
            break
        address.append(Span(cell=line, start=0, end=len(line.text)))
    return join_spans(address, score) if len(address) > 1 else None


def address_apart(
    pages: Sequence[LabelledSheet], regions: Sequence[Region], *, not_with: Sequence[str]
) -> Iterator[tuple[str, Candidate]]:
    """Yield the only address in head or foot that is nobody else's.

    `not_with` are the names of the buyer: an address under one of them is the buyer's.
    """
    if not pages:
        return
    page = pages[0]
    found = []
    seen: set[tuple[int, int]] = set()
    for cell in page.sheet.cells:
        if (cell.row, cell.column) in seen or not _is_at_the_edge(page, cell):
            continue
        block = block_below(page, cell)
        seen |= {(line.row, line.column) for line in block}
        if page.starts_with_label(cell) or any(region.holds(line) for region in regions for line in block):
            continue
        if any(name_similarity(line.text, name) >= _SAME for line in block for name in not_with):
            continue
        address = _of_lines(block, _APART)
        if address is not None:
            found.append(address)
    if len(found) == 1:
        yield "seller_address", found[0]


def _is_at_the_edge(page: LabelledSheet, cell: Cell) -> bool:
    height = page.sheet.page.height
    return not page.is_in_table(cell) and not _HEAD * height < cell.box.centre_y < _FOOT * height


def _of_lines(lines: Sequence[Cell], score: float) -> Candidate | None:
    """Return the lines from the first that looks like an address to the last of its town."""
    address: list[Span] = []
    for line in lines:
        span = _of_line(line, goes_on=bool(address))
        if span is not None:
            address.append(span)
        if address and (span is None or is_country(span.text)):
            break
    while address and not _is_ended(address):
        address.pop()
    if not address:
        return None
    after = lines[[line.row for line in lines].index(address[-1].cell.row) + 1 :]
    if after and is_country(after[0].text):
        address.append(Span(cell=after[0], start=0, end=len(after[0].text)))
    return join_spans([*map(_with_dash, address[:-1]), address[-1]], score)


def _is_ended(address: Sequence[Span]) -> bool:
    """Say whether the last line is that of a town: with a post code or country, or behind a comma."""
    last = address[-1].text
    is_open = (
        len(address) > 1 and address[-2].cell.text.rstrip().endswith(",") and _has_town(address[-2].text)
    )
    has_town = any(_has_town(span.text) for span in address[:-1])
    is_rest = (_CODE.fullmatch(last) is not None and not has_town) or _HOUSE.fullmatch(last) is not None
    return is_open or is_rest or _has_town(last) or _is_in_country(address)


def _with_dash(span: Span) -> Span:
    """Return a line of an address with the dash that ends it: "Av. Industrial, 210 -" over "Sala 3"."""
    text = span.cell.text.rstrip()
    return replace(span, end=len(text)) if text[span.end :].strip() in _DASHES else span


def _of_line(line: Cell, *, goes_on: bool) -> Span | None:
    """Return what of a line is an address. All of it, unless a name or facts of the firm stand there too."""
    text = line.text
    if goes_on and not (text[0].isalnum() or text[0] in "(（#"):
        return None  # ": 4711" goes on from a label, not from a street
    start, end = name_span(text, 0, len(text))
    begin = end if has_legal_form(text[start:end]) else 0
    if goes_on and begin:
        return None  # the sender's line over the buyer
    parts = _split(text, begin)
    if not parts:
        return None
    looks_like = goes_on or _DIGIT.search(text) or is_address(text) or _STREET_WORD.match(text)
    is_whole = _stop(text, begin) == len(text) and looks_like
    if is_whole and not goes_on:
        parts = _without_trade(line, parts)
    if is_whole and (goes_on or len(parts) < _SENDER_PARTS):
        return Span(cell=line, start=parts[0][0], end=parts[-1][1])
    return _parts_with_code(line, begin)


def _without_trade(line: Cell, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out the trade before an address: "Sole trader – 3 Mill Lane", "upholsterers, 3 Mill Lane"."""
    if len(parts) > 1 and not _is_street(line, parts[0]) and _is_street(line, parts[1]):
        return parts[1:]
    trade = _TRADE.match(line.text, *parts[0])
    return [(trade.end(), parts[0][1]), *parts[1:]] if trade is not None else parts


def _is_in_country(address: Sequence[Span]) -> bool:
    """Say whether lines end in a country and hold a number: in Hong Kong there are no post codes."""
    last = address[-1].text.rsplit(",", 1)[-1]
    return is_country(last) and any(_DIGIT.search(span.text) for span in address)


def _parts_with_code(cell: Cell, start: int) -> Span | None:
    """Return the parts of a line that hold post code, street and country."""
    parts = _split(cell.text, start)
    have_town = [_has_town(cell.text[begin:end]) for begin, end in parts]
    if not any(have_town):
        return None
    town = have_town.index(True)
    if have_town[town + 1 : town + 2] == [True] and _HOUSE_FIRST.match(cell.text, parts[town][0]):
        town += 1  # "1800 Industrial Pkwy" looks like a post code and its town
    first = last = town
    if first and not _TOWN_WORD.search(cell.text[slice(*parts[town])]):
        first -= 1  # a post code alone: its town stands before it
    while first and _is_street(cell, parts[first - 1]):
        first -= 1
    if last + 1 < len(parts) and is_country(cell.text[slice(*parts[last + 1])]):
        last += 1
    return Span(cell=cell, start=parts[first][0], end=parts[last][1])


def _has_town(text: str) -> bool:
    """Say whether a post code stands in a text, or a country behind a street."""
    return has_post_code(text) or (bool(_DIGIT.search(text)) and is_country(text.rsplit(",", 1)[-1]))


def _is_street(cell: Cell, part: tuple[int, int]) -> bool:
    text = cell.text[slice(*part)]
    looks_like = _DIGIT.search(text) or is_address(text) or _STREET_WORD.match(text)
    return _stop(cell.text, part[0]) >= part[1] and bool(looks_like)


def _split(text: str, start: int) -> list[tuple[int, int]]:
    """Return where the parts of a line begin and end, contacts and ids cut off."""
    parts = []
    begin = start
    while begin < len(text) and not text[begin].isalnum() and text[begin] not in "#(（":
        begin += 1
    for mark in [*_PARTS.finditer(text, begin), None]:
        end = min(mark.start() if mark else len(text), _stop(text, begin))
        kept = begin + len(text[begin:end].rstrip(" ,;·|-–"))
        if kept > begin:
            parts.append((begin, kept))
        begin = mark.end() if mark else len(text)
    return parts


def address_end(text: str, start: int) -> int:
    """Return where an address ends that begins at `start`: before an id, a contact, a register."""
    rest = text[start:]
    ends = [match.start() for match in (_LEGAL.search(rest),) if match]
    ends += [each.start for each in (*find_tax_ids(rest), *find_ibans(rest))]
    at = contact_at(rest)
    ends += [at] if at is not None else []
    return start + len(rest[: min(ends, default=len(rest))].rstrip(" ,;.·|-–"))


def _stop(text: str, start: int) -> int:
    """Return where a contact, an id or a label of another kind begins, or the text's end."""
    rest = text[start:]
    found = [
        match.start() for match in (_LEGAL.search(rest), _LABEL.search(rest), _LICENCE.search(rest)) if match
    ]
    found += [each.start for each in (*find_tax_ids(rest), *find_ibans(rest), *find_bics(rest))]
    at = contact_at(rest)
    found += [at] if at is not None else []
    return start + min(found, default=len(rest))
