"""Open the database, bring its tables up to date, and hand out transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from extractor.errors import ConfigurationError

_BUSY_MILLISECONDS = 30_000
_POOL_SIZE = 10
_IS_READING = "is_reading"  # an option of a connection


class Database:
    """A database and its transactions. Threads may share it; processes may not."""

    def __init__(self, url: str) -> None:
        """Prepare connections to SQLite or PostgreSQL; nothing is opened yet.

        Raises:
            ConfigurationError: the URL is of neither.
        """
        self.engine = make_engine(url)
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(
            self.engine.execution_options(**{_IS_READING: True}), expire_on_commit=False
        )

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session whose changes are committed at the end, or all undone by an error."""
        with self._writing.begin() as session:
            yield session

    @contextmanager
    def snapshot(self, *, is_repeatable: bool = False) -> Iterator[Session]:
        """Yield a session to read with; on SQLite it waits for no writer. Changes are not kept.

        Repeatable: all that is read is of one moment. On SQLite it always is.
        """
        with self._reading() as session:
            if is_repeatable and self.engine.dialect.name == "postgresql":
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    def migrate(self) -> None:
        """Bring the tables up to date; processes that start together wait for one another.

        Raises:
            ConfigurationError: the database cannot be reached.
        """
        config = Config()
        config.set_main_option("script_location", str(files("extractor.storage") / "migrations"))
        config.attributes["engine"] = self.engine
        try:
            command.upgrade(config, "head")
        except OperationalError as cause:
            raise ConfigurationError(f"the database cannot be used: {_told(cause)}") from cause

    def is_reachable(self) -> bool:
        """Say whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def make_engine(url: str, *, is_for_queue: bool = False) -> sa.Engine:
    """Return an engine for SQLite (write-ahead log, one writer at a time) or PostgreSQL.

    The queue says itself when a transaction on SQLite begins. What it has noted last may be undone by a
    loss of power, but nothing before it: it does that work again, and work can be done twice. That spares
    it a wait for the disk at each note; what is put into it is kept with the rows that it is about.

    Raises:
        ConfigurationError: the URL is of neither.
    """
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as cause:
        raise ConfigurationError(
            "the database's URL cannot be read: postgresql://… or sqlite:///…"
        ) from cause
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(parsed, pool_size=_POOL_SIZE, max_overflow=_POOL_SIZE)
        _prepare_sqlite(engine, is_for_queue=is_for_queue)
        return engine
    if parsed.get_backend_name() in ("postgresql", "postgres"):
        return sa.create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=_POOL_SIZE,
            max_overflow=_POOL_SIZE,
            pool_pre_ping=True,
        )
    raise ConfigurationError(
        f"{parsed.get_backend_name()} is no database that is used here: postgresql://… or sqlite:///…"
    )


def _prepare_sqlite(engine: sa.Engine, *, is_for_queue: bool) -> None:
    @event.listens_for(engine, "connect")
    def _settle(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = "IMMEDIATE" if is_for_queue else None
        for pragma in (
            f"busy_timeout = {_BUSY_MILLISECONDS}",
            "journal_mode = WAL",
            # FULL: what was answered for is kept through a loss of power.
            f"synchronous = {'NORMAL' if is_for_queue else 'FULL'}",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    if is_for_queue:
        return

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A transaction that reads and then writes would fail when another writes in between.
        is_reading = connection.get_execution_options().get(_IS_READING)
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _told(cause: SQLAlchemyError) -> str:
    return str(getattr(cause, "orig", cause)).strip().splitlines()[0]
