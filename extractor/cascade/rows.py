"""Which rows of two readings of a table are the same row."""

from collections.abc import Sequence

from extractor.extraction.agreement import says_same
from extractor.extraction.extraction import Group
from extractor.field_specs.spec import FieldSpec

_ALIKE = 0.5  # more than this share of the cells that both have say the same


def rows_side_by_side(
    mine: Sequence[Group], theirs: Sequence[Group], field: FieldSpec
) -> list[tuple[int | None, int | None]] | None:
    """Return the rows of the fuller table in order, as indices into both; None for two that do not fit.

    As many rows are the same ones. Of two readings of which one has all rows of the other, and more,
    the other has missed some: engines miss rows more often than they make them up.
    """
    if len(mine) == len(theirs):
        return [(index, index) for index in range(len(mine))]
    if len(mine) > len(theirs):
        turned = rows_side_by_side(theirs, mine, field)
        return None if turned is None else [(one, other) for other, one in turned]
    found: list[tuple[int | None, int | None]] = []
    next_of_mine = 0
    for index, row in enumerate(theirs):
        is_there = next_of_mine < len(mine) and _are_alike(mine[next_of_mine], row, field)
        found.append((next_of_mine if is_there else None, index))
        next_of_mine += is_there
    return found if next_of_mine == len(mine) else None


def _are_alike(mine: Group, theirs: Group, field: FieldSpec) -> bool:
    both = [
        (mine.members[name], theirs.members[name], field.columns[name])
        for name in field.columns
        if all(name in row.members and row.members[name].value is not None for row in (mine, theirs))
    ]
    return sum(says_same(*each) for each in both) > _ALIKE * len(both)
