"""Find the labelled amounts that may be an invoice's totals, and its tax rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet, has_colon, is_term
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.printed_numbers import PrintedAmount, PrintedNumbers
from extractor.engines.layout.rated_bases import with_rated_bases
from extractor.engines.layout.tax_rows import CENT, is_deduction, tax_rows, total_at
from extractor.engines.layout.total_phrases import holds_its_tax, is_carried, is_from_before, is_sentence
from extractor.engines.layout.total_strips import total_strips
from extractor.engines.layout.totals import DUE, GROSS, NET, TAX, TotalCandidate
from extractor.engines.layout.zones import zones
from extractor.pages.geometry import Box
from extractor.values.arithmetic import agrees

_NAMES = frozenset({NET, TAX, GROSS, DUE})
_SHARED_LABEL = 0.12  # off the score for each further total that a label may mean
_WITHOUT_TAX = re.compile(r"不含.{0,6}税|未税|\b(?:excl|exkl|ohne|hors|senza|sin|before)\b", re.IGNORECASE)
_WITH_TAX = re.compile(r"含.{0,8}税|\b(?:incl|inkl|including|ttc|compris)", re.IGNORECASE)
_UNLABELLED_SUM = 0.6
_COLUMN_SUM = 0.9  # an amount under a column of the items
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_CJK_FROM = "\u2e80"
_ROW_END = (10**6, 0)
_NEAR = 40.0  # points: rows of totals stand this close
_UNNAMED = 0.3  # an amount without a known label: net or gross only if the sum says so
_LETTERS = re.compile(r"[^\W\d_]+")
_OTHER_WORDS = 0.55  # "Total labour" is the total of something
_FEW_LETTERS = 3  # a code of currency


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRows:
    """What the rows of totals hold."""

    candidates: tuple[TotalCandidate, ...]
    extras: tuple[Decimal, ...]


def read_total_rows(
    pages: Sequence[LabelledSheet],
    *,
    is_item: Mapping[int, Sequence[Box]],
    columns: Mapping[str, Box],
    lines_sum: Decimal | None,
    numbers: PrintedNumbers,
) -> TotalRows:
    """Return the labelled amounts outside the item rows.

    `is_item` has the boxes of item rows by page; `columns` the horizontal range of the
    item columns by name (a row of sums has an amount under each). `lines_sum` is what
    the items add up to: printed on a row of its own, it is the net amount without a label.
    """
    found: list[TotalCandidate] = []
    extras: list[Decimal] = []
    for page in pages:
        rows = [
            row for row in page.sheet.rows if not _is_inside(row, is_item.get(page.sheet.page.number, ()))
        ]
        labelled: list[tuple[Cell, ...]] = []
        for row in rows:
            candidates = list(tax_rows(row, numbers))
            is_tax_row = any(each.base is not None for each in candidates)
            candidates += [
                each
                for each in _labelled(page, row, columns, numbers)
                if not is_tax_row or each.name in {TAX, DUE} or _is_right_of(each, candidates)
                if each.name != TAX or not is_deduction(_beside(row, each))  # "Less CIS tax deduction"
                if each.name == TAX or not is_from_before(_beside(row, each)[0].text)
            ]
            if not candidates and lines_sum is not None:
                candidates += _bare_sum(row, lines_sum, numbers)
            found += candidates
            if candidates:
                labelled.append(row)
        found += total_strips(page, rows, numbers)
        among = _unlabelled(rows, labelled, numbers)
        found += [_borrowed(name, amount) for amount in among for name in (NET, GROSS)]
        extras += [amount.value for amount in among]
    return TotalRows(candidates=tuple(_once(with_rated_bases(found))), extras=tuple(dict.fromkeys(extras)))


def _beside(row: Sequence[Cell], total: TotalCandidate) -> Sequence[Cell]:
    """Return the cells of a row from the one next to an amount on, without other texts left of its label."""
    amount = total.candidate.evidence.boxes[0]
    left = [index for index, cell in enumerate(row) if cell.box.x0 < amount.x0 - 1]
    return row[left[-1] if left else 0 :]


def _is_right_of(labelled: TotalCandidate, tax_row: Sequence[TotalCandidate]) -> bool:
    """Say whether an amount stands beside a tax table, in another block of totals."""
    right = max(each.candidate.evidence.boxes[0].x1 for each in tax_row)
    return labelled.candidate.evidence.boxes[0].x0 > right


def _is_inside(row: Sequence[Cell], boxes: Sequence[Box]) -> bool:
    middle = row[0].box.centre_y
    return any(box.y0 <= middle <= box.y1 for box in boxes)


def _labelled(
    page: LabelledSheet, row: Sequence[Cell], columns: Mapping[str, Box], numbers: PrintedNumbers
) -> Iterator[TotalCandidate]:
    amounts = numbers.amounts_in(row)
    labels = _row_labels(page, row, amounts)
    for index, (cell, hit) in enumerate(labels):
        names = _meant([name for name in hit.names if name in _NAMES], cell.text)
        start = (cell.column, hit.end)
        end = (
            (labels[index + 1][0].column, labels[index + 1][1].start) if index + 1 < len(labels) else _ROW_END
        )
        beside = [
            each
            for each in amounts
            if start <= (each.cell.column, each.digits_at) < end and not is_term(cell, hit)
            if not _is_told_apart(row[cell.column + 1 : each.cell.column])
        ]
        if beside:
            yield from _from_row(page, cell, hit, names, beside, columns, numbers)
        elif len(labels) > 1:
            yield from _from_below(page, cell, hit, names, numbers)


def _is_told_apart(between: Sequence[Cell]) -> bool:
    """Say whether a text between a label and an amount names the amount: "Please pay: | Postage | 4.50"."""
    return any(len(word) > _FEW_LETTERS for cell in between for word in _LETTERS.findall(cell.text))


def _meant(names: Sequence[str], text: str) -> list[str]:
    """Let what a label's cell says of tax decide between net and gross: "合计（含税）", "Total excl. VAT"."""
    if {NET, GROSS} & set(names):
        if _WITHOUT_TAX.search(text):
            return [NET]
        if _WITH_TAX.search(text):
            return [GROSS]
    return list(names)


