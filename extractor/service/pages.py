"""Pages over HTTP: as pictures, with what was read on them."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Annotated

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import Parameter

from extractor import __version__
from extractor.errors import EngineTimeout, NotFound
from extractor.jobs.backend import Backend
from extractor.jobs.work import draw_page
from extractor.service.access import requires
from extractor.service.answers import PictureOperation
from extractor.service.etags import is_known
from extractor.service.parameters import IfNoneMatch
from extractor.service.problems import problems
from extractor.storage.access import Caller, Scope
from extractor.storage.blobs import content_name
from extractor.storage.documents import document_of
from extractor.storage.results import result_of
from extractor.storage.tables import StoredDocument, StoredResult
from extractor.workers import Workers

_MIN_DPI, _MAX_DPI = 36, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    document: StoredDocument
    result: StoredResult | None


@get(
    "/v1/documents/{document_id:str}/pages/{number:int}",
    guards=[requires(Scope.READ)],
    media_type="image/png",
    operation_class=PictureOperation,
    responses=problems(400, 404, 422, 502),
    tags=["documents"],
    summary="Look at a page as a picture",
)
async def look_at_page(
    request: "Request[Caller, None, State]",
    backend: Backend,
    workers: Workers,
    document_id: str,
    number: Annotated[int, Parameter(description="of the page, from 1")],
    dpi: Annotated[int, Parameter(ge=_MIN_DPI, le=_MAX_DPI, description="pixels an inch")] = 110,
    evidence: Annotated[
        str | None, Parameter(description="the id of a result of this document, whose values get boxes")
    ] = None,
    if_none_match: IfNoneMatch = None,
) -> Response[bytes]:
    """Answer with the upright page as PNG, its longer side 4,000 pixels at most.

    With `evidence`, boxes stand where the values of that result were read; those that contradict
    others are red. The `ETag` changes when the result does.
    """
    tenant_id = request.user.tenant_id
    wanted = await asyncio.to_thread(_wanted, backend, tenant_id, document_id, evidence)
    tag = f'"{_fingerprint(wanted, number, dpi)}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    if is_known(tag, if_none_match):
        return Response(content=b"", status_code=304, headers=headers)
    content = await asyncio.to_thread(backend.blobs.get, content_name(tenant_id, wanted.document.sha256))
    body = None if wanted.result is None else dict(wanted.result.body)
    drawing = asyncio.wrap_future(workers.submit(draw_page, content, number, dpi=dpi, result=body))
    seconds = backend.settings.synchronous_seconds
    try:
        picture = await asyncio.wait_for(drawing, seconds)
    except TimeoutError as cause:
        raise EngineTimeout(f"the page could not be shown in {seconds:.0f} s; try again later") from cause
    return Response(content=picture, media_type="image/png", headers=headers)


def _wanted(backend: Backend, tenant_id: str, document_id: str, result_id: str | None) -> _Wanted:
    with backend.database.snapshot() as session:
        document = document_of(session, tenant_id, document_id)
        result = None if result_id is None else result_of(session, tenant_id, result_id)
    if result is not None and result.document_id != document.id:
        raise NotFound(f"{result_id} is no result of {document_id}")
    return _Wanted(document=document, result=result)


def _fingerprint(wanted: _Wanted, number: int, dpi: int) -> str:
    drawn = "" if wanted.result is None else f"{wanted.result.id}@{wanted.result.version}"
    said = f"{wanted.document.sha256} {number} {dpi} {drawn} {__version__}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]
