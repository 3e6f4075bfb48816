"""Heartbeats: tell that this worker lives, and take over the work of those that do not."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from extractor.jobs.backend import Backend
from extractor.jobs.repeating import Repeating
from extractor.storage.tables import Heartbeat

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_LOG = logging.getLogger(__name__)


class Watch:
    """One worker's heartbeat, and its eye on the others."""

    def __init__(self, backend: Backend, executor_id: str, *, recover: Callable[[list[str]], None]) -> None:
        """Prepare; `recover` is called with the ids of executors that have died."""
        self._backend = backend
        self._executor_id = executor_id
        self._recover = recover
        self._thread = Repeating(
            "the heartbeat", self._beat_and_look, every_seconds=backend.settings.heartbeat_seconds
        )

    def start(self) -> None:
        """Beat and look until stopped."""
        self._thread.start()

    def stop(self) -> None:
        """End the beat; the row stays."""
        self._thread.stop()

    def beat(self) -> None:
        """Say that this worker lives."""
        now = self._backend.clock()
        with self._backend.database.transaction() as session:
            row = session.get(Heartbeat, self._executor_id)
            if row is None:
                session.add(Heartbeat(executor_id=self._executor_id, started_at=now, beat_at=now))
            else:
                row.beat_at = now

    def resign(self) -> None:
        """Say that this worker has ended; what it left undone may be taken over at once."""
        with self._backend.database.transaction() as session:
            row = session.get(Heartbeat, self._executor_id)
            if row is not None:
                row.beat_at = _LONG_AGO

    def take_over(self) -> list[str]:
        """Take over the work of executors whose heartbeat is old; return their ids."""
        oldest = self._backend.clock() - timedelta(seconds=self._backend.settings.dead_after_seconds)
        with self._backend.database.snapshot() as session:
            query = sa.select(Heartbeat.executor_id).where(
                Heartbeat.beat_at < oldest, Heartbeat.executor_id != self._executor_id
            )
            dead = list(session.scalars(query))
        if dead:
            self._recover(dead)
            with (
                self._backend.database.transaction() as session
            ):  # only now: else a death here would lose them
                session.execute(
                    sa.delete(Heartbeat).where(Heartbeat.executor_id.in_(dead), Heartbeat.beat_at < oldest)
                )
        return dead

    def _beat_and_look(self) -> None:
        self.beat()
        for executor_id in self.take_over():
            _LOG.warning("worker %s is dead; its work is taken over", executor_id)
