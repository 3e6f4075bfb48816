"""A queue for tests that notes what is put in; nothing is read."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from extractor.jobs.queue import Queue
from extractor.storage.tables import Run, StoredReconciliation


class NotedQueue(Queue):
    """`runs` are ids in the order they were put in, `alone` those that were to be read alone."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.alone: list[str] = []

    def put(self, _session: Session, runs: Iterable[Run], *, is_alone: bool = False) -> None:
        for run in runs:
            self.runs.append(run.id)
            if is_alone:
                self.alone.append(run.id)
            run.workflow_id = f"work_{len(self.runs)}"

    def put_comparisons(self, _session: Session, rows: Iterable[StoredReconciliation]) -> None:
        assert not list(rows)
