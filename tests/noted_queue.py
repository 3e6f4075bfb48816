"""A queue for tests that notes what is put in; nothing is read."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from extractor.jobs.queue import Queue
from extractor.storage.tables import Run, StoredReconciliation


class NotedQueue(Queue):
    """`runs` are ids in the order they were put in, `alone` those of pieces that have only one."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.alone: list[str] = []

    def put(self, _session: Session, runs: Iterable[Run], *, pieces: int = 1) -> None:
        given = list(runs)
        for run in given:
            self.runs.append(run.id)
            if pieces >= len(given):
                self.alone.append(run.id)
            run.workflow_id = f"work_{len(self.runs)}"

    def put_comparisons(self, _session: Session, rows: Iterable[StoredReconciliation]) -> None:
        assert not list(rows)
