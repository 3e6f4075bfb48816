"""Insert rows of which others may insert the same at the same time."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from extractor.storage.tables import Row


def insert_unless_there(session: Session, rows: Sequence[Row]) -> None:
    """Insert rows of one table, but none that a key of the table says is there already.

    On PostgreSQL this waits for transactions that insert the same: give rows in one order, that no two
    wait for each other. Which were inserted, a look at the table says.
    """
    if not rows:
        return
    kind = type(rows[0])
    insert = (
        postgresql.insert(kind).on_conflict_do_nothing()
        if session.get_bind().dialect.name == "postgresql"
        else sqlite.insert(kind).on_conflict_do_nothing()
    )
    columns = sa.inspect(kind).columns.keys()
    session.execute(insert, [{column: getattr(row, column) for column in columns} for row in rows])
