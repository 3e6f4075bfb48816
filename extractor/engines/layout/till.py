"""Read what a till prints: the moment of the sale, and the money that was given and given back."""

import re
from collections.abc import Sequence

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import between
from extractor.engines.layout.printed_numbers import PrintedAmount, PrintedNumbers
from extractor.engines.layout.tax_rows import total_at
from extractor.engines.layout.totals import GROSS, NET, TotalCandidate
from extractor.engines.reading import Candidate
from extractor.values.conventions import Conventions
from extractor.values.dates import find_dates

_TIME = re.compile(r"[\s,;|T-]*(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?(?!\d|\s*%)")
_GIVEN = re.compile(
    r"\W*(?:cash|amount (?:paid|tendered|received)|tendered|received|tunai|bar(?:geld)?|gegeben|erhalten"
    r"|esp[eè]ces|re[cç]u|contant|efectivo|entregado|contanti|dinheiro|entregue|现金|收款|实收|现收)",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\W*(?:change|baki|r[uü]ckgeld|zur[uü]ck|rendu|monnaie|wisselgeld|terug|cambio|resto|troco|找零|找回|找赎)",
    re.IGNORECASE,
)
_WORD, _SHORT = re.compile(r"\w+"), 3  # letters of "vom"
_NEAR = 3  # rows between what was given and what was given back
_ONE_MOMENT, _SEVERAL = 0.75, 0.5
_PAID = 0.93  # given less given back is what the sale came to


def stamped_dates(pages: Sequence[LabelledSheet], conventions: Conventions) -> list[Candidate]:
    """Return the dates that a time of day follows, best first: tills print both without a label.

    One under the label of another day, of a delivery, is none.
    """
    found = [
        (cell, each)
        for page in pages
        for row in page.sheet.rows
        for cell, behind in zip(row, [*row[1:], None], strict=True)
        for each in find_dates(cell.text, is_day_first=conventions.is_day_first)
        if _is_timed(cell.text[each.end :], behind) and not _is_under_label(page, cell)
    ]
    score = _ONE_MOMENT if len({each.date for _, each in found}) == 1 else _SEVERAL
    return [
        Candidate(
            text=cell.text[each.start : each.end],
            evidence=cell.evidence(each.start, each.end),
            score=score,
            value=each.date,
        )
        for cell, each in found
    ]


def _is_under_label(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a label alone stands right above a cell: the date is what it names."""
    above = (
        [each for each in page.sheet.rows[cell.row - 1] if each.box.overlap_x(cell.box) > 0]
        if cell.row
        else []
    )
    return any(_is_of_labels(page, each) for each in above)


def _is_of_labels(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a cell holds labels, and else but an "of": "VAT No. Printed on" over an id and a date."""
    hits = page.hits_of(cell)
    words = (word for text in between(cell.text, hits) for word in _WORD.findall(text))
    return bool(hits) and all(word.isalpha() and len(word) <= _SHORT for word in words)


def _is_timed(rest: str, behind: Cell | None) -> bool:
    if rest.strip():
        return _TIME.match(rest) is not None
    if behind is None or any(each.start == 0 for each in find_dates(behind.text, is_day_first=None)):
        return False  # also a period: "01.06.25 – 27.06.25"
    return _TIME.match(behind.text) is not None


def with_paid_total(
    candidates: Sequence[TotalCandidate], pages: Sequence[LabelledSheet], numbers: PrintedNumbers
) -> Sequence[TotalCandidate]:
    """Return the totals with what was paid in cash for the gross amount, where a till printed that.

    What was given less what was given back settles which of several totals was paid:
    before or after rounding, with tax or without.
    """
    paid = _paid(pages, numbers)
    if paid is None:
        return candidates
    total = total_at(GROSS, paid, _PAID)
    fitting = [
        each
        for each in candidates
        if (each.name != GROSS or each.value == paid.value)
        and (each.name != NET or each.candidate.evidence != total.candidate.evidence)
    ]
    return [*fitting, total]


def _paid(pages: Sequence[LabelledSheet], numbers: PrintedNumbers) -> PrintedAmount | None:
    """Return the printed amount that is what was given less what was given back."""
    for page in pages:
        rows = page.sheet.rows
        for index, row in enumerate(rows):
            given = _amount(row, _GIVEN, numbers)
            after = rows[index + 1 : index + 1 + _NEAR]
            back = next((one for each in after if (one := _amount(each, _BACK, numbers))), None)
            if given is None or back is None:
                continue
            value = abs(given.value) - abs(back.value)
            amounts = numbers.amounts_in([cell for earlier in reversed(rows[:index]) for cell in earlier])
            return next((each for each in amounts if each.value == value > 0), None)
    return None


def _amount(row: Sequence[Cell], label: re.Pattern[str], numbers: PrintedNumbers) -> PrintedAmount | None:
    if not label.match(row[0].text):
        return None
    return next(iter(numbers.amounts_in(row)[-1:]), None)
