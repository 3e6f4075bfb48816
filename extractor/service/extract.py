"""Read one small document while the caller waits."""

import asyncio

from litestar import Request, Response, post
from litestar.datastructures import State
from litestar.exceptions import ClientException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from extractor.delivery.encoding import Json
from extractor.errors import error_of
from extractor.jobs.backend import Backend
from extractor.jobs.intake import URGENT_PRIORITY, take_in
from extractor.jobs.queue import Queue
from extractor.service.access import requires
from extractor.service.arriving import Refused
from extractor.service.examples import EXTRACTION, READ, answering
from extractor.service.parameters import EngineName, SpecName
from extractor.service.receiving import Upload, received
from extractor.service.rendering import ExtractionShown, show_run
from extractor.service.uploading import (
    UPLOAD_PROBLEMS,
    UploadOperation,
    asked_in,
    incoming_folder,
    upload_limits,
)
from extractor.storage.access import Caller, Scope
from extractor.storage.documents import Received
from extractor.storage.runs import results_of, run_of
from extractor.storage.tables import Run, StoredResult
from extractor.storage.tables.runs import OPEN_STATES, RunState

_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS, _SLOWER = 0.02, 0.5, 1.5

Results = list[dict[str, Json]]


@post(
    "/v1/extract",
    status_code=200,
    guards=[requires(Scope.WRITE)],
    operation_class=answering(READ, like=UploadOperation),
    request_max_body_size=None,  # `received` has bounds
    responses=UPLOAD_PROBLEMS
    | {
        202: ResponseSpec(
            data_container=ExtractionShown,
            description="It takes longer; `Location` is where its results will be.",
            generate_examples=False,
            examples=[Example(id="an answer", summary="An answer", value=EXTRACTION)],
        )
    },
    tags=["extractions"],
    summary="Read one file and wait for what it says",
)
async def extract_at_once(
    request: "Request[Caller, None, State]",
    backend: Backend,
    queue: Queue,
    spec: SpecName = None,
    engine: EngineName = None,
) -> Response[Results]:
    """Answer with one result for each document in the file, as `extractor extract --json` prints them.

    The document is kept like any other. What takes over `synchronous_seconds` is answered with
    202 and goes on; `Location` is where its results will be.
    """
    async with received(request, incoming_folder(backend), limits=upload_limits(backend)) as upload:
        file = _lone(upload)
        asked = await asked_in(backend, request.user, upload, spec=spec, engine=engine)
        (taken,) = await asyncio.to_thread(
            take_in, backend, queue, request.user, [file], asked, priority=URGENT_PRIORITY
        )
    run, results = await _ended(backend, taken.run)
    headers = {"Location": f"/v1/extractions/{run.id}"}
    if run.state in OPEN_STATES:
        return Response(content=show_run(run), status_code=202, headers=headers)  # type: ignore[arg-type] # in OpenAPI it has a response of its own
    if run.state != RunState.DONE:
        raise error_of(run.error_code or "", run.error_message or "the document could not be read")
    return Response(content=[dict(row.body) for row in results], headers=headers)


def _lone(upload: Upload) -> Received:
    """Return the only file.

    Raises:
        ClientException: there is none, or there are several.
        DocumentError: it is refused.
    """
    if len(upload.files) != 1:
        raise ClientException(
            f"send one file, not {len(upload.files)}; /v1/documents and /v1/batches take many"
        )
    (file,) = upload.files
    if isinstance(file, Refused):
        raise file.error
    return file


async def _ended(backend: Backend, run: Run) -> tuple[Run, list[StoredResult]]:
    """Return the reading when it has ended, or as it is when that takes too long."""
    deadline = asyncio.get_running_loop().time() + backend.settings.synchronous_seconds
    wait = _FIRST_WAIT_SECONDS
    while True:
        now, results = await asyncio.to_thread(_look, backend, run)
        left = deadline - asyncio.get_running_loop().time()
        if now.state not in OPEN_STATES or left <= 0:
            return now, results
        await asyncio.sleep(min(wait, left))
        wait = min(wait * _SLOWER, _LONGEST_WAIT_SECONDS)


def _look(backend: Backend, run: Run) -> tuple[Run, list[StoredResult]]:
    with backend.database.snapshot() as session:
        return run_of(session, run.tenant_id, run.id), results_of(session, run.id)
