"""`extractor ask`: answer a question about files under a policy, or say why a person must."""

import json
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from extractor.asking.ask import DEFAULT_ENGINE, ask
from extractor.asking.decision import Decision, Said
from extractor.cli.exits import ExitCode
from extractor.cli.options import PATH
from extractor.cli.screen import screen
from extractor.delivery.decision import encode_decision
from extractor.delivery.wording import value_text

_LONGEST = 300  # characters of a clause that are shown; the JSON has all of it


@click.command(
    "ask",
    epilog="Example:  extractor ask photo.jpg receipt.pdf --spec after_sales --policy policy.pdf "
    '--question "The kettle leaks. I want my money back."',
)
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option(
    "--spec",
    required=True,
    metavar="NAME|FILE",
    help="What is asked: after_sales, or a spec file of yours with the reading question.",
)
@click.option("--question", required=True, metavar="TEXT", help="The case in the asker's words.")
@click.option("--policy", type=PATH, metavar="FILE", help="The document that the answer must go by.")
@click.option(
    "--engine", default=DEFAULT_ENGINE, show_default=True, metavar="NAME", help="The vision engine asked."
)
@click.option("--json", "is_json", is_flag=True, help="Print the answer as one JSON object.")
def ask_command(
    *, files: tuple[Path, ...], spec: str, question: str, policy: Path | None, engine: str, is_json: bool
) -> ExitCode:
    """Answer a question about photos or documents by a policy.

    The answer is held to the rules of the spec: what is copied must stand in what was given, a
    cited clause must exist. An answer that breaks a rule is only a proposal; then a person
    must decide, the reasons are told, and the command ends with 1.
    """
    decision = ask(files, question, spec=spec, policy=policy, engine=engine)
    if is_json:
        click.echo(json.dumps(encode_decision(decision), ensure_ascii=False, indent=1))
    else:
        show_decision(screen(), decision)
    return ExitCode.FLAGGED if decision.needs_person else ExitCode.CLEAN


def show_decision(console: Console, decision: Decision) -> None:
    """Show the answer, each field with where it stands, and what speaks against it."""
    told = f"  ({decision.spec}, engine {decision.engine})"
    console.print(Text.assemble((", ".join(decision.files), "bold"), told))
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column("Proposed" if decision.needs_person else "Answered", style="cyan", no_wrap=True)
    grid.add_column("Value", overflow="fold", ratio=2)
    grid.add_column("Where", style="dim", overflow="fold", ratio=3)
    for name, said in decision.answer.items():
        grid.add_row(name, Text(_value(said)), Text(_where(said)))
    console.print(grid)
    for objection in decision.objections:
        console.print(Text(f"{objection.code}: {objection.message}", style="yellow"))
    if decision.needs_person:
        console.print(Text("A person must decide.", style="bold yellow"))
    else:
        console.print(Text("Answered within the rules.", style="bold green"))


def _value(said: Said | None) -> str:
    if said is None:
        return "-"
    return said.text if said.value is None else value_text(said.value)


def _where(said: Said | None) -> str:
    if said is None:
        return ""
    if said.clause is not None:
        page = "" if said.clause.evidence is None else f", page {said.clause.evidence.page}"
        quote = " ".join(said.clause.text.split())
        quote = quote if len(quote) <= _LONGEST else f"{quote[: _LONGEST - 1]}…"
        return f"clause {said.clause.number}{page}: “{quote}”"
    return "; ".join(
        place.name if place.evidence is None else f"{place.name}, page {place.evidence.page}"
        for place in said.places
    )
