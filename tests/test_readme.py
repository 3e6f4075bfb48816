"""What the README shows works as written."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.cli.main import run

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_the_python_example_runs(tmp_path: Path) -> None:
    for side in ("invoice", "contract"):
        shutil.copy(ROOT / "fixtures" / f"en_deviating_{side}.pdf", tmp_path / f"{side}.pdf")
    (example,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert "UNIT_PRICE_MISMATCH Annex A, 1" in done.stdout


def test_every_command_shown_exists(capsys: pytest.CaptureFixture[str]) -> None:
    shown = set(re.findall(r"^(?:\S*/)?extractor (\w+)", "\n".join(blocks("sh")), re.MULTILINE))
    assert {"demo", "extract", "reconcile", "batch", "serve"} <= shown
    for command in shown:
        assert run([command, "--help"]) == 0
    assert capsys.readouterr().err == ""