def _row_labels(
    page: LabelledSheet, row: Sequence[Cell], amounts: Sequence[PrintedAmount]
) -> list[tuple[Cell, Hit]]:
    """Return the total labels of a row; of several without an amount between, the first.

    "Total net (excl. VAT)" is one label, not two.
    """
    labels: list[tuple[Cell, Hit]] = []
    for cell in row:
        for hit in page.hits_of(cell):
            if not any(name in _NAMES for name in hit.names):
                continue
            if labels and labels[-1][0] is cell:
                last = (cell.column, labels[-1][1].end)
                place = (cell.column, hit.start)
                if not any(last <= (each.cell.column, each.digits_at) < place for each in amounts):
                    continue
            labels.append((cell, hit))
    return labels


def _strength(page: LabelledSheet, cell: Cell, hit: Hit, names: Sequence[str]) -> float:
    before = cell.text[: hit.start]
    inside = 0.6 if any(character.isalpha() for character in before) else 1.0
    if {NET, GROSS} & set(names) and _is_of_something(page, cell, hit):
        inside *= _OTHER_WORDS
    return inside * (1.0 - _SHARED_LABEL * (len(names) - 1))


def _is_of_something(page: LabelledSheet, cell: Cell, hit: Hit) -> bool:
    """Say whether unknown words go on with a label: "Total labour", not "Total (EUR)" or "Total: ..."."""
    if has_colon(cell, hit) or hit.label[0] > _CJK_FROM:
        return False
    end = next((other.start for other in page.hits_of(cell) if other.start >= hit.end), len(cell.text))
    words = _LETTERS.findall(_BRACKETS.sub("", cell.text[hit.end : end]))
    return any(len(word) > _FEW_LETTERS and word.islower() for word in words)


def _from_row(
    page: LabelledSheet,
    cell: Cell,
    hit: Hit,
    names: Sequence[str],
    amounts: Sequence[PrintedAmount],
    columns: Mapping[str, Box],
    numbers: PrintedNumbers,
) -> Iterator[TotalCandidate]:
    strength = _strength(page, cell, hit, names)
    if len(amounts) > 1 and (under := _under_columns(amounts, columns)):
        for name, amount in under.items():
            yield total_at(name, amount, _COLUMN_SUM * strength)
        return
    if len(amounts) == 3 and {NET, GROSS} & set(names) and _adds_up(amounts):  # noqa: PLR2004
        for name, amount in zip((NET, TAX, GROSS), amounts, strict=True):
            yield total_at(name, amount, _COLUMN_SUM * strength)
        return
    if NET in names and _is_with_tax(amounts, columns):
        yield total_at(NET, amounts[0], _COLUMN_SUM * strength)
        yield total_at(TAX, amounts[1], _COLUMN_SUM * strength)
        return
    if DUE in names and is_sentence(cell, hit, amounts[0]):
        strength *= _OTHER_WORDS
    last = amounts[0] if TAX not in names and holds_its_tax(cell, amounts) else amounts[-1]
    for name in names:
        base = None
        if name == TAX and len(amounts) > 1:
            base = amounts[-2].candidate(strength)
        rates = numbers.rates_in([cell]) if name in {NET, TAX} else []
        rate = None
        if rates:
            rate = min(rates, key=lambda each: abs(each.start - hit.end)).candidate(strength)
        yield total_at(name, last, strength, rate=rate, base=base)


