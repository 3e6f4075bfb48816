"""Say of every value that was read whether it is right: what calibration is fitted on."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import FieldValue, Group, Leaf, Table
from synthesis.measure import is_same, matched_rows, written
from synthesis.truth import Row, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One value that was read. `path` is as proofs name it, `column` empty outside tables."""

    document: str
    path: str
    field: str
    column: str
    leaf: Leaf
    wanted: str | None
    is_right: bool


def judge(document: str, assessment: Assessment, truth: Truth) -> Iterator[Judged]:
    """Yield every value of one invoice that truth can say something of."""
    for name, value in assessment.fields.items():
        if isinstance(value, Table):
            rows = truth.line_items if name == "line_items" else truth.tax_breakdown
            yield from _cells(document, name, value, rows)
            continue
        leaf = _leaf(value)
        if leaf is None or leaf.value is None or name not in truth.fields:
            continue
        wanted, read = truth.fields[name], written(leaf.value)
        if name in truth.unscored and wanted is None:
            continue
        is_right = wanted is not None and read is not None and is_same(name, wanted, read)
        yield Judged(
            document=document, path=name, field=name, column="", leaf=leaf, wanted=wanted, is_right=is_right
        )


def _leaf(value: FieldValue) -> Leaf | None:
    if isinstance(value, Group):
        return value.members.get("account")
    return value if isinstance(value, Leaf) else None


def _cells(document: str, name: str, table: Table, rows: tuple[Row, ...]) -> Iterator[Judged]:
    read_rows = [{key: written(leaf.value) for key, leaf in row.members.items()} for row in table.rows]
    for wanted_row, index in matched_rows(rows, read_rows):
        if index is None:
            continue
        for column, leaf in table.rows[index].members.items():
            read, wanted = written(leaf.value), wanted_row.get(column)
            if read is None:
                continue
            is_right = wanted is not None and is_same(f"{name}.{column}", wanted, read)
            yield Judged(
                document=document,
                path=f"{name}[{index}].{column}",
                field=name,
                column=column,
                leaf=leaf,
                wanted=wanted,
                is_right=is_right,
            )
