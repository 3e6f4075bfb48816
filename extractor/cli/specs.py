"""`extractor specs` and `extractor schema`: what a document type's fields are."""

import json
from collections.abc import Iterable, Mapping

import click
from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from extractor.cli.exits import ExitCode
from extractor.cli.screen import screen
from extractor.field_specs.derive import answer_schema, json_schema, spec_rows
from extractor.field_specs.load import load_spec, shipped_specs
from extractor.field_specs.spec import Spec


@click.command("specs", epilog="Example:  extractor specs invoice")
@click.argument("name", required=False, metavar="[NAME|FILE]")
def specs_command(*, name: str | None) -> ExitCode:
    """List the document types, or one type's fields: title, type, EN 16931 code, labels.

    A spec file of your own can be given in place of a name: that checks it, too.
    """
    console = screen()
    if name is None:
        console.print(_list_of(shipped_specs().values()))
    else:
        _show(console, load_spec(name))
    return ExitCode.CLEAN


@click.command("schema", epilog="Example:  extractor schema invoice > invoice.schema.json")
@click.argument("name", metavar="NAME|FILE")
def schema_command(*, name: str) -> ExitCode:
    """Print the JSON Schema of a document type's fields in a result, of a question that of its answer."""
    spec = load_spec(name)
    schema = answer_schema(spec) if spec.reading == "question" else json_schema(spec)
    click.echo(json.dumps(schema, ensure_ascii=False, indent=1))
    return ExitCode.CLEAN


def _list_of(specs: Iterable[Spec]) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column("Spec", style="cyan")
    grid.add_column("Title")
    grid.add_column("Fields", justify="right")
    grid.add_column("Description", overflow="fold")
    for spec in specs:
        grid.add_row(*map(Text, [spec.name, _titles(spec.title), str(len(spec.fields)), spec.description]))
    return grid


def _show(console: Console, spec: Spec) -> None:
    console.print(Text.assemble((spec.name, "bold"), f"  {_titles(spec.title)}"))
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column("Field", style="cyan", no_wrap=True)
    grid.add_column("Title", overflow="fold")
    grid.add_column("Type")
    grid.add_column("EN 16931")
    grid.add_column("Labels", justify="right")
    grid.add_column("Description", style="dim", overflow="fold")
    for row in spec_rows(spec):
        kind = f"{row.type}, required" if row.required else row.type
        labels = f"{row.label_count} ({', '.join(row.languages)})" if row.label_count else ""
        grid.add_row(*map(Text, [row.name, row.title, kind, row.code, labels, row.description]))
    console.print(grid)


def _titles(titles: Mapping[str, str]) -> str:
    return " / ".join(titles.values())
