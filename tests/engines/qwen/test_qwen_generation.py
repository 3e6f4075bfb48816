"""The whole way: a drawn page, the real classes with random weights, candidates on the page."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractor.documents.document import Document
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.reading import Candidate, Reading
from extractor.errors import IncompleteCompletion
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.pages.word import Origin
from extractor.values.text import squeeze

pytest.importorskip("torch", reason="the qwen extra is not installed")

from extractor.engines.qwen.generation import LocalCompleter, load_completer

PdfMaker = Callable[..., Document]

FIRST = (
    "Harrow & Fenn Ltd.      Invoice No. INV-2024-00417",
    "Mill Lane 4             Date 05.03.2026",
    'Oak board "A"   2   10,00   20,00',
    "Pine board   1   5,00   5,00",
    "Total EUR   25,00",
)
SECOND = ("Brook Trading GmbH", "Rechnung Nr. 2026/118", "Summe 1.190,00")


class Recording:
    """Hands questions on and keeps the answers."""

    def __init__(self, inner: LocalCompleter) -> None:
        self.completions: list[Completion] = []
        self._inner = inner

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        answers = self._inner.complete(questions, max_new_tokens=max_new_tokens)
        self.completions.extend(answers)
        return answers


def settings_for(folder: Path, **given: object) -> QwenSettings:
    return QwenSettings.model_validate(
        {"model": str(folder), "device": "cpu", "dpi": 72, "max_rows": 4, "max_new_tokens": 1500, **given}
    )


def leaves(reading: Reading) -> Iterator[Candidate]:
    for candidates in reading.candidates.values():
        for candidate in candidates:
            yield from candidate.parts.values() if candidate.parts else (candidate,)
    for rows in reading.tables.values():
        for row in rows:
            yield from row.cells.values()


def assert_grounded(reading: Reading, pages: Sequence[Page]) -> int:
    """Assert that every text reads so in its own boxes; return how many there were."""
    by_number = {page.number: page for page in pages}
    count = 0
    for leaf in leaves(reading):
        assert leaf.evidence.origin is Origin.TEXT_LAYER
        assert leaf.evidence.page is not None
        page = by_number[leaf.evidence.page]
        inside = "".join(
            word.text
            for word in page.words
            if any(box.contains_centre(word.box) for box in leaf.evidence.boxes)
        )
        assert squeeze(leaf.quote or leaf.text) in squeeze(inside)
        assert 0.0 <= leaf.score <= 1.0
        count += 1
    return count


@pytest.mark.parametrize("temperature", [0.0, 1.0, 1.5])
def test_every_value_stands_on_the_page_where_the_evidence_says(
    checkpoint_folder: Path, make_pdf: PdfMaker, spec: Spec, temperature: float
) -> None:
    document = make_pdf(FIRST)
    pages = read_pages(document)
    engine = QwenEngine(settings_for(checkpoint_folder, temperature=temperature))
    counts = [assert_grounded(engine.read(document, pages, spec), pages) for _ in range(4)]
    assert sum(counts) > 0


def test_pages_of_one_batch_keep_to_their_own_words(
    checkpoint_folder: Path, make_pdf: PdfMaker, spec: Spec
) -> None:
    document = make_pdf(FIRST, SECOND, FIRST[:2])
    pages = read_pages(document)
    engine = QwenEngine(settings_for(checkpoint_folder, batch_size=3, temperature=1.5))
    readings = [engine.read(document, pages, spec) for _ in range(3)]
    counts = [assert_grounded(reading, pages) for reading in readings]
    assert sum(counts) > 0
    assert len({leaf.evidence.page for reading in readings for leaf in leaves(reading)}) > 1


@pytest.mark.parametrize("name", ["invoice", "contract"])
def test_the_shipped_specs_are_read_to_the_end(
    checkpoint_folder: Path, make_pdf: PdfMaker, name: str
) -> None:
    document = make_pdf(FIRST)
    pages = read_pages(document)
    settings = settings_for(checkpoint_folder, temperature=1.0, max_new_tokens=4000, max_rows=2)
    recording = Recording(load_completer(settings))
    reading = QwenEngine(settings, completer=recording).read(document, pages, load_spec(name))
    assert_grounded(reading, pages)
    assert [completion.is_complete for completion in recording.completions] == [True]


def test_the_model_is_loaded_once_for_all_documents(checkpoint_folder: Path) -> None:
    settings = settings_for(checkpoint_folder)
    with ThreadPoolExecutor(max_workers=4) as threads:
        loaded = set(threads.map(load_completer, [settings] * 4))
    assert len(loaded) == 1
    assert load_completer(settings_for(checkpoint_folder)) in loaded


def test_the_answer_does_not_hang_on_who_else_is_in_the_batch(
    checkpoint_folder: Path, make_pdf: PdfMaker, spec: Spec
) -> None:
    document = make_pdf(FIRST, SECOND)
    pages = read_pages(document)
    alone, together = (Recording(load_completer(settings_for(checkpoint_folder))) for _ in range(2))
    for size, recording in ((1, alone), (2, together)):
        QwenEngine(settings_for(checkpoint_folder, batch_size=size), completer=recording).read(
            document, pages, spec
        )
    assert [each.text for each in alone.completions] == [each.text for each in together.completions]


def test_the_image_is_what_the_model_is_shown(
    checkpoint_folder: Path, make_pdf: PdfMaker, spec: Spec
) -> None:
    """The same words under another picture: the probabilities differ, so the pixels arrive."""
    settings = settings_for(checkpoint_folder)
    recording = Recording(load_completer(settings))
    engine = QwenEngine(settings, completer=recording)
    drawn, other = make_pdf(FIRST), make_pdf(SECOND)
    pages = read_pages(drawn)
    engine.read(drawn, pages, spec)
    engine.read(other, pages, spec)
    first, second = ([token.log_probability for token in each.tokens] for each in recording.completions)
    assert first != second


def test_an_answer_that_is_cut_off_is_an_error_and_not_a_shorter_answer(
    checkpoint_folder: Path, make_pdf: PdfMaker, spec: Spec
) -> None:
    document = make_pdf(FIRST)
    engine = QwenEngine(settings_for(checkpoint_folder, max_new_tokens=16))
    with pytest.raises(IncompleteCompletion, match="after 32 tokens"):
        engine.read(document, read_pages(document), spec)


def test_a_page_of_pixels_alone_is_read_freely_and_says_so(
    checkpoint_folder: Path, make_pdf: PdfMaker, spec: Spec
) -> None:
    document = make_pdf(FIRST)
    wordless = [
        Page(number=page.number, width=page.width, height=page.height, words=())
        for page in read_pages(document)
    ]
    engine = QwenEngine(settings_for(checkpoint_folder, temperature=1.0, max_new_tokens=4000, max_rows=1))
    for leaf in leaves(engine.read(document, wordless, spec)):
        assert leaf.evidence.origin is Origin.MODEL
        assert leaf.evidence.boxes == ()
        assert leaf.score <= 0.3
