"""Documents over HTTP: upload, look at, download, delete."""

import asyncio
from dataclasses import dataclass
from urllib.parse import quote

from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.exceptions import ClientException

from extractor.jobs.backend import Backend
from extractor.jobs.intake import Taken, take_in
from extractor.jobs.queue import Queue
from extractor.service.access import requires
from extractor.service.arriving import Refused
from extractor.service.examples import ACCEPTED, answering
from extractor.service.parameters import Cursor, EngineName, Limit, SpecName
from extractor.service.problems import problems
from extractor.service.receiving import received
from extractor.service.rendering import (
    DocumentShown,
    ExtractionShown,
    Page,
    Problem,
    show_document,
    show_run,
)
from extractor.service.uploading import (
    UPLOAD_PROBLEMS,
    UploadOperation,
    asked_in,
    incoming_folder,
    upload_limits,
)
from extractor.storage.access import Caller, Scope, note
from extractor.storage.blobs import content_name
from extractor.storage.documents import Received, delete_document, document_of, documents_of
from extractor.storage.runs import Question, runs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What became of one file of an upload. A refused one has an `error` and nothing else."""

    name: str
    document: DocumentShown | None
    extraction: ExtractionShown | None
    is_new: bool
    error: Problem | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDetail:
    """A document and all its readings."""

    document: DocumentShown
    extractions: list[ExtractionShown]


class Documents(Controller):
    """Files as they were uploaded."""

    path = "/v1/documents"
    tags = ["documents"]  # noqa: RUF012 - Litestar's own declaration

    @post(
        "/",
        status_code=202,
        guards=[requires(Scope.WRITE)],
        operation_class=answering(ACCEPTED, like=UploadOperation),
        request_max_body_size=None,  # `received` has bounds
        responses=UPLOAD_PROBLEMS,
        summary="Upload files and queue them to be read",
    )
    async def upload(
        self,
        request: "Request[Caller, None, State]",
        backend: Backend,
        queue: Queue,
        spec: SpecName = None,
        engine: EngineName = None,
    ) -> list[Accepted]:
        """Answer when the files are kept. The same content uploaded twice is the same document."""
        async with received(request, incoming_folder(backend), limits=upload_limits(backend)) as upload:
            asked = await asked_in(backend, request.user, upload, spec=spec, engine=engine)
            return await asyncio.to_thread(_accept, backend, queue, request.user, upload.files, asked)

    @get(
        "/",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        responses=problems(400, 422),
        summary="List documents, the newest first",
    )
    def list_all(
        self, caller: Caller, backend: Backend, cursor: Cursor = None, limit: Limit = 50
    ) -> Page[DocumentShown]:
        """Answer with one page."""
        with backend.database.snapshot() as session:
            page = documents_of(session, caller.tenant_id, cursor=cursor, limit=limit)
            return Page(items=[show_document(row) for row in page.rows], next_cursor=page.next_cursor)

    @get(
        "/{document_id:str}",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        responses=problems(400, 404),
        summary="Look at a document",
    )
    def look_at(self, caller: Caller, backend: Backend, document_id: str) -> DocumentDetail:
        """Answer with the document and its readings."""
        with backend.database.snapshot() as session:
            document = document_of(session, caller.tenant_id, document_id)
            runs = [show_run(run) for run in runs_of(session, document.id)]
            return DocumentDetail(document=show_document(document), extractions=runs)

    @get(
        "/{document_id:str}/content",
        guards=[requires(Scope.READ)],
        sync_to_thread=True,
        media_type="application/octet-stream",
        responses=problems(400, 404, 502),
        summary="Download a document as it was uploaded",
    )
    def download(self, caller: Caller, backend: Backend, document_id: str) -> Response[bytes]:
        """Answer with the bytes, never as a type that a browser would show; the document names its type."""
        with backend.database.transaction() as session:
            document = document_of(session, caller.tenant_id, document_id)
            note(
                session,
                caller.tenant_id,
                actor=caller.actor,
                action="document.downloaded",
                subject=document.id,
                now=backend.clock(),
            )
        content = backend.blobs.get(content_name(caller.tenant_id, document.sha256))
        called = quote(document.name, safe="")
        named = f"attachment; filename*=UTF-8''{called}"
        headers = {"Content-Disposition": named, "X-Content-Type-Options": "nosniff"}
        return Response(content=content, media_type="application/octet-stream", headers=headers)

    @delete(
        "/{document_id:str}",
        guards=[requires(Scope.WRITE)],
        sync_to_thread=True,
        responses=problems(400, 404, 502),
        summary="Delete a document and all that came of it",
    )
    def remove(self, caller: Caller, backend: Backend, document_id: str) -> None:
        """Delete it for good; that it was deleted, when and by whom, is kept."""
        now = backend.clock()
        with backend.database.transaction() as session:
            delete_document(
                session,
                backend.blobs,
                caller.tenant_id,
                document_id,
                actor=caller.actor,
                reason="requested",
                now=now,
            )
            note(
                session,
                caller.tenant_id,
                actor=caller.actor,
                action="document.deleted",
                subject=document_id,
                now=now,
            )


def _accept(
    backend: Backend, queue: Queue, caller: Caller, files: list[Received | Refused], asked: Question
) -> list[Accepted]:
    """Take in what can be; a lone file that is refused is an error of the request.

    Raises:
        ClientException: there is no file.
        DocumentError: the only file is refused.
    """
    if not files:
        raise ClientException("there is no file in the request")
    if len(files) == 1 and isinstance(files[0], Refused):
        raise files[0].error
    taken = iter(
        take_in(backend, queue, caller, [file for file in files if isinstance(file, Received)], asked)
    )
    return [_refused(file) if isinstance(file, Refused) else _accepted(file, next(taken)) for file in files]


def _accepted(file: Received, taken: Taken) -> Accepted:
    return Accepted(
        name=file.name,
        document=show_document(taken.document),
        extraction=show_run(taken.run),
        is_new=taken.is_new,
        error=None,
    )


def _refused(file: Refused) -> Accepted:
    error = Problem(code=file.error.code, message=str(file.error))
    return Accepted(name=file.name, document=None, extraction=None, is_new=False, error=error)
