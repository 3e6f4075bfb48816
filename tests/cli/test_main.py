"""How every command ends, and what is printed where."""

import subprocess
import sys
from collections.abc import Callable

import click
import pytest

from extractor.cli.exits import ExitCode
from extractor.cli.main import cli, run
from extractor.errors import EngineUnavailable
from extractor.faults import DEBUG_VARIABLE

COMMANDS = (
    "extract",
    "reconcile",
    "ask",
    "batch",
    "evaluate",
    "demo",
    "specs",
    "schema",
    "policy",
    "serve",
    "worker",
    "keys",
    "settings",
)


def ending(ends: Callable[[], object]) -> click.Command:
    """Return a command that ends in a certain way."""
    return click.Command("end", callback=ends)


def refuse() -> None:
    raise EngineUnavailable("not\n installed")


def stumble() -> None:
    raise KeyError("x")


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.fixture
def run_command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], int]:
    def run_it(ends: Callable[[], object]) -> int:
        monkeypatch.setattr(cli, "get_command", lambda _, __: ending(ends))
        return run(["end"])

    return run_it


@pytest.mark.parametrize(
    ("ends", "code", "said"),
    [
        (lambda: ExitCode.CLEAN, 0, ""),
        (lambda: None, 0, ""),
        (lambda: ExitCode.FLAGGED, 1, ""),
        (refuse, 2, "extractor: not installed\n"),
        (stumble, 3, "extractor: a fault of this program, not of your file: KeyError: 'x'\n"),
        (interrupt, 130, "extractor: interrupted\n"),
    ],
)
def test_every_ending_has_its_exit_code(
    ends: Callable[[], object],
    code: int,
    said: str,
    run_command: Callable[[Callable[[], object]], int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_command(ends) == code
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.lstrip("\n").startswith(said)
    assert "Traceback" not in output.err


def test_a_fault_says_how_to_report_it_and_shows_its_traceback_on_demand(
    run_command: Callable[[Callable[[], object]], int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_command(stumble)
    assert f"{DEBUG_VARIABLE}=1" in capsys.readouterr().err
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    run_command(stumble)
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["schema", "specs"])
def test_a_reader_that_goes_away_is_no_fault(command: str) -> None:
    arguments = [sys.executable, "-m", "extractor", command, "invoice"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as printing:
        assert printing.stdout is not None
        assert printing.stderr is not None
        printing.stdout.close()
        assert printing.stderr.read() == b""
    assert printing.returncode == ExitCode.PIPE_CLOSED


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_help_text_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help"]) == 0
    assert f"Example:  extractor {command}" in capsys.readouterr().out


def test_help_lists_every_command_without_importing_any() -> None:
    script = (
        "import sys\nfrom extractor.cli.main import run\nassert run(['--help']) == 0\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert all(f"  {command} " in done.stdout for command in COMMANDS)
    assert not {"pymupdf", "pydantic", "numpy", "scipy", "rich", "litestar"} & set(done.stderr.split())


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("extractor, version ")