def _adds_up(amounts: Sequence[PrintedAmount]) -> bool:
    """Say whether three amounts are net, tax and gross: the last row of a table of taxes."""
    net, tax, gross = (each.value for each in amounts)
    is_tax = 0 < abs(tax) < abs(net) / 2  # two halves of a tax and their sum are none
    return is_tax and agrees(net + tax, gross, within=CENT)


def _is_with_tax(amounts: Sequence[PrintedAmount], columns: Mapping[str, Box]) -> bool:
    """Say whether two amounts are the sums of two columns, amounts and taxes, if not right under them."""
    net, tax = columns.get("net_amount"), columns.get("tax_amount")
    if net is None or tax is None or len(amounts) != 2:  # noqa: PLR2004 - of two columns
        return False
    first, second = (each.value for each in amounts)
    is_tax = 0 < second * (1 if first > 0 else -1) < abs(first) / 2
    return is_tax and net.x0 < tax.x0 and amounts[1].box.overlap_x(tax) > 0


def _under_columns(amounts: Sequence[PrintedAmount], columns: Mapping[str, Box]) -> dict[str, PrintedAmount]:
    """Match a row of sums to the item columns they stand under."""
    found: dict[str, PrintedAmount] = {}
    for column, name in (("net_amount", NET), ("tax_amount", TAX)):
        place = columns.get(column)
        if place is None:
            continue
        under = [each for each in amounts if each.box.overlap_x(place) > 0]
        if under:
            found[name] = max(under, key=lambda each: each.box.overlap_x(place))
    return found if len(found) > 1 else {}


def _from_below(
    page: LabelledSheet, cell: Cell, hit: Hit, names: Sequence[str], numbers: PrintedNumbers
) -> Iterator[TotalCandidate]:
    """Take the amount under a label, where the totals stand in a table of their own."""
    for zone in zones(page, cell, hit):
        if not zone.is_beside or zone.cell.row == cell.row:
            continue
        amounts = numbers.amounts_in([zone.cell])
        if len(amounts) == 1:
            for name in names:
                yield total_at(name, amounts[0], zone.score * _strength(page, cell, hit, names))


def _bare_sum(row: Sequence[Cell], lines_sum: Decimal, numbers: PrintedNumbers) -> Iterator[TotalCandidate]:
    amounts = numbers.amounts_in(row)
    if len(row) == 1 and len(amounts) == 1 and amounts[0].value == lines_sum:
        yield total_at(NET, amounts[0], _UNLABELLED_SUM)


def _unlabelled(
    rows: Sequence[Sequence[Cell]], labelled: Sequence[Sequence[Cell]], numbers: PrintedNumbers
) -> list[PrintedAmount]:
    """Return the amounts of rows among the totals that carry no total's label."""
    places = [row[0].box.centre_y for row in labelled]
    return [
        amounts[-1]
        for row in rows
        if row not in labelled and any(abs(row[0].box.centre_y - place) <= _NEAR for place in places)
        if (amounts := numbers.amounts_in(row)) and not is_carried(" ".join(c.text for c in row))
    ]


def _borrowed(name: str, amount: PrintedAmount) -> TotalCandidate:
    return replace(total_at(name, amount, _UNNAMED), is_borrowed=True)


def _once(found: Sequence[TotalCandidate]) -> Iterator[TotalCandidate]:
    """Drop a weaker reading of the same amount for the same total; keep the tax row's parts."""
    best: dict[tuple[str, object], TotalCandidate] = {}
    for each in found:
        key = (each.name, each.candidate.evidence)
        held = best.get(key)
        if held is None or (each.base is not None, each.candidate.score) > (
            held.base is not None,
            held.candidate.score,
        ):
            best[key] = each
    yield from best.values()
