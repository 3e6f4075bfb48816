import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from extractor.documents.document import Document
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.reading import PartToRead, Reading
from extractor.errors import EngineUnavailable, IncompleteCompletion, MalformedCompletion
from extractor.field_specs.spec import Spec
from extractor.pages.placement import Placement
from extractor.pages.reading import read_pages
from extractor.pages.word import Origin

PdfMaker = Callable[..., Document]
EMPTY: dict[str, object] = {
    "number": None,
    "issued": None,
    "seller": None,
    "kind": None,
    "gross": None,
    "account": None,
    "items": [],
}
INVOICE = ("Harrow Ltd. Invoice No. A-17", "Oak board 20,00", "Total EUR 20,00")


class ScriptedCompleter:
    """Answers with what it was given, and remembers what it was asked."""

    def __init__(self, *answers: str, cut_below: int = 0) -> None:
        self.answers = list(answers)
        self.batches: list[tuple[int, int]] = []
        self.questions: list[PageQuestion] = []
        self._cut_below = cut_below

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        self.batches.append((len(questions), max_new_tokens))
        self.questions.extend(questions)
        if max_new_tokens < self._cut_below:
            return [Completion(text='{"number": "A-', is_complete=False) for _ in questions]
        return [Completion(text=self.answers.pop(0)) for _ in questions]


def answer(**said: object) -> str:
    return json.dumps({**EMPTY, **said}, ensure_ascii=False)


def test_what_the_model_answers_is_placed_on_the_page(make_pdf: PdfMaker, spec: Spec) -> None:
    document = make_pdf(INVOICE)
    (page,) = read_pages(document)
    completer = ScriptedCompleter(answer(number="A-17", items=[{"description": "Oak board", "net": "20,00"}]))
    reading = QwenEngine(QwenSettings(), completer=completer).read(document, [page], spec)
    (number,) = reading.candidates["number"]
    assert reading.engine == "qwen"
    assert number.evidence.boxes == (next(word.box for word in page.words if word.text == "A-17"),)
    assert [cell.text for cell in reading.tables["items"][0].cells.values()] == ["Oak board", "20,00"]


def test_the_documents_conventions_travel_with_the_reading(make_pdf: PdfMaker, spec: Spec) -> None:
    document = make_pdf(("Summe 1.234,56", "Betrag 17,00"))
    completer = ScriptedCompleter(answer())
    reading = QwenEngine(QwenSettings(), completer=completer).read(document, read_pages(document), spec)
    assert reading.conventions.decimal_mark == ","


@pytest.mark.parametrize(("batch_size", "sizes"), [(1, [1, 1, 1]), (2, [2, 1]), (3, [3]), (4, [3])])
def test_pages_are_asked_in_batches(
    make_pdf: PdfMaker, spec: Spec, batch_size: int, sizes: list[int]
) -> None:
    document = make_pdf(("No. A-1",), ("No. A-2",), ("No. A-3",))
    completer = ScriptedCompleter(*(answer(number=f"A-{number}") for number in (1, 2, 3)))
    engine = QwenEngine(QwenSettings(batch_size=batch_size), completer=completer)
    reading = engine.read(document, read_pages(document), spec)
    assert [size for size, _ in completer.batches] == sizes
    assert [(each.text, each.evidence.page) for each in reading.candidates["number"]] == [
        ("A-1", 1),
        ("A-2", 2),
        ("A-3", 3),
    ]


def parts_of(spec: Spec, *documents: Document) -> list[PartToRead]:
    return [PartToRead(document=each, pages=read_pages(each), spec=spec) for each in documents]


def test_batches_go_on_from_one_document_to_the_next(make_pdf: PdfMaker, spec: Spec) -> None:
    documents = make_pdf(INVOICE), make_pdf(INVOICE, (), INVOICE), make_pdf(INVOICE)
    completer = ScriptedCompleter(*(answer(number="A-17") for _ in range(4)))
    engine = QwenEngine(QwenSettings(batch_size=3), completer=completer)
    readings = engine.read_together(parts_of(spec, *documents))
    assert [count for count, _ in completer.batches] == [3, 1]
    found = [[each.evidence.page for each in reading.candidates["number"]] for reading in readings]  # type: ignore[union-attr]  # none is an error
    assert found == [[1], [1], [1]]


def test_an_answer_of_another_form_costs_its_own_document_alone(make_pdf: PdfMaker, spec: Spec) -> None:
    completer = ScriptedCompleter(answer(number="A-17"), "no", answer(number="A-17"))
    engine = QwenEngine(QwenSettings(batch_size=3), completer=completer)
    one, other, third = engine.read_together(parts_of(spec, *(make_pdf(INVOICE) for _ in range(3))))
    assert isinstance(other, MalformedCompletion)
    assert isinstance(one, Reading)
    assert one == third


def test_a_page_whose_answer_stays_cut_off_costs_its_own_document_alone(
    make_pdf: PdfMaker, spec: Spec
) -> None:
    class Talkative:
        def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
            del max_new_tokens
            return [
                Completion(text=answer(number="A-17"), is_complete="Zebra" not in question.grammar)
                for question in questions
            ]

    long, short = make_pdf(("Zebra A-17",), ("No. A-17",)), make_pdf(("No. A-17",))
    engine = QwenEngine(QwenSettings(batch_size=4), completer=Talkative())
    failed, read = engine.read_together(parts_of(spec, long, short))
    assert isinstance(failed, IncompleteCompletion)
    assert isinstance(read, Reading)
    assert read.candidates["number"][0].text == "A-17"


