"""From a file of several invoices to an assessment for each."""

import io
from pathlib import Path

import numpy as np
import pytest
from drawn_pdf import pymupdf
from pages.scans.pictures import LETTER, letter, letter_pdf, picture_of, png
from PIL import Image
from plain_pdf import plain_pdf
from synthesis.cii_embedding import embed
from synthesis.cii_profiles import Profile

import extractor
from extractor.documents.drawing import joined
from extractor.documents.pdf import PdfFile
from extractor.errors import SeveralContracts
from extractor.extraction.extraction import Part

FIXTURES = Path(__file__).parents[1] / "fixtures"
INVOICE = FIXTURES / "en_clean_invoice.pdf"
CONTRACT = FIXTURES / "en_clean_contract.pdf"


def invoice_lines(number: str, *, day: str = "5 March 2026", foot: str = "") -> list[str]:
    return [
        "INVOICE",
        f"Invoice number: {number}",
        f"Invoice date: {day}",
        "Net amount 100.00",
        "VAT 20% 20.00",
        "Total amount due 120.00",
        foot,
    ]


SEVERAL = joined([INVOICE.read_bytes(), (FIXTURES / "en_deviating_invoice.pdf").read_bytes()])


def test_each_invoice_of_a_file_has_its_own_result_with_its_pages() -> None:
    parts = extractor.extract(SEVERAL)
    alone = [extractor.extract(FIXTURES / f"en_{name}_invoice.pdf")[0] for name in ("clean", "deviating")]
    assert [part.extraction.part for part in parts] == [
        Part(index=1, of=2, pages=(1,)),
        Part(index=2, of=2, pages=(2,)),
    ]
    for number, (part, one) in enumerate(zip(parts, alone, strict=True), 1):
        ours, theirs = part.extraction.leaf("invoice_number"), one.extraction.leaf("invoice_number")
        assert ours.value == theirs.value
        assert ours.evidence is not None
        assert theirs.evidence is not None
        assert (ours.evidence.page, ours.evidence.boxes) == (number, theirs.evidence.boxes)
        assert part.extraction.document.page_count == 2
        assert [finding.code for finding in part.findings] == [finding.code for finding in one.findings]


def test_the_time_of_reading_a_file_is_shared_out_by_pages() -> None:
    file = plain_pdf(invoice_lines("A-1"), ["General terms"], invoice_lines("A-2"))
    first, second = extractor.extract(file, spec="invoice")
    assert first.extraction.part.pages == (1, 2)
    assert first.timings_ms["read"] == pytest.approx(2 * second.timings_ms["read"])


def test_a_page_that_cannot_be_read_is_reported_by_its_own_invoice_alone() -> None:
    dark = png((letter() * 0.02).astype(np.uint8))
    with pymupdf.open(
        stream=plain_pdf(invoice_lines("A-1"), [], invoice_lines("A-2")), filetype="pdf"
    ) as file:
        file[1].insert_image(file[1].rect, stream=dark)
        content = bytes(file.tobytes())
    first, second = extractor.extract(content, spec="invoice")
    assert set(first.extraction.unreadable_pages) == {2}
    assert second.extraction.unreadable_pages == {}
    assert "UNREADABLE_PAGE" not in second.review.reasons


def test_frames_of_a_scanned_file_are_parted_too() -> None:
    lines = [list(LETTER) for _ in range(2)]
    lines[1][2:4] = ["Invoice number 5822", "Invoice date 9 April 2026"]
    first, second = (Image.fromarray(picture_of(letter_pdf(each))[:, :, ::-1]) for each in lines)
    stream = io.BytesIO()
    first.save(stream, "TIFF", save_all=True, append_images=[second], dpi=(110, 110))
    parts = extractor.extract(stream.getvalue(), spec="invoice")
    assert [part.extraction.leaf("invoice_number").value for part in parts] == ["4711", "5822"]


def test_a_file_with_an_e_invoice_inside_is_that_one_invoice() -> None:
    with PdfFile((FIXTURES / "factur_x.pdf").read_bytes()) as file:
        (xml,) = file.attachments().values()
    pages = plain_pdf(invoice_lines("A-1"), invoice_lines("A-2"))
    assert len(extractor.extract(pages)) == 2
    for engine in ("auto", "layout"):
        (assessment,) = extractor.extract(embed(pages, xml, Profile.EN16931), engine=engine)
        assert assessment.extraction.part == Part(index=1, of=1, pages=(1, 2))


