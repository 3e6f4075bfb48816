"""Reviews over HTTP: what a person must look at, and what the person says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from litestar import Response, get, patch, post
from litestar.params import HeaderParameter, Parameter

from extractor.jobs.backend import Backend
from extractor.jobs.queue import Queue
from extractor.jobs.reviewing import confirm, correct
from extractor.service.access import requires
from extractor.service.parameters import Cursor, Limit
from extractor.service.rendering import Page, ResultShown, etag, show_result, version_in
from extractor.service.results import Results
from extractor.storage.access import Caller, Scope
from extractor.storage.results import open_reviews, steps_of
from extractor.storage.tables import ReviewStep, StoredResult

IfMatch = Annotated[
    str | None, HeaderParameter(name="If-Match", description="the ETag of the result that was looked at")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWaiting:
    """A result that a person must look at, and why."""

    result: str
    document: str
    spec: str
    version: int
    reasons: list[str]
    number: str | None
    seller: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionGiven:
    """One value put right: `invoice_number`, `line_items[2].quantity`; a row `line_items[2]` with null.

    `value` has the form of results: 1234.50, 2026-03-05, EUR; null says that nothing stands there.
    """

    path: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """One thing that a person did to a result, and the version that it made."""

    at: datetime
    actor: str
    action: str
    version: int
    path: str | None
    before: str | None
    after: str | None


class Reviews(Results):
    """What people must look at, correct and confirm."""

    @get(
        "/reviews",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        summary="List what a person must look at",
    )
    def waiting(
        self,
        caller: Caller,
        backend: Backend,
        reason: Annotated[
            str | None, Parameter(description="only with this reason, as LOW_CONFIDENCE")
        ] = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Page[ReviewWaiting]:
        """Answer with one page, the newest first, each with its reasons."""
        with backend.database.snapshot() as session:
            page = open_reviews(session, caller.tenant_id, reason=reason, cursor=cursor, limit=limit)
            return Page(items=[_waiting(row) for row in page.rows], next_cursor=page.next_cursor)

    @patch(
        "/results/{result_id:str}",
        guards=[requires(Scope.REVIEW)],
        sync_to_thread=True,
        summary="Put one value of a result right",
    )
    def correct(
        self,
        data: CorrectionGiven,
        caller: Caller,
        backend: Backend,
        queue: Queue,
        result_id: str,
        if_match: IfMatch = None,
    ) -> Response[ResultShown]:
        """Keep the value, judge anew what it touches, and compare anew what the result was compared with."""
        row = correct(
            backend,
            queue,
            caller,
            result_id,
            path=data.path,
            value=data.value,
            expected_version=version_in(if_match),
        )
        return Response(content=show_result(row), headers={"ETag": etag(row.version)})

    @post(
        "/results/{result_id:str}/confirm",
        status_code=200,
        guards=[requires(Scope.REVIEW)],
        sync_to_thread=True,
        summary="Confirm a result as it is",
    )
    def confirm(
        self, caller: Caller, backend: Backend, queue: Queue, result_id: str, if_match: IfMatch = None
    ) -> Response[ResultShown]:
        """Keep that a person has found it right: it leaves the queue."""
        row = confirm(backend, queue, caller, result_id, expected_version=version_in(if_match))
        return Response(content=show_result(row), headers={"ETag": etag(row.version)})

    @get(
        "/results/{result_id:str}/history",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        summary="List what people did to a result",
    )
    def history(self, caller: Caller, backend: Backend, result_id: str) -> list[StepShown]:
        """Answer with every step, the first one first."""
        with backend.database.snapshot() as session:
            return [_step(row) for row in steps_of(session, caller.tenant_id, result_id)]


def _waiting(row: StoredResult) -> ReviewWaiting:
    return ReviewWaiting(
        result=row.id,
        document=row.document_id,
        spec=row.spec,
        version=row.version,
        reasons=row.reasons.split(),
        number=row.number,
        seller=row.seller,
        created_at=row.created_at,
    )


def _step(row: ReviewStep) -> StepShown:
    return StepShown(
        at=row.at,
        actor=row.actor,
        action=row.action,
        version=row.version,
        path=row.path,
        before=row.before,
        after=row.after,
    )
