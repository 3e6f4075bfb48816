"""What an operator's Prometheus may ask: of this process, and of what is kept."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.orm import InstrumentedAttribute

from extractor.delivery.encoding import Json
from extractor.delivery.failure import Failure
from extractor.storage.database import Database
from extractor.storage.tables import Delivery, Run, StoredResult

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300)
_MILLISECOND = 0.001


class Metrics:
    """Counts and times. Names begin with `extractor_`; no label holds what a document says."""

    def __init__(self, database: Database) -> None:
        """Prepare the metrics of one process."""
        self.registry = CollectorRegistry()
        self.registry.register(_Kept(database))
        self._stages = Histogram(
            "extractor_stage_seconds",
            "How long a stage took for one part of a document.",
            ["stage"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._documents = Counter(
            "extractor_documents", "Documents that were read.", ["outcome"], registry=self.registry
        )
        self._errors = Counter(
            "extractor_engine_errors",
            "Readings that failed, by the code of their error.",
            ["code"],
            registry=self.registry,
        )
        self._requests = Histogram(
            "extractor_request_seconds",
            "How long requests took, by route and status.",
            ["method", "route", "status"],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def read(self, told: Sequence[Mapping[str, Json]] | Failure, *, is_parked: bool) -> None:
        """Count a document that was read, or could not be."""
        if isinstance(told, Failure):
            self._documents.labels(outcome="parked" if is_parked else "failed").inc()
            self._errors.labels(code=told.code).inc()
            return
        self._documents.labels(outcome="done").inc()
        for body in told:
            timings = body.get("timings_ms")
            for stage, time in timings.items() if isinstance(timings, dict) else ():
                if isinstance(time, int | float):
                    self._stages.labels(stage=stage).observe(time * _MILLISECOND)

    def answered(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is its path with parameters by name."""
        self._requests.labels(method=method, route=route, status=str(status)).observe(seconds)

    def text(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self.registry)


@contextmanager
def served_metrics(metrics: Metrics, *, host: str, port: int) -> Iterator[None]:
    """Answer Prometheus on a port of its own while the block runs: for workers, which have no API."""
    server, thread = start_http_server(port, addr=host, registry=metrics.registry)
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


class _Kept(Collector):
    """Figures of the database, counted when they are asked for: the same from every process."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Name the metrics without counting."""
        yield from self._families({}, {}, {})

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Count."""
        with self._database.snapshot() as session:
            counts = [
                dict(iter(session.execute(_counted(column))))
                for column in (Run.state, StoredResult.review, Delivery.state)
            ]
        yield from self._families(*counts)

    @staticmethod
    def _families(
        runs: Mapping[str, int], reviews: Mapping[str, int], deliveries: Mapping[str, int]
    ) -> Iterator[GaugeMetricFamily]:
        named = (
            (
                "extractor_extractions",
                "Extractions by state; the queue is queued and running.",
                "state",
                runs,
            ),
            (
                "extractor_results",
                "Results by review: not_required went straight through.",
                "review",
                reviews,
            ),
            ("extractor_deliveries", "Messages to webhooks by state.", "state", deliveries),
        )
        for name, about, label, counts in named:
            family = GaugeMetricFamily(name, about, labels=[label])
            for value, count in sorted(counts.items()):
                family.add_metric([value], count)
            yield family


def _counted(column: InstrumentedAttribute[str]) -> sa.Select[str, int]:
    return sa.select(column, sa.func.count()).group_by(column)
