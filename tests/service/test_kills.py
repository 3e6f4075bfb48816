"""Nothing is lost and nothing counts twice, whatever is killed: processes of the service, with -9."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from postgres_server import missing_postgres, new_database, running_postgres
from service.running import Process, scan, uploaded, variants
from webhook_receiver import running_receiver

from extractor.storage.database import Database
from extractor.storage.tables import Event, Heartbeat, Run, StoredResult

pytestmark = pytest.mark.slow

DOCUMENTS = 300
AT_ONCE = 50
KILL_EVERY_SECONDS = 3.0
DEADLINE_SECONDS = 300.0
QUICK = {
    "EXTRACTOR_HEARTBEAT_SECONDS": "0.5",
    "EXTRACTOR_DEAD_AFTER_SECONDS": "3",
    "EXTRACTOR_STOP_SECONDS": "10",
    "EXTRACTOR_WORKERS": "1",
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if reason := missing_postgres():
        pytest.skip(reason)
    with running_postgres() as url:
        yield url


def test_three_workers_and_the_api_are_killed_and_every_document_ends_once_and_is_told_of(
    server: str, tmp_path: Path
) -> None:
    url = new_database(server, "kills")
    environment = {**QUICK, "EXTRACTOR_DATABASE_URL": url, "EXTRACTOR_DATA_DIR": str(tmp_path)}
    environment["EXTRACTOR_WEBHOOK_NETWORKS"] = '["127.0.0.0/8"]'

    def api() -> Process:
        return Process("serve", "--port", "0", "--no-worker", environment=environment)

    def worker() -> Process:
        return Process("worker", environment=environment)

    running: list[tuple[Process, Callable[[], Process]]] = [(api(), api)]
    running += [(worker(), worker) for _ in range(3)]
    asked: set[str] = set()
    chance = random.Random(7)  # noqa: S311 - nothing secret
    with running_receiver() as receiver, _stopped_at_the_end(running) as codes:
        with running[0][0].client() as client:
            hook = {"url": receiver.url("/hook"), "events": ["document.extracted"]}
            assert client.post("/v1/webhooks", json=hook).status_code == 201
        remaining = variants(DOCUMENTS)
        killed_at = time.monotonic()
        for _ in _until(lambda: not remaining and _is_all_done(url)):
            if remaining:
                asked.update(_try_upload(running[0][0], remaining[:AT_ONCE]))
                del remaining[:AT_ONCE]
            if time.monotonic() - killed_at > KILL_EVERY_SECONDS:
                number = chance.randrange(len(running))
                process, start = running[number]
                process.kill()
                running[number] = (start(), start)
                killed_at = time.monotonic()
        for _ in _until(lambda: _extracted(url) <= set(receiver.ids("/hook"))):
            pass
    assert codes == [0, 0, 0, 0]
    assert set(receiver.ids("/hook")) == _extracted(url)  # some twice, under the same id
    _assert_each_ended_once(url, asked, DOCUMENTS)


def test_one_process_on_sqlite_is_killed_and_started_again(tmp_path: Path) -> None:
    environment = {**QUICK, "EXTRACTOR_DATA_DIR": str(tmp_path)}
    url = f"sqlite:///{tmp_path / 'extractor.db'}"

    def start() -> Process:
        return Process("serve", "--port", "0", environment=environment)

    process = start()
    try:
        asked = set(_try_upload(process, variants(60)))
        for _ in range(3):
            time.sleep(KILL_EVERY_SECONDS)
            process.kill()
            process = start()
        for _ in _until(lambda: _is_all_done(url)):
            pass
    finally:
        assert process.stop() == 0
    _assert_each_ended_once(url, asked, 60)


def test_documents_that_kill_are_parked_and_no_other_of_their_work_is_though_the_service_is_killed(
    tmp_path: Path,
) -> None:
    environment = {**QUICK, "EXTRACTOR_DATA_DIR": str(tmp_path)}
    environment["EXTRACTOR_WORKER_MEMORY_BYTES"] = str(400 * 1024**2)  # a scan takes more
    url = f"sqlite:///{tmp_path / 'extractor.db'}"
    contents = variants(48)  # pieces of work have three documents each
    contents[10:10], contents[31:31] = [scan()], [scan() + b"\n"]
    process = Process("serve", "--port", "0", environment=environment)
    try:
        asked = _try_upload(process, contents)
        for _ in _until(lambda: _count(url, Run, Run.state == "done") > 0):
            pass
        process.kill()
        process = Process("serve", "--port", "0", environment=environment)
        for _ in _until(lambda: _is_all_done(url)):
            pass
    finally:
        assert process.stop() == 0
    killers = {asked[10], asked[31]}
    _assert_each_ended_once(url, set(asked) - killers, 48, parked=killers)


_KILLED_BETWEEN = """
import hashlib, os, signal, sys
from pathlib import Path
from extractor.jobs.backend import open_backend
from extractor.jobs.intake import question, take_in
from extractor.jobs.queue import Queue
from extractor.service.access import open_caller
from extractor.settings import load_settings
from extractor.storage.documents import Received

