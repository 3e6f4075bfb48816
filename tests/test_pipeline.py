"""From a file to an assessment, and from invoices and a contract to a verdict."""

import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from drawn_pdf import pymupdf
from pages.scans.pictures import letter, png
from plain_pdf import plain_pdf
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import Profile

import extractor
from extractor.documents.pdf import PdfFile
from extractor.errors import (
    ConfigurationError,
    ExtractorError,
    NotFound,
    PageUnreadable,
    UnknownEngine,
    UnknownSpec,
    UnsupportedDocument,
)
from extractor.pages.scans.upright import turned
from extractor.pages.word import Origin
from extractor.pipeline import check_names, read_together_by

FIXTURES = Path(__file__).parents[1] / "fixtures"
INVOICE = FIXTURES / "en_clean_invoice.pdf"
CONTRACT = FIXTURES / "en_clean_contract.pdf"
INVOICE_WITHOUT_NUMBER = plain_pdf(["Invoice", "Invoice date: 5 March 2026", "Total: 120.00 EUR"])
MEMO = plain_pdf(["Memo", "The meeting is moved to the large room.", "Please bring chairs."])


@pytest.mark.parametrize("source", [INVOICE, str(INVOICE), INVOICE.read_bytes()])
def test_a_path_and_its_bytes_give_the_same_fields(source: str | Path | bytes) -> None:
    (assessment,) = extractor.extract(source)
    (reference,) = extractor.extract(INVOICE)
    assert assessment.fields == reference.fields
    assert assessment.extraction.document.id == reference.extraction.document.id


def test_the_source_is_called_as_the_caller_says() -> None:
    assert extractor.extract(INVOICE)[0].source == str(INVOICE)
    assert extractor.extract(INVOICE.read_bytes())[0].source == "upload"
    assert extractor.extract(INVOICE.read_bytes(), name="may.pdf")[0].source == "may.pdf"


@pytest.mark.parametrize("name", ["en_clean", "de_clean", "zh_clean"])
def test_invoice_and_contract_are_told_apart_by_content(name: str) -> None:
    assert extractor.extract(FIXTURES / f"{name}_invoice.pdf")[0].extraction.spec == "invoice"
    assert extractor.extract(FIXTURES / f"{name}_contract.pdf")[0].extraction.spec == "contract"


def test_the_spec_can_be_forced_and_can_be_a_file_of_ones_own(tmp_path: Path) -> None:
    assert extractor.extract(CONTRACT, spec="invoice")[0].extraction.spec == "invoice"
    own = tmp_path / "memo.toml"
    own.write_text(
        'name = "memo"\ntitle = { en = "Memo" }\n'
        '[fields.room]\ntype = "text"\ntitle = { en = "Room" }\nlabels = { en = ["Room"] }\n'
    )
    (memo,) = extractor.extract(plain_pdf(["Memo", "Room: Blue Hall"]), spec=str(own))
    assert memo.extraction.spec == "memo"
    assert memo.extraction.leaf("room").value == "Blue Hall"


def test_another_document_has_no_fields_and_goes_to_a_person() -> None:
    (memo,) = extractor.extract(MEMO)
    assert memo.extraction.spec == "other"
    assert memo.fields == {}
    assert memo.review.required
    assert memo.review.reasons == ("NOT_RECOGNISED",)


def test_every_stage_is_timed_in_milliseconds() -> None:
    (assessment,) = extractor.extract(INVOICE)
    assert set(assessment.timings_ms) == {"read", "extract", "validate"}
    assert all(0 < time < 60_000 for time in assessment.timings_ms.values())


def test_a_blank_page_among_others_is_no_fault() -> None:
    (assessment,) = extractor.extract(plain_pdf(["Invoice", "Invoice number: A-1"], []), spec="invoice")
    assert assessment.extraction.unreadable_pages == {}  # it is blank: there is nothing to read
    assert assessment.extraction.part.pages == (1, 2)


def test_a_document_without_any_words_is_refused_with_the_way_out() -> None:
    with pytest.raises(PageUnreadable, match="the document is blank"):
        extractor.extract(plain_pdf([], []))
    with pytest.raises(
        PageUnreadable, match="page 1 cannot be read: it is too dark: retake it with more light"
    ):
        extractor.extract(png((letter() * 0.02).astype(np.uint8)))


