"""Load the whole service on this machine, and compare its throughput with that of `extractor batch`.

    python scripts/load_test.py                                  # 1,000 documents, 50 clients, SQLite
    python scripts/load_test.py --documents 100 --clients 10     # a first look
    python scripts/load_test.py --database-url postgresql://me@127.0.0.1/empty

It starts real processes (`extractor serve`; with PostgreSQL one `extractor worker` too) on a free
port of the loopback address and in a temporary folder, and stops them. The documents are the
fixtures' invoices, each made another file by a comment at its end, so that none is known already.
Four things are measured, one after the other:

    batch      `extractor batch` on a folder, with as many worker processes
    multipart  all documents in one form
    zip        as many others in one archive
    clients    as many others, one a request, by clients that each wait for their result

The time to a result is that from the start of the upload to the end of the extraction, as the
service says it. Processor time is that of all processes of the service (its start left out), or of
`extractor batch` (all of it): on a machine that others use too it says more than the clock. Resident memory
is that of the API's process, without the processes that read.
"""

import argparse
import contextlib
import io
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

import httpx
import psutil

_INVOICES = sorted((Path(__file__).parents[1] / "fixtures").glob("*_invoice.pdf"))
_MIB = 1024 * 1024
_WANTED_RATIO = 0.8
_WANTED_MIB = 250
_DEADLINE_SECONDS = 1800.0
_POLL_SECONDS = 0.25
_REQUEST_SECONDS = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one way of uploading came to; seconds of latency are to the result."""

    way: str
    documents: int
    accepted_seconds: float
    seconds: float
    processor_seconds: float
    p50_seconds: float
    p95_seconds: float

    @property
    def accepted_per_second(self) -> float:
        """Return how many documents a second were answered for."""
        return self.documents / self.accepted_seconds

    @property
    def per_second(self) -> float:
        """Return how many documents a second went from upload to result."""
        return self.documents / self.seconds


def main() -> int:
    """Measure and print; 1 if what is wanted was not reached."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--documents", type=int, default=1000, help="in each of the four [default: 1000]")
    options.add_argument("--clients", type=int, default=50, help="at once [default: 50]")
    options.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that read")
    options.add_argument("--database-url", help="of an empty PostgreSQL database [default: SQLite]")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    given = options.parse_args()
    count: int = given.documents
    with tempfile.TemporaryDirectory(prefix="load-") as name:
        folder = Path(name)
        alone, processor = _batch_seconds(folder, _documents("batch", count), workers=given.workers)
        print(
            f"batch      {count} documents in {alone:.1f} s: {count / alone:.1f}/s; "
            f"{1000 * processor / count:.1f} ms of a processor each",
            flush=True,
        )
        with _running_service(folder / "data", given.workers, given.database_url) as service:
            idle = service.api.memory_info().rss
            with _watched_memory(service.api) as memory:
                loads = [
                    _told(_upload_in_bulk(service, "multipart", _form(_documents("multipart", count)))),
                    _told(_upload_in_bulk(service, "zip", _archive(_documents("zip", count)))),
                    _told(_upload_by_clients(service, _documents("clients", count), clients=given.clients)),
                ]
    ratio = min(load.per_second for load in loads[:2]) * alone / count
    peak = max(memory) / _MIB
    print(f"throughput {ratio:.2f} of `extractor batch` (wanted: {_WANTED_RATIO})")
    print(f"start      {service.start_seconds:.1f} s until it answers")
    print(f"memory     {idle / _MIB:.0f} MiB idle, {peak:.0f} MiB at most (wanted: {_WANTED_MIB})")
    if given.json is not None:
        figures = {
            "workers": given.workers,
            "database": "postgresql" if given.database_url else "sqlite",
            "batch_seconds": alone,
            "batch_processor_seconds": processor,
            "loads": [asdict(load) for load in loads],
            "ratio": ratio,
            "start_seconds": service.start_seconds,
            "idle_mib": idle / _MIB,
            "peak_mib": peak,
        }
        given.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0 if ratio >= _WANTED_RATIO and peak <= _WANTED_MIB else 1


