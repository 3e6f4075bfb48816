"""`extractor engines`: what can read files, and whether it is ready."""

from collections.abc import Iterable

import click
from rich import box
from rich.table import Table as Grid
from rich.text import Text

from extractor.cli.exits import ExitCode
from extractor.cli.screen import screen
from extractor.engines.readiness import Readiness, readiness_of
from extractor.engines.registry import engine_names


@click.command("engines", epilog="Example:  extractor engines ollama")
@click.argument("name", required=False)
def engines_command(*, name: str | None) -> ExitCode:
    """List what can read files, and whether it is ready.

    With a NAME that engine is checked thoroughly: a server is asked for its models, and then
    to answer a question about an image in a form that no model keeps by itself. Ends with 2
    where the engine is not ready, and says why.
    """
    if name is None:
        screen().print(_list_of(readiness_of(each, thoroughly=False) for each in engine_names()))
        return ExitCode.CLEAN
    found = readiness_of(name, thoroughly=True)
    if not found.is_ready:
        click.echo(f"extractor: {name} is not ready: {found.says}", err=True)
        return ExitCode.REFUSED
    click.echo(f"{name} is ready: {found.says}" if found.says else f"{name} is ready")
    return ExitCode.CLEAN


def _list_of(engines: Iterable[Readiness]) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column("Engine", style="cyan", no_wrap=True)
    grid.add_column("Reads", overflow="fold")
    grid.add_column("Ready")
    grid.add_column("What is there, or missing", overflow="fold")
    for each in engines:
        grid.add_row(*map(Text, [each.engine, each.about, "yes" if each.is_ready else "no", each.says]))
    return grid
