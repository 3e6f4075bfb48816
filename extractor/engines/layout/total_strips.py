"""Read totals that stand side by side: a row of their labels, and the amounts in the row below."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.printed_numbers import PrintedAmount, PrintedNumbers
from extractor.engines.layout.tax_rows import CENT, HIGHEST_RATE, total_at
from extractor.engines.layout.totals import DUE, GROSS, NET, TAX, TotalCandidate
from extractor.engines.reading import Candidate
from extractor.pages.geometry import Box
from extractor.values.arithmetic import agrees, tax_on

_NAMES = frozenset({NET, TAX, GROSS, DUE})
_STRIP = 0.85
_SHARED_LABEL = 0.12  # off the score for each further total that a label may mean
_BELOW_WITHIN = 2.4  # of the labels' height
_BESIDE = 12.0  # points: what stands under a label lines up with it at an edge or in the middle
_BETWEEN = re.compile(r"[\s./|(（-]*")
_PERCENT = re.compile(
    r"\s*[(（]?\s*(?:[%％]|in %|Satz|rate|taux|tarief|tipo|aliquota|taxa|率)", re.IGNORECASE
)
_PERCENT_BEFORE = re.compile(r"(?:%|taux|tipo|aliquota|taxa|税率)\s*(?:de |d'|di )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """A label of a strip: which totals it may mean, where it stands, whether it heads a rate."""

    names: tuple[str, ...]
    box: Box
    is_rate: bool


def total_strips(
    page: LabelledSheet, rows: Sequence[tuple[Cell, ...]], numbers: PrintedNumbers
) -> Iterator[TotalCandidate]:
    """Yield the totals that stand under labels of their own, side by side, in rows that are no items."""
    for labels, values in _pairs(page, rows, numbers):
        headings = [each for cell in labels for each in _headings(page, cell)]
        if len({each.names for each in headings if not each.is_rate}) > 1:
            own = _rates_of(headings, numbers.rates_in(labels))
            yield from _matched(headings, numbers.amounts_in(values), numbers.rates_in(values), own)


def _pairs(
    page: LabelledSheet, rows: Sequence[tuple[Cell, ...]], numbers: PrintedNumbers
) -> Iterator[tuple[tuple[Cell, ...], tuple[Cell, ...]]]:
    """Yield rows with the labels of several totals and no amount, each with the row right below."""
    for row, below in pairwise(rows):
        labelled = sum(any(_NAMES & set(hit.names) for hit in page.hits_of(cell)) for cell in row)
        is_near = below[0].box.y0 - row[0].box.y1 <= _BELOW_WITHIN * row[0].box.height
        if labelled > 1 and is_near and not numbers.amounts_in(row) and len(numbers.amounts_in(below)) > 1:
            yield row, below


def _headings(page: LabelledSheet, cell: Cell) -> Iterator[_Heading]:
    """Yield the labels of a cell; one in two languages is one: "Montant TVA / Btw-bedrag"."""
    groups: list[list[Hit]] = []
    for hit in page.hits_of(cell):
        if groups and _is_translation(cell.text, groups[-1][-1], hit):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    for group in groups:
        shared = set.intersection(*(set(hit.names) for hit in group))
        names = tuple(name for name in group[0].names if name in shared & _NAMES)
        start, end = group[0].start, group[-1].end
        is_rate = _PERCENT.match(cell.text, end) or _PERCENT_BEFORE.search(cell.text[:start])
        if names:
            yield _Heading(names=names, box=cell.box_of(start, end), is_rate=is_rate is not None)


def _is_translation(text: str, one: Hit, other: Hit) -> bool:
    is_joint = _BETWEEN.fullmatch(text, one.end, other.start) is not None
    return is_joint and bool(set(one.names) & set(other.names))


def _rates_of(headings: Sequence[_Heading], rates: Sequence[PrintedAmount]) -> Mapping[int, PrintedAmount]:
    """Return the rate that stands behind each label of a tax, before the next one: "VAT 7 %", "VAT 19 %"."""
    ends = [*(each.box.x0 for each in headings[1:]), float("inf")]
    found = {
        index: next((rate for rate in rates if heading.box.x0 <= rate.box.x0 < end), None)
        for index, (heading, end) in enumerate(zip(headings, ends, strict=True))
        if TAX in heading.names
    }
    return {index: rate for index, rate in found.items() if rate is not None}


def _matched(
    headings: Sequence[_Heading],
    amounts: Sequence[PrintedAmount],
    rates: Sequence[PrintedAmount],
    own: Mapping[int, PrintedAmount],
) -> Iterator[TotalCandidate]:
    under: dict[int, list[PrintedAmount]] = {}
    for amount in amounts:
        box = amount.box
        distance, _, best = min(
            (_distance(box, each.box), -box.overlap_x(each.box), index) for index, each in enumerate(headings)
        )
        if distance <= _BESIDE:
            under.setdefault(best, []).append(amount)
    alone = {index: found[0] for index, found in under.items() if len(found) == 1}
    plain = [(i, heading) for i, heading in enumerate(headings) if i in alone and not heading.is_rate]
    bare = [alone[i] for i, heading in enumerate(headings) if i in alone and heading.is_rate]
    rate = next((each for each in (*rates, *bare) if 0 <= each.value <= HIGHEST_RATE), None)
    nets = [alone[i] for i, heading in plain if NET in heading.names]
    if len(plain) < 2:  # noqa: PLR2004 - one amount under a label is no strip
        return
    for index, heading in plain:
        amount, its_rate = alone[index], own.get(index, rate)
        score = _STRIP * (1.0 - _SHARED_LABEL * (len(heading.names) - 1))
        for name in heading.names:
            is_tax = name == TAX and its_rate is not None
            base = next((net for net in nets if is_tax and _is_taxed(net, its_rate, amount)), None)
            is_told = base is not None or (name == TAX and index in own)
            yield total_at(
                name,
                amount,
                score,
                rate=_candidate(its_rate, score) if is_told else None,
                base=_candidate(base, score),
            )


def _is_taxed(net: PrintedAmount, rate: PrintedAmount | None, tax: PrintedAmount) -> bool:
    return rate is not None and agrees(tax_on(net.value, rate.value), tax.value, within=CENT)


def _candidate(amount: PrintedAmount | None, score: float) -> Candidate | None:
    return amount.candidate(score) if amount is not None else None


def _distance(box: Box, heading: Box) -> float:
    """Return how far an amount is from standing under a heading, in points."""
    if box.overlap_x(heading) > 0:
        return 0.0
    return max(heading.x0 - box.x1, box.x0 - heading.x1)
