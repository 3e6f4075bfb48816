"""Rows of any table as lines of JSON, and back: the same on every database."""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.storage.tables.shape import UtcTime

_ROWS_AT_ONCE = 500


def lines_of(session: Session, table: sa.Table) -> Iterator[bytes]:
    """Yield a table's rows, a line each; few are in memory at a time."""
    with session.execute(sa.select(table).execution_options(yield_per=_ROWS_AT_ONCE)) as rows:
        for row in rows.mappings():
            told = {column.name: _told(row[column.name]) for column in table.columns}
            yield json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def insert_lines(session: Session, table: sa.Table, lines: Iterable[bytes]) -> int:
    """Write the rows that lines tell, and return how many there were.

    Raises:
        ValueError: a line tells no row of this table.
    """
    count = 0
    remaining = iter(lines)
    while group := list(islice(remaining, _ROWS_AT_ONCE)):
        session.execute(sa.insert(table), [_row(table, line) for line in group])
        count += len(group)
    return count


def _told(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, datetime):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _row(table: sa.Table, line: bytes) -> dict[str, Any]:
    told = json.loads(line)
    if not isinstance(told, dict) or set(told) != set(table.columns.keys()):
        raise ValueError(f"a line is no row of {table.name}")
    return {column.name: _value(column, told[column.name]) for column in table.columns}


def _value(column: "sa.Column[Any]", told: Any) -> Any:  # noqa: ANN401
    if told is None:
        return None
    if isinstance(column.type, UtcTime):
        return datetime.fromisoformat(told)
    return base64.b64decode(told) if isinstance(column.type, sa.LargeBinary) else told
