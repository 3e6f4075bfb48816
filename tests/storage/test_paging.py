from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from storage.conftest import NOW

from extractor.errors import ConfigurationError
from extractor.storage.database import Database
from extractor.storage.paging import MAX_LIMIT, listed
from extractor.storage.tables import Tenant


def added(database: Database, first: int, count: int) -> None:
    with database.transaction() as session:
        for number in range(first, first + count):
            session.add(Tenant(id=f"ten_{number:04d}", name=f"t{number}", created_at=NOW))


def page(database: Database, cursor: str | None, limit: int) -> tuple[list[str], str | None]:
    with database.snapshot() as session:
        found = listed(session, sa.select(Tenant), by=Tenant.id, cursor=cursor, limit=limit)
        return [row.id for row in found.rows], found.next_cursor


def test_every_row_is_shown_once_whatever_is_added_meanwhile(database: Database) -> None:
    added(database, 0, 7)
    shown, cursor = page(database, None, 3)
    added(database, 7, 2)
    while cursor is not None:
        more, cursor = page(database, cursor, 3)
        shown += more
    assert shown == [f"ten_{number:04d}" for number in range(6, -1, -1)]


def test_a_full_last_page_has_no_next(database: Database) -> None:
    added(database, 0, 3)
    assert page(database, None, 3)[1] is None
    assert page(database, None, 2)[1] is not None


@pytest.mark.parametrize("limit", [0, -1, MAX_LIMIT + 1])
def test_a_limit_out_of_bounds_is_refused(database: Database, limit: int) -> None:
    with pytest.raises(ConfigurationError, match="from 1 to 200"):
        page(database, None, limit)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('paging') / 'empty.db'}")
    database.migrate()
    yield database
    database.close()


@given(cursor=st.text(max_size=40))
def test_any_other_text_is_no_cursor_or_shows_nothing(empty: Database, cursor: str) -> None:
    try:
        shown = page(empty, cursor, 1)
    except ConfigurationError as error:
        shown = ([], None) if "the cursor is none" in str(error) else ([str(error)], None)
    assert shown == ([], None)
