"""Readings: asked for once, ended once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from extractor.delivery.encoding import Json
from extractor.delivery.failure import Failure
from extractor.errors import Conflict, NotFound
from extractor.storage.owned import owned
from extractor.storage.tables import Run, StoredDocument, StoredResult
from extractor.storage.tables.runs import FAILED_STATES, OPEN_STATES, ReviewState, RunState
from extractor.storage.tables.shape import new_id


class ReadPart(Protocol):
    """What one part of a document says (`body`), and what comparing needs beside that (`printed`)."""

    @property
    def body(self) -> Mapping[str, Json]:
        """Return the result."""
        ...

    @property
    def printed(self) -> Mapping[str, Json]:
        """Return what is kept beside it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How a document is to be read. Two readings with the same question and program are one."""

    spec: str
    spec_version: int = 0  # of a tenant's own spec; 0 is a shipped one
    engine: str
    pipeline: str  # the version of this program


def ask_for_run(
    session: Session, document: StoredDocument, question: Question, *, priority: int, now: datetime
) -> tuple[Run, bool]:
    """Return the reading of a document that answers a question, and whether it is new."""
    same = sa.select(Run).where(
        Run.document_id == document.id,
        Run.spec == question.spec,
        Run.spec_version == question.spec_version,
        Run.engine == question.engine,
        Run.pipeline == question.pipeline,
    )
    known = session.scalar(same)
    if known is not None:
        return known, False
    row = Run(
        id=new_id("run"),
        tenant_id=document.tenant_id,
        document_id=document.id,
        spec=question.spec,
        spec_version=question.spec_version,
        engine=question.engine,
        pipeline=question.pipeline,
        priority=priority,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except sa.exc.IntegrityError:  # somebody asks the same at the same time
        return session.scalars(same).one(), False
    return row, True


def run_of(session: Session, tenant_id: str, run_id: str) -> Run:
    """Return one reading.

    Raises:
        NotFound: the tenant has no such reading.
    """
    return owned(session, Run, tenant_id, run_id, called="extraction")


def runs_of(session: Session, document_id: str) -> list[Run]:
    """Return all readings of a document, the oldest first."""
    return list(session.scalars(sa.select(Run).where(Run.document_id == document_id).order_by(Run.id)))


def reading_for(session: Session, tenant_id: str, document_id: str, *, is_contract: bool) -> Run:
    """Return the reading of a document that a comparison goes by: the latest that may say what is wanted.

    One as a contract counts for contracts, one by any other spec for invoices, one by "auto" for both.

    Raises:
        NotFound: the tenant has no such document, or it was never read in a way that fits.
    """
    fits = Run.spec.in_(("auto", "contract")) if is_contract else Run.spec != "contract"
    query = sa.select(Run).where(Run.tenant_id == tenant_id, Run.document_id == document_id, fits)
    row = session.scalar(query.order_by(Run.id.desc()).limit(1))
    if row is None:
        wanted = "a contract" if is_contract else "an invoice"
        raise NotFound(f"there is no document {document_id} that was read as {wanted}")
    return row


def results_of(session: Session, run_id: str) -> list[StoredResult]:
    """Return what a reading gave: one row for each part of the document, in order."""
    query = sa.select(StoredResult).where(StoredResult.run_id == run_id).order_by(StoredResult.part)
    return list(session.scalars(query))


def waiting_of(session: Session, tenant_id: str) -> int:
    """Count the tenant's readings that have not ended."""
    query = sa.select(sa.func.count()).where(Run.tenant_id == tenant_id, Run.state.in_(OPEN_STATES))
    return session.scalar(query) or 0


def reopen_run(session: Session, tenant_id: str, run_id: str) -> Run:
    """Return a reading that had failed, open again.

    Raises:
        NotFound: the tenant has no such reading.
        Conflict: it has not failed.
    """
    row = owned(session, Run, tenant_id, run_id, called="extraction", for_update=True)
    if row.state not in FAILED_STATES:
        raise Conflict(f"{run_id} is {row.state}: only what has failed can be tried again")
    row.state = RunState.QUEUED
    row.attempt += 1
    row.started_at = row.finished_at = row.error_code = row.error_message = None
    return row


def begin_run(session: Session, run_id: str, *, now: datetime) -> Run | None:
    """Mark a reading as running; None if it has ended already, or its document was deleted."""
    row = session.get(Run, run_id, with_for_update=True)
    if row is None or row.state not in OPEN_STATES:
        return None
    row.state = RunState.RUNNING
    row.started_at = row.started_at or now
    return row


def end_run(
    session: Session,
    run_id: str,
    outcome: Sequence[ReadPart] | Failure,
    *,
    now: datetime,
    is_parked: bool = False,
) -> list[StoredResult] | None:
    """End a reading with its results, or with why there are none. It ends once: None if it had ended.

    Of two workers that both read the document, the first to come here is the one that counts.
    """
    row = session.get(Run, run_id, with_for_update=True)
    if row is None or row.state not in OPEN_STATES:
        return None
    row.finished_at = now
    if isinstance(outcome, Failure):
        row.state = RunState.PARKED if is_parked else RunState.FAILED
        row.error_code, row.error_message = outcome.code, outcome.message
        return []
    row.state = RunState.DONE
    results = [_result(row, number, part, now=now) for number, part in enumerate(outcome, 1)]
    session.add_all(results)
    session.flush()
    return results


def _result(run: Run, number: int, part: ReadPart, *, now: datetime) -> StoredResult:
    review = part.body.get("review")
    is_required = isinstance(review, dict) and bool(review.get("required"))
    row = StoredResult(
        id=new_id("res"),
        tenant_id=run.tenant_id,
        run_id=run.id,
        document_id=run.document_id,
        part=number,
        spec=str(part.body["spec"]),
        created_at=now,
        updated_at=now,
        review=ReviewState.OPEN if is_required else ReviewState.NOT_REQUIRED,
        body=dict(part.body),
        printed=dict(part.printed),
    )
    row.describe()
    return row