def _told(load: Load) -> Load:
    print(
        f"{load.way:<10} {load.documents} documents accepted in {load.accepted_seconds:.1f} s "
        f"({load.accepted_per_second:.0f}/s), done in {load.seconds:.1f} s ({load.per_second:.1f}/s); "
        f"{1000 * load.processor_seconds / load.documents:.1f} ms of a processor each; "
        f"to result p50 {load.p50_seconds:.2f} s, p95 {load.p95_seconds:.2f} s",
        flush=True,
    )
    return load


def _documents(purpose: str, count: int) -> Iterator[bytes]:
    """Yield files that are different and say what the fixtures say."""
    contents = [path.read_bytes() for path in _INVOICES]
    for number in range(count):
        yield contents[number % len(contents)] + f"\n%% {purpose} {number}\n".encode()


def _batch_seconds(folder: Path, documents: Iterator[bytes], *, workers: int) -> tuple[float, float]:
    """Return what `extractor batch` takes: by the clock, and of processors."""
    inbox = folder / "inbox"
    inbox.mkdir()
    for number, content in enumerate(documents):
        (inbox / f"{number:05}.pdf").write_bytes(content)
    command = [sys.executable, "-m", "extractor", "batch", str(inbox), "--out", str(folder / "out.jsonl")]
    started, before = time.perf_counter(), os.times()
    done = subprocess.run([*command, "--workers", str(workers)], check=False, capture_output=True, text=True)
    if done.returncode not in (0, 1):  # 1: some need review
        raise SystemExit(done.stderr)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, processor


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A running service: its address, its API's process, and all processes that work for it."""

    address: str
    start_seconds: float
    api: psutil.Process
    others: Sequence[psutil.Process]

    def processor_seconds(self) -> float:
        """Return the time that its processes have had so far, with the processes that read."""
        told = 0.0
        for process in (self.api, *self.others):
            for one in (process, *process.children(recursive=True)):
                times = one.cpu_times()
                told += times.user + times.system
        return told


@contextlib.contextmanager
def _running_service(data: Path, workers: int, database_url: str | None) -> Iterator[Service]:
    """Yield a service that has started."""
    environment = {
        "EXTRACTOR_DATA_DIR": str(data),
        "EXTRACTOR_WORKERS": str(workers),
        "EXTRACTOR_REQUESTS_PER_MINUTE": "1000000",
        "EXTRACTOR_LOG_LEVEL": "warning",
    }
    serve = ["serve", "--port", "0"]
    with contextlib.ExitStack() as stack:
        if database_url is not None:
            environment["EXTRACTOR_DATABASE_URL"] = database_url
            serve.append("--no-worker")
        started = time.perf_counter()
        api, line = stack.enter_context(_process(serve, environment))
        others = []
        httpx.get(f"{_address(line)}/health", timeout=60).raise_for_status()
        start_seconds = time.perf_counter() - started
        if database_url is not None:
            worker, _ = stack.enter_context(_process(["worker"], environment))
            others.append(psutil.Process(worker.pid))
        yield Service(
            address=_address(line),
            start_seconds=start_seconds,
            api=psutil.Process(api.pid),
            others=others,
        )


def _address(line: str) -> str:
    found = re.search(r"http://[\d.]+:\d+", line)
    if found is None:
        raise SystemExit(f"the service said {line!r}")
    return found.group()


@contextlib.contextmanager
def _process(
    arguments: Sequence[str], environment: Mapping[str, str]
) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Yield a process of ours and what it says when it is ready; it is stopped at the end."""
    command = [sys.executable, "-m", "extractor", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    ) as process:
        try:
            yield process, process.stdout.readline() if process.stdout else ""
        finally:
            process.terminate()
            process.wait()


@contextlib.contextmanager
def _watched_memory(process: psutil.Process) -> Iterator[list[int]]:
    """Yield a list that grows by the process's resident memory, in bytes, five times a second."""
    seen: list[int] = []
    is_over = Event()

    def watch() -> None:
        while not is_over.wait(0.2):
            seen.append(process.memory_info().rss)

    thread = Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        thread.join()


