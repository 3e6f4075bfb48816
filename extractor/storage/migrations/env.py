"""What Alembic runs: all changes that are still missing, in one transaction."""

from typing import Literal

import sqlalchemy as sa
from alembic import context

from extractor.storage.tables import Row
from extractor.storage.tables.shape import UtcTime

_LOCK = 0x65787472  # any number, as long as all of us use the same


def _run() -> None:
    engine: sa.Engine = context.config.attributes["engine"]
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's transaction is alone anyway
            connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        context.configure(
            connection=connection,
            target_metadata=Row.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=_render,
        )
        with context.begin_transaction():
            context.run_migrations()


def _render(kind: str, column_type: object, _context: object) -> str | Literal[False]:
    """Write a new migration in SQLAlchemy's own types: ours may change, a migration must not."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(column_type, UtcTime) else False


_run()
