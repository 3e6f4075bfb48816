"""Judge one document: what was read against what a person says that it shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from extractor.assessment.assessment import Assessment
from extractor.delivery.encoding import encode_scalar
from extractor.evaluation.comparing import NUMBERS, is_right
from extractor.evaluation.rows import paired
from extractor.evaluation.truth import Row, Truth, Wanted, WantedTable
from extractor.extraction.extraction import FieldValue, Group, Leaf, Table
from extractor.values.text import squeeze


class Outcome(StrEnum):
    """How one value came out."""

    RIGHT = "right"
    WRONG = "wrong"  # another value was read, or one where the document shows none
    MISSED = "missed"  # the document shows a value, and none was read


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One value that was to be read, or was read where there is none.

    `field` is what it counts for (`line_items.quantity`), `path` its place in the result
    (`line_items[2].quantity`; in a row that was not read, `line_items[wanted 2].quantity`).
    An implied value is judged only where it was read wrongly, and is not counted as shown.
    """

    field: str
    path: str
    outcome: Outcome
    wanted: str | None = None
    read: str | None = None
    leaf: Leaf | None = None
    is_implied: bool = False

    @property
    def is_shown(self) -> bool:
        """Say whether the document shows a value there."""
        return self.wanted is not None and not self.is_implied

    @property
    def is_given(self) -> bool:
        """Say whether a value was read."""
        return self.read is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount:
    """How many rows of one table are shown, were read, and are right in every cell that is judged."""

    shown: int
    read: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All judgements on one document, and the rows of its tables by field."""

    values: tuple[Judgement, ...]
    cells: tuple[Judgement, ...]
    rows: Mapping[str, RowCount]

    @property
    def all(self) -> tuple[Judgement, ...]:
        """Return the judgements on values and on cells."""
        return self.values + self.cells


def judge(truth: Truth, assessment: Assessment | None, *, is_literal: bool = False) -> Judged:
    """Judge every value that the truth says something of; None: the document gave no result.

    `is_literal` is as in `comparing.is_right`.
    """
    fields = {} if assessment is None else assessment.fields
    values = [
        judgement
        for path, wanted in truth.values.items()
        for judgement in _judge_value(path, wanted, _leaf_at(fields, path), is_literal=is_literal)
    ]
    cells: list[Judgement] = []
    rows: dict[str, RowCount] = {}
    for name, table in truth.tables.items():
        found = fields.get(name)
        read = found.rows if isinstance(found, Table) else ()
        judged = list(_judge_rows(name, table, read, is_literal=is_literal))
        cells += [cell for _, row in judged for cell in row]
        rows[name] = RowCount(
            shown=len(table.rows),
            read=len(read),
            right=sum(is_shown and all(c.outcome is Outcome.RIGHT for c in row) for is_shown, row in judged),
        )
    return Judged(values=tuple(values), cells=tuple(cells), rows=rows)


def read_text(leaf: Leaf | None) -> str | None:
    """Return a value as truth is written; None where none was read."""
    return None if leaf is None else encode_scalar(leaf.value) or None


def _leaf_at(fields: Mapping[str, FieldValue], path: str) -> Leaf | None:
    name, _, member = path.partition(".")
    value = fields.get(name)
    if isinstance(value, Group):
        value = value.members.get(member)
    return value if isinstance(value, Leaf) else None


def _judge_value(path: str, wanted: Wanted, leaf: Leaf | None, *, is_literal: bool) -> Iterator[Judgement]:
    judgement = _judged(path, path, wanted, leaf, is_literal=is_literal)
    is_settled = judgement is not None and judgement.outcome is not Outcome.WRONG
    if judgement is not None and not (wanted.is_implied and is_settled):
        yield judgement


def _judged(
    field: str, path: str, wanted: Wanted, leaf: Leaf | None, *, is_literal: bool
) -> Judgement | None:
    """Return the judgement on one value, None where there is none and none is shown."""
    read = read_text(leaf)
    main = wanted.accepted[0] if wanted.accepted else None
    is_as_printed = leaf is not None and _is_as_printed(wanted, leaf.text or "")
    if read is None and leaf is not None and is_as_printed:
        read = leaf.text
    if read is None:
        outcome = Outcome.MISSED
        if main is None:
            return None
    elif is_as_printed or any(
        is_right(each, read, wanted.kind, is_literal=is_literal) for each in wanted.accepted
    ):
        outcome = Outcome.RIGHT
    else:
        outcome = Outcome.WRONG
    return Judgement(
        field=field,
        path=path,
        outcome=outcome,
        wanted=main,
        read=read,
        leaf=leaf,
        is_implied=wanted.is_implied,
    )


def _is_as_printed(wanted: Wanted, text: str) -> bool:
    """Say whether a word without a number ("exempt" for a rate) is wanted, and stands there."""
    return wanted.kind in NUMBERS and any(
        not any(character.isdecimal() for character in each) and squeeze(each) == squeeze(text)
        for each in wanted.accepted
    )


def _judge_rows(
    name: str, table: WantedTable, read: tuple[Group, ...], *, is_literal: bool
) -> Iterator[tuple[bool, list[Judgement]]]:
    """Yield the judgements on each row wanted, with True, and on each row too many, with False."""

    def cells(wanted: Row, row: Group | None, number: int | str) -> list[Judgement]:
        members = {} if row is None else row.members
        judged = (
            _judged(
                f"{name}.{column}",
                f"{name}[{number}].{column}",
                Wanted(kind=table.kinds[column], accepted=() if text is None else (text,)),
                members.get(column),
                is_literal=is_literal,
            )
            for column, text in wanted.items()
        )
        return [cell for cell in judged if cell is not None]

    def agreement(wanted: Row, row: Group) -> int:
        return sum(cell.outcome is Outcome.RIGHT for cell in cells(wanted, row, 0))

    pairs = dict(paired(table.rows, read, agreement))
    for number, wanted in enumerate(table.rows):
        index = pairs.get(number)
        if index is None:
            yield True, cells(wanted, None, f"wanted {number}")
        else:
            yield True, cells(wanted, read[index], index)
    if table.is_whole:
        judged_columns = {column for row in table.rows for column in row} or table.kinds
        nothing: Row = {column: None for column in table.kinds if column in judged_columns}
        for index in sorted(set(range(len(read))) - set(pairs.values())):
            yield False, cells(nothing, read[index], index)
