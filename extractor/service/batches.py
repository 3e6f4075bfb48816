"""Batches over HTTP: upload many files at once, and follow how far they are."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.exceptions import ClientException
from litestar.params import Parameter
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage
from litestar.serialization import encode_json

from extractor.jobs.backend import Backend
from extractor.jobs.intake import take_batch
from extractor.jobs.queue import Queue
from extractor.service.access import requires
from extractor.service.arriving import shown_name
from extractor.service.examples import BATCH, BATCH_FILES, BATCHES, answering
from extractor.service.following import Told, follow
from extractor.service.parameters import Cursor, EngineName, Limit, SpecName
from extractor.service.problems import problems
from extractor.service.receiving import received
from extractor.service.rendering import Page, Problem
from extractor.service.uploading import (
    UPLOAD_PROBLEMS,
    UploadOperation,
    asked_in,
    incoming_folder,
    upload_limits,
)
from extractor.storage.access import Caller, Scope
from extractor.storage.batches import Progress, batch_of, batches_of, files_of, progress_of
from extractor.storage.tables import Batch, BatchFile, Run

_RETRY_MILLISECONDS = 2000  # how long a client that lost the stream waits before it connects again
_REFUSED, _DELETED = "refused", "deleted"

BatchId = Annotated[str, Parameter(description="as the upload answered")]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchShown:
    """Files that were uploaded together. It is complete when each is done, failed or refused."""

    id: str
    name: str | None
    spec: str
    engine: str
    created_at: datetime
    completed_at: datetime | None
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFileShown:
    """One file: queued, running, done, failed, parked, refused (when it was uploaded) or deleted."""

    position: int
    name: str
    state: str
    document: str | None
    extraction: str | None
    error: Problem | None


class Batches(Controller):
    """Documents that were uploaded together."""

    path = "/v1/batches"
    tags = ["batches"]  # noqa: RUF012 - Litestar's own declaration

    @post(
        "/",
        status_code=202,
        guards=[requires(Scope.WRITE)],
        operation_class=answering(BATCH, like=UploadOperation),
        request_max_body_size=None,  # `received` has bounds
        responses=UPLOAD_PROBLEMS,
        summary="Upload files or a ZIP as one batch",
    )
    async def create(
        self,
        request: "Request[Caller, None, State]",
        backend: Backend,
        queue: Queue,
        name: Annotated[str | None, Parameter(description="what the batch is called")] = None,
        spec: SpecName = None,
        engine: EngineName = None,
    ) -> BatchShown:
        """Answer when all files are kept. A refused one is a file of the batch too, with its error."""
        async with received(request, incoming_folder(backend), limits=upload_limits(backend)) as upload:
            asked = await asked_in(backend, request.user, upload, spec=spec, engine=engine)
            if not upload.files:
                raise ClientException("there is no file in the request")
            called = name or upload.fields.get("name")
            batch = await asyncio.to_thread(
                take_batch,
                backend,
                queue,
                request.user,
                upload.files,
                asked,
                name=shown_name(called) if called else None,
            )
        return await asyncio.to_thread(_look_at, backend, request.user.tenant_id, batch.id)

    @get(
        "/",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        operation_class=answering(BATCHES),
        responses=problems(400, 422),
        summary="List batches, the newest first",
    )
    def list_all(
        self, caller: Caller, backend: Backend, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[BatchShown]:
        """Answer with one page."""
        with backend.database.snapshot() as session:
            page = batches_of(session, caller.tenant_id, cursor=cursor, limit=limit)
            shown = [_shown(row, progress_of(session, row.id)) for row in page.rows]
            return Page(items=shown, next_cursor=page.next_cursor)

    @get(
        "/{batch_id:str}",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        operation_class=answering(BATCH),
        responses=problems(400, 404),
        summary="Look at a batch",
    )
    def look_at(self, caller: Caller, backend: Backend, batch_id: BatchId) -> BatchShown:
        """Answer with how far it is. To be told instead of asking again, follow its events."""
        return _look_at(backend, caller.tenant_id, batch_id)

    @get(
        "/{batch_id:str}/files",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        operation_class=answering(BATCH_FILES),
        responses=problems(400, 404, 422),
        summary="List the files of a batch, in the order of the upload",
    )
    def list_files(
        self, caller: Caller, backend: Backend, batch_id: BatchId, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[BatchFileShown]:
        """Answer with one page; each file with its state, and why it failed if it did."""
        with backend.database.snapshot() as session:
            batch = batch_of(session, caller.tenant_id, batch_id)
            page = files_of(session, batch.id, cursor=cursor, limit=limit)
            shown = [_file_shown(file, run) for file, run in page.rows]
            return Page(items=shown, next_cursor=page.next_cursor)

    @get(
        "/{batch_id:str}/events",
        guards=[requires(Scope.READ)],
        media_type="text/event-stream",
        responses=problems(400, 404),
        summary="Follow a batch as server-sent events",
    )
    async def follow(
        self, request: "Request[Caller, None, State]", backend: Backend, batch_id: BatchId
    ) -> ServerSentEvent:
        """Send a `progress` event whenever counts change, and `complete` at the end, each with a batch.

        Whoever connects (again) is first sent how far the batch is, so nothing is missed. The
        stream ends with the batch, or with the service; a comment comes every 15 seconds.
        """
        tenant_id = request.user.tenant_id
        now = await asyncio.to_thread(_look_at, backend, tenant_id, batch_id)  # 404 before a stream begins

        async def look() -> BatchShown:
            return await asyncio.to_thread(_look_at, backend, tenant_id, batch_id)

        told = follow(
            now,
            look,
            is_complete=lambda shown: shown.completed_at is not None,
            is_stopping=request.app.state.is_stopping,
        )
        return ServerSentEvent(
            _events(told), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )


async def _events(told: AsyncIterator[Told[BatchShown]]) -> AsyncIterator[ServerSentEventMessage]:
    async for one in told:
        if one.shown is None:
            yield ServerSentEventMessage(data=None, comment="still here")
        else:
            kind = "complete" if one.is_last else "progress"
            yield ServerSentEventMessage(data=encode_json(one.shown), event=kind, retry=_RETRY_MILLISECONDS)


def _look_at(backend: Backend, tenant_id: str, batch_id: str) -> BatchShown:
    with backend.database.snapshot() as session:
        batch = batch_of(session, tenant_id, batch_id)
        return _shown(batch, progress_of(session, batch.id))


def _shown(row: Batch, progress: Progress) -> BatchShown:
    return BatchShown(
        id=row.id,
        name=row.name,
        spec=row.spec,
        engine=row.engine,
        created_at=row.created_at,
        completed_at=row.completed_at,
        progress=progress,
    )


def _file_shown(file: BatchFile, run: Run | None) -> BatchFileShown:
    code, message = (
        (run.error_code, run.error_message) if run is not None else (file.error_code, file.error_message)
    )
    ended = _REFUSED if file.error_code else _DELETED
    return BatchFileShown(
        position=file.position,
        name=file.name,
        state=ended if run is None else run.state,
        document=file.document_id,
        extraction=file.run_id,
        error=None if code is None else Problem(code=code, message=message or ""),
    )
