"""Share a batch's files out to worker processes and hand their lines back in order.

Nothing is collected: a line is handed out as soon as it and those before it are done,
so that memory stays flat however many files there are.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from itertools import islice

from extractor.batch.files import BatchFile
from extractor.batch.work import Line, failed_line, read_file
from extractor.errors import EngineTimeout, EngineUnavailable
from extractor.workers import DEFAULT_TIMEOUT_SECONDS, Workers

_QUEUED_PER_WORKER = 8  # files ahead of the one that is awaited, so that no worker runs dry


def run_batch(
    files: Iterable[BatchFile],
    *,
    spec: str,
    engine: str,
    workers: int,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
) -> Iterator[tuple[Line, ...]]:
    """Yield each file's lines, in the order of the files.

    A file whose worker dies or takes longer than `timeout_seconds` has a failed line; the
    others are not touched.
    """
    remaining = iter(files)
    waiting: deque[tuple[BatchFile, Future[tuple[Line, ...]]]] = deque()
    with Workers(workers, preload=read_file.__module__, timeout_seconds=timeout_seconds) as pool:
        while True:
            for file in islice(remaining, workers * _QUEUED_PER_WORKER - len(waiting)):
                waiting.append((file, pool.submit(read_file, file, spec=spec, engine=engine)))
            if not waiting:
                return
            yield _lines(*waiting.popleft())


def _lines(file: BatchFile, future: "Future[tuple[Line, ...]]") -> tuple[Line, ...]:
    try:
        return future.result()
    except (EngineTimeout, EngineUnavailable) as error:
        return (failed_line(error, source=str(file.path)),)
