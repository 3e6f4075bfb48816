"""Share a batch's files out to worker processes and hand their lines back in order."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import partial

from extractor.batch.files import BatchFile
from extractor.batch.work import Line, failed_line, read_file
from extractor.errors import EngineTimeout, EngineUnavailable
from extractor.workers import DEFAULT_TIMEOUT_SECONDS, Workers


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
    read = partial(read_file, spec=spec, engine=engine)
    with Workers(workers, preload=read_file.__module__, timeout_seconds=timeout_seconds) as pool:
        for file, future in pool.in_order(read, files):
            yield _lines(file, future)


def _lines(file: BatchFile, future: "Future[tuple[Line, ...]]") -> tuple[Line, ...]:
    try:
        return future.result()
    except (EngineTimeout, EngineUnavailable) as error:
        return (failed_line(error, source=str(file.path)),)
