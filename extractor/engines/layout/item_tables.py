"""Choose which tables of a document hold its items: one, several that make a total, or none with a header."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractor.engines.layout.headless import read_headless
from extractor.engines.layout.items import Items, read_items
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.printed_numbers import PrintedNumbers
from extractor.engines.layout.table_ends import TableEnds
from extractor.engines.layout.tables.printed import PrintedTable
from extractor.engines.layout.totals import DUE, GROSS, NET
from extractor.field_specs.spec import ColumnSpec

_TOTALS = frozenset({NET, GROSS, DUE})
_WITHOUT_HEADER = 0.7
_OF_ITEMS = frozenset({"quantity", "unit_price"})  # tell a bare table from one of taxes


def read_all_items(
    pages: Sequence[LabelledSheet],
    tables: Sequence[PrintedTable],
    columns: Mapping[str, ColumnSpec],
    *,
    ends: TableEnds,
    numbers: PrintedNumbers,
) -> Items:
    """Return the items of the tables with a header, or else of rows that a sum below proves."""
    conventions = numbers.conventions
    items = read_items(tables, columns, conventions=conventions)
    if not any("description" in row.cells for row in items.rows):  # none, or a table of taxes
        totals = frozenset(_labelled_totals(pages, numbers))
        headless = read_headless(pages, numbers, ends, totals=totals)
        if headless is not None:
            return _less_sure(read_items([headless], columns, conventions=conventions))
        is_bare = any(row.cells.keys() >= _OF_ITEMS or "product_code" in row.cells for row in items.rows)
        return items if is_bare else Items()
    if len(tables) > 1 and items.net_sum is not None:
        totals = frozenset(_labelled_totals(pages, numbers))
        if items.net_sum not in totals:
            others = [read_items([table], columns, conventions=conventions) for table in tables]
            return _together(items, others, totals)
    return items


def _together(items: Items, others: Sequence[Items], totals: frozenset[Decimal]) -> Items:
    """Add tables of other columns where only all of them make a total: hours, and costs advanced."""
    parts = [each for each in others if each.net_sum and each.rows]
    if not any(each.rows == items.rows for each in parts):
        return items
    sums = [each.net_sum for each in parts if each.net_sum is not None]
    are_named = all("description" in row.cells for each in parts for row in each.rows)
    if not are_named or sum(sums, Decimal(0)) not in totals:
        return items
    places = {
        page: tuple(box for each in parts for box in each.places.get(page, ()))
        for page in sorted({page for each in parts for page in each.places})
    }
    return Items(rows=tuple(row for each in parts for row in each.rows), columns=items.columns, places=places)


def _labelled_totals(pages: Sequence[LabelledSheet], numbers: PrintedNumbers) -> Iterator[Decimal]:
    """Yield the amounts of rows with a total's label, and of the rows below labels side by side."""
    for page in pages:
        for row, below in pairwise((*page.sheet.rows, ())):
            if any(_TOTALS & set(hit.names) for cell in row for hit in page.hits_of(cell)):
                amounts = numbers.amounts_in(row) or numbers.amounts_in(below)
                yield from (each.value for each in amounts)


def _less_sure(items: Items) -> Items:
    """Score items that no header names lower: the parts of a total add up, too."""
    rows = tuple(
        replace(
            row,
            cells={
                name: replace(cell, score=min(cell.score, _WITHOUT_HEADER))
                for name, cell in row.cells.items()
            },
        )
        for row in items.rows
    )
    return replace(items, rows=rows)
