"""Other programs that read invoices, each in a process of its own that tells how long it took."""

import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

_SERVE = """
import sys, time
answers, sys.stdout = sys.stdout, sys.stderr
{prepare}
for line in sys.stdin:
    path = line.rstrip("\\n")
    {forget}
    started = time.perf_counter()
    {work}
    print(time.perf_counter() - started, int(bool(found)), file=answers, flush=True)
"""
_PDFPLUMBER = _SERVE.format(
    prepare="import pdfplumber",
    forget="",
    work="""with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found = page.extract_words()""",
)
_INVOICE2DATA = _SERVE.replace(
    "{prepare}",
    """
import logging
from invoice2data import extract_data
from invoice2data.extract.loader import read_templates
from invoice2data import input as inputs
logging.disable(logging.CRITICAL)
templates = read_templates()
caches = [each for module in (inputs, *inputs.INPUT_MODULES.values()) for each in vars(module).values()
          if hasattr(each, "cache_clear")]""",
).replace("{forget}", "for each in caches: each.cache_clear()  # texts of files seen before")
_PROGRAMS = {
    "pdfplumber": _PDFPLUMBER,
    "invoice2data": _INVOICE2DATA.replace("{work}", "found = extract_data(path)"),
    "invoice2data, templates kept": _INVOICE2DATA.replace("{work}", "found = extract_data(path, templates)"),
    "invoice2data, kept, pdfminer": _INVOICE2DATA.replace(
        "{work}", "found = extract_data(path, templates, 'pdfminer')"
    ),
}


class Tool:
    """Another program that answers each path on its standard input with the seconds it took."""

    def __init__(self, python: Path, program: str) -> None:
        """Prepare the process; it starts when the tool is entered."""
        self._command = [str(python), "-W", "ignore", "-c", program]
        self.found: dict[Path, bool] = {}  # whether it found anything

    def __enter__(self) -> Self:
        """Start the process."""
        self._process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Let the process end, and wait for it."""
        self._process.communicate()

    def seconds(self, path: Path) -> float:
        """Return how long the tool took for one document."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None  # noqa: S101 - both are pipes
        assert stdout is not None  # noqa: S101
        print(path.resolve(), file=stdin, flush=True)
        answer = stdout.readline()
        if not answer:
            sys.exit(f"{self._command[0]} gave up on {path}: is the tool installed there?")
        seconds, found = answer.split()
        self.found[path] = found == "1"
        return float(seconds)


def start_tools(
    pythons: Mapping[str, Path | None], stack: ExitStack, *, is_installing: bool
) -> dict[str, Tool]:
    """Start the tools that there is a Python for; `is_installing` makes one for the others."""
    if is_installing:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        venv.create(folder, with_pip=True)
        python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", *pythons], check=True)
        pythons = {name: given or python for name, given in pythons.items()}
    chosen_pythons = {name: pythons[name.split()[0].rstrip(",")] for name in _PROGRAMS}
    return {
        name: stack.enter_context(Tool(python, _PROGRAMS[name]))
        for name, python in chosen_pythons.items()
        if python is not None
    }
