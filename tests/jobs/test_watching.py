import pytest
import sqlalchemy as sa
from jobs.conftest import Clock

from extractor.jobs.backend import Backend
from extractor.jobs.watching import Watch
from extractor.storage.tables import Heartbeat


def watch(backend: Backend, name: str, recovered: list[str]) -> Watch:
    return Watch(backend, name, recover=recovered.extend)


def beats(backend: Backend) -> set[str]:
    with backend.database.snapshot() as session:
        return set(session.scalars(sa.select(Heartbeat.executor_id)))


def test_the_work_of_a_silent_worker_is_taken_over_once(backend: Backend, clock: Clock) -> None:
    recovered: list[str] = []
    watch(backend, "silent", recovered).beat()
    living = watch(backend, "living", recovered)
    living.beat()
    clock.pass_by(seconds=30)
    assert living.take_over() == []
    clock.pass_by(seconds=0.1)
    living.beat()
    assert living.take_over() == ["silent"]
    assert living.take_over() == []
    assert recovered == ["silent"]
    assert beats(backend) == {"living"}


def test_a_worker_never_takes_over_from_itself(backend: Backend, clock: Clock) -> None:
    recovered: list[str] = []
    alone = watch(backend, "alone", recovered)
    alone.beat()
    clock.pass_by(hours=1)
    assert alone.take_over() == []


def test_a_worker_that_resigns_is_taken_over_at_once(backend: Backend) -> None:
    recovered: list[str] = []
    leaving = watch(backend, "leaving", recovered)
    leaving.beat()
    leaving.resign()
    assert watch(backend, "staying", recovered).take_over() == ["leaving"]


def test_a_take_over_that_fails_is_tried_again(backend: Backend) -> None:
    def refuse(_executors: list[str]) -> None:
        raise ConnectionError

    leaving = Watch(backend, "leaving", recover=refuse)
    leaving.beat()
    leaving.resign()
    with pytest.raises(ConnectionError):
        Watch(backend, "staying", recover=refuse).take_over()
    assert beats(backend) == {"leaving"}
    recovered: list[str] = []
    assert watch(backend, "staying", recovered).take_over() == ["leaving"]
