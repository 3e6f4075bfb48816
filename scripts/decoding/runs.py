"""Read a manifest's documents by a vision engine, and take the time, tokens, passes, memory and accuracy.

Needs no torch to be imported: what is missing is an error of the engine's own.
"""

import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Literal, Protocol

from extractor.delivery.failure import Failure
from extractor.documents.opening import open_document
from extractor.engines.qwen.completion import Tally
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.servers.extra import client_of
from extractor.engines.servers.probe import PROBE
from extractor.engines.vllm.engine import VllmEngine
from extractor.engines.vllm.settings import VllmSettings
from extractor.errors import DocumentError
from extractor.evaluation.judging import Judgement
from extractor.evaluation.outcome import FileOutcome
from extractor.evaluation.scores import Count, count_of
from extractor.evaluation.work import FileTask, read_and_judge


class Counting(Protocol):
    """A completer that counts what it answers."""

    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The most memory that was taken, in bytes: on the GPUs, or by this process since it began."""

    peak_bytes: int
    where: Literal["cuda", "process"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All documents read once, in one way. `seconds` is of whole readings, from file to fields.

    `passes` is None where the server does not tell, `memory` where it is the server's.
    """

    engine: str
    decoding: str
    batch_size: int
    pages: int
    seconds: float
    tokens: int
    passes: int | None
    memory: Memory | None
    accuracy: Count  # of all values and cells
    failures: tuple[Failure, ...]  # of files without a result
    passes_saved: float | None = None  # share of the plain run's

    @property
    def pages_a_second(self) -> float | None:
        """Return pages by seconds; None where nothing was read."""
        return self.pages / self.seconds if self.seconds else None

    @property
    def tokens_a_second(self) -> float | None:
        """Return tokens by seconds; None where nothing was read, or tokens are not told."""
        return self.tokens / self.seconds if self.seconds and self.tokens else None


def device_of(settings: QwenSettings) -> str:
    """Return the name of the GPU that the model of these settings is on, or which other device it is on."""
    torch = import_module("torch")
    on = settings.device
    if on in ("auto", "cuda") and torch.cuda.is_available():
        return str(torch.cuda.get_device_name())
    if on in ("auto", "mps") and torch.backends.mps.is_available():
        return "mps"
    return f"cpu, {torch.get_num_threads()} threads"


def first_pages(tasks: Sequence[FileTask], *, pages: int | None) -> tuple[FileTask, ...]:
    """Return the first files that have so many pages together, or more with the last one; None is all."""
    if pages is None:
        return tuple(tasks)
    taken, count = [], 0
    for task in tasks:
        if count >= pages:
            break
        taken.append(task)
        count += _pages_of(task)
    return tuple(taken)


def run_in_process(tasks: Sequence[FileTask], settings: QwenSettings) -> Run:
    """Read all files by the model of the environment, whose settings these are.

    It is loaded and warmed up before the clock runs.

    Raises:
        EngineUnavailable: the extra, weights, memory or device is missing.
        ConfigurationError: the checkpoint is of another architecture, or cannot be quantized here.
    """
    QwenEngine(settings).answer([PROBE], about=["a first question"])
    completer: Counting = import_module("extractor.engines.qwen.generation").load_completer(settings)
    _forget_peak()
    run = _measured(
        tasks,
        completer,
        engine="qwen",
        decoding=settings.decoding,
        batch_size=settings.batch_size,
    )
    return replace(run, memory=_peak())


def run_on_server(tasks: Sequence[FileTask], settings: VllmSettings) -> Run:
    """Read all files by the server of the environment, whose settings these are.

    Raises:
        EngineError: the server or its model is not there, or it does not keep to the form.
        ConfigurationError: the server refuses the key.
    """
    VllmEngine(settings).check(thoroughly=True)
    completer: Counting = client_of("vllm").load_completer(settings)
    run = _measured(tasks, completer, engine="vllm", decoding=settings.form, batch_size=settings.concurrency)
    return replace(run, passes=None)


def with_savings(runs: Sequence[Run]) -> list[Run]:
    """Return the runs, each with what it saved of the plain run's passes at the same batch size."""
    plain = {run.batch_size: run.passes for run in runs if run.decoding == "plain"}

    def saved(run: Run) -> float | None:
        slow = plain.get(run.batch_size)
        return None if not slow or run.passes is None else 1 - run.passes / slow

    return [replace(run, passes_saved=saved(run)) for run in runs]


def _measured(
    tasks: Sequence[FileTask], completer: Counting, *, engine: str, decoding: str, batch_size: int
) -> Run:
    """Read the files one after another, in this process: there is one model."""
    files: list[FileOutcome] = []
    pages = tokens = passes = 0
    for task in tasks:
        before = completer.tally
        file = read_and_judge(task)
        files.append(file)
        if file.seconds is not None:  # a file that was not read has no time to set its tokens against
            answered = completer.tally.since(before)
            pages += _pages_of(task)
            tokens += answered.tokens
            passes += answered.passes
    return Run(
        engine=engine,
        decoding=decoding,
        batch_size=batch_size,
        pages=pages,
        seconds=sum(file.seconds or 0.0 for file in files),
        tokens=tokens,
        passes=passes,
        memory=None,
        accuracy=count_of(_judgements(files)),
        failures=_failures(files),
    )


def _pages_of(task: FileTask) -> int:
    try:
        return open_document(task.path).page_count
    except DocumentError:
        return 0  # reading it fails as well, and is counted there


def _judgements(files: Sequence[FileOutcome]) -> list[Judgement]:
    return [each for file in files for document in file.documents for each in document.judged.all]


def _failures(files: Sequence[FileOutcome]) -> tuple[Failure, ...]:
    """Return what went wrong with each file; its documents all tell the same where it was not read."""
    found = ([each.failure for each in file.documents if each.failure is not None] for file in files)
    return tuple(failures[0] for failures in found if failures)


def _forget_peak() -> None:
    """Let the peak on the GPUs begin anew; a process' own does not."""
    cuda = import_module("torch").cuda
    for device in range(cuda.device_count()):
        cuda.reset_peak_memory_stats(device)


def _peak() -> Memory:
    cuda = import_module("torch").cuda
    if cuda.is_available():
        taken = sum(cuda.max_memory_allocated(device) for device in range(cuda.device_count()))
        if taken:  # nothing where the model was put on the processor
            return Memory(peak_bytes=taken, where="cuda")
    unit = 1 if sys.platform == "darwin" else 1024
    return Memory(peak_bytes=unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, where="process")
