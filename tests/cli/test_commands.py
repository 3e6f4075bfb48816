"""The commands as a user runs them, on the shipped documents."""

import json
import re
from pathlib import Path

import pytest

from extractor.cli.main import run
from extractor.documents.drawing import joined
from extractor.documents.opening import open_document
from extractor.pages.reading import read_pages
from extractor.reconciliation.policy_file import load_policy

FIXTURES = Path(__file__).parents[2] / "fixtures"
INVOICE, CONTRACT = FIXTURES / "en_clean_invoice.pdf", FIXTURES / "en_clean_contract.pdf"
DEVIATING = (FIXTURES / "en_deviating_invoice.pdf", FIXTURES / "en_deviating_contract.pdf")

Captured = pytest.CaptureFixture[str]


def test_extract_shows_fields_with_page_confidence_and_words(capsys: Captured) -> None:
    assert run(["extract", str(INVOICE)]) == 0
    shown = capsys.readouterr().out
    (issued,) = (line for line in shown.splitlines() if line.strip().startswith("issue_date"))
    assert re.search(r"issue_date +2025-09-18 +1 +0\.\d\d +18 September 2025", issued)
    assert "Thermowell, stainless" in shown
    assert "Nothing to flag." in shown


def test_extract_of_an_invoice_that_contradicts_itself_ends_with_1(capsys: Captured) -> None:
    assert run(["extract", str(FIXTURES / "contradicting.pdf")]) == 1
    shown = capsys.readouterr().out
    assert "LINE_AMOUNT" in shown
    assert "A person must look" in shown


def test_extract_json_is_an_object_for_one_result_and_an_array_for_several(capsys: Captured) -> None:
    run(["extract", str(INVOICE), "--json"])
    one = json.loads(capsys.readouterr().out)
    assert one["fields"]["gross_amount"]["value"] == "4282.08"
    run(["extract", str(INVOICE), str(CONTRACT), "--json"])
    assert [result["spec"] for result in json.loads(capsys.readouterr().out)] == ["invoice", "contract"]


