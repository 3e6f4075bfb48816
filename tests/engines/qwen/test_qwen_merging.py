from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.documents.document import Document
from extractor.engines.contract.dated import DatedPlaces
from extractor.engines.contract.versions import Changes
from extractor.engines.qwen.candidates import PageCandidates
from extractor.engines.qwen.merging import merge
from extractor.engines.reading import Candidate, CandidateRow, Evidence
from extractor.extraction.combine import combine
from extractor.extraction.extraction import Part, State
from extractor.field_specs.spec import FieldSpec, FieldType, Spec
from extractor.pages.geometry import Box
from extractor.values.conventions import Conventions

UNCHANGED = DatedPlaces(changes=Changes(by_order={}, by_section={}), statements=(), words={})


def candidate(text: str, *, page: int, score: float) -> Candidate:
    return Candidate(text=text, evidence=Evidence(page=page), score=score)


def test_the_surest_text_comes_first_and_a_repeated_one_counts_once() -> None:
    pages = [
        PageCandidates(candidates={"total": candidate("10,00", page=1, score=0.4)}),
        PageCandidates(candidates={"total": candidate("12,00", page=2, score=0.9)}),
        PageCandidates(candidates={"total": candidate("10,00", page=3, score=0.6)}),
    ]
    reading = merge(pages, engine="qwen", conventions=Conventions(language="de"))
    assert [(each.text, each.evidence.page) for each in reading.candidates["total"]] == [
        ("12,00", 2),
        ("10,00", 3),
    ]
    assert (reading.engine, reading.conventions.language) == ("qwen", "de")


def test_of_equally_sure_texts_the_earlier_page_leads() -> None:
    pages = [PageCandidates(candidates={"x": candidate(f"v{page}", page=page, score=0.5)}) for page in (1, 2)]
    reading = merge(pages, engine="qwen", conventions=Conventions())
    assert [each.text for each in reading.candidates["x"]] == ["v1", "v2"]


def test_rows_stay_in_the_order_of_the_pages() -> None:
    def rows(*texts: str) -> dict[str, tuple[CandidateRow, ...]]:
        return {
            "items": tuple(CandidateRow(cells={"a": candidate(text, page=1, score=1.0)}) for text in texts)
        }

    pages = [PageCandidates(tables=rows("1", "2")), PageCandidates(), PageCandidates(tables=rows("3"))]
    reading = merge(pages, engine="qwen", conventions=Conventions())
    assert [row.cells["a"].text for row in reading.tables["items"]] == ["1", "2", "3"]


def cited(text: str, *, clause: str | None, score: float, page: int = 1) -> PageCandidates:
    found = replace(candidate(text, page=page, score=score), clause=clause, quote=f"It is {text}.")
    return PageCandidates(candidates={"days": found})


def terms(*pages: PageCandidates) -> list[tuple[str, str | None, float]]:
    reading = merge(pages, engine="qwen", conventions=Conventions(), dated=UNCHANGED)
    return [(each.text, each.clause, each.score) for each in reading.candidates["days"]]


def test_a_term_found_in_two_windows_counts_once_where_it_is_surest() -> None:
    found = terms(cited("30", clause="4.2", score=0.6), cited("30", clause="4.2", score=0.9, page=2))
    assert found == [("30", "4.2", 0.9)]


def test_two_clauses_that_differ_are_both_kept_and_equally_sure() -> None:
    found = terms(cited("30", clause="4.2", score=0.9), cited("60", clause="9.1", score=0.5))
    assert found == [("30", "4.2", 0.9), ("60", "9.1", 0.9)]


@pytest.mark.parametrize(
    ("clause", "score"),
    [("9.1", 0.49), ("4.2", 0.8), (None, 0.8)],
    ids=["hardly read", "the same clause", "no clause"],
)
def test_what_contradicts_nobody_keeps_its_score(clause: str | None, score: float) -> None:
    found = terms(cited("30", clause="4.2", score=0.9), cited("60", clause=clause, score=score))
    assert found[1] == ("60", clause, score)


def test_the_contradiction_is_told_with_both_citations(make_pdf: Callable[..., Document]) -> None:
    field = FieldSpec(type=FieldType.NUMBER)
    spec = Spec(name="agreement", title={"en": "Agreement"}, reading="clauses", fields={"days": field})
    pages = [cited("30", clause="4.2", score=0.9), cited("60", clause="9.1", score=0.6, page=3)]
    reading = merge(pages, engine="qwen", conventions=Conventions(), dated=UNCHANGED)
    document = make_pdf(["a page"])
    leaf = combine([reading], document=document, part=Part(), spec=spec, engine="qwen").leaf("days")
    assert leaf.state is State.CONTRADICTORY
    assert (leaf.value, leaf.clause) == (Decimal(30), "4.2")
    assert [(each.value, each.clause, each.quote) for each in leaf.also] == [
        (Decimal(60), "9.1", "It is 60.")
    ]


def row(text: str, *, top: float | None, page: int, score: float = 0.8) -> CandidateRow:
    boxes = () if top is None else (Box(10, top, 200, top + 10),)
    cell = Candidate(text=text, evidence=Evidence(page=page, boxes=boxes), score=score)
    return CandidateRow(cells={"a": cell}, score=score)


def merged_rows(*windows: tuple[CandidateRow, ...]) -> list[str]:
    pages = [PageCandidates(tables={"items": rows}) for rows in windows]
    reading = merge(pages, engine="qwen", conventions=Conventions(), dated=UNCHANGED)
    return [each.cells["a"].text for each in reading.tables["items"]]


def test_a_printed_row_in_two_windows_counts_once_as_the_surer_reads_it() -> None:
    first = (row("oak", top=700, page=1), row("ash", top=720, page=1, score=0.5))
    second = (row("ash!", top=722, page=1, score=0.9), row("elm", top=40, page=2))
    assert merged_rows(first, second) == ["oak", "ash!", "elm"]


def test_equal_rows_in_different_places_are_two() -> None:
    assert merged_rows((row("oak", top=40, page=1),), (row("oak", top=40, page=2),)) == ["oak", "oak"]
    assert merged_rows((row("oak", top=40, page=1), row("oak", top=60, page=1))) == ["oak", "oak"]


def test_rows_without_a_place_count_once_where_neighbours_say_the_same() -> None:
    assert merged_rows((row("oak", top=None, page=1),), (row("oak", top=None, page=2),)) == ["oak"]
    assert merged_rows((row("oak", top=None, page=1),), (row("ash", top=None, page=2),)) == ["oak", "ash"]
    assert merged_rows((row("oak", top=None, page=1),), (row("oak", top=None, page=3),)) == ["oak", "oak"]
