"""Share a manifest's files out to worker processes, and hand their outcomes back in order."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future

from extractor.errors import EngineTimeout, EngineUnavailable
from extractor.evaluation.manifest import Manifest
from extractor.evaluation.outcome import FileOutcome
from extractor.evaluation.truth import Truth
from extractor.evaluation.work import FileTask, failed, read_and_judge
from extractor.workers import DEFAULT_TIMEOUT_SECONDS, Workers


def tasks_of(manifest: Manifest, *, spec: str, engine: str) -> tuple[FileTask, ...]:
    """Return a task for each file and each spec that it is read by, in the order of the manifest.

    `spec` is for records that name none.
    """
    truths: dict[tuple[str, str], list[Truth]] = {}
    for truth in manifest.truths:
        truths.setdefault((truth.file, truth.spec or spec), []).append(truth)
    return tuple(
        FileTask(path=manifest.folder / file, truths=tuple(of_file), spec=read_as, engine=engine)
        for (file, read_as), of_file in truths.items()
    )


def run_evaluation(
    tasks: Sequence[FileTask], *, workers: int, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS
) -> Iterator[FileOutcome]:
    """Yield each task's outcome, in order; a file that cannot be read is an outcome like others."""
    with Workers(workers, preload=read_and_judge.__module__, timeout_seconds=timeout_seconds) as pool:
        for task, future in pool.in_order(read_and_judge, tasks):
            yield _outcome(task, future)


def _outcome(task: FileTask, future: "Future[FileOutcome]") -> FileOutcome:
    try:
        return future.result()
    except (EngineTimeout, EngineUnavailable) as error:
        return failed(task, error)
