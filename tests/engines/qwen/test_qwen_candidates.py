import json
from collections.abc import Callable, Mapping
from math import log

import pytest

from extractor.engines.contract.outline import clauses_of
from extractor.engines.qwen.answer import read_answer
from extractor.engines.qwen.candidates import PageCandidates, candidates_of
from extractor.engines.qwen.clause_numbers import clause_numbers
from extractor.engines.qwen.completion import Completion, Token
from extractor.engines.qwen.page_text import text_of
from extractor.engines.qwen.shape import shape_of
from extractor.engines.reading import Candidate
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType, Spec
from extractor.pages.page import Page
from extractor.pages.word import Origin

PageMaker = Callable[..., Page]
EMPTY: dict[str, object] = {
    "number": None,
    "issued": None,
    "seller": None,
    "kind": None,
    "gross": None,
    "account": None,
    "items": [],
}


def read(
    said: Mapping[str, object], page: Page, spec: Spec, *, tokens: tuple[Token, ...] = ()
) -> PageCandidates:
    completion = Completion(text=json.dumps(said, ensure_ascii=False), tokens=tokens)
    shape = shape_of(spec)
    answer = read_answer(completion.text, shape)
    return candidates_of(answer, completion, shape=shape, spec=spec, text=text_of(page))


def test_a_text_becomes_a_candidate_with_its_place(make_page: PageMaker, spec: Spec) -> None:
    page = make_page("Invoice No. A-17", number=2)
    found = read({**EMPTY, "number": "A-17"}, page, spec)
    assert list(found.candidates) == ["number"]
    number = found.candidates["number"]
    assert (number.text, number.evidence.page) == ("A-17", 2)
    assert number.evidence.boxes == (page.words[2].box,)


def test_null_is_no_candidate(make_page: PageMaker, spec: Spec) -> None:
    assert read(dict(EMPTY), make_page("nothing here"), spec) == PageCandidates()


def test_the_score_is_the_probability_of_the_texts_own_tokens(make_page: PageMaker, spec: Spec) -> None:
    text = json.dumps({**EMPTY, "number": "Ä-17"}, ensure_ascii=False)
    start = len(text[: text.index('"Ä')].encode())
    tokens = (
        Token(start=0, end=start, log_probability=log(0.1)),  # what stands before does not count
        Token(start=start, end=start + 3, log_probability=log(0.5)),
        Token(start=start + 3, end=start + 7, log_probability=log(0.8)),
        Token(start=start + 7, end=len(text.encode()), log_probability=log(0.1)),
    )
    found = read({**EMPTY, "number": "Ä-17"}, make_page("No. Ä-17"), spec, tokens=tokens)
    assert found.candidates["number"].score == pytest.approx(0.4)


def test_on_an_ocr_page_disagreement_lowers_the_score(make_page: PageMaker, spec: Spec) -> None:
    page = make_page("No. INV-2O24-00417", origin=Origin.OCR)
    exact = read({**EMPTY, "number": "INV-2O24-00417"}, page, spec).candidates["number"]
    differing = read({**EMPTY, "number": "INV-2024-00417"}, page, spec).candidates["number"]
    unknown = read({**EMPTY, "number": "99"}, page, spec).candidates["number"]
    assert exact.score > differing.score > unknown.score
    assert differing.text == "INV-2024-00417"
    assert unknown.evidence.origin is Origin.MODEL


def test_a_structure_has_a_part_for_each_member_that_is_printed(make_page: PageMaker, spec: Spec) -> None:
    page = make_page("Halden Bank", "Account 4411 0922")
    found = read({**EMPTY, "account": {"bank": "Halden Bank", "account": None}}, page, spec)
    account = found.candidates["account"]
    assert {name: part.text for name, part in account.parts.items()} == {"bank": "Halden Bank"}
    none = read({**EMPTY, "account": {"bank": None, "account": None}}, page, spec)
    assert none.candidates == {}


def test_the_cells_of_a_row_are_taken_from_one_printed_row(make_page: PageMaker, spec: Spec) -> None:
    page = make_page("Oak board 20,00", "Pine board 20,00", "Total 40,00")
    said = [{"description": "Oak board", "net": "20,00"}, {"description": "Pine board", "net": "20,00"}]
    rows = read({**EMPTY, "items": said}, page, spec).tables["items"]
    assert [row.cells["net"].evidence.boxes[0].y0 for row in rows] == [14.0, 28.0]
    assert [row.cells["description"].evidence.boxes[0].y0 for row in rows] == [14.0, 28.0]


