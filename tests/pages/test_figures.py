"""The figures on a page, and that they come out the same of its picture."""

from collections import Counter
from pathlib import Path

import pytest
from drawn_pdf import both, drawn_pdf, pymupdf, says

from extractor.documents.opening import open_document
from extractor.pages.figures import printed_figures
from extractor.pages.reading import read_pages

FIXTURES = Path(__file__).parents[2] / "fixtures"


def figures(content: bytes) -> tuple[str, ...]:
    return printed_figures(read_pages(open_document(content)))


def picture(path: Path) -> bytes:
    return bytes(pymupdf.open(path)[0].get_pixmap(dpi=200).tobytes("png"))


def test_figures_are_runs_of_two_digits_or_more_as_often_as_printed() -> None:
    page = both(says("Invoice R-7001 of 03.03.2025"), says("5 x 1,250.00 = 6.250,00", y=140))
    assert figures(drawn_pdf(page)) == ("00", "00", "03", "03", "2025", "250", "250", "7001")


def test_figures_of_several_pages_are_in_one_list() -> None:
    assert figures(drawn_pdf(says("page 12"), says("page 11"))) == ("11", "12")


def test_more_figures_than_an_invoice_has_are_none() -> None:
    lines = [says("11 " * 50, x=10, y=20 + 7 * row, fontsize=6) for row in range(100)]
    assert len(figures(drawn_pdf(both(*lines)))) == 5000
    assert figures(drawn_pdf(both(*lines, says("12", y=800)))) == ()


@pytest.mark.slow
def test_an_invoice_and_its_picture_differ_in_one_figure_at_most_and_other_invoices_in_many() -> None:
    path = FIXTURES / "en_clean_invoice.pdf"
    printed, seen = Counter(figures(path.read_bytes())), Counter(figures(picture(path)))
    assert (printed - seen).total() <= 1
    assert (seen - printed).total() <= 1
    other = Counter(figures((FIXTURES / "en_deviating_invoice.pdf").read_bytes()))
    assert (printed - other).total() > 10