def test_extract_annotates_a_copy_with_the_fields_names(capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "seen.pdf"
    run(["extract", str(INVOICE), "--annotate", str(out)])
    assert str(out) in capsys.readouterr().err
    (drawn,) = read_pages(open_document(out))
    assert {"invoice_number", "gross_amount", "quantity"} <= {word.text for word in drawn.words}


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """Return a file that holds two invoices."""
    path = tmp_path / "several.pdf"
    path.write_bytes(joined([INVOICE.read_bytes(), DEVIATING[0].read_bytes()]))
    return path


def test_extract_shows_each_invoice_of_a_file_with_its_pages(capsys: Captured, several: Path) -> None:
    run(["extract", str(several)])
    shown = capsys.readouterr().out
    assert f"{several}  (invoice, document 1 of 2, page 1, engine layout)" in shown
    assert f"{several}  (invoice, document 2 of 2, page 2, engine layout)" in shown
    assert shown.count("invoice_number") == 2


def test_extract_json_is_an_array_for_a_file_of_several(capsys: Captured, several: Path) -> None:
    run(["extract", str(several), "--json"])
    results = json.loads(capsys.readouterr().out)
    assert [result["part"] for result in results] == [
        {"index": 1, "of": 2, "pages": [1]},
        {"index": 2, "of": 2, "pages": [2]},
    ]
    assert [result["fields"]["invoice_number"]["page"] for result in results] == [1, 2]


def test_extract_annotates_every_invoice_in_one_copy(several: Path, tmp_path: Path) -> None:
    out = tmp_path / "seen.pdf"
    run(["extract", str(several), "--annotate", str(out)])
    for drawn in read_pages(open_document(out)):
        assert {"invoice_number", "gross_amount", "quantity"} <= {word.text for word in drawn.words}


def test_reconcile_says_which_pages_an_invoice_of_several_is(
    capsys: Captured, several: Path, tmp_path: Path
) -> None:
    out = tmp_path / "seen.pdf"
    run(["reconcile", str(several), "--contract", str(CONTRACT), "--annotate", str(out)])
    shown = capsys.readouterr().out
    assert f"Invoice 1: {several}, page 1" in shown
    assert f"Invoice 2: {several}, page 2" in shown
    first, second, *_ = read_pages(open_document(out))
    assert all("invoice_number" in {word.text for word in drawn.words} for drawn in (first, second))


def test_batch_writes_a_line_an_invoice_and_says_how_many_files_held_several(
    capsys: Captured, several: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    run(["batch", str(several), str(INVOICE), "--out", str(out), "--workers", "1"])
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(line["source"], line["part"]["index"]) for line in lines] == [
        (str(several), 1),
        (str(several), 2),
        (str(INVOICE), 1),
    ]
    assert "3 extracted (1 of the files held several), " in capsys.readouterr().err


def test_annotate_takes_one_file(capsys: Captured, tmp_path: Path) -> None:
    assert run(["extract", str(INVOICE), str(CONTRACT), "--annotate", str(tmp_path / "o.pdf")]) == 2
    assert "one FILE" in capsys.readouterr().err


def test_reconcile_of_what_was_agreed_ends_with_0(capsys: Captured) -> None:
    assert run(["reconcile", str(INVOICE), "--contract", str(CONTRACT)]) == 0
    assert "Verdict: approve" in capsys.readouterr().out


def test_reconcile_cites_clause_page_and_words_of_every_mismatch(capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "seen.pdf"
    arguments = ["reconcile", str(DEVIATING[0]), "--contract", str(DEVIATING[1]), "--annotate", str(out)]
    assert run(arguments) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "Verdict: block" in shown
    assert "agreed 1.12, clause Annex A, 1, page 3: “Double-wall carton" in shown
    assert "billed 1.28, page 1 difference +0.16" in shown
    assert "agreed 45, clause 3.1, page 1: “The Customer shall pay each correct invoice" in shown
    invoice, first, *rest = read_pages(open_document(out))
    assert len(rest) == 2
    assert "UNIT_PRICE_MISMATCH" in {word.text for word in invoice.words}
    assert any("BANK_ACCOUNT_CHANGED" in word.text for word in first.words)


def test_reconcile_json_prints_the_comparison_and_nothing_else(capsys: Captured) -> None:
    assert run(["reconcile", str(DEVIATING[0]), "--contract", str(DEVIATING[1]), "--json"]) == 1
    compared = json.loads(capsys.readouterr().out)
    assert compared["verdict"] == "block"
    mismatches = [check for check in compared["checks"] if check["state"] == "mismatch"]
    assert all(check["agreed"]["clause"] and check["billed"]["box"] for check in mismatches)


def test_batch_writes_a_line_a_document_and_counts(capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    (tmp_path / "notes.txt").write_text("words")
    (tmp_path / "a.pdf").write_bytes(INVOICE.read_bytes())
    assert run(["batch", str(tmp_path), "--out", str(out), "--workers", "1"]) == 0
    (line,) = out.read_text().splitlines()
    assert json.loads(line)["fields"]["invoice_number"]["value"] == "BI-20457"
    said = capsys.readouterr().err
    assert "1 extracted, 0 of them need review, 0 failed, 1 skipped" in said
    assert "documents/s" in said


def test_specs_lists_types_and_fields(capsys: Captured) -> None:
    assert run(["specs"]) == 0
    shown = capsys.readouterr().out
    assert "invoice" in shown
    assert "contract" in shown
    assert run(["specs", "invoice"]) == 0
    shown = capsys.readouterr().out
    assert "gross_amount" in shown
    assert "BT-112" in shown
    assert "line_items[].unit_price" in shown


def test_schema_is_a_json_schema_of_every_field(capsys: Captured) -> None:
    assert run(["schema", "invoice"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert len(schema["properties"]) == 23


def test_policy_prints_what_can_be_passed_back(capsys: Captured, tmp_path: Path) -> None:
    assert run(["policy"]) == 0
    printed = tmp_path / "printed.toml"
    printed.write_text(capsys.readouterr().out)
    assert load_policy(printed) == load_policy(None)


def test_demo_finds_exactly_what_was_put_in(capsys: Captured, tmp_path: Path) -> None:
    assert run(["demo", "--out", str(tmp_path / "drawn")]) == 0
    shown = capsys.readouterr().out
    index = json.loads((FIXTURES / "demo.json").read_text())
    for shipped in (*index["pairs"], *index["singles"]):
        drawn = tmp_path / "drawn" / f"{shipped['name']}.pdf"
        has_pages = not shipped.get("file", "").endswith(".xml")
        assert drawn.exists() is has_pages
        assert (str(drawn) in shown) is has_pages
        assert not has_pages or drawn.read_bytes().startswith(b"%PDF-")
        assert shipped["title"].split(":")[0] in shown
    assert "Exactly the deviations that were put in were found." in shown