def test_each_page_has_a_grammar_of_its_own_words(make_pdf: PdfMaker, spec: Spec) -> None:
    document = make_pdf(("No. A-1",), ("No. B-2",))
    completer = ScriptedCompleter(answer(), answer())
    QwenEngine(QwenSettings(), completer=completer).read(document, read_pages(document), spec)
    first, second = (question.grammar for question in completer.questions)
    assert '"A"' in first
    assert '"B"' not in first
    assert '"B"' in second


def test_an_empty_page_is_passed_over(make_pdf: PdfMaker, spec: Spec) -> None:
    document = make_pdf((), INVOICE, ())
    completer = ScriptedCompleter(answer(number="A-17"))
    reading = QwenEngine(QwenSettings(), completer=completer).read(document, read_pages(document), spec)
    assert len(completer.questions) == 1
    assert reading.candidates["number"][0].evidence.page == 2


@pytest.mark.parametrize(("advice", "asked"), [(None, 0), ("it is blurred", 1)])
def test_a_page_that_was_found_blank_is_never_asked_about_and_one_that_cannot_be_read_is(
    make_pdf: PdfMaker, spec: Spec, advice: str | None, asked: int
) -> None:
    document = make_pdf(INVOICE)  # its picture is not plain: of a scan no picture is
    looked_at = replace(
        read_pages(document)[0], words=(), placement=Placement((1, 0, 0, 0, 1, 0, 0, 0, 1)), advice=advice
    )
    completer = ScriptedCompleter(answer(number="A-17"))
    reading = QwenEngine(QwenSettings(), completer=completer).read(document, [looked_at], spec)
    assert len(completer.questions) == len(reading.candidates) == asked
    assert all(each.score < 0.5 for best in reading.candidates.values() for each in best)


def test_a_document_without_pages_says_nothing(make_pdf: PdfMaker, spec: Spec) -> None:
    completer = ScriptedCompleter()
    reading = QwenEngine(QwenSettings(), completer=completer).read(make_pdf(INVOICE), [], spec)
    assert (reading.candidates, reading.tables, completer.questions) == ({}, {}, [])


def test_an_answer_that_was_cut_off_is_asked_for_once_more_with_twice_the_room(
    make_pdf: PdfMaker, spec: Spec
) -> None:
    document = make_pdf(INVOICE)
    completer = ScriptedCompleter(answer(number="A-17"), cut_below=200)
    engine = QwenEngine(QwenSettings(max_new_tokens=100), completer=completer)
    assert engine.read(document, read_pages(document), spec).candidates["number"][0].text == "A-17"
    assert completer.batches == [(1, 100), (1, 200)]


def test_an_answer_that_stays_cut_off_is_an_error_that_names_the_page(make_pdf: PdfMaker, spec: Spec) -> None:
    document = make_pdf(INVOICE)
    engine = QwenEngine(QwenSettings(max_new_tokens=100), completer=ScriptedCompleter(cut_below=201))
    with pytest.raises(IncompleteCompletion, match=r"page 1.*after 200 tokens.*MAX_NEW_TOKENS"):
        engine.read(document, read_pages(document), spec)


def test_an_answer_of_another_form_is_an_error(make_pdf: PdfMaker, spec: Spec) -> None:
    document = make_pdf(INVOICE)
    engine = QwenEngine(QwenSettings(), completer=ScriptedCompleter("Sure! Here it is."))
    with pytest.raises(MalformedCompletion):
        engine.read(document, read_pages(document), spec)


def test_a_value_that_is_not_on_the_page_is_never_given_a_place(make_pdf: PdfMaker, spec: Spec) -> None:
    document = make_pdf(INVOICE)
    engine = QwenEngine(QwenSettings(), completer=ScriptedCompleter(answer(number="A-71")))
    (number,) = engine.read(document, read_pages(document), spec).candidates["number"]
    assert number.evidence.boxes == ()
    assert number.evidence.origin is Origin.MODEL


@pytest.mark.parametrize(("max_pixels", "is_whole"), [(1_000_000, True), (50_000, False)])
def test_a_page_is_rendered_within_the_pixel_cap(
    make_pdf: PdfMaker, spec: Spec, max_pixels: int, *, is_whole: bool
) -> None:
    document = make_pdf(INVOICE)
    completer = ScriptedCompleter(answer())
    settings = QwenSettings(dpi=144, max_pixels=max_pixels)
    QwenEngine(settings, completer=completer).read(document, read_pages(document), spec)
    image = completer.questions[0].image
    assert image.width * image.height <= max_pixels
    assert (image.width == 560) is is_whole


def test_without_the_extra_the_error_says_how_to_install_it(
    make_pdf: PdfMaker, spec: Spec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "extractor.engines.qwen.generation", raising=False)
    monkeypatch.setitem(sys.modules, "outlines", None)  # what Python takes for "not installed"
    document = make_pdf(INVOICE)
    with pytest.raises(EngineUnavailable, match=r"pip install 'extractor\[qwen\]'"):
        QwenEngine(QwenSettings()).read(document, read_pages(document), spec)


def test_the_engine_is_made_and_the_package_imported_without_torch() -> None:
    code = (
        "import sys; from extractor.engines.registry import make_engine; make_engine('qwen'); "
        "assert not {'torch', 'transformers', 'outlines', 'llguidance'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
