"""Contracts read by a model of random weights: whatever it says is on the pages that it was shown."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from synthesis.contract_random import generate_contract

from extractor.documents.opening import open_document
from extractor.engines.qwen.answer import Answer, PrintedText, read_answer
from extractor.engines.qwen.completion import Completer, Completion, PageQuestion
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.qwen.shape import shape_of
from extractor.engines.qwen.windows import overlapping_windows
from extractor.engines.reading import Candidate, Reading
from extractor.field_specs.load import load_spec
from extractor.pages.reading import read_pages
from extractor.values.text import squeeze

pytest.importorskip("torch", reason="the qwen extra is not installed")
pytest.importorskip("outlines", reason="the qwen extra is not installed")

from extractor.engines.qwen.generation import load_completer

SPEC = load_spec("contract")


class Recording:
    """A completer that keeps what went through it."""

    def __init__(self, completer: Completer) -> None:
        self.completer = completer
        self.questions: list[PageQuestion] = []
        self.completions: list[Completion] = []

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        completions = self.completer.complete(questions, max_new_tokens=max_new_tokens)
        self.questions.extend(questions)
        self.completions.extend(completions)
        return completions


def texts(answer: Answer) -> Iterator[str]:
    if isinstance(answer, PrintedText):
        yield answer.text
    elif answer is not None:
        for each in answer.values() if not isinstance(answer, tuple) else answer:
            yield from texts(each)


def candidates(reading: Reading) -> Iterator[Candidate]:
    for found in reading.candidates.values():
        for each in found:
            yield from each.parts.values() or (each,)
    for rows in reading.tables.values():
        yield from (cell for row in rows for cell in row.cells.values())


@pytest.mark.slow
@pytest.mark.parametrize(("language", "seed", "batch_size"), [("en", 18, 1), ("zh", 4, 2)])
def test_every_leaf_is_verbatim_on_the_pages_of_its_window(
    checkpoint_folder: Path, language: str, seed: int, batch_size: int
) -> None:
    made = generate_contract(seed, language=language, further_clauses=4)
    document = open_document(made.content, name=made.name)
    pages = read_pages(document)
    settings = QwenSettings(
        model=str(checkpoint_folder),
        device="cpu",
        dpi=36,
        max_rows=1,
        max_new_tokens=6000,
        batch_size=batch_size,
        temperature=1.0,
    )
    recording = Recording(load_completer(settings))
    reading = QwenEngine(settings, completer=recording).read(document, pages, SPEC)
    windows = [window.text for window in overlapping_windows(pages)]
    assert [len(question.images) for question in recording.questions] == [1] + [2] * (len(pages) - 1)
    count = 0
    for text, completion in zip(windows, recording.completions, strict=True):
        assert completion.is_complete
        printed = [strand.text for strand in (*text.rows, *text.flows)]
        for leaf in texts(read_answer(completion.text, shape_of(SPEC))):
            assert any(leaf in strand for strand in printed)
            count += 1
    assert count > len(windows)
    for candidate in candidates(reading):
        number, boxes = candidate.evidence.page, candidate.evidence.boxes
        assert number is not None
        inside = [
            word.text
            for word in pages[number - 1].words
            if any(box.contains_centre(word.box) for box in boxes)
        ]
        assert set(squeeze(candidate.quote or "")) <= set(squeeze("".join(inside)))
        assert inside
