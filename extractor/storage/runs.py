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
from extractor.storage.inserting import insert_unless_there
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


def ask_for_runs(
    session: Session, documents: Sequence[StoredDocument], question: Question, *, priority: int, now: datetime
) -> list[tuple[Run, bool]]:
    """Return the reading of each document that answers a question, and whether it is new."""
    rows = {
        document.id: Run(
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
        for document in documents
    }
    insert_unless_there(session, [rows[document_id] for document_id in sorted(rows)])
    same = sa.select(Run).where(
        Run.document_id.in_(rows),
        Run.spec == question.spec,
        Run.spec_version == question.spec_version,
        Run.engine == question.engine,
        Run.pipeline == question.pipeline,
    )
    found = {run.document_id: run for run in session.scalars(same)}
    seen: set[str] = set()
    asked = []
    for document in documents:
        run = found[document.id]
        asked.append((run, run.id == rows[document.id].id and run.id not in seen))
        seen.add(run.id)
    return asked


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
    row.started_at = row.finished_at = row.error_code = row.error_message = None
    row.losses = 0
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The open readings of a piece of work, in order; `was_lost`: whoever had begun them has died."""

    runs: Sequence[Run]
    was_lost: bool


def begin_runs(session: Session, workflow_id: str, *, now: datetime, is_repeated: bool = False) -> Begun:
    """Mark the open readings of a piece of work as running. `is_repeated`: by the worker that had begun them.

    A reading that was lost while it was alone is counted: it may be what kills.
    """
    rows = _open_runs(session, Run.workflow_id == workflow_id)
    was_lost = not is_repeated and any(row.state == RunState.RUNNING for row in rows)
    for row in rows:
        row.losses += was_lost and len(rows) == 1
        row.state = RunState.RUNNING
        row.started_at = row.started_at or now
    return Begun(runs=rows, was_lost=was_lost)


def hand_back_runs(session: Session, workflow_id: str, *, but: str | None = None) -> list[Run]:
    """Return what is still open of a piece of work, but for one reading, as if it had not been begun."""
    rows = [row for row in _open_runs(session, Run.workflow_id == workflow_id) if row.id != but]
    for row in rows:
        row.state = RunState.QUEUED
        row.started_at = None
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a reading came out: results, one for each part of the document, or why there are none."""

    told: Sequence[ReadPart] | Failure
    is_parked: bool = False  # the document cost too many processes their lives


def end_runs(
    session: Session, outcomes: Mapping[str, Outcome], *, now: datetime
) -> list[tuple[Run, list[StoredResult]]]:
    """End readings (by id) with their results, or with why there are none; return those that end by this.

    A reading ends once. Of two workers that both read the document, the first to come here counts.
    """
    ended: list[tuple[Run, list[StoredResult]]] = []
    for row in _open_runs(session, Run.id.in_(outcomes)):
        outcome = outcomes[row.id]
        row.finished_at = now
        if isinstance(outcome.told, Failure):
            row.state = RunState.PARKED if outcome.is_parked else RunState.FAILED
            row.error_code, row.error_message = outcome.told.code, outcome.told.message
            ended.append((row, []))
            continue
        row.state = RunState.DONE
        results = [_result(row, number, part, now=now) for number, part in enumerate(outcome.told, 1)]
        session.add_all(results)
        ended.append((row, results))
    session.flush()
    return ended


def _open_runs(session: Session, which: sa.ColumnElement[bool]) -> list[Run]:
    """Return readings that have not ended, locked in one order, so that no two wait for each other."""
    query = sa.select(Run).where(which, Run.state.in_(OPEN_STATES)).order_by(Run.id).with_for_update()
    return list(session.scalars(query.execution_options(populate_existing=True)))


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
