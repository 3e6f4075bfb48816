"""`extractor batch`: read many files into one JSONL file."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter

import click

from extractor.batch.files import find_files
from extractor.batch.run import run_batch
from extractor.batch.work import Line, Outcome
from extractor.cli.exits import ExitCode
from extractor.cli.options import engine_option, spec_option, workers_option
from extractor.cli.progress import with_progress
from extractor.cli.writing import SURROGATES, require_writable
from extractor.pipeline import check_names, read_together_by

EXISTING = click.Path(exists=True, path_type=Path)
WRITTEN = click.Path(dir_okay=False, path_type=Path)


@click.command("batch", epilog="Example:  extractor batch inbox/ --out results.jsonl --workers 4")
@click.argument("paths", nargs=-1, required=True, type=EXISTING, metavar="PATH...")
@click.option(
    "--out", required=True, type=WRITTEN, metavar="FILE.jsonl", help="Written anew, a line a document."
)
@spec_option
@engine_option
@workers_option
def batch_command(*, paths: tuple[Path, ...], out: Path, spec: str, engine: str, workers: int) -> ExitCode:
    """Read files and folders (walked, in sorted order) into one line of JSON a document.

    A file that cannot be read has a line with status "failed", and the rest goes on. In
    folders, files that are no documents are skipped and counted. Lines stand in the order
    of the files and are written as results come.
    """
    require_writable(out, "--out")
    check_names(spec=spec, engine=engine)
    started = perf_counter()
    files = list(find_files(paths, leave_out=out))
    together = read_together_by(engine)
    lines = run_batch(files, spec=spec, engine=engine, workers=workers, together=together)
    tally, several = _write(with_progress(lines, len(files)), out)
    seconds = perf_counter() - started
    read = tally.total() - tally[Outcome.SKIPPED]
    click.echo(_closing(tally, read, several, seconds, out), err=True)
    if tally[Outcome.FAULT]:
        click.echo("extractor: some files failed by a fault of this program: please report it", err=True)
        return ExitCode.FAULT
    if tally[Outcome.FAILED]:
        return ExitCode.REFUSED
    return ExitCode.FLAGGED if tally[Outcome.REVIEW] else ExitCode.CLEAN


def _write(files: Iterable[Sequence[Line]], out: Path) -> tuple[Counter[Outcome], int]:
    """Write each line as it comes, so that what is done is kept whatever happens next.

    Return how the documents ended, and in how many of the files there were several.
    """
    tally: Counter[Outcome] = Counter()
    several = 0
    with out.open("w", encoding="utf-8", errors=SURROGATES) as stream:
        for lines in files:
            several += len(lines) > 1
            for line in lines:
                tally[line.outcome] += 1
                if line.json is not None:
                    stream.write(f"{line.json}\n")
                    stream.flush()
    return tally, several


def _closing(tally: Counter[Outcome], read: int, several: int, seconds: float, out: Path) -> str:
    failed = tally[Outcome.FAILED] + tally[Outcome.FAULT]
    held = f" ({several} of the files held several)" if several else ""
    return (
        f"{read - failed} extracted{held}, {tally[Outcome.REVIEW]} of them need review, {failed} failed, "
        f"{tally[Outcome.SKIPPED]} skipped (no documents); "
        f"{seconds:.1f} s, {read / seconds:.1f} documents/s; wrote {out}"
    )