def test_what_is_read_as_a_contract_is_one_document() -> None:
    content = joined([CONTRACT.read_bytes(), INVOICE.read_bytes()])
    (contract,) = extractor.extract(content, spec="contract")
    assert contract.extraction.part.of == 1


def test_an_invoice_behind_a_short_contract_has_its_own_result() -> None:
    parts = extractor.extract(joined([CONTRACT.read_bytes(), INVOICE.read_bytes()]))
    assert [part.extraction.spec for part in parts] == ["contract", "invoice"]
    (alone,) = extractor.extract(CONTRACT)
    assert parts[0].extraction.leaf("payment_days").value == alone.extraction.leaf("payment_days").value


def test_each_part_is_told_by_its_own_content() -> None:
    statement = ["Statement of account", "Your account is settled.", "Page 1 of 1"]
    pages = (statement, invoice_lines("A-1", foot="Page 1 of 1"), invoice_lines("A-2", foot="Page 1 of 1"))
    parts = extractor.extract(plain_pdf(*pages))
    assert [part.extraction.spec for part in parts] == ["other", "invoice", "invoice"]
    assert [part.extraction.part.pages for part in parts] == [(1,), (2,), (3,)]
    assert parts[0].review.reasons == ("NOT_RECOGNISED",)


def test_pages_that_contradict_each_other_stay_together_and_go_to_a_person() -> None:
    pages = (invoice_lines("A-1001", foot="Page 1 of 3"), invoice_lines("B-2002", foot="Page 2 of 3"))
    (assessment,) = extractor.extract(plain_pdf(*pages), spec="invoice")
    (finding,) = (each for each in assessment.findings if each.code == "WITNESS_MISMATCH")
    assert finding.field == "invoice_number"
    assert "page 2" in finding.message
    assert "B-2002" in finding.message
    assert "WITNESS_MISMATCH" in assessment.review.reasons


def test_every_invoice_of_a_file_is_compared_and_none_is_a_copy_for_standing_in_it() -> None:
    compared = extractor.reconcile(SEVERAL, CONTRACT)
    assert [invoice.extraction.part.index for invoice in compared.invoices] == [1, 2]
    mismatches = {c.code for c in compared.checks if c.state == "mismatch"}
    assert extractor.CheckCode.DUPLICATE_INVOICE not in mismatches
    again = extractor.reconcile([SEVERAL, SEVERAL], CONTRACT)
    copies = [c for c in again.checks if c.code == "DUPLICATE_INVOICE" and c.state == "mismatch"]
    assert [check.invoice for check in copies] == [2, 3]


def contract_lines(number: str, days: int) -> list[str]:
    return [
        "Supply Agreement",
        f"Contract No.: {number}",
        "1. Payment",
        f"1.1 Each invoice is payable within {days} days of the invoice date.",
        "2. Law",
        "2.1 This contract is governed by the laws of Scotland.",
    ]


CONTRACTS = joined(
    [plain_pdf(contract_lines(number, days)) for number, days in (("C-100", 30), ("C-200", 45))]
)


def bill_of(*numbers: str) -> list[bytes]:
    return [plain_pdf([*invoice_lines("R-1"), f"Contract No.: {number}"]) for number in numbers]


def test_two_contracts_in_a_file_are_two_results() -> None:
    first, second = extractor.extract(CONTRACTS, spec="contract")
    assert (first.extraction.part.pages, second.extraction.part.pages) == ((1,), (2,))
    assert [each.extraction.leaf("payment_days").value for each in (first, second)] == [30, 45]


def test_of_two_contracts_the_one_that_the_invoice_names_is_compared() -> None:
    compared = extractor.reconcile(bill_of("C-200"), CONTRACTS)
    assert compared.contract.extraction.leaf("contract_number").value == "C-200"


@pytest.mark.parametrize("numbers", [("C-300",), ("C-100", "C-200")])
def test_two_contracts_are_refused_where_the_invoices_do_not_tell_which(numbers: tuple[str, ...]) -> None:
    with pytest.raises(SeveralContracts, match=r"2 contracts .C-100 on pages 1 to 1; C-200 on pages 2 to 2."):
        extractor.reconcile(bill_of(*numbers), CONTRACTS)
