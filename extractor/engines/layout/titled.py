"""Read what stands with the document's title: "Honorarnote HN-31", its number below, its date under that."""

import re
from collections.abc import Iterator, Sequence
from statistics import median

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.compound_titles import compound_titles
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.picking import EITHER_ORDER
from extractor.engines.layout.progress_bills import COUNTED, counts_bills
from extractor.engines.layout.wrapped_titles import with_whole_titles
from extractor.engines.reading import Candidate
from extractor.values.conventions import Conventions
from extractor.values.dates import find_dates, looks_like_date

_NUMBER_WORD = (
    r"(?:(?:nr|no|num|nummer|number|numero|número|numéro|n[.°ºo]{1,2})\b\.?[°º]?|n\s?[°º]|[#№:：-]|号)"
)
_LEAD = re.compile(rf"\s*(?:{_NUMBER_WORD}\s*){{0,2}}", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:[A-Z]{1,4} )?(?=[A-Z0-9/_.-]*\d)[A-Z0-9]+(?:[/_.-][A-Z0-9]+)*(?: \d{3,})*(?=\s*$|\s+\S)", re.ASCII
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FOLLOWED = re.compile(
    r"\s*(?:$|[·•|,;–—(-]|(?:vom|du|del?|of|dated|van|da|do|d\.d\.|le|zu[mr]?|for|to|sur|su|sobre|op|à)\b)",
    re.IGNORECASE,
)
_OF_A_DATE = re.compile(
    r"\W*(?:vom|am|den|du|le|of|dated|on|date[dn]?|van|d\.d\.|del?|da|do|em|il|el)\s+", re.IGNORECASE
)
_NUMBERED = re.compile(r"\W*(?:\d{1,2}[.)]\s*)?")  # "3. Abschlagsrechnung"
_IN_TITLE, _BESIDE, _BELOW, _LOWER = 0.88, 0.8, 0.7, 0.4
_GAP = 10.0  # of the title's height: how far right of it its number may stand
_BELOW_WITHIN = 1.6  # of the number's height
_UNDER_NUMBER = 0.85


def titled_numbers(pages: Sequence[LabelledSheet]) -> Iterator[Candidate]:
    """Yield numbers that the first page's title brings along: behind it, beside it, right below it."""
    titles = [(page, cell, hit.end) for page, cell, hit in _titles(pages)]
    for page, cell, end in [*titles, *compound_titles(pages)]:
        found = _number(cell.text, end)
        if found is not None:
            yield _candidate(cell, found, _IN_TITLE if _is_in_head(page, cell) else _LOWER)
        elif not cell.text[end:].strip(" :.") and _is_in_head(page, cell):
            yield from _apart(page, cell)


def dates_under_numbers(
    pages: Sequence[LabelledSheet], number_field: str, conventions: Conventions
) -> Iterator[Candidate]:
    """Yield a date that goes on with the title or the number on the line above: "of 5 March 2026"."""
    for page in pages[:1]:
        for cell in page.sheet.cells:
            lead = _OF_A_DATE.match(cell.text)
            if lead is None or page.is_in_table(cell):
                continue
            for each in find_dates(cell.text, is_day_first=conventions.is_day_first)[:1]:
                is_all = each.start == lead.end() and not any(map(str.isalnum, cell.text[each.end :]))
                if is_all and _goes_on_from_number(page, cell, number_field):
                    yield Candidate(
                        text=cell.text[each.start : each.end],
                        evidence=cell.evidence(each.start, each.end),
                        score=_UNDER_NUMBER * (EITHER_ORDER if each.is_ambiguous else 1.0),
                        value=each.date,
                    )


def _titles(pages: Sequence[LabelledSheet]) -> Iterator[tuple[LabelledSheet, Cell, Hit]]:
    """Yield the cells of the first page that begin with a title, and with no longer label."""
    for page in pages[:1]:
        for cell in with_whole_titles(page.sheet):
            hit = next(iter(page.titles.find(cell.text)), None)
            if hit is None or page.is_in_table(cell) or not _NUMBERED.fullmatch(cell.text, 0, hit.start):
                continue
            if not any(other.start <= hit.start and other.end > hit.end for other in page.hits_of(cell)):
                yield page, cell, hit


def _number(text: str, start: int) -> tuple[int, int] | None:
    """Return where the number stands at once behind a place, if nothing but a date follows."""
    lead = _LEAD.match(text, start)
    match = _NUMBER.match(text, lead.end() if lead else start)
    if match is None or match.start() == start or _YEAR.fullmatch(match[0]) or looks_like_date(match[0]):
        return None
    rest = text[match.end() :]
    if not _FOLLOWED.match(rest) and not looks_like_date(rest.strip().split(" ")[0]):
        return None
    return match.span()


def _apart(page: LabelledSheet, title: Cell) -> Iterator[Candidate]:
    """Yield the number that fills the cell right of a title, or the one right below it."""
    beside = next(iter(page.sheet.right_of(title)), None)
    is_near = beside is not None and beside.box.x0 - title.box.x1 < _GAP * title.box.height
    if beside is not None and is_near and not page.is_under_label(beside):
        found = _number(f" {beside.text}", 0)
        if found is not None and found[1] == len(beside.text) + 1:
            yield _candidate(beside, (found[0] - 1, found[1] - 1), _BESIDE)
            return
    for below in page.sheet.below(title.box, title.row, within=title.box.height):
        if below.box.y0 - title.box.y1 > _BELOW_WITHIN * below.box.height:
            return
        found = _number(f" {below.text}", 0)
        if found is not None and found[1] == len(below.text) + 1 and not page.hits_of(below):
            yield _candidate(below, (found[0] - 1, found[1] - 1), _BELOW)
        return


def _goes_on_from_number(page: LabelledSheet, cell: Cell, number_field: str) -> bool:
    for row in page.sheet.rows[max(0, cell.row - 2) : cell.row]:
        for above in row:
            if above.box.overlap_x(cell.box) > 0 and cell.box.y0 - above.box.y1 < cell.box.height:
                ends = [hit.end for hit in page.hits_of(above) if number_field in hit.names]
                if page.is_title(above.text):
                    ends.append(page.titles.find(above.text)[0].end)
                if any(_is_number_or_nothing(above.text[end:]) for end in ends):
                    return True
    return False


def _is_number_or_nothing(behind: str) -> bool:
    """Say whether a number follows a label, or no words: not "this invoice before" over "the 1st of May"."""
    return any(map(str.isdigit, behind)) or not any(map(str.isalpha, behind))


def _is_in_head(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a cell is in the upper half, or in larger print than most."""
    usual = median([each.box.height for each in page.sheet.cells])
    return cell.box.y1 < page.sheet.page.height / 2 or cell.box.height > 1.2 * usual


def _candidate(cell: Cell, span: tuple[int, int], score: float) -> Candidate:
    weight = COUNTED if counts_bills(cell.text, *span) else 1.0
    return Candidate(text=cell.text[slice(*span)], evidence=cell.evidence(*span), score=weight * score)
