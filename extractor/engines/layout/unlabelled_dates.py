"""Dates that no label of their own names: behind a document's number, or alone in its head."""

import re
from collections.abc import Iterator, Sequence

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.other_documents import is_of_another
from extractor.engines.layout.picking import EITHER_ORDER
from extractor.engines.layout.zones import HARD_BREAK
from extractor.engines.reading import Candidate, Evidence
from extractor.values.conventions import Conventions
from extractor.values.dates import FoundDate, find_dates

_DATED = 0.8  # "Invoice 4711 of 5 March 2026"
_NEAR = 0.35  # of the page's width: a label's value stands no farther
_PERIOD = ("-", "–", "—", "至", "~")  # between its days
_LONE_DATE, _LETTER_DATE = 0.45, 0.65
_OF_A_LETTER = re.compile(
    r"[A-ZÀ-Ý][^\W\d_]+(?:[ -][^\W\d_.]+){0,3},?\s*,\s*(?:(?:den|am|le|li|el|il|em)\s+)?$"
)
_WORDS = re.compile(r"[^\W\d_]+")
_WEEKDAY = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?$|(?:mon|diens|donners|frei|sams|sonn)tag$|mittwoch$"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di$|dimanche$|(?:maan|dins|woens|donder|vrij|zater|zon)dag$"
    r"|(?:lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo)$|(?:luned|marted|mercoled|gioved|venerd)[ìi]$|(?:sabato|domenica)$"
    r"|(?:segunda|terça|quarta|quinta|sexta)$|feira$|星期[一二三四五六日天]|(?:den|le|li|el|em|on|the|am)$",
    re.IGNORECASE,
)
_WITH_A_DATE = 3  # words of a place: "Bad Vilbel, den"
_SHORT = 3  # letters of "of", "del"
_OF = r"(?:vom|von|of|dated|van|du|de|del|di|da|d\.d\.)"
_OF_DATE = re.compile(_OF + r"\s+", re.IGNORECASE)
_ENDS_WITH_OF = re.compile(r"\s" + _OF + "$", re.IGNORECASE)


def dated_numbers(
    pages: Sequence[LabelledSheet], number_field: str, conventions: Conventions
) -> Iterator[Candidate]:
    """Yield dates that stand behind the number in one phrase: "Rechnung 4711 vom 5.3.2026"."""
    for page in pages:
        for cell, hit in page.labels_of(number_field):
            if is_of_another(cell, hit) or page.is_in_table(cell):
                continue
            for each in find_dates(cell.text[hit.end :], is_day_first=conventions.is_day_first):
                start, end = hit.end + each.start, hit.end + each.end
                between = [
                    other
                    for other in page.hits_of(cell)
                    if hit.end <= other.start < start
                    and not _OF_DATE.fullmatch(cell.text, other.start, start)
                ]
                if HARD_BREAK.search(cell.text, hit.end, start) or not _leads_to_date(
                    cell.text[hit.end : start]
                ):
                    break  # another fact follows: "No. 12 | due 4 April", "this invoice before 4 April"
                if all("issue_date" in other.names for other in between):  # "n. 12 del 5.3.2026"
                    yield Candidate(
                        text=cell.text[start:end],
                        evidence=cell.evidence(start, end),
                        score=_DATED * (EITHER_ORDER if each.is_ambiguous else 1.0),
                        value=each.date,
                    )
                break
            else:
                yield from _on_next_line(page, cell, hit, conventions)