def test_files_that_are_read_together_are_as_those_read_alone() -> None:
    first, gone, second = extractor.extract_together([INVOICE, b"", CONTRACT], engine="auto")
    assert isinstance(gone, ExtractorError)
    for together, source in ((first, INVOICE), (second, CONTRACT)):
        assert not isinstance(together, ExtractorError)
        assert [each.extraction for each in together] == [
            each.extraction for each in extractor.extract(source)
        ]
    assert read_together_by("auto") == read_together_by("layout") == 1


def test_engines_that_ask_many_pages_at_a_time_are_handed_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_together_by("qwen") == 1
    monkeypatch.setenv("EXTRACTOR_QWEN_BATCH_SIZE", "6")
    monkeypatch.setenv("EXTRACTOR_VLLM_CONCURRENCY", "5")
    assert (read_together_by("qwen"), read_together_by("vllm")) == (6, 5)


def test_what_cannot_be_read_is_shown_to_the_vision_engine_that_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EXTRACTOR_VISION_ENGINE", "ollama")
    monkeypatch.setenv("EXTRACTOR_OLLAMA_URL", "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.setenv("EXTRACTOR_OLLAMA_RETRIES", "0")
    too_dark = png((letter() * 0.02).astype(np.uint8))
    (assessment,) = extractor.extract(too_dark)
    assert assessment.extraction.spec == "invoice"
    assert {"UNREADABLE_PAGE", "ENGINE_FAILED"} <= set(assessment.review.reasons)
    with pytest.raises(PageUnreadable, match="too dark"):
        extractor.extract(too_dark, engine="layout")
    with pytest.raises(PageUnreadable, match="the document is blank"):
        extractor.extract(plain_pdf([], []))
    monkeypatch.delenv("EXTRACTOR_VISION_ENGINE")
    with pytest.raises(PageUnreadable, match="too dark"):
        extractor.extract(too_dark)


def test_a_scan_is_read_and_points_at_the_page_as_uploaded() -> None:
    (assessment,) = extractor.extract(png(turned(letter(dpi=130), 1)), spec="invoice")
    leaf = assessment.extraction.leaf("invoice_number")
    assert leaf.value == "4711"
    assert leaf.evidence is not None
    assert leaf.evidence.origin is Origin.OCR
    (box,) = leaf.evidence.boxes
    assert box.height > 1.5 * box.width  # the page lies on its side
    assert assessment.extraction.leaf("gross_amount").value == Decimal("1500.00")


def test_a_page_that_cannot_be_read_among_others_is_reported_with_what_to_do() -> None:
    dark = png((letter() * 0.02).astype(np.uint8))
    with pymupdf.open(stream=plain_pdf(["Invoice", "Invoice number: A-1"], []), filetype="pdf") as file:
        file[1].insert_image(file[1].rect, stream=dark)
        content = bytes(file.tobytes())
    (assessment,) = extractor.extract(content, spec="invoice")
    assert assessment.extraction.unreadable_pages == {2: "it is too dark: retake it with more light"}
    assert "UNREADABLE_PAGE" in assessment.review.reasons


def test_a_scan_with_an_e_invoice_inside_is_read_from_the_xml() -> None:
    with PdfFile((FIXTURES / "factur_x.pdf").read_bytes()) as file:
        (xml,) = file.attachments().values()
    (assessment,) = extractor.extract(embed(plain_pdf([]), xml, Profile.EN16931))
    assert assessment.extraction.engine == "einvoice"
    assert assessment.extraction.leaf("invoice_number").value == "AD-25-0817"
    assert assessment.extraction.unreadable_pages == {}


def test_an_e_invoice_is_read_from_its_xml_and_can_be_read_from_its_page() -> None:
    path = FIXTURES / "factur_x.pdf"
    assert extractor.extract(path)[0].extraction.engine == "einvoice"
    assert extractor.extract(path, engine="einvoice")[0].extraction.engine == "einvoice"
    assert extractor.extract(path, engine="layout")[0].extraction.engine == "layout"


def test_what_the_caller_gets_wrong_is_raised() -> None:
    with pytest.raises(NotFound):
        extractor.extract("missing.pdf")
    with pytest.raises(UnknownSpec):
        extractor.extract(INVOICE, spec="nonsense")
    with pytest.raises(UnknownEngine):
        extractor.extract(INVOICE, engine="nonsense")
    with pytest.raises(UnsupportedDocument):
        extractor.extract(b"words")
    with pytest.raises(ConfigurationError, match="at least one invoice"):
        extractor.reconcile([], CONTRACT)


def test_names_are_checked_before_there_is_a_document() -> None:
    check_names(spec="auto", engine="auto")
    check_names(spec="invoice", engine="layout")
    with pytest.raises(UnknownSpec):
        check_names(spec="nonsense", engine="auto")
    with pytest.raises(UnknownEngine):
        check_names(spec="auto", engine="nonsense")


def test_sides_can_be_paths_bytes_or_assessments() -> None:
    compared = extractor.reconcile(INVOICE, CONTRACT)
    assert compared.verdict == "approve"
    invoice = extractor.extract(INVOICE)[0]
    for one in (INVOICE.read_bytes(), [str(INVOICE)], invoice, [invoice]):
        assert extractor.reconcile(one, CONTRACT.read_bytes()).verdict == compared.verdict


def test_the_same_invoice_twice_is_a_duplicate() -> None:
    codes = {
        c.code for c in extractor.reconcile([INVOICE, INVOICE], CONTRACT).checks if c.state == "mismatch"
    }
    assert extractor.CheckCode.DUPLICATE_INVOICE in codes


def test_a_policy_can_be_a_path_or_a_policy(tmp_path: Path) -> None:
    lax = tmp_path / "lax.toml"
    lax.write_text("block_severities = []\n")
    pair = (FIXTURES / "en_deviating_invoice.pdf", FIXTURES / "en_deviating_contract.pdf")
    assert extractor.reconcile(*pair).verdict == "block"
    assert extractor.reconcile(*pair, policy=lax).verdict == "review"
    assert extractor.reconcile(*pair, policy=extractor.load_policy(lax)).verdict == "review"


def test_every_shipped_deviation_is_found_with_its_clause() -> None:
    index = json.loads((FIXTURES / "demo.json").read_text())
    for pair in index["pairs"]:
        invoices = [FIXTURES / name for name in pair["invoices"]]
        compared = extractor.reconcile(invoices, FIXTURES / pair["contract"])
        found = {
            (check.code, check.invoice or 0): check
            for check in compared.checks
            if check.state == "mismatch" and check.consequence_of is None
        }
        wanted = [deviation for deviation in pair["expected"] if deviation["kind"] == "mismatch"]
        assert sorted(found) == sorted((d["code"], d["invoice"]) for d in wanted), pair["name"]
        for deviation in wanted:
            check = found[deviation["code"], deviation["invoice"]]
            assert check.agreed is not None
            clause = deviation.get("clause")  # of a row in a table, its number may follow
            assert clause is None or (check.agreed.clause or "").startswith(clause), pair["name"]


def test_auto_asks_the_engine_that_is_set_and_goes_on_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = extractor.extract(INVOICE_WITHOUT_NUMBER, spec="invoice")
    monkeypatch.setenv("EXTRACTOR_VISION_ENGINE", "ollama")
    monkeypatch.setenv("EXTRACTOR_OLLAMA_URL", "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.setenv("EXTRACTOR_OLLAMA_RETRIES", "0")
    (assessment,) = extractor.extract(INVOICE_WITHOUT_NUMBER, spec="invoice")
    assert assessment.fields == first.fields
    assert set(assessment.review.reasons) == {*first.review.reasons, "ENGINE_FAILED"}
    assert set(assessment.timings_ms) == {"read", "extract", "validate", "vision"}
    (layout,) = extractor.extract(INVOICE_WITHOUT_NUMBER, spec="invoice", engine="layout")
    assert "ENGINE_FAILED" not in layout.review.reasons


def test_a_wrong_vision_engine_is_refused_before_there_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXTRACTOR_VISION_ENGINE", "tesseract")
    with pytest.raises(ConfigurationError, match="'qwen', 'vllm' or 'ollama'"):
        check_names(spec="auto", engine="auto")
    with pytest.raises(ConfigurationError, match="EXTRACTOR_VISION_ENGINE"):
        extractor.extract(INVOICE)
    check_names(spec="auto", engine="layout")  # which asks nobody


def test_an_invoice_read_as_a_contract_says_so_and_the_other_way_round() -> None:
    def kinds(file: Path, spec: str) -> list[str]:
        (assessment,) = extractor.extract(file, spec=spec)
        return [each.message for each in assessment.findings if each.code == "DOCUMENT_KIND"]

    assert kinds(INVOICE, "contract") == ["It was read as a contract, but looks like an invoice."]
    assert kinds(CONTRACT, "invoice") == ["It was read as an invoice, but looks like a contract."]
    assert kinds(INVOICE, "invoice") == kinds(CONTRACT, "contract") == []
    swapped = extractor.reconcile([CONTRACT], INVOICE)
    assert swapped.verdict != "approve"
    assert extractor.reconcile([INVOICE], INVOICE).verdict != "approve"
