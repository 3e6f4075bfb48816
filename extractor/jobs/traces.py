"""Traces for an operator's collector (OpenTelemetry). The only module that imports opentelemetry.

A span tells what was done, how long it took and how it ended: ids and codes of ours, never a
name, a value or a query, for these say what documents say.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import time_ns
from typing import Protocol

from extractor import __version__
from extractor.delivery.failure import Failure
from extractor.errors import ConfigurationError
from extractor.settings import ServiceSettings
from extractor.storage.runs import ReadPart
from extractor.storage.tables import Run

_SERVER_ERROR = 500
_NANOSECONDS = 1_000_000  # of a millisecond


class Traces(Protocol):
    """What is told when something is over; times are nanoseconds since 1970."""

    def answered(
        self, *, method: str, route: str, status: int, started_ns: int, headers: Mapping[str, str]
    ) -> None:
        """Tell of a request; a `traceparent` among its headers says what it is part of."""

    def read(self, run: Run, told: Sequence[ReadPart] | Failure, *, started_ns: int) -> None:
        """Tell of a reading and of its stages."""


class NoTraces:
    """Tells nobody."""

    def answered(
        self, *, method: str, route: str, status: int, started_ns: int, headers: Mapping[str, str]
    ) -> None:
        """Do nothing."""

    def read(self, run: Run, told: Sequence[ReadPart] | Failure, *, started_ns: int) -> None:
        """Do nothing."""


@contextmanager
def opened_traces(settings: ServiceSettings) -> Iterator[Traces]:
    """Yield what tells the collector of the settings, if they name one; at the end all is sent.

    Raises:
        ConfigurationError: the extra `telemetry` is not installed.
    """
    if settings.otlp_endpoint is None:
        yield NoTraces()
        return
    traces = _Otlp(settings.otlp_endpoint)
    try:
        yield traces
    finally:
        traces.close()


class _Otlp:
    """Sends spans over HTTP, some at a time and in the background."""

    def __init__(self, endpoint: str) -> None:
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - an extra
                OTLPSpanExporter,
            )
            from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
            from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
            from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        except ImportError as cause:
            raise ConfigurationError(
                "EXTRACTOR_OTLP_ENDPOINT is set, but traces need more: pip install 'extractor[telemetry]'"
            ) from cause
        named = Resource.create({"service.name": "extractor", "service.version": __version__})
        self._provider = TracerProvider(resource=named)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("extractor", __version__)

    def answered(
        self, *, method: str, route: str, status: int, started_ns: int, headers: Mapping[str, str]
    ) -> None:
        from opentelemetry.trace import SpanKind, StatusCode  # noqa: PLC0415
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415
            TraceContextTextMapPropagator,
        )

        span = self._tracer.start_span(
            f"{method} {route}",
            context=TraceContextTextMapPropagator().extract(dict(headers)),
            kind=SpanKind.SERVER,
            attributes={
                "http.request.method": method,
                "http.route": route,
                "http.response.status_code": status,
            },
            start_time=started_ns,
        )
        if status >= _SERVER_ERROR:
            span.set_status(StatusCode.ERROR)
        span.end()

    def read(self, run: Run, told: Sequence[ReadPart] | Failure, *, started_ns: int) -> None:
        from opentelemetry.trace import SpanKind, StatusCode, set_span_in_context  # noqa: PLC0415

        ended_ns = time_ns()
        span = self._tracer.start_span(
            "read document",
            kind=SpanKind.CONSUMER,
            attributes={
                "extractor.extraction": run.id,
                "extractor.tenant": run.tenant_id,
                "extractor.engine": run.engine,
            },
            start_time=started_ns,
        )
        if isinstance(told, Failure):
            span.set_attribute("error.type", told.code)
            span.set_status(StatusCode.ERROR)
        else:
            stages = [stage for part in told for stage in _stages(part)]
            # The worker process tells how long each took, not when: they ended one after the other.
            moment = ended_ns - sum(took for _, took in stages)
            for name, took in stages:
                stage = self._tracer.start_span(name, set_span_in_context(span), start_time=moment)
                moment += took
                stage.end(moment)
        span.end(ended_ns)

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


def _stages(part: ReadPart) -> Iterator[tuple[str, int]]:
    timings = part.body.get("timings_ms")
    for stage, took in timings.items() if isinstance(timings, dict) else ():
        if isinstance(took, int | float):
            yield stage, int(took * _NANOSECONDS)
