"""The HTML page: what must be in it, and that nothing in a document can change it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from judged_documents import FIXTURES, assessment, leaf, outcome, truth
from lxml import html

from extractor.assessment.assessment import Assessment
from extractor.delivery.failure import Failure
from extractor.documents.opening import open_document
from extractor.evaluation.chart import chart_of
from extractor.evaluation.evidence import EvidenceCount, EvidenceFault
from extractor.evaluation.figures import figures_of, worst_documents
from extractor.evaluation.illustration import Illustrated, Picture, illustrate
from extractor.evaluation.judging import Judgement, Outcome, judge
from extractor.evaluation.outcome import DocumentOutcome, FileOutcome
from extractor.evaluation.page import evaluation_page
from extractor.evaluation.reliability import reliability_of
from extractor.pipeline import extract

HOSTILE = "<script>alert(1)</script>\"'&.pdf"
JPEG = b"\xff\xd8\xff\xe0 not a real one"


def page(
    files: Sequence[FileOutcome], *, title: str = "truth.json", pictures: tuple[Picture, ...] = ()
) -> str:
    worst = [Illustrated(document=each, pictures=pictures) for each in worst_documents(files, count=10)]
    return evaluation_page(
        figures_of(files), files, worst, title=title, made_on=date(2026, 3, 5), version="0.1.0"
    )


def parsed(text: str) -> Any:  # noqa: ANN401 - lxml is untyped here
    return html.document_fromstring(text)


def said(node: Any) -> str:  # noqa: ANN401 - as above
    return " ".join(node.text_content().split())


WRONG = outcome(
    {"invoice_number": "7", "due_date": None, "issue_date": "2025-01-01", "line_items": [{"quantity": "1"}]},
    {"invoice_number": "8", "due_date": date(2025, 2, 1), "line_items": [{"quantity": Decimal(1)}]},
    file="wrong.pdf",
    group="A",
)
RIGHT = outcome({"invoice_number": "7"}, {"invoice_number": "7"}, group="B")


def test_the_page_has_every_section() -> None:
    whole = parsed(page([WRONG, RIGHT]))
    assert said(whole.find(".//h1")) == "Evaluation of truth.json"
    headings = [said(heading) for heading in whole.iterfind(".//h2")]
    assert headings == ["Fields", "Tables", "Groups", "Reliability of confidence", "The worst documents"]
    assert "2 documents in 2 files, 2 groups · 2026-03-05 · Extractor 0.1.0" in said(whole)


def test_figures_stand_in_their_rows() -> None:
    whole = parsed(page([WRONG, RIGHT]))
    tables = [table for table in whole.iterfind(".//table") if table.get("class") != "flaws"]
    body = [row for table in tables for row in table.iterfind("tbody/tr")]
    rows = {said(row[0]): [said(cell) for cell in row[1:]] for row in body}
    assert rows["all"][:6] == ["3", "1", "2", "1", "33.3 %", "33.3 %"]
    assert rows["invoice_number"][:6] == ["2", "1", "1", "0", "50.0 %", "50.0 %"]
    assert rows["quantity"][:6] == ["1", "1", "0", "0", "100.0 %", "100.0 %"]
    assert rows["B"][0] == "1"
    widths = [each.get("style") for each in whole.iterfind(".//span[@class='fill recall']")]
    assert "width:50.00%" in widths
    tiles = {said(tile[0]): said(tile[1]) for tile in whole.iterfind(".//div[@class]") if len(tile) == 3}
    assert tiles["Straight through"] == "100.0 %"
    assert tiles["Wrong among straight through"] == "1"


def test_the_worst_documents_show_what_was_wanted_and_what_was_read() -> None:
    whole = parsed(page([WRONG, RIGHT], pictures=(Picture(page=1, jpeg=JPEG),)))
    (article,) = whole.iterfind(".//article")
    assert "wrong.pdf" in said(article)
    assert "straight through, and wrong" in said(article)
    rows = [[said(cell) for cell in row] for row in article.iterfind(".//tbody/tr")]
    assert ["invoice_number", "7", "8 confidence 0.95"] in rows
    assert ["due_date", "not shown", "2025-02-01 confidence 0.95"] in rows
    assert ["issue_date", "2025-01-01", "missed"] in rows
    (image,) = article.iterfind(".//img")
    assert image.get("src").startswith("data:image/jpeg;base64,/9j/")
    assert image.get("alt").startswith("Page 1 of wrong.pdf")


def test_the_page_needs_nothing_beside_itself() -> None:
    text = page([WRONG, RIGHT], pictures=(Picture(page=1, jpeg=JPEG),))
    whole = parsed(text)
    assert list(whole.iterfind(".//script")) == list(whole.iterfind(".//link")) == []
    assert all(image.get("src").startswith("data:") for image in whole.iterfind(".//img"))
    assert "url(" not in text
    assert "http://" not in text
    assert "https://" not in text
    (policy,) = whole.iterfind(".//meta[@http-equiv]")
    assert policy.get("content").startswith("default-src 'none'")


def test_markup_in_names_values_and_messages_stays_text() -> None:
    about = truth({"invoice_number": HOSTILE, "remarks": "</td><b>x"}, file=HOSTILE, group=HOSTILE)
    read = assessment({"invoice_number": leaf(f"{HOSTILE}2"), "line_items": "</style>"})
    read = replace(read, review=replace(read.review, required=True, reasons=("<i>",)))
    fault = EvidenceFault(path="<u>", said="<s>", page=1, found="<em>")
    hostile = DocumentOutcome(
        truth=about,
        judged=judge(about, read),
        reasons=("<i>",),
        evidence=EvidenceCount(claims=1, faults=(fault,)),
    )
    failure = Failure(source=HOSTILE, code="<code>", message="<img src=x onerror=alert(1)>")
    lost = DocumentOutcome(truth=about, judged=judge(about, None), failure=failure)
    files = [FileOutcome(file=HOSTILE, documents=(hostile, lost), spare_parts=1)]
    text = page(files, title=HOSTILE, pictures=(Picture(page=1, jpeg=JPEG),))
    whole = parsed(text)
    for tag in ("script", "b", "i", "u", "s", "em", "code"):
        assert list(whole.iterfind(f".//{tag}")) == [], tag
    assert len(list(whole.iterfind(".//img"))) == 1
    assert not any(name.startswith("on") for node in whole.iter() for name in node.attrib)
    assert f"Evaluation of {HOSTILE}" in said(whole)
    assert "<img src=x onerror=alert(1)>" in said(whole)
    assert "<script>" not in text


def test_without_flaws_the_page_says_so() -> None:
    assert "In no document is anything wrong or missed." in said(parsed(page([RIGHT])))


def test_nothing_at_all_makes_a_page() -> None:
    whole = parsed(page([outcome({}, {})]))
    assert "1 document in 1 file" in said(whole)
    assert "Groups" not in [said(heading) for heading in whole.iterfind(".//h2")]


def test_a_long_list_is_cut_and_says_how_long_it_was() -> None:
    wanted = {"line_items": [{"quantity": str(number)} for number in range(120)]}
    assert "and 20 more" in said(parsed(page([outcome(wanted, {})])))


def judged(confidence: float, *, is_right: bool) -> Judgement:
    outcome_of = Outcome.RIGHT if is_right else Outcome.WRONG
    return Judgement(
        field="a", path="a", outcome=outcome_of, wanted="1", read="1", leaf=leaf("1", confidence=confidence)
    )


def test_a_chart_has_a_bar_for_each_range_with_values() -> None:
    chart = chart_of(
        reliability_of(
            [judged(0.95, is_right=True), judged(0.95, is_right=False), judged(0.05, is_right=False)]
        )
    )
    low, high = chart.bars
    assert (low.count, high.count) == (1, 2)
    assert low.height == 0
    assert high.height == pytest.approx((chart.bottom - chart.top) / 2)
    assert high.y + high.height == pytest.approx(chart.bottom)
    assert chart.left <= low.x < high.x < high.x + high.width <= chart.right
    assert "1 of 2 right (50.0 %)" in high.told
    assert [tick.label for tick in chart.ticks] == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]


def test_the_diagram_has_axes_labels_counts_and_the_diagonal() -> None:
    diagrams = list(parsed(page([WRONG])).iterfind(".//svg"))
    assert len(diagrams) == 2
    texts = [said(text) for text in diagrams[0].iterfind(".//text")]
    assert {"confidence", "share that is right", "0.0", "1.0", "2"} <= set(texts)
    assert [line for line in diagrams[0].iterfind(".//line") if line.get("stroke-dasharray")]


def shipped(name: str, wanted: dict[str, object]) -> tuple[Assessment, DocumentOutcome]:
    (read,) = extract(FIXTURES / name)
    about = truth(wanted, file=name)
    return read, DocumentOutcome(truth=about, judged=judge(about, read))


def test_pages_are_drawn_with_what_was_read_wrongly_in_red() -> None:
    _, document = shipped("two_pages.pdf", {"invoice_number": "DF-009214", "gross_amount": "1.00"})
    (drawn,) = illustrate([document], FIXTURES, workers=1)
    (picture,) = drawn.pictures
    assert picture.page == 2  # where the total stands
    image = open_document(picture.jpeg)
    assert image.media_type == "image/jpeg"


def test_a_document_with_nothing_wrong_shows_its_first_page() -> None:
    _, document = shipped("two_pages.pdf", {"purchase_order_number": "VX-3307", "contract_number": "missed"})
    (drawn,) = illustrate([document], FIXTURES, workers=1)
    assert [picture.page for picture in drawn.pictures] == [1]


def test_what_is_gone_or_has_no_pages_has_no_pictures(tmp_path: Path) -> None:
    _, document = shipped("en_clean_invoice.pdf", {"invoice_number": "x"})
    (tmp_path / "en_clean_invoice.pdf").write_text("<Invoice xmlns='urn:x'/>")
    (drawn,) = illustrate([document], tmp_path, workers=1)
    assert drawn.pictures == ()
    (drawn,) = illustrate([document], tmp_path / "nowhere", workers=1)
    assert drawn.pictures == ()
