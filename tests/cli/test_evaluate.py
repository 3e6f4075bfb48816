"""`extractor evaluate` as a user runs it, on the shipped documents."""

import json
from pathlib import Path

import pytest
from lxml import html

from extractor.cli.main import run

FIXTURES = Path(__file__).parents[2] / "fixtures"
MANIFEST = FIXTURES / "manifest.json"
NAME = "en_clean_invoice.pdf"

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_bytes((FIXTURES / NAME).read_bytes())
    return tmp_path


def written(folder: Path, *records: dict[str, object]) -> str:
    path = folder / "truth.json"
    path.write_text(json.dumps({"documents": records}))
    return str(path)


def test_everything_on_the_shipped_documents_is_read_right(capsys: Captured, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run(["evaluate", str(MANIFEST), "--html", str(page), "--workers", "1"]) == 0
    shown, told = capsys.readouterr()
    (total,) = (line.split() for line in shown.splitlines() if line.strip().startswith("all  "))
    assert total[1] == total[2]
    assert total[3:5] == ["0", "0"]
    assert "61 of 61 rows of line_items are right throughout." in shown
    assert "claims of a place are proven (100.0 %)" in shown
    assert f"wrote {page}" in told
    assert "In no document is anything wrong or missed." in html.parse(page).getroot().text_content()


def test_json_has_all_figures_and_nothing_else_is_printed(capsys: Captured, folder: Path) -> None:
    record: dict[str, object] = {"file": NAME, "fields": {"invoice_number": "x", "gross_amount": "4282.08"}}
    assert run(["evaluate", written(folder, record), "--json", "--workers", "1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["header"]["recall"] == 0.5
    assert found["results"][0]["wrong"][0]["path"] == "invoice_number"


def test_a_wrong_document_is_shown_with_its_pages(capsys: Captured, folder: Path, tmp_path: Path) -> None:
    record: dict[str, object] = {"file": NAME, "fields": {"invoice_number": "x"}}
    page = tmp_path / "report.html"
    assert run(["evaluate", written(folder, record), "--html", str(page), "--workers", "1"]) == 0
    assert "Worst documents" in capsys.readouterr().out
    root = html.parse(page).getroot()
    (image,) = root.iterfind(".//article//img")
    assert len(image.get("src")) > 20_000


def test_files_lie_in_the_folder_given(capsys: Captured, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    manifest = written(elsewhere, {"file": NAME, "fields": {"invoice_number": "BI-20457"}})
    assert run(["evaluate", manifest, "--workers", "1"]) == 2
    assert run(["evaluate", manifest, str(folder), "--workers", "1", "--spec", "invoice"]) == 0
    assert "100.0 %" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_is_told_and_the_rest_measured(capsys: Captured, folder: Path) -> None:
    (folder / "<b>.pdf").write_bytes(b"%PDF-1.7 nothing")
    records: list[dict[str, object]] = [
        {"file": "<b>.pdf", "fields": {"invoice_number": "7"}},
        {"file": NAME, "fields": {"invoice_number": "BI-20457"}},
    ]
    page = folder / "report.html"
    assert run(["evaluate", written(folder, *records), "--html", str(page), "--workers", "1"]) == 0
    shown = capsys.readouterr().out
    assert "failed  <b>.pdf: DamagedDocument:" in shown
    assert "50.0 %" in shown
    assert "<b>.pdf" in html.parse(page).getroot().text_content()


def test_groups_are_shown_where_there_are_some(capsys: Captured, folder: Path) -> None:
    (folder / "b.pdf").write_bytes((FIXTURES / NAME).read_bytes())
    records: list[dict[str, object]] = [
        {"file": name, "group": group, "fields": {"invoice_number": "BI-20457"}}
        for name, group in ((NAME, "[red]One"), ("b.pdf", "Two"))
    ]
    assert run(["evaluate", written(folder, *records), "--workers", "1"]) == 0
    shown = capsys.readouterr().out
    assert "[red]One" in shown
    assert "mean of groups" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.json"], "the manifest cannot be read"),
        (["--engine", "x"], "there is no engine"),
        (["--spec", "x"], "there is no field spec 'x'"),
        (["--html", "/nowhere/x.html"], "cannot be written"),
        ([], "names no document"),
    ],
)
def test_what_cannot_run_ends_with_2_before_anything_is_read(
    capsys: Captured, folder: Path, arguments: list[str], said: str
) -> None:
    manifest = [] if "nothing.json" in arguments else [written(folder)]
    assert run(["evaluate", *manifest, *arguments]) == 2
    assert said in capsys.readouterr().err
