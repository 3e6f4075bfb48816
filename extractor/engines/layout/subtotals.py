"""Tell rows of a table that only add up other rows: sub-totals below a group, sums in its heading.

Words name some of them ("Subtotal", "Zwischensumme"); many are named for their group
("Networking  596.32"). Those are told by arithmetic: such a row lacks the quantity or
the price that items have, and its amount is the sum of the rows right above or below it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from statistics import median

from extractor.engines.reading import CandidateRow
from extractor.pages.geometry import Box

_FEWEST = 2  # rows that a sum adds up; one alone is another row with the same amount
_APART = 60.0  # points from where the other texts begin
_PRODUCT = ("quantity", "unit_price")


def without_subtotals(rows: Sequence[CandidateRow]) -> list[bool]:
    """Say of each row whether it is an item. Nothing is a sub-total where items have no quantity or price."""
    amounts = [_amount(row) for row in rows]
    are_full = [all(name in row.cells for name in _PRODUCT) for row in rows]
    if sum(are_full) * 2 < len(rows) or None in amounts:
        return [True] * len(rows)
    sums = {
        index
        for direction in (range(len(rows)), range(len(rows) - 1, -1, -1))
        for index in _sums(list(direction), amounts, are_full)
    }
    whole = _whole_sum(amounts, are_full)
    return [index not in sums and (whole is None or index < whole) for index in range(len(rows))]


def _whole_sum(amounts: Sequence[Decimal | None], are_full: Sequence[bool]) -> int | None:
    """Return which row adds up all items, if no item stands behind it: what follows are charges."""
    last = max((index for index, is_full in enumerate(are_full) if is_full), default=-1)
    total = sum((amount for amount in amounts[: last + 1] if amount is not None), Decimal(0))
    is_whole = last + 1 >= _FEWEST and all(are_full[: last + 1])
    return next((i for i in range(last + 1, len(amounts)) if is_whole and amounts[i] == total), None)


def without_charges(
    rows: Sequence[CandidateRow], *, are_behind_sums: Sequence[bool], are_behind_last_sums: Sequence[bool]
) -> int:
    """Return how many rows are left without the last ones that belong to the totals: freight, a discount.

    They stand behind a sum, and have an amount alone where items have quantity or price; or behind the
    only sum before the total; or behind a sum, and begin apart from the items' texts; or their text is
    a label of what stands beside.
    """
    left = [box.x0 for row in rows if (box := _place(row)) is not None]
    count = len(rows)
    are_full = [any(name in row.cells for name in _PRODUCT) for row in rows]
    has_numbers = sum(are_full) * 2 >= len(rows)
    while count:
        text = rows[count - 1].cells.get("description")
        is_label = text is not None and text.text.rstrip().endswith((":", "："))
        box = _place(rows[count - 1])
        is_apart = box is not None and abs(box.x0 - median(left)) > _APART
        is_charge = (has_numbers or is_apart) and are_behind_sums[count - 1]
        is_charge = is_charge or are_behind_last_sums[count - 1]
        if are_full[count - 1] or not (is_label or is_charge):
            break
        count -= 1
    return count


def _sums(order: Sequence[int], amounts: Sequence[Decimal | None], are_full: Sequence[bool]) -> Iterator[int]:
    """Yield the rows whose amount is that of the rows before them in this order.

    Each begins anew behind the last row that is no full item. A sum of one row counts only
    beside sums of several.
    """
    found: list[tuple[int, int]] = []
    total, count = Decimal(0), 0
    for index in order:
        amount = amounts[index]
        if amount is None:
            continue
        if are_full[index]:
            total, count = total + amount, count + 1
            continue
        if count and total == amount:
            found.append((index, count))
        total, count = Decimal(0), 0
    if any(count >= _FEWEST for _, count in found):
        yield from (index for index, _ in found)


def _place(row: CandidateRow) -> Box | None:
    """Return where an item's text begins."""
    cell = row.cells.get("description")
    return cell.evidence.boxes[0] if cell is not None and cell.evidence.boxes else None


def _amount(row: CandidateRow) -> Decimal | None:
    cell = row.cells.get("net_amount")
    return cell.value if cell is not None and isinstance(cell.value, Decimal) else None