class Killing(Queue):
    def put(self, session, runs, **_):
        session.flush()  # the rows are written, and not committed
        os.kill(os.getpid(), signal.SIGKILL)

path = Path(sys.argv[1])
content = path.read_bytes()
backend = open_backend(load_settings())
sha256 = hashlib.sha256(content).hexdigest()
file = Received(path=path, name="a.pdf", sha256=sha256, size=len(content), media_type="application/pdf")
caller = open_caller(backend)
asked = question(backend, caller, spec="auto", engine="auto")
take_in(backend, Killing(backend.settings.database), caller, [file], asked)
"""


def test_an_api_that_is_killed_between_a_content_and_its_row_leaves_nothing_in_the_way(
    tmp_path: Path,
) -> None:
    environment = {**QUICK, "EXTRACTOR_DATA_DIR": str(tmp_path)}
    url = f"sqlite:///{tmp_path / 'extractor.db'}"
    (content,) = variants(1)
    path = tmp_path / "arrived"
    path.write_bytes(content)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED_BETWEEN, str(path)], env={**os.environ, **environment}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert [file.read_bytes() for file in (tmp_path / "blobs").rglob("*") if file.is_file()] == [content]
    assert _count(url, Run, sa.true()) == 0
    process = Process("serve", "--port", "0", environment=environment)
    try:
        asked = set(_try_upload(process, [content]))
        for _ in _until(lambda: _is_all_done(url)):
            pass
    finally:
        assert process.stop() == 0
    _assert_each_ended_once(url, asked, 1)


def test_a_stopped_worker_leaves_what_it_had_begun_to_the_others(server: str, tmp_path: Path) -> None:
    url = new_database(server, "stops")
    slow_to_bury = {**QUICK, "EXTRACTOR_DEAD_AFTER_SECONDS": "3600", "EXTRACTOR_STOP_SECONDS": "0"}
    environment = {**slow_to_bury, "EXTRACTOR_DATABASE_URL": url, "EXTRACTOR_DATA_DIR": str(tmp_path)}
    api = Process("serve", "--port", "0", "--no-worker", environment=environment)
    first = Process("worker", environment=environment)
    try:
        asked = set(_try_upload(api, variants(10)))
        for _ in _until(lambda: _count(url, Run, Run.state != "queued") > 0):
            pass
        assert first.stop() == 0
        second = Process("worker", environment=environment)
        for _ in _until(lambda: _is_all_done(url)):
            pass
        assert second.stop() == 0
    finally:
        api.stop()
    _assert_each_ended_once(url, asked, 10)


def test_a_worker_whose_database_is_gone_ends_when_it_is_stopped(tmp_path: Path) -> None:
    if reason := missing_postgres():
        pytest.skip(reason)
    with running_postgres() as own_server:
        url = new_database(own_server, "gone")
        environment = {**QUICK, "EXTRACTOR_DATABASE_URL": url, "EXTRACTOR_DATA_DIR": str(tmp_path)}
        environment["EXTRACTOR_STOP_SECONDS"] = "0"
        api = Process("serve", "--port", "0", "--no-worker", environment=environment)
        worker = Process("worker", environment=environment)
        _try_upload(api, variants(10))
        for _ in _until(lambda: _count(url, Run, Run.state != "queued") > 0):
            pass
        api.kill()
    before = time.monotonic()
    assert worker.stop() == 0
    assert time.monotonic() - before < 30.0  # by itself: that is when the limit of a stop would end it


_STOPPED_WHILE_IT_STARTS = """
import os, signal, time
import sqlalchemy as sa
from extractor.jobs import runtime
from extractor.service.serving import work
from extractor.settings import load_settings
from extractor.storage.database import Database
from extractor.storage.tables import Run

