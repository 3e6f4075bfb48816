"""What an operator's tools ask: is it alive, is it ready, what are its figures."""

from dataclasses import dataclass

from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.status_codes import HTTP_200_OK, HTTP_503_SERVICE_UNAVAILABLE

from extractor import __version__
from extractor.jobs.backend import Backend
from extractor.jobs.metrics import Metrics
from extractor.service.access import requires
from extractor.service.documenting import NEEDS_NOTHING
from extractor.storage.access import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """That the process runs, and where its source is (AGPL, section 13)."""

    status: str
    version: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether what the service stands on answers."""

    database: bool
    store: bool


@get(
    "/health",
    tags=["operations"],
    security=NEEDS_NOTHING,
    summary="Say that the service runs, and where its source is",
)
async def health(source_url: str) -> Health:
    """Answer without touching a document or the database."""
    return Health(status="ok", version=__version__, source=source_url)


@get(
    "/ready",
    tags=["operations"],
    security=NEEDS_NOTHING,
    responses={
        503: ResponseSpec(
            data_container=Readiness, description="One of them does not.", generate_examples=False
        )
    },
    sync_to_thread=True,
    summary="Say whether database and store answer",
)
def ready(backend: Backend) -> Response[Readiness]:
    """Answer 200 if all of them do, else 503 and which does not."""
    told = Readiness(database=backend.database.is_reachable(), store=backend.blobs.is_reachable())
    status = HTTP_200_OK if told.database and told.store else HTTP_503_SERVICE_UNAVAILABLE
    return Response(content=told, status_code=status)


@get(
    "/metrics",
    tags=["operations"],
    guards=[requires(Scope.ADMIN)],
    sync_to_thread=True,
    media_type="text/plain; version=0.0.4; charset=utf-8",
    summary="Return figures for Prometheus",
)
def figures(metrics: Metrics) -> bytes:
    """Answer with the figures of this process and of what is kept. With keys, it needs one of an admin."""
    return metrics.text()