def test_two_equal_rows_have_two_places(make_page: PageMaker, spec: Spec) -> None:
    page = make_page("Oak board 20,00", "Oak board 20,00")
    said = [{"description": "Oak board", "net": "20,00"}] * 2
    rows = read({**EMPTY, "items": said}, page, spec).tables["items"]
    assert [row.cells["net"].evidence.boxes[0].y0 for row in rows] == [14.0, 28.0]


def test_a_row_of_nulls_is_no_row(make_page: PageMaker, spec: Spec) -> None:
    found = read({**EMPTY, "items": [{"description": None, "net": None}]}, make_page("x"), spec)
    assert found.tables == {}


def test_a_term_carries_clause_and_quote_and_the_quote_is_its_evidence(
    make_page: PageMaker, terms: Spec
) -> None:
    page = make_page("4.2 The buyer pays within", "thirty (30) days.")
    quote = "The buyer pays within thirty (30) days."
    said = {"payment_days": {"value": "thirty (30)", "clause": "4.2", "quote": quote}, "prices": []}
    term = read(said, page, terms).candidates["payment_days"]
    assert (term.text, term.clause, term.quote) == ("thirty (30)", "4.2", quote)
    assert len(term.evidence.boxes) == 2
    assert not term.parts


def test_a_quote_that_does_not_hold_the_value_is_no_citation(make_page: PageMaker, terms: Spec) -> None:
    page = make_page("Payment within 30 days.", "Oak boards are planed.")
    scores = {}
    for quote in ("Payment within 30 days.", "Oak boards are planed."):
        said = {"payment_days": {"value": "30", "clause": None, "quote": quote}, "prices": []}
        term = read(said, page, terms).candidates["payment_days"]
        scores[term.quote] = term.score
        assert term.evidence.boxes[0].y0 == 14.0
    assert scores[None] < scores["Payment within 30 days."]


def test_the_parts_of_a_term_are_cited_too(make_page: PageMaker) -> None:
    field = FieldSpec(
        type=FieldType.GROUP,
        columns={"percent": ColumnSpec(type=FieldType.RATE), "days": ColumnSpec(type=FieldType.NUMBER)},
    )
    terms = Spec(name="agreement", title={"en": "Agreement"}, reading="clauses", fields={"early": field})
    said = {"early": {"percent": "2 %", "days": "10", "clause": "5", "quote": "2 % within 10 days"}}
    early = read(said, make_page("5 2 % within 10 days"), terms).candidates["early"]
    assert [part.quote for part in early.parts.values()] == ["2 % within 10 days"] * 2
    assert (early.clause, early.quote) == ("5", "2 % within 10 days")


def test_price_rows_carry_their_clause(make_page: PageMaker, terms: Spec) -> None:
    page = make_page("Annex 1", "Oak board EUR 20,00")
    row = {"description": "Oak board", "unit_price": "EUR 20,00", "clause": "Annex 1", "quote": None}
    (found,) = read({"payment_days": None, "prices": [row]}, page, terms).tables["prices"]
    assert list(found.cells) == ["description", "unit_price"]
    assert found.cells["unit_price"].clause == "Annex 1"


CLAUSES = ("4. Payment", "4.1 Invoices are sent monthly.", "4.2 They fall due after 30 days.")


def read_term(clause: str | None, quote: str | None, page: Page, terms: Spec) -> Candidate:
    said = {"payment_days": {"value": "30", "clause": clause, "quote": quote}, "prices": []}
    completion = Completion(text=json.dumps(said))
    shape = shape_of(terms)
    found = candidates_of(
        read_answer(completion.text, shape),
        completion,
        shape=shape,
        spec=terms,
        text=text_of(page),
        clauses=clause_numbers(clauses_of([page])),
    )
    return found.candidates["payment_days"]


def test_a_term_has_the_number_of_the_clause_that_it_stands_in(make_page: PageMaker, terms: Spec) -> None:
    page = make_page(*CLAUSES)
    quote = "They fall due after 30 days"
    cited, uncited = (read_term(clause, quote, page, terms) for clause in ("4.2", None))
    assert (cited.clause, cited.quote, cited.score) == ("4.2", quote, uncited.score)
    assert uncited.clause == "4.2"


def test_the_number_of_another_clause_makes_a_term_less_sure(make_page: PageMaker, terms: Spec) -> None:
    page = make_page(*CLAUSES)
    right, wrong = (
        read_term(clause, "They fall due after 30 days", page, terms) for clause in ("4.2", "4.1")
    )
    assert wrong.clause == "4.1"
    assert wrong.score == pytest.approx(right.score / 2)
