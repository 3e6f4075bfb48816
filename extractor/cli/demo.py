"""`extractor demo`: read, compare and draw the shipped documents, and check that all is found."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from extractor.assessment.assessment import Assessment
from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.cli.screen import screen, show_assessment, show_reconciliation
from extractor.cli.shipped import Deviation, Shipped, ShippedPair, ShippedSingle, deviations_of, load_shipped
from extractor.delivery.annotate import annotate_assessments, annotate_reconciliation
from extractor.errors import ConfigurationError
from extractor.pipeline import extract, reconcile

_DEFAULT_FOLDER = Path("extractor-demo")


@click.command("demo", epilog="Example:  extractor demo --out /tmp/demo")
@click.option(
    "--out",
    type=PATH,
    default=_DEFAULT_FOLDER,
    show_default=True,
    metavar="FOLDER",
    help="Where the annotated PDFs go.",
)
def demo_command(*, out: Path) -> ExitCode:
    """Read the invoices and contracts that are shipped, compare them, and draw what was found.

    Everything in them is invented. Ends with 0 if exactly the deviations that were put in
    are found, else with 3.
    """
    _make_folder(out)
    shipped = load_shipped()
    console = screen()
    is_exact = True
    for pair in shipped.pairs:
        is_exact &= _show_pair(console, shipped, pair, out)
    for single in shipped.singles:
        is_exact &= _show_single(console, shipped, single, out)
    console.rule(style="dim")
    console.print(f"The annotated PDFs are in {out}{'' if out.is_absolute() else ' (below this folder)'}.")
    if not is_exact:
        console.print(
            Text("What was found is not what was put in: this is a fault of this program.", style="red")
        )
        return ExitCode.FAULT
    console.print(Text("Exactly the deviations that were put in were found.", style="bold green"))
    return ExitCode.CLEAN


def _show_pair(console: Console, shipped: Shipped, pair: ShippedPair, out: Path) -> bool:
    console.rule(Text(pair.title, style="bold"))
    contract, *invoices = (shipped.folder / name for name in (pair.contract, *pair.invoices))
    compared = reconcile(
        [part for path in invoices for part in extract(path, spec="invoice", name=path.name)],
        extract(contract, spec="contract", name=contract.name)[0],
    )
    for document in (*compared.invoices, compared.contract):
        show_assessment(console, document)
    show_reconciliation(console, compared, with_passed=False)
    contents = {path.name: path.read_bytes() for path in (*invoices, contract)}
    _write(console, out / f"{pair.name}.pdf", annotate_reconciliation(compared, contents))
    return _is_as_put_in(console, deviations_of(compared.invoices, compared), pair.expected)


def _show_single(console: Console, shipped: Shipped, single: ShippedSingle, out: Path) -> bool:
    console.rule(Text(single.title, style="bold"))
    path = shipped.folder / single.file
    assessments: tuple[Assessment, ...] = extract(path, name=path.name)
    for assessment in assessments:
        show_assessment(console, assessment)
    if any(assessment.extraction.document.page_count for assessment in assessments):  # XML has none
        _write(console, out / f"{single.name}.pdf", annotate_assessments(path.read_bytes(), assessments))
    return _is_as_put_in(console, deviations_of(assessments, None), single.expected)


def _is_as_put_in(console: Console, found: Counter[Deviation], put_in: Iterable[Deviation]) -> bool:
    expected = Counter(put_in)
    for deviation in (expected - found).elements():
        console.print(Text(f"not found: {deviation.code} of invoice {deviation.invoice + 1}", style="red"))
    for deviation in (found - expected).elements():
        console.print(
            Text(f"wrongly found: {deviation.code} of invoice {deviation.invoice + 1}", style="red")
        )
    return found == expected


def _write(console: Console, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    console.print(f"drawn: {path}")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise ConfigurationError(f"{folder} cannot be made: {cause.strerror}") from cause
