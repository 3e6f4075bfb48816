"""Where frames and their labels are drawn, as a reader of the drawn file sees them."""

from dataclasses import replace
from pathlib import Path

import pytest
from pages.scans.pictures import letter, png

import extractor
from extractor.delivery.annotate import annotate_assessments, annotate_reconciliation
from extractor.delivery.labelling import with_labels_placed
from extractor.documents.drawing import LABEL_SIZE, Mark
from extractor.documents.opening import open_document
from extractor.documents.pdf import PdfFile
from extractor.errors import UnsupportedDocument
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.pages.scans.upright import turned
from extractor.pages.word import Word

FIXTURES = Path(__file__).parents[2] / "fixtures"


def words_of(content: bytes, number: int) -> list[str]:
    return [word.text for word in read_pages(open_document(content))[number - 1].words]


def page(*words: Word) -> Page:
    return Page(number=1, width=600, height=800, words=words)


def word(x0: float, y0: float, x1: float, y1: float) -> Word:
    return Word(text="x", box=Box(x0, y0, x1, y1))


FRAME = Mark(page=1, box=(300, 400, 360, 412), label="gross")


def label_box(mark: Mark) -> Box:
    assert mark.label_at is not None
    left, bottom = mark.label_at
    return Box(left, bottom - LABEL_SIZE, left + 0.6 * LABEL_SIZE * len(mark.label), bottom)


def test_a_label_stands_above_its_frame_where_there_is_room() -> None:
    (placed,) = with_labels_placed([FRAME], [page()])
    assert placed.label_at == (300, 400)
    assert replace(placed, label_at=None) == FRAME


@pytest.mark.parametrize(
    "others",
    [
        (word(250, 386, 420, 399.5),),
        (word(250, 386, 420, 399.5), word(365, 398, 460, 412)),
        (word(250, 386, 420, 399.5), word(365, 398, 460, 412), word(200, 398, 296, 412)),
    ],
)
def test_a_label_moves_to_where_it_hides_no_word(others: tuple[Word, ...]) -> None:
    (placed,) = with_labels_placed([FRAME], [page(*others)])
    spot = label_box(placed)
    assert all(spot.overlap_x(other.box) * spot.overlap_y(other.box) == 0 for other in others)


def test_labels_do_not_hide_each_other() -> None:
    frames = [replace(FRAME, label=name) for name in ("gross", "due", "words")]
    spots = [label_box(placed) for placed in with_labels_placed(frames, [page()])]
    for number, spot in enumerate(spots):
        for other in spots[number + 1 :]:
            assert spot.overlap_x(other) * spot.overlap_y(other) == 0


def test_a_label_at_the_edge_stays_on_the_page() -> None:
    corner = Mark(page=1, box=(560, 2, 598, 12), label="seller_bank_account.account")
    spot = label_box(next(iter(with_labels_placed([corner], [page()]))))
    assert spot.x0 >= 0
    assert spot.x1 <= 600
    assert spot.y0 >= 0


def test_everything_printed_is_still_there_and_the_names_are_added() -> None:
    path = FIXTURES / "zh_clean_invoice.pdf"
    assessments = extractor.extract(path)
    drawn = words_of(annotate_assessments(path.read_bytes(), assessments), 1)
    printed = words_of(path.read_bytes(), 1)
    assert not set(printed) - set(drawn)
    assert "invoice_number" in drawn


def test_what_contradicts_itself_is_named() -> None:
    path = FIXTURES / "contradicting.pdf"
    drawn = words_of(annotate_assessments(path.read_bytes(), extractor.extract(path)), 1)
    assert {"LINE_AMOUNT", "IBAN_CHECKSUM"} <= set(drawn)


def test_invoices_come_before_the_contract_and_mismatches_name_the_clause() -> None:
    paths = {side: FIXTURES / f"en_deviating_{side}.pdf" for side in ("invoice", "contract")}
    compared = extractor.reconcile(paths["invoice"], paths["contract"])
    contents = {str(path): path.read_bytes() for path in paths.values()}
    drawn = annotate_reconciliation(compared, contents)
    assert "BANK_ACCOUNT_CHANGED (clause 3.2)" in " ".join(words_of(drawn, 1))
    assert "3.2: BANK_ACCOUNT_CHANGED" in " ".join(words_of(drawn, 2))


def test_a_file_that_gave_several_invoices_is_drawn_once() -> None:
    path, contract = FIXTURES / "en_clean_invoice.pdf", FIXTURES / "en_clean_contract.pdf"
    compared = extractor.reconcile([path, path], contract)
    contents = {str(each): each.read_bytes() for each in (path, contract)}
    pages = sum(
        document.extraction.document.page_count for document in (compared.invoices[0], compared.contract)
    )
    with PdfFile(annotate_reconciliation(compared, contents)) as drawn:
        assert drawn.page_count == pages


def test_xml_has_no_pages_to_draw_on() -> None:
    with pytest.raises(UnsupportedDocument, match="no pages"):
        annotate_assessments(b"<?xml version='1.0'?><Invoice/>", [])


def test_an_invoice_that_is_xml_is_left_out_of_the_drawing() -> None:
    with PdfFile((FIXTURES / "factur_x.pdf").read_bytes()) as file:
        (xml,) = file.attachments().values()
    contract = FIXTURES / "de_clean_contract.pdf"
    compared = extractor.reconcile(extractor.extract(xml, name="a.xml")[0], contract)
    drawn = annotate_reconciliation(compared, {"a.xml": xml, str(contract): contract.read_bytes()})
    with PdfFile(drawn) as file:
        assert file.page_count == compared.contract.extraction.document.page_count


@pytest.mark.parametrize(("width", "size"), [(300, 5.5), (612, 5.5), (1224, 11.0)])
def test_labels_grow_with_a_page_that_is_larger_than_a_letter(width: float, size: float) -> None:
    large = Page(number=1, width=width, height=2000, words=())
    marks = [FRAME, replace(FRAME, label="")]
    assert [placed.label_size for placed in with_labels_placed(marks, [large])] == [size, size]


def test_a_scan_is_drawn_on_as_it_was_uploaded() -> None:
    scan = png(turned(letter(dpi=130), 1))
    (assessment,) = extractor.extract(scan, spec="invoice")
    drawn = annotate_assessments(scan, [assessment])
    evidence = assessment.extraction.leaf("invoice_number").evidence
    assert evidence is not None
    with PdfFile(drawn) as file, PdfFile(scan, file_type="png") as plain:
        assert file.page_size(1) == plain.page_size(1)
        before, after = (page.render(1, dpi=72) for page in (plain, file))
    (box,) = evidence.boxes
    row, column = round(box.centre_y), round(box.x0 - 0.8)
    place = 3 * (row * before.width + column)
    assert before.rgb[place : place + 3] != after.rgb[place : place + 3]
