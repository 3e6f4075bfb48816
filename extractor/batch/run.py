"""Share a batch's files out to worker processes and hand their lines back in order."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from itertools import islice
from typing import TypeAlias

from extractor.batch.files import BatchFile
from extractor.batch.work import Line, failed_line, read_files
from extractor.errors import EngineTimeout, EngineUnavailable
from extractor.workers import DEFAULT_TIMEOUT_SECONDS, Workers

_Group: TypeAlias = tuple[BatchFile, ...]
_LinesOfFiles: TypeAlias = tuple[tuple[Line, ...], ...]
_Retry: TypeAlias = "Callable[[_Group], Future[_LinesOfFiles]]"


def run_batch(
    files: Iterable[BatchFile],
    *,
    spec: str,
    engine: str,
    workers: int,
    together: int = 1,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
) -> Iterator[tuple[Line, ...]]:
    """Yield each file's lines, in the order of the files.

    So many files go to a worker `together`: an engine that reads pages of several documents in one
    pass is quicker so. A file whose worker dies or takes longer than `timeout_seconds` (so many
    times that, for several) has a failed line; the others are not touched: of several files that
    went together each is then read alone.
    """
    read = partial(read_files, spec=spec, engine=engine)
    limit = timeout_seconds * together
    with Workers(workers, preload=read_files.__module__, timeout_seconds=limit) as pool:
        for group, future in pool.in_order(read, _groups(files, together)):
            yield from _lines(group, future, retry=partial(pool.submit, read))


def _groups(files: Iterable[BatchFile], size: int) -> Iterator[tuple[BatchFile, ...]]:
    remaining = iter(files)
    while group := tuple(islice(remaining, size)):
        yield group


def _lines(group: _Group, future: "Future[_LinesOfFiles]", *, retry: _Retry) -> Iterator[tuple[Line, ...]]:
    try:
        yield from future.result()
    except (EngineTimeout, EngineUnavailable) as error:
        if len(group) == 1:
            yield (failed_line(error, source=str(group[0].path)),)
            return
        for file in group:
            yield from _lines((file,), retry((file,)), retry=retry)
