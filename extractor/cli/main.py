"""The command line: find the command, run it, turn every ending into an exit code."""

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

import click

from extractor import __version__
from extractor.cli.exits import ExitCode
from extractor.cli.writing import SURROGATES
from extractor.errors import ExtractorError
from extractor.faults import DEBUG_VARIABLE, describe_fault, one_line

# A command's module is imported when it is run, so that `extractor --help` need not wait for it.
_COMMANDS: Mapping[str, tuple[str, str]] = {
    "extract": ("extractor.cli.extract:extract_command", "Read files into fields, each with its place."),
    "reconcile": ("extractor.cli.reconcile:reconcile_command", "Compare invoices with their contract."),
    "ask": ("extractor.cli.ask:ask_command", "Answer a question about files under a policy."),
    "batch": ("extractor.cli.batch:batch_command", "Read many files into one JSONL file."),
    "evaluate": ("extractor.cli.evaluate:evaluate_command", "Measure how well your own documents are read."),
    "demo": ("extractor.cli.demo:demo_command", "Show what this does on the documents that it ships with."),
    "specs": ("extractor.cli.specs:specs_command", "List the document types and their fields."),
    "schema": ("extractor.cli.specs:schema_command", "Print a document type's JSON Schema."),
    "engines": (
        "extractor.cli.engines:engines_command",
        "List what can read files, and whether it is ready.",
    ),
    "policy": ("extractor.cli.policy:policy_command", "Print the tolerance policy in force."),
    "serve": ("extractor.cli.serve:serve_command", "Serve the HTTP API, and read what is uploaded."),
    "worker": ("extractor.cli.worker:worker_command", "Read what is queued, beside the service."),
    "keys": ("extractor.cli.keys:keys_command", "Make, list and revoke keys to the service."),
    "store": ("extractor.cli.store:store_command", "Export all that the service keeps, and restore it."),
    "settings": ("extractor.cli.settings:settings_command", "Print the service's settings in force."),
}


class _ReaderGone(Exception):
    """Whoever read our output has closed the pipe; click would end with 1."""


class _LazyGroup(click.Group):
    """A group whose commands live in modules that are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return the command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as cause:
            raise _ReaderGone from cause

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.group(cls=_LazyGroup, epilog="Example:  extractor extract invoice.pdf --annotate seen.pdf")
@click.version_option(__version__, prog_name="extractor")
@click.option("--debug", is_flag=True, help=f"Show the traceback of a fault (also {DEBUG_VARIABLE}=1).")
def cli(*, debug: bool) -> None:
    """Read invoices and contracts, and compare what was billed with what was agreed.

    Every value comes with the place on the page that it was read from; every mismatch
    cites the contract's clause. Nothing leaves this machine.

    Exit codes: 0 nothing to flag; 1 a mismatch, or a person must look; 2 wrong use, or
    input that cannot be read; 3 a fault of this program.
    """
    if debug:
        os.environ[DEBUG_VARIABLE] = "1"  # worker processes inherit it


def main() -> NoReturn:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=SURROGATES)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; nothing escapes but `SystemExit`."""
    try:
        return int(cli.main(args=list(arguments), prog_name="extractor", standalone_mode=False) or 0)
    except click.Abort:
        click.echo("extractor: interrupted", err=True)
        return ExitCode.INTERRUPTED
    except click.ClickException as fault:
        fault.show()
        return ExitCode.REFUSED
    except ExtractorError as fault:
        click.echo(f"extractor: {one_line(str(fault))}", err=True)
        return ExitCode.REFUSED
    except _ReaderGone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains at exit
        return ExitCode.PIPE_CLOSED
    except Exception as fault:  # noqa: BLE001 - the last line of defence: a user never sees a bare traceback
        return _report(fault)


def _report(fault: Exception) -> int:
    click.echo(
        f"extractor: {describe_fault(fault)}\n"
        f"extractor: please report it with what the same command prints under {DEBUG_VARIABLE}=1",
        err=True,
    )
    return ExitCode.FAULT
