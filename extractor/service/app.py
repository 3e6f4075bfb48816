"""The HTTP API: parse, hand to a worker process, answer. In memory; nothing is kept."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, ParamSpec, TypeVar

from litestar import Litestar, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.di import Provide
from litestar.enums import RequestEncodingType
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import License
from litestar.params import Body, Parameter

from extractor import __version__
from extractor.delivery.encoding import Json
from extractor.documents.limits import DEFAULT_LIMITS
from extractor.service.errors import EXCEPTION_HANDLERS
from extractor.service.source import SOURCE_PATH, source_archive
from extractor.service.work import Upload, extract_upload, reconcile_uploads
from extractor.workers import Workers

_MAX_FILES_AT_ONCE = 4  # times the largest document is the largest request
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractForm:
    """One file, as multipart form data."""

    file: UploadFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileForm:
    """The invoices and the contract that they are billed under."""

    invoices: list[UploadFile]
    contract: UploadFile


@post("/v1/extract", status_code=200, summary="Read one file into fields, each with its place")
async def extract_file(
    data: Annotated[ExtractForm, Body(media_type=RequestEncodingType.MULTI_PART)],
    workers: Workers,
    spec: Annotated[str, Parameter(description="auto, or a shipped spec's name")] = "auto",
    engine: Annotated[str, Parameter(description="auto, or an engine's name")] = "auto",
) -> list[dict[str, Json]]:
    """Answer with one result for each document in the file, usually one."""
    return await _in_worker(workers, extract_upload, await _upload(data.file), spec=spec, engine=engine)


@post("/v1/reconcile", status_code=200, summary="Compare invoices with their contract")
async def reconcile_files(
    data: Annotated[ReconcileForm, Body(media_type=RequestEncodingType.MULTI_PART)],
    workers: Workers,
) -> dict[str, Json]:
    """Answer with every check, both sides cited, and the verdict."""
    invoices = [await _upload(file) for file in data.invoices]
    return await _in_worker(workers, reconcile_uploads, invoices, await _upload(data.contract))


@get("/health", summary="Say that the service runs, and where its source is")
async def health(source_url: str) -> dict[str, str]:
    """Answer without touching a document."""
    return {"status": "ok", "version": __version__, "source": source_url}


@get(
    SOURCE_PATH,
    summary="Download the source of this service",
    media_type="application/zip",
    sync_to_thread=True,
)
def source() -> Response[bytes]:
    """Answer with a ZIP of the program as it runs (AGPL, section 13)."""
    named = {"Content-Disposition": f'attachment; filename="extractor-{__version__}.zip"'}
    return Response(content=source_archive(), media_type="application/zip", headers=named)


def create_app(*, workers: int, source_url: str | None = None) -> Litestar:
    """Return the application; its worker processes live as long as it runs.

    `source_url` is where users get the source of what runs here; by default the
    service hands it out itself.
    """

    @asynccontextmanager
    async def with_workers(app: Litestar) -> AsyncIterator[None]:
        with Workers(workers, preload=extract_upload.__module__) as pool:
            app.state.workers = pool
            yield

    offered = source_url or SOURCE_PATH
    return Litestar(
        route_handlers=[extract_file, reconcile_files, health, source],
        dependencies={
            "workers": Provide(_workers, sync_to_thread=False),
            "source_url": Provide(lambda: offered, sync_to_thread=False),
        },
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=[with_workers],
        openapi_config=OpenAPIConfig(
            title="Extractor",
            version=__version__,
            description=f"Reads invoices and contracts with evidence. Source: {offered}",
            license=License(name="AGPL-3.0-or-later", identifier="AGPL-3.0-or-later"),
            render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],  # the others load a CDN's scripts
        ),
        request_max_body_size=_MAX_FILES_AT_ONCE * DEFAULT_LIMITS.max_bytes,
    )


def _workers(state: State) -> Workers:
    pool: Workers = state.workers
    return pool


async def _upload(file: UploadFile) -> Upload:
    return Upload(name=file.filename or "upload", content=await file.read())


async def _in_worker(workers: Workers, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Wait for a worker process without holding up other requests."""
    return await asyncio.wrap_future(workers.submit(work, *args, **kwargs))
