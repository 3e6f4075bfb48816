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
CHINESE = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")


def blocks(language: str, text: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def without_comments(block: str) -> list[str]:
    return [re.sub(r"\s+# .*$", "", line) for line in block.splitlines()]


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


@pytest.mark.parametrize("language", ["sh", "python", "json", "text"])
def test_the_chinese_readme_shows_the_same_commands_and_examples(language: str) -> None:
    shown = [without_comments(block) for block in blocks(language, CHINESE)]
    assert shown
    assert shown == [without_comments(block) for block in blocks(language)]


def test_the_chinese_readme_has_the_same_settings_sections_and_pages() -> None:
    for pattern in (r"`EXTRACTOR_\w+`", r"\]\((?:docs/)?\w+\.md\)", r"^#+ ", r"^- "):
        found = sorted(re.findall(pattern, CHINESE.replace("README.md", ""), re.MULTILINE))
        assert found == sorted(re.findall(pattern, README, re.MULTILINE)), pattern


@pytest.mark.parametrize("text", [README, CHINESE], ids=["en", "zh"])
def test_every_file_that_is_linked_is_there(text: str) -> None:
    for linked in re.findall(r"\]\(([\w./-]+)\)", text):
        assert (ROOT / linked).is_file(), linked
