"""Logs: one line an event, as JSON or for people; never a secret, never what a document says."""

import logging.config
from time import perf_counter, time_ns

import structlog
from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import Processor

from extractor.errors import ExtractorError
from extractor.jobs.metrics import Metrics
from extractor.jobs.traces import Traces
from extractor.settings import ServiceSettings
from extractor.storage.access import Caller
from extractor.storage.tables.shape import new_id

_LOG = structlog.stdlib.get_logger("extractor.requests")
_QUIET = ("/health", "/ready", "/metrics")  # asked every few seconds
_SERVER_ERROR = 500


def configure_logs(settings: ServiceSettings) -> None:
    """Send all logs of this process to stderr, in one form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "all": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "all"}},
            "root": {"handlers": ["stderr"], "level": settings.log_level.upper()},
            "loggers": {name: {"level": "WARNING"} for name in ("httpx", "alembic", "uvicorn", "dbos")},
        }
    )


class RequestLog:
    """Writes one line a request: who, what route, how it ended, how long it took. No query, no body."""

    def __init__(self, app: ASGIApp, metrics: Metrics, traces: Traces) -> None:
        """Wrap an application."""
        self._traces = traces
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and say so; the answer carries the request's id."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        started, started_ns = perf_counter(), time_ns()
        request_id = new_id("req")
        status = _SERVER_ERROR

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableScopeHeaders.from_message(message)["X-Request-Id"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, told)
        except (HTTPException, ExtractorError) as error:  # answered further out
            status = error.status_code if isinstance(error, HTTPException) else error.http_status
            raise
        finally:
            seconds = perf_counter() - started
            route = scope.get("path_template") or "unknown"
            self._metrics.answered(method=scope["method"], route=route, status=status, seconds=seconds)
            if scope["path"] not in _QUIET or status >= _SERVER_ERROR:
                self._traces.answered(
                    method=scope["method"],
                    route=route,
                    status=status,
                    started_ns=started_ns,
                    headers=Headers.from_scope(scope),
                )
                user = scope.get("user")
                _LOG.info(
                    "request",
                    id=request_id,
                    method=scope["method"],
                    route=route,
                    status=status,
                    ms=round(seconds * 1000, 1),
                    tenant=user.tenant_id if isinstance(user, Caller) else None,
                    actor=user.actor if isinstance(user, Caller) else None,
                )
