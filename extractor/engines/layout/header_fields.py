"""Read the plain labelled fields: numbers, dates, references, texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.engines.layout.cells import LINE_GAP, Cell
from extractor.engines.layout.labelled import NUMBER_WORDS, LabelledSheet, has_colon
from extractor.engines.layout.lexicon import Hit, squeezed
from extractor.engines.layout.look_alikes import dates_another
from extractor.engines.layout.party_regions import Region
from extractor.engines.layout.picking import BEHIND_WORDS, Picked, pick
from extractor.engines.layout.progress_bills import COUNTED, counts_bills
from extractor.engines.layout.term_words import EARLY, OF_PAYMENT, terms_may_go_on
from extractor.engines.layout.wrapped_text import whole_text, words_may_go_on
from extractor.engines.layout.zones import Zone, zones
from extractor.engines.reading import Candidate, Evidence
from extractor.field_specs.spec import FieldSpec, FieldType
from extractor.values.conventions import Conventions
from extractor.values.dates import find_dates
from extractor.values.identifiers import country_of_tax_id, find_tax_ids

_SHARED = 0.08  # off for each further field a label may mean
_TITLE_BESIDE = 0.45  # the document's title is a weak label of what stands beside it
_OF_A_PARTY = 0.3  # a bare "No." in a party's block is the party's
_TEXTS = frozenset({FieldType.TEXT, FieldType.ADDRESS})
_CJK_FROM = "\u2e80"
_GOES_ON = {"payment_terms": terms_may_go_on, "amount_in_words": words_may_go_on}
_TELLING = 5  # letters
_LONE = re.compile(r"[^\W\d_\u2e80-\uffff]+[:.]?")
_OF_TIME = OF_PAYMENT - {"amount_due"}
_NUMBER, _PERCENTAGE = re.compile(r"\d"), re.compile(r"\W*\d{1,2}(?:[.,]\d+)?\s?%")
_FOR_DISCOUNT = 0.5  # a date by which a discount is given is not the date due
_FEW_CELLS = 3
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_WRAPPED = 0.9
_OF_ONE_FORM = frozenset({FieldType.DATE, FieldType.IDENTIFIER})
_RIVALLED = 0.88  # of the score, where a value stands beside a label and another one under it
_WHOLLY = 0.8  # of a text's letters
_LONE_WORD = 0.5  # under a label: a heading as likely as a text
PRINTED = 0.6  # the day of printing is mostly, but not always, the day of issue
_TOWN = re.compile(  # behind its post code
    r"\W*(?:[A-Z]{1,3}-)?\d{4,5}(?:-\d{3})? +[A-ZÀ-Ý][^\W\d_]{2,}(?:[ -][^\W\d_]+)*(?: \([A-Z]{2}\))?\W*$"
)
_IN_TERMS = frozenset({"账期", "月结", "信用期"})  # labels that are part of the terms: "账期30天"
_CLAUSE = re.compile(r",(?!\d)|[;，；。]")
_OF_PRINTING = re.compile(
    r"imprim[ée]|édité|\bprint(?:ed)?\b|gedruckt|druckdatum|stampat|impress?o|afgedrukt|打印", re.IGNORECASE
)
_DAY = re.compile(r"(?:(?:le|el|il|am|den|the|op) )?\d{1,2}", re.IGNORECASE)
_MONTH = re.compile(r"\.?\s+(?:de\s+)?[^\W\d_]{3,}")
_SENTENCE_LABEL = re.compile(  # that begins a sentence: "Bitte zahlen Sie innerhalb von 14 Tagen"
    r"\b(?:within|pay|remit|zahlen|überweisen|begleichen|payer|régler|betalen|voldoen|pagar|pagare)$",
    re.IGNORECASE,
)
_SUM_END = re.compile(r"\bonly\W*$", re.IGNORECASE)  # "SAY US DOLLARS TWENTY ONLY"


def labelled_candidates(
    pages: Sequence[LabelledSheet],
    name: str,
    spec: FieldSpec,
    conventions: Conventions,
    *,
    titles: frozenset[str],
    regions: Sequence[Region] = (),
) -> list[Candidate]:
    """Return the candidates of one field, best first.

    `titles` are the squeezed titles of the document type ("invoice", "rechnung"): as a
    label of a number they count only right in front of it.
    """
    found = []
    for page in pages:
        for cell, hit in page.labels_of(name):
            if page.is_in_item(cell) or (spec.type is FieldType.DATE and dates_another(page, cell, hit)):
                continue
            if page.is_in_table(cell) and any(map(str.isalnum, cell.text[: hit.start])):
                continue  # of a lot, a period: what a line tells of its item
            is_theirs = hit.label in NUMBER_WORDS and any(region.holds(cell) for region in regions)
            for candidate in _at_label(
                page, cell, hit, name, spec, conventions, is_title=hit.label in titles
            ):
                score = candidate.score * (_OF_A_PARTY if is_theirs else 1.0)
                score *= PRINTED if _OF_PRINTING.search(cell.text, hit.start, hit.end) else 1.0
                found.append(replace(candidate, score=score))
    return sorted(found, key=lambda each: -each.score)


def _at_label(
    page: LabelledSheet,
    cell: Cell,
    hit: Hit,
    name: str,
    spec: FieldSpec,
    conventions: Conventions,
    *,
    is_title: bool,
) -> Iterator[Candidate]:
    if spec.type in _TEXTS and not (is_heading(cell, hit) or opens_text(cell, hit)):
        return
    shared = 1.0 - _SHARED * (len(hit.names) - 1)
    places = tuple(zones(page, cell, hit, is_text=spec.type in _TEXTS))
    if spec.type in _OF_ONE_FORM:
        places = tuple(_rivals(places, spec, conventions))
    for place in places:
        zone = _behind_discount(place, conventions) if spec.type is FieldType.DATE else place
        if spec.type in _TEXTS and zone.is_beside and _is_no_text(page, cell, hit, zone):
            continue
        picked = pick(zone.text, spec, conventions)
        if picked is None and spec.type is FieldType.DATE:
            yield from _wrapped_date(page, zone, conventions)
        if picked is None or _is_of_another_kind(spec.type, zone, picked):
            continue
        start, end = zone.start + picked.start, zone.start + picked.end
        weight = shared * (_TITLE_BESIDE if is_title and zone.is_beside else 1.0)
        weight *= _doubt(spec.type, zone, start, end)
        if spec.type in _TEXTS:
            is_term = hit.label in _IN_TERMS and zone.cell is cell and start == hit.end
            said = replace(zone, start=hit.start if is_term else start, end=zone.end)
            text, evidence = whole_text(page, said, may_go_on=_GOES_ON.get(name))
        else:
            text, evidence = zone.cell.text[start:end], zone.cell.evidence(start, end)
        yield Candidate(
            text=text,
            evidence=evidence,
            score=zone.score * picked.score * weight,
            value=picked.value,
            is_derived=picked.is_derived,
        )
        if len(places) < 2 or spec.type not in _OF_ONE_FORM or not zone.is_beside:  # noqa: PLR2004
            return


def _rivals(places: Sequence[Zone], spec: FieldSpec, conventions: Conventions) -> Iterator[Zone]:
    """Yield the places of a value beside and under a label; beside counts less where both have one."""
    are_told = [place.is_beside and pick(place.text, spec, conventions) is not None for place in places]
    for place in places:
        is_rivalled = sum(are_told) > 1 and place.score == max(each.score for each in places)
        yield replace(place, score=_RIVALLED * place.score) if is_rivalled else place


def _is_of_another_kind(kind: FieldType, zone: Zone, picked: Picked) -> bool:
    """Say whether a number or a date is that of something else than its label says."""
    if kind is FieldType.DATE:  # of terms that go on: "1 March 2026 (EUR 58.49"
        return zone.is_beside and zone.text[picked.end :].lstrip().startswith("(")
    if kind is not FieldType.IDENTIFIER:
        return False
    return _is_of_a_place(zone, picked) or (zone.is_beside and _is_no_number(zone.text, picked))


def _is_of_a_place(zone: Zone, picked: Picked) -> bool:
    """Say whether a number is that of a day, a town or a taxpayer."""
    text = zone.text[picked.start : picked.end]
    is_tax_id = zone.is_beside and country_of_tax_id(text) is not None
    return is_tax_id or _is_day(zone.text, picked) or _TOWN.match(zone.text) is not None


def _is_day(text: str, picked: Picked) -> bool:
    """Say whether a number is the day before the name of a month: "14 juin", "LE 12 juin", "12 de junio"."""
    number, rest = text[picked.start : picked.end], text[picked.end :]
    if _DAY.fullmatch(number) is None or _MONTH.match(rest) is None:
        return False
    return number.isdecimal() or bool(find_dates(text[picked.start :]))


def _is_no_number(text: str, picked: Picked) -> bool:
    """Say whether what stands beside a label is no number of it: "within 30 days"."""
    has_digit = any(map(str.isdigit, text[picked.start : picked.end]))
    return not has_digit or picked.score <= BEHIND_WORDS


def _doubt(kind: FieldType, zone: Zone, start: int, end: int) -> float:
    """Return what a value keeps of its score where it may be another thing."""
    if kind in _TEXTS:
        is_lone = zone.is_beside and _LONE.fullmatch(zone.text.strip()) is not None
        return _LONE_WORD if is_lone else 1.0
    if kind is FieldType.DATE:
        is_early = EARLY.search(zone.cell.text) or _PERCENTAGE.match(zone.cell.text, end)
        return _FOR_DISCOUNT if is_early else 1.0
    return COUNTED if kind is FieldType.IDENTIFIER and counts_bills(zone.cell.text, start, end) else 1.0


def _behind_discount(zone: Zone, conventions: Conventions) -> Zone:
    """Leave out the day until which a discount is given, where the day due follows it."""
    if EARLY.search(zone.text) is None:
        return zone
    dates = find_dates(zone.text, is_day_first=conventions.is_day_first)
    for before, each in pairwise(dates):
        mark = _CLAUSE.search(zone.text, before.end, each.start)
        if mark is not None and not EARLY.search(zone.text, mark.end()):
            return replace(zone, start=zone.start + mark.end())
    return zone


def _is_no_text(page: LabelledSheet, cell: Cell, hit: Hit, zone: Zone) -> bool:
    """Say whether what stands beside a label is another label, an id, or the head of a column."""
    letters = len(squeezed(zone.text)[0])
    if EARLY.match(zone.text):
        return False  # "Discount of" begins terms
    is_label = any(
        len(other.label) >= _WHOLLY * letters
        and not (_OF_TIME & set(other.names) and _NUMBER.search(zone.cell.text, other.end))
        for other in page.hits_of(zone.cell)
    )  # "Payable within 30" begins terms
    return is_label or bool(find_tax_ids(zone.text)) or _is_of_columns(page, cell, hit, zone)


def _is_of_columns(page: LabelledSheet, cell: Cell, hit: Hit, zone: Zone) -> bool:
    """Say whether a label is one of a row of column heads, so that no text stands beside it."""
    is_head = not has_colon(cell, hit) and len(page.sheet.rows[cell.row]) > _FEW_CELLS
    return is_head and (zone.cell.row == cell.row or page.is_in_item(zone.cell))


def _wrapped_date(page: LabelledSheet, zone: Zone, conventions: Conventions) -> Iterator[Candidate]:
    """Yield a date whose year stands on the next line: "10 de septiembre de" over "2026"."""
    last = zone.cell
    for below in page.sheet.below(last.box, last.row, within=LINE_GAP * last.box.height):
        whole = f"{zone.text.rstrip()} {below.text}"
        found = find_dates(whole, is_day_first=conventions.is_day_first)[:1]
        if zone.end == len(last.text) and _YEAR.match(below.text) and found and found[0].start == 0:
            boxes = (*last.evidence(zone.start, zone.end).boxes, *below.evidence(0, 4).boxes)
            yield Candidate(
                text=whole[: found[0].end],
                evidence=Evidence(page=last.page, boxes=boxes, origin=last.words[0].origin),
                score=_WRAPPED * zone.score,
                value=found[0].date,
            )
        return


def is_heading(cell: Cell, hit: Hit) -> bool:
    """Say whether a label heads a text, and is not just a word within a sentence."""
    is_first = not any(character.isalnum() for character in cell.text[: hit.start])
    is_all = not any(character.isalnum() for character in cell.text[hit.end :])
    is_chinese = hit.label[0] > _CJK_FROM  # forms print these without a colon
    return is_first and (has_colon(cell, hit) or is_all or is_chinese)


def opens_text(cell: Cell, hit: Hit, start: int = 0) -> bool:
    """Say whether a label without a colon opens a text that begins there: "Payment terms 30 days net"."""
    is_first = not any(character.isalnum() for character in cell.text[start : hit.start])
    rest = cell.text[hit.end :].lstrip(" .")
    is_telling = len(hit.label) >= _TELLING or _SUM_END.search(rest) is not None
    if _SENTENCE_LABEL.search(cell.text[hit.start : hit.end]):
        return False  # "Payment due within 14 days" is a text as a whole
    return is_first and is_telling and (rest[:1].isupper() or rest[:1].isdigit())