def stop(settings):
    database = Database(settings.database)
    while True:
        with database.snapshot() as session:
            if session.scalar(sa.select(sa.func.count()).where(Run.state == "running")):
                break
        time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGTERM)

runtime._open_queues = stop  # they are there; DBOS takes work from them as soon as it is launched
work(load_settings(), on_start=print)
"""


def test_a_worker_that_is_stopped_while_it_starts_ends_and_leaves_its_work(
    server: str, tmp_path: Path
) -> None:
    url = new_database(server, "starts")
    environment = {**QUICK, "EXTRACTOR_DATABASE_URL": url, "EXTRACTOR_DATA_DIR": str(tmp_path)}
    environment["EXTRACTOR_STOP_SECONDS"] = "3600"  # so that no limit ends it
    api = Process("serve", "--port", "0", "--no-worker", environment=environment)
    try:
        asked = set(_try_upload(api, variants(10)))
        stopped = subprocess.run(
            [sys.executable, "-c", _STOPPED_WHILE_IT_STARTS],
            env={**os.environ, **environment},
            timeout=100,
            check=False,
        )
        assert stopped.returncode == 0
        worker = Process("worker", environment=environment)
        for _ in _until(lambda: _is_all_done(url)):
            pass
        assert worker.stop() == 0
    finally:
        api.kill()
    _assert_each_ended_once(url, asked, 10)


@contextmanager
def _stopped_at_the_end(running: list[tuple[Process, Callable[[], Process]]]) -> Iterator[list[int]]:
    """Yield the exit codes of what runs at the end."""
    codes: list[int] = []
    try:
        yield codes
    finally:
        codes += [process.stop() for process, _ in running]


def _extracted(url: str) -> set[str]:
    database = Database(url)
    with database.snapshot() as session:
        found = set(session.scalars(sa.select(Event.id).where(Event.kind == "document.extracted")))
    database.close()
    return found


def _try_upload(process: Process, contents: list[bytes]) -> list[str]:
    with process.client() as client:
        try:
            return uploaded(client, contents)
        except httpx.TransportError:
            with process.client() as again:
                return uploaded(again, contents)


def _until(is_done: Callable[[], bool]) -> Iterator[None]:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not is_done():
        assert time.monotonic() < deadline, "documents are stuck"
        yield
        time.sleep(0.2)


def _is_all_done(url: str) -> bool:
    return _count(url, Run, Run.state.in_(("queued", "running"))) == 0


def _count(url: str, table: type[Run], condition: sa.ColumnElement[bool]) -> int:
    database = Database(url)
    with database.snapshot() as session:
        found = session.scalar(sa.select(sa.func.count()).select_from(table).where(condition)) or 0
    database.close()
    return found


def _assert_each_ended_once(
    url: str, asked: set[str], expected: int, *, parked: Collection[str] = ()
) -> None:
    database = Database(url)
    with database.snapshot() as session:
        states = Counter(session.scalars(sa.select(Run.state)))
        results = Counter(session.scalars(sa.select(StoredResult.run_id)))
        events = Counter(session.scalars(sa.select(Event.subject).where(Event.kind == "document.extracted")))
        beats = session.scalars(sa.select(Heartbeat.beat_at)).all()
        failures = Counter(session.scalars(sa.select(Event.subject).where(Event.kind == "document.failed")))
        killers = set(session.scalars(sa.select(Run.id).where(Run.state == "parked")))
    database.close()
    assert states == Counter({"done": expected, "parked": len(parked)}) - Counter()
    assert killers == set(parked)
    assert list(failures.values()) == [1] * len(parked)
    assert len(asked) == expected
    assert asked == set(results)
    assert set(results.values()) == {1}
    assert len(events) == expected
    assert set(events.values()) == {1}
    assert beats  # workers tell that they live