def _on_next_line(page: LabelledSheet, cell: Cell, hit: Hit, conventions: Conventions) -> Iterator[Candidate]:
    """Yield the date that a phrase ends with on the next line: "Factura n.º 4711 de" over "27/07/25"."""
    said = cell.text[hit.end :].rstrip()
    below = next(iter(page.sheet.below(cell.box, cell.row, within=cell.box.height)), None)
    if below is None or not any(map(str.isdigit, said)):
        return
    whole = f"{said} {below.text}"
    for each in find_dates(whole, is_day_first=conventions.is_day_first)[:1]:
        seam = len(said) + 1
        is_begun = each.start < len(said) < each.end  # "del 23" over "febbraio 2024"
        is_led_to = each.start == seam and _ENDS_WITH_OF.search(said) is not None
        if not (is_begun or is_led_to) or not _leads_to_date(whole[: each.start]):
            return
        boxes = (
            *(cell.evidence(hit.end + each.start, hit.end + len(said)).boxes if is_begun else ()),
            *below.evidence(0, each.end - seam).boxes,
        )
        yield Candidate(
            text=whole[each.start : each.end],
            evidence=Evidence(page=cell.page, boxes=boxes, origin=cell.words[0].origin),
            score=_DATED * (EITHER_ORDER if each.is_ambiguous else 1.0),
            value=each.date,
        )


def lone_dates(pages: Sequence[LabelledSheet], conventions: Conventions) -> Iterator[Candidate]:
    """Yield the date of the first page's upper half that no label explains, if it is the only one.

    It fills its cell, but for a place ("Kassel, den 3. März 2026"): one in a sentence or
    a table dates something else.
    """
    if not pages:
        return
    page = pages[0]
    found = [
        (cell, each)
        for cell in page.sheet.cells
        if cell.box.y1 < page.sheet.page.height / 2
        and not page.is_in_item(cell)
        and not _is_explained(page, cell)
        for each in find_dates(cell.text, is_day_first=conventions.is_day_first)
        if _OF_A_LETTER.match(cell.text[: each.start])  # "Porto" is a label of another language
        or all(
            each.start <= hit.start and hit.end <= each.end for hit in page.hits_of(cell)
        )  # "de", "a" in the date
        if len(_WORDS.findall(cell.text[: each.start] + cell.text[each.end :])) <= _WITH_A_DATE
    ]
    letters = [(cell, each) for cell, each in found if _OF_A_LETTER.match(cell.text[: each.start])]
    alone = [(cell, each) for cell, each in found if _is_alone(cell.text, each)]
    found = letters or alone or found
    if len({each.date for _, each in found}) == 1:
        cell, each = found[0]
        yield Candidate(
            text=cell.text[each.start : each.end],
            evidence=cell.evidence(each.start, each.end),
            score=_LETTER_DATE if _OF_A_LETTER.match(cell.text[: each.start]) else _LONE_DATE,
            value=each.date,
        )


def _leads_to_date(between: str) -> bool:
    """Say whether what stands between a label of numbers and a date is a number, or hardly a word."""
    return any(map(str.isdigit, between)) or all(len(word) <= _SHORT for word in _WORDS.findall(between))


def _is_alone(text: str, date: FoundDate) -> bool:
    """Say whether a date fills a text, but for the day of the week."""
    rest = f"{text[: date.start]} {text[date.end :]}"
    return all(_WEEKDAY.match(word) for word in _WORDS.findall(rest)) and not any(map(str.isdigit, rest))


def _is_explained(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a label that waits for its value stands left of the cell or right above it."""
    row = page.sheet.rows[cell.row]
    left = row[cell.column - 1] if cell.column else None
    if left is not None and cell.box.x0 - left.box.x1 < _NEAR * page.sheet.page.width and _waits(page, left):
        return True
    for earlier in reversed(page.sheet.rows[max(0, cell.row - 2) : cell.row]):
        for above in earlier:
            if above.box.overlap_x(cell.box) > 0:
                is_waiting = _waits(page, above) and not _has_number_beside(page, above)
                return is_waiting or above.text.endswith(_PERIOD)
    return False


def _has_number_beside(page: LabelledSheet, label: Cell) -> bool:
    """Say whether a label has its value, with a number in it, right beside it."""
    beside = page.sheet.value_beside(label)
    if beside is None or page.starts_with_label(beside):
        return False
    return any(map(str.isdigit, beside.text))


def _waits(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a cell ends with a label, so that its value stands elsewhere.

    A title or a label of numbers waits for no date: "RECHNUNG", and "Kassel, den 3. März 2026" beside it.
    """
    return page.waits(cell) and page.hits_of(cell)[-1].names != ("invoice_number",)
