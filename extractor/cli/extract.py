"""`extractor extract`: read files, show or print what was read."""

import json
from pathlib import Path

import click

from extractor.assessment.assessment import Assessment
from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH, engine_option, spec_option
from extractor.cli.screen import screen, show_assessment
from extractor.cli.writing import require_writable
from extractor.delivery.annotate import annotate_assessments
from extractor.delivery.encoding import Json, encode_assessment
from extractor.delivery.failure import Failure, encode_failure, failure_of
from extractor.errors import DocumentError, NotFound
from extractor.pipeline import extract


@click.command("extract", epilog="Example:  extractor extract invoice.pdf --annotate seen.pdf")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@spec_option
@engine_option
@click.option("--json", "is_json", is_flag=True, help="Print JSON: one object for one result, else an array.")
@click.option("--annotate", type=PATH, metavar="OUT.pdf", help="Write a copy with each value's place drawn.")
def extract_command(
    *, files: tuple[Path, ...], spec: str, engine: str, is_json: bool, annotate: Path | None
) -> ExitCode:
    """Read invoices and contracts into fields, each with its page and place.

    A file that cannot be read is told on standard error (with --json also as an object with
    status "failed"); the others go on.
    """
    if annotate is not None:
        if len(files) > 1:
            raise click.UsageError("--annotate takes one FILE")
        require_writable(annotate, "--annotate")
    outcomes = [outcome for file in files for outcome in _outcomes(file, spec=spec, engine=engine)]
    assessments = [outcome for outcome in outcomes if isinstance(outcome, Assessment)]
    if is_json:
        encoded = [_encode(outcome) for outcome in outcomes]
        click.echo(json.dumps(encoded[0] if len(encoded) == 1 else encoded, ensure_ascii=False, indent=1))
    else:
        console = screen()
        for assessment in assessments:
            show_assessment(console, assessment)
    if annotate is not None and assessments:
        annotate.write_bytes(annotate_assessments(files[0].read_bytes(), assessments))
        click.echo(f"wrote {annotate}", err=True)
    if len(assessments) < len(outcomes):
        return ExitCode.REFUSED
    return ExitCode.FLAGGED if any(map(is_flagged, assessments)) else ExitCode.CLEAN


def is_flagged(assessment: Assessment) -> bool:
    """Say whether there is anything that a person should know."""
    return assessment.review.required or bool(assessment.findings)


def _outcomes(file: Path, *, spec: str, engine: str) -> tuple[Assessment | Failure, ...]:
    try:
        return extract(file, spec=spec, engine=engine)
    except (DocumentError, NotFound) as error:
        failure = failure_of(error, source=str(file))
        click.echo(f"extractor: {failure.source}: {failure.message}", err=True)
        return (failure,)


def _encode(outcome: Assessment | Failure) -> dict[str, Json]:
    return encode_failure(outcome) if isinstance(outcome, Failure) else encode_assessment(outcome)
