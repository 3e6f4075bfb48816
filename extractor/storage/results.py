"""What documents say, as it was read and as people have put it right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.delivery.encoding import Json
from extractor.errors import Conflict
from extractor.storage.access import Caller
from extractor.storage.owned import owned
from extractor.storage.paging import Listed, listed
from extractor.storage.tables import ReviewStep, StoredResult
from extractor.storage.tables.runs import ReviewState
from extractor.storage.tables.shape import new_id


class VersionConflict(Conflict):
    """Somebody else has changed the result meanwhile: read it again."""

    http_status = 412


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One place that a person has put right; None says that nothing stands there."""

    path: str
    before: str | None
    after: str | None


def result_of(session: Session, tenant_id: str, result_id: str) -> StoredResult:
    """Return one result.

    Raises:
        NotFound: the tenant has no such result.
    """
    return owned(session, StoredResult, tenant_id, result_id, called="result")


def open_reviews(
    session: Session, tenant_id: str, *, reason: str | None, cursor: str | None, limit: int
) -> Listed[StoredResult]:
    """Return a page of the results that a person must look at, the newest first."""
    query = sa.select(StoredResult).where(
        StoredResult.tenant_id == tenant_id, StoredResult.review == ReviewState.OPEN
    )
    if reason is not None:
        query = query.where(StoredResult.reasons.contains(f" {reason} "))
    return listed(session, query, by=StoredResult.id, cursor=cursor, limit=limit)


def change_result(
    session: Session,
    caller: Caller,
    result_id: str,
    body: Mapping[str, Json],
    *,
    expected_version: int,
    review: ReviewState,
    correction: Correction | None,
    now: datetime,
) -> StoredResult:
    """Keep a result as a person has put it right, or confirmed it, with who did what.

    Raises:
        NotFound: the tenant has no such result.
        VersionConflict: it is not the version any more that the person looked at.
    """
    row = owned(session, StoredResult, caller.tenant_id, result_id, called="result", for_update=True)
    if row.version != expected_version:
        raise VersionConflict(
            f"{result_id} has changed: it is version {row.version}, not {expected_version}; read it again"
        )
    row.body = dict(body)
    row.review = review
    row.describe()
    row.version += 1
    row.updated_at = now
    session.add(
        ReviewStep(
            id=new_id("rev"),
            tenant_id=caller.tenant_id,
            result_id=row.id,
            at=now,
            actor=caller.actor,
            action="confirmed" if correction is None else "corrected",
            version=row.version,
            path=None if correction is None else correction.path,
            before=None if correction is None else correction.before,
            after=None if correction is None else correction.after,
        )
    )
    return row


def steps_of(session: Session, tenant_id: str, result_id: str) -> list[ReviewStep]:
    """Return what people did to a result, the first step first.

    Raises:
        NotFound: the tenant has no such result.
    """
    result_of(session, tenant_id, result_id)
    query = sa.select(ReviewStep).where(ReviewStep.result_id == result_id).order_by(ReviewStep.id)
    return list(session.scalars(query))
