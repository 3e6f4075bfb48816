"""`extractor evaluate`: measure how well a user's own documents are read."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from extractor import __version__
from extractor.cli.evaluation_screen import show_evaluation
from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH, engine_option, spec_option, workers_option
from extractor.cli.progress import with_progress
from extractor.cli.screen import screen
from extractor.cli.writing import SURROGATES, require_writable
from extractor.delivery.failure import FAULT_CODE
from extractor.evaluation.encoding import encode_evaluation
from extractor.evaluation.figures import figures_of, worst_documents
from extractor.evaluation.illustration import illustrate
from extractor.evaluation.manifest import load_manifest
from extractor.evaluation.page import evaluation_page
from extractor.evaluation.run import run_evaluation, tasks_of
from extractor.pipeline import check_names

_WORST = 10  # documents with their pages in the HTML page
WRITTEN = click.Path(dir_okay=False, path_type=Path)


@click.command("evaluate", epilog="Example:  extractor evaluate truth.json inbox/ --html report.html")
@click.argument("manifest", type=PATH, metavar="MANIFEST")
@click.argument("folder", required=False, type=PATH, metavar="[DIR]")
@spec_option
@engine_option
@workers_option
@click.option("--json", "is_json", is_flag=True, help="Print all figures as one JSON object.")
@click.option(
    "--html",
    type=WRITTEN,
    metavar="FILE.html",
    help="Write one page with all figures, and the worst documents with their annotated pages.",
)
def evaluate_command(
    *,
    manifest: Path,
    folder: Path | None,
    spec: str,
    engine: str,
    workers: int,
    is_json: bool,
    html: Path | None,
) -> ExitCode:
    """Read the documents that MANIFEST names, and compare every value with what it says they show.

    MANIFEST is a .json, .jsonl or .csv file (docs/evaluation.md); its files lie in DIR, by
    default in its own folder. Prints recall and precision by field, line items, the share of
    documents that need no person and what is wrong among them, and whether confidence and
    evidence hold. Ends with 0 whatever the figures are.
    """
    if html is not None:
        require_writable(html, "--html")
    check_names(spec=spec, engine=engine)
    wanted = load_manifest(manifest, folder=folder, spec=spec)
    tasks = tasks_of(wanted, spec=spec, engine=engine)
    files = list(with_progress(run_evaluation(tasks, workers=workers), len(tasks)))
    figures = figures_of(files)
    worst = worst_documents(files, count=_WORST)
    if is_json:
        click.echo(json.dumps(encode_evaluation(figures, files), ensure_ascii=False, indent=1))
    else:
        show_evaluation(screen(), figures, files, worst)
    if html is not None:
        page = evaluation_page(
            figures,
            files,
            list(illustrate(worst, wanted.folder, workers=workers)),
            title=manifest.name,
            made_on=datetime.now(UTC).astimezone().date(),
            version=__version__,
        )
        html.write_text(page, encoding="utf-8", errors=SURROGATES)
        click.echo(f"wrote {html}", err=True)
    if figures.failures.get(FAULT_CODE):
        click.echo("extractor: some files failed by a fault of this program: please report it", err=True)
        return ExitCode.FAULT
    return ExitCode.CLEAN