def _form(documents: Iterator[bytes]) -> Callable[[httpx.Client], httpx.Response]:
    files = [("file", (f"{number}.pdf", content)) for number, content in enumerate(documents)]
    return lambda client: client.post("/v1/batches", files=files)


def _archive(documents: Iterator[bytes]) -> Callable[[httpx.Client], httpx.Response]:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(documents):
            archive.writestr(f"{number}.pdf", content)
    body, headers = written.getvalue(), {"Content-Type": "application/zip"}
    return lambda client: client.post("/v1/batches", content=body, headers=headers)


def _upload_in_bulk(service: Service, way: str, upload: Callable[[httpx.Client], httpx.Response]) -> Load:
    with httpx.Client(base_url=service.address, timeout=_REQUEST_SECONDS) as client:
        before = service.processor_seconds()
        started, deadline = time.time(), time.monotonic() + _DEADLINE_SECONDS
        answer = upload(client)
        accepted = time.time() - started
        answer.raise_for_status()
        batch = answer.json()
        while not batch["completed_at"]:
            if time.monotonic() > deadline:
                raise SystemExit(f"the batch is stuck: {batch}")
            time.sleep(_POLL_SECONDS)
            batch = client.get(f"/v1/batches/{batch['id']}").json()
        processor = service.processor_seconds() - before
        if batch["progress"]["failed"]:
            raise SystemExit(f"documents failed: {batch}")
        ids = _extractions(client, batch["id"])
        waits = [_finished(client.get(f"/v1/extractions/{one}").json()) - started for one in ids]
    return Load(
        way=way,
        documents=batch["progress"]["total"],
        accepted_seconds=accepted,
        seconds=datetime.fromisoformat(batch["completed_at"]).timestamp() - started,
        processor_seconds=processor,
        p50_seconds=statistics.median(waits),
        p95_seconds=_p95(waits),
    )


def _extractions(client: httpx.Client, batch: str) -> Iterator[str]:
    cursor: str | None = ""
    while cursor is not None:
        asked = {"limit": "200"} | ({"cursor": cursor} if cursor else {})
        page = client.get(f"/v1/batches/{batch}/files", params=asked).json()
        yield from (file["extraction"] for file in page["items"])
        cursor = page["next_cursor"]


def _finished(detail: Mapping[str, Mapping[str, str]]) -> float:
    return datetime.fromisoformat(detail["extraction"]["finished_at"]).timestamp()


def _upload_by_clients(service: Service, documents: Iterator[bytes], *, clients: int) -> Load:
    """Let each client upload a document, wait for its result, and go on to the next."""

    def one(numbered: tuple[int, bytes]) -> tuple[float, float]:
        number, content = numbered
        began = time.time()
        answer = http.post("/v1/documents", files={"file": (f"{number}.pdf", content)})
        answer.raise_for_status()
        accepted = time.time()
        path = f"/v1/extractions/{answer.json()[0]['extraction']['id']}"
        while (shown := http.get(path).json())["extraction"]["state"] in ("queued", "running"):
            if time.time() - began > _DEADLINE_SECONDS:
                raise SystemExit(f"{path} is stuck")
            time.sleep(2 * _POLL_SECONDS)
        if shown["extraction"]["state"] != "done":
            raise SystemExit(f"{path} failed: {shown['extraction']['error']}")
        return accepted - began, _finished(shown) - began

    limits = httpx.Limits(max_connections=clients)
    with httpx.Client(base_url=service.address, timeout=_REQUEST_SECONDS, limits=limits) as http:
        started, before = time.time(), service.processor_seconds()
        with ThreadPoolExecutor(clients) as pool:
            times = list(pool.map(one, enumerate(documents)))
        seconds = time.time() - started
    waits = [wait for _, wait in times]
    return Load(
        way="clients",
        documents=len(times),
        accepted_seconds=sum(accepted for accepted, _ in times) / clients,
        seconds=seconds,
        processor_seconds=service.processor_seconds() - before,
        p50_seconds=statistics.median(waits),
        p95_seconds=_p95(waits),
    )


def _p95(waits: Sequence[float]) -> float:
    return sorted(waits)[max(0, -(-len(waits) * 95 // 100) - 1)]


if __name__ == "__main__":
    sys.exit(main())
