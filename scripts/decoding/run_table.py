"""Write runs as one table that can be pasted into Markdown, or as JSON."""

from collections import Counter
from collections.abc import Callable, Sequence

from decoding.runs import Run
from extractor.delivery.encoding import Json

_UNKNOWN = "–"
_GIBIBYTE = 2**30


def table_of(runs: Sequence[Run]) -> str:
    """Return a table with a line a run."""
    lines = [list(_COLUMNS), *([cell(run) for cell in _COLUMNS.values()] for run in runs)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_COLUMNS))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in lines
    )


def encode_run(run: Run) -> dict[str, Json]:
    """Return all figures of a run, unrounded."""
    memory: dict[str, Json] | None = None
    if run.memory is not None:
        memory = {"peak_bytes": run.memory.peak_bytes, "where": run.memory.where}
    return {
        "engine": run.engine,
        "decoding": run.decoding,
        "batch_size": run.batch_size,
        "pages": run.pages,
        "seconds": run.seconds,
        "pages_a_second": run.pages_a_second,
        "tokens": run.tokens,
        "tokens_a_second": run.tokens_a_second,
        "passes": run.passes,
        "passes_saved": run.passes_saved,
        "memory": memory,
        "accuracy": {
            "shown": run.accuracy.shown,
            "given": run.accuracy.given,
            "right": run.accuracy.right,
            "wrong": run.accuracy.wrong,
            "missed": run.accuracy.missed,
            "recall": run.accuracy.recall,
            "precision": run.accuracy.precision,
        },
        "failures": [
            {"file": each.source, "code": each.code, "message": each.message} for each in run.failures
        ],
    }


def _rate(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.2f}"


def _share(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{100 * value:.1f} %"


def _memory(run: Run) -> str:
    if run.memory is None:
        return _UNKNOWN
    return f"{run.memory.peak_bytes / _GIBIBYTE:.2f} GiB {run.memory.where}"


def _failed(run: Run) -> str:
    codes = Counter(failure.code for failure in run.failures)
    return ", ".join(f"{count} {code}" for code, count in sorted(codes.items())) or "0"


_COLUMNS: dict[str, Callable[[Run], str]] = {
    "engine": lambda run: run.engine,
    "decoding": lambda run: run.decoding,
    "batch": lambda run: str(run.batch_size),
    "pages": lambda run: str(run.pages),
    "pages/s": lambda run: _rate(run.pages_a_second),
    "tokens/s": lambda run: _rate(run.tokens_a_second),
    "passes": lambda run: _UNKNOWN if run.passes is None else str(run.passes),
    "passes saved": lambda run: _share(run.passes_saved),
    "peak memory": _memory,
    "recall": lambda run: _share(run.accuracy.recall),
    "precision": lambda run: _share(run.accuracy.precision),
    "files failed": _failed,
}
