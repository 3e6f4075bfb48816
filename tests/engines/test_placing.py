"""What was read from a picture is pointed at where it stands on the page as uploaded."""

from dataclasses import replace

from extractor.engines.placing import placed, recognised
from extractor.engines.reading import Candidate, CandidateRow, Evidence, Reading
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.placement import Placement
from extractor.pages.word import Origin, Word

NUMBER, DATE = Box(10, 20, 40, 30), Box(60, 20, 90, 30)
SCAN = Page(
    number=1,
    width=200,
    height=100,
    words=(
        Word(text="4711", box=NUMBER, origin=Origin.OCR, score=0.5),
        Word(text="5.3.2026", box=DATE, origin=Origin.OCR, score=0.9),
    ),
    placement=Placement((0, -1, 100, 1, 0, 0, 0, 0, 1)),
)
DIGITAL = replace(SCAN, number=2, placement=None)


def candidate(*boxes: Box, page: int = 1, score: float = 0.8) -> Candidate:
    evidence = Evidence(page=page, boxes=boxes, origin=Origin.OCR)
    return Candidate(text="4711", evidence=evidence, score=score)


def read(*found: Candidate) -> list[Candidate]:
    reading = Reading(engine="layout", candidates={"invoice_number": found})
    return list(placed(reading, [SCAN, DIGITAL]).candidates["invoice_number"])


def test_boxes_are_taken_back_and_scores_lowered_by_the_least_sure_word() -> None:
    (one,) = read(candidate(NUMBER, DATE))
    assert one.evidence.boxes == (Box(70, 10, 80, 40), Box(70, 60, 80, 90))
    assert one.score == 0.4


def test_the_order_of_the_engine_stays() -> None:
    found = read(candidate(NUMBER, score=0.8), candidate(DATE, score=0.7))
    assert [each.score for each in found] == [0.4, 0.4]
    found = read(candidate(DATE, score=0.8), candidate(NUMBER, score=0.7))
    assert [round(each.score, 2) for each in found] == [0.72, 0.35]


def test_digital_pages_and_pageless_values_stay() -> None:
    digital = candidate(NUMBER, page=2)
    pageless = replace(digital, evidence=Evidence(page=None, origin=Origin.XML))
    assert read(digital, pageless) == [digital, pageless]


def test_rows_parts_and_witnesses_are_placed_too() -> None:
    account = replace(candidate(NUMBER), parts={"account": candidate(DATE)})
    reading = Reading(
        engine="layout",
        candidates={"seller_bank_account": (account,)},
        tables={"line_items": (CandidateRow(cells={"quantity": candidate(NUMBER)}),)},
        witnesses={"invoice_number": (candidate(DATE),)},
    )
    found = placed(reading, [SCAN])
    assert found.candidates["seller_bank_account"][0].parts["account"].evidence.boxes == (
        Box(70, 60, 80, 90),
    )
    assert found.tables["line_items"][0].cells["quantity"].evidence.boxes == (Box(70, 10, 80, 40),)
    assert found.witnesses["invoice_number"][0].evidence.boxes == (Box(70, 60, 80, 90),)


def test_a_reading_of_digital_pages_is_left_as_it_is() -> None:
    reading = Reading(engine="layout", candidates={"invoice_number": (candidate(NUMBER, page=2),)})
    assert placed(reading, [DIGITAL]) is reading


def test_where_no_word_stands_nothing_is_doubted() -> None:
    assert recognised(SCAN, [Box(0, 50, 10, 60)]) == 1.0
    assert recognised(SCAN, [NUMBER]) == 0.5
