"""The HTTP API: which handlers there are, and what they are given."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import License

from extractor import __version__
from extractor.jobs.backend import Backend
from extractor.jobs.metrics import Metrics
from extractor.jobs.queue import Queue
from extractor.jobs.traces import NoTraces, Traces
from extractor.service.access import Authentication, caller, open_caller
from extractor.service.arriving import clean_incoming
from extractor.service.audit import audit
from extractor.service.batches import Batches
from extractor.service.documentation import DOCUMENTATION_PATH, documentation
from extractor.service.documenting import KEYS, NEEDS_KEY, Documenting
from extractor.service.documents import Documents
from extractor.service.errors import EXCEPTION_HANDLERS
from extractor.service.exports import export_results
from extractor.service.extract import extract_at_once
from extractor.service.extractions import Extractions
from extractor.service.idempotency import Idempotency
from extractor.service.logs import RequestLog
from extractor.service.operations import figures, health, ready
from extractor.service.pages import look_at_page
from extractor.service.policies import Policies
from extractor.service.rate_limit import Allowance, RateLimit
from extractor.service.reconciliations import Reconciliations
from extractor.service.requests import MAX_JSON_BYTES, check_request
from extractor.service.reviews import Reviews
from extractor.service.source import SOURCE_PATH, source
from extractor.service.specs import Specs
from extractor.service.uploading import incoming_folder
from extractor.service.webhooks import Webhooks
from extractor.webhooks.sending import sender_of
from extractor.workers import Workers

_OPEN_PATHS = [  # need no key
    "^/health$",
    "^/ready$",
    f"^{SOURCE_PATH}$",
    f"^{DOCUMENTATION_PATH}$",
    "^/schema",
]

_LONGEST_UPLOAD_SECONDS = 6 * 3600.0


def create_app(
    backend: Backend,
    queue: Queue,
    workers: Workers,
    metrics: Metrics,
    *,
    traces: Traces = NoTraces(),  # noqa: B008 - it keeps nothing
) -> Litestar:
    """Return the application. `workers` are for what a request itself waits for."""
    offered = backend.settings.source_url or SOURCE_PATH
    sender = sender_of(backend.settings)
    state = State({"backend": backend, "operator": open_caller(backend), "is_stopping": lambda: False})

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        # SQLite is used by one process alone; with PostgreSQL others may be receiving in the same folder.
        age = 0.0 if backend.settings.is_embedded else _LONGEST_UPLOAD_SECONDS
        clean_incoming(incoming_folder(backend), before=time.time() - age)
        yield

    return Litestar(
        route_handlers=[
            Batches,
            Documents,
            Extractions,
            Reviews,
            Reconciliations,
            Specs,
            Policies,
            Webhooks,
            audit,
            export_results,
            extract_at_once,
            look_at_page,
            health,
            ready,
            figures,
            source,
            documentation,
        ],
        state=state,
        dependencies={
            "backend": Provide(lambda: backend, sync_to_thread=False),
            "queue": Provide(lambda: queue, sync_to_thread=False),
            "workers": Provide(lambda: workers, sync_to_thread=False),
            "metrics": Provide(lambda: metrics, sync_to_thread=False),
            "sender": Provide(lambda: sender, sync_to_thread=False),
            "caller": Provide(caller, sync_to_thread=False),
            "source_url": Provide(lambda: offered, sync_to_thread=False),
        },
        middleware=[
            DefineMiddleware(RequestLog, metrics=metrics, traces=traces),
            DefineMiddleware(Authentication, exclude=_OPEN_PATHS, exclude_http_methods=[]),
            DefineMiddleware(RateLimit, allowance=Allowance(backend.settings.requests_per_minute)),
            DefineMiddleware(Idempotency, backend=backend),
        ],
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=[lifespan],
        logging_config=None,  # `logs.configure_logs` is for the whole process
        openapi_config=OpenAPIConfig(
            title="Extractor",
            version=__version__,
            description=f"Reads invoices and contracts with evidence. Source: {offered}",
            components=KEYS,
            security=NEEDS_KEY if backend.settings.access == "keys" else None,
            license=License(name="AGPL-3.0-or-later", identifier="AGPL-3.0-or-later"),
            render_plugins=[JsonRenderPlugin(path=["/", "/openapi.json"])],  # the others load a CDN's scripts
        ),
        plugins=[Documenting()],
        before_request=check_request,
        request_max_body_size=MAX_JSON_BYTES,
    )
