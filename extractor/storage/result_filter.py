"""Find results of a tenant: page by page, or all of them one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.storage.database import Database
from extractor.storage.paging import MAX_LIMIT, Listed, listed
from extractor.storage.tables import StoredResult


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFilter:
    """Which results are meant; those to which all that is given applies."""

    result: str | None = None  # its id
    document: str | None = None  # the id of the document
    review: str | None = None  # not_required, open or confirmed
    spec: str | None = None
    number: str | None = None  # of the invoice or contract, exactly
    seller: str | None = None  # a part of the name, in whatever case
    since: datetime | None = None  # made or changed at that moment or later


def results_page(
    session: Session, tenant_id: str, meant: ResultFilter, *, cursor: str | None, limit: int
) -> Listed[StoredResult]:
    """Return a page of the results that are meant, the newest first.

    Raises:
        ConfigurationError: the cursor is none of ours, or the limit is out of bounds (1 to 200).
    """
    return listed(session, _meant(tenant_id, meant), by=StoredResult.id, cursor=cursor, limit=limit)


def each_result(database: Database, tenant_id: str, meant: ResultFilter) -> Iterator[StoredResult]:
    """Yield all results that are meant, the newest first. No transaction is open in between."""
    cursor: str | None = None
    while True:
        with database.snapshot() as session:
            page = results_page(session, tenant_id, meant, cursor=cursor, limit=MAX_LIMIT)
        yield from page.rows
        cursor = page.next_cursor
        if cursor is None:
            return


def _meant(tenant_id: str, meant: ResultFilter) -> sa.Select[StoredResult]:
    query = sa.select(StoredResult).where(StoredResult.tenant_id == tenant_id)
    for column, value in (
        (StoredResult.id, meant.result),
        (StoredResult.document_id, meant.document),
        (StoredResult.review, meant.review),
        (StoredResult.spec, meant.spec),
        (StoredResult.number, meant.number),
    ):
        if value is not None:
            query = query.where(column == value)
    if meant.seller is not None:
        query = query.where(StoredResult.seller.icontains(meant.seller, autoescape=True))
    if meant.since is not None:
        query = query.where(StoredResult.updated_at >= meant.since)
    return query
