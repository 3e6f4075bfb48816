"""The whole way: a drawn page, the real classes with random weights, candidates on the page."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.documents.document import Document
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.grammar import grammar_for
from extractor.engines.qwen.lookup import printed_on
from extractor.engines.qwen.page_text import text_of
from extractor.engines.qwen.prompt import SYSTEM
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.qwen.shape import shape_of
from extractor.engines.reading import Candidate, PartToRead, Reading
from extractor.errors import EngineUnavailable, IncompleteCompletion
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.pages.reading import open_file, read_pages
from extractor.pages.word import Origin
from extractor.values.text import squeeze

pytest.importorskip("torch", reason="the qwen extra is not installed")

from extractor.engines.qwen.checkpoint import Checkpoint, load_checkpoint
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


@pytest.mark.parametrize("size", [2, 5])
def test_pages_of_several_documents_are_answered_token_for_token_as_alone(
    checkpoint_folder: Path, make_pdf: PdfMaker, spec: Spec, size: int
) -> None:
    documents = make_pdf(FIRST), make_pdf(SECOND, FIRST), make_pdf(SECOND)
    alone, together = (Recording(load_completer(settings_for(checkpoint_folder))) for _ in range(2))
    one_by_one = QwenEngine(settings_for(checkpoint_folder), completer=alone)
    readings = [one_by_one.read(each, read_pages(each), spec) for each in documents]
    engine = QwenEngine(settings_for(checkpoint_folder, batch_size=size), completer=together)
    parts = [PartToRead(document=each, pages=read_pages(each), spec=spec) for each in documents]
    found = engine.read_together(parts)
    assert len(together.completions) == 4
    tokens = [[(token.start, token.end) for token in each.tokens] for each in alone.completions]
    assert tokens == [[(token.start, token.end) for token in each.tokens] for each in together.completions]
    assert [each.text for each in alone.completions] == [each.text for each in together.completions]
    for reading, other in zip(readings, found, strict=True):
        assert isinstance(other, Reading)
        assert {name: [each.text for each in best] for name, best in reading.candidates.items()} == {
            name: [each.text for each in best] for name, best in other.candidates.items()
        }


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


PAGES = (FIRST, SECOND, FIRST[:2], (*SECOND, "1.190,00", "Brook Trading"), ("17", "17 18", "Total 17"))


def questions_about(document: Document, spec: Spec, *, is_grounded: bool | None = None) -> list[PageQuestion]:
    with open_file(document) as file:
        return [
            PageQuestion(
                image=file.render(page.number, dpi=72),
                system=SYSTEM,
                prompt="Read.",
                grammar=grammar_for(shape_of(spec), text_of(page), max_rows=3, is_grounded=is_grounded),
                printed=printed_on(page),
            )
            for page in read_pages(document)
        ]


@pytest.fixture(scope="module")
def checkpoints(tmp_path_factory: pytest.TempPathFactory) -> list[Checkpoint]:
    """Build random checkpoints that answer differently."""
    from build_random_checkpoint import build  # noqa: PLC0415 - needs the extra

    built = []
    for seed in range(1, 5):
        folder = tmp_path_factory.mktemp("checkpoint")
        build(folder, seed=seed)
        built.append(load_checkpoint(str(folder), device="cpu", dtype="float32", max_pixels=500_000))
    return built


def greedy(checkpoint: Checkpoint, *, is_fast: bool, kept_pages: int = 1) -> LocalCompleter:
    return LocalCompleter(
        checkpoint, max_pixels=500_000, temperature=0.0, is_fast=is_fast, kept_pages=kept_pages
    )


@pytest.mark.parametrize("is_grounded", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_the_fast_loop_says_token_for_token_what_generate_says(
    checkpoints: list[Checkpoint], make_pdf: PdfMaker, spec: Spec, seed: int, *, is_grounded: bool
) -> None:
    """The plain loop is Outlines' generator over `generate`: nothing of the fast one is in it."""
    questions = questions_about(make_pdf(*PAGES), spec, is_grounded=is_grounded)
    fast = greedy(checkpoints[seed], is_fast=True).complete(questions, max_new_tokens=700)
    plain = greedy(checkpoints[seed], is_fast=False).complete(questions, max_new_tokens=700)
    for quick, slow in zip(fast, plain, strict=True):
        assert quick.text == slow.text
        assert [token.end for token in quick.tokens] == [token.end for token in slow.tokens]
        assert quick.is_complete is slow.is_complete
        told = [token.log_probability for token in quick.tokens]
        assert told == pytest.approx([token.log_probability for token in slow.tokens], abs=1e-4)
        assert quick.passes < slow.passes


def test_answers_of_other_checkpoints_differ(
    checkpoints: list[Checkpoint], make_pdf: PdfMaker, spec: Spec
) -> None:
    questions = questions_about(make_pdf(FIRST), spec)
    answers = {
        greedy(each, is_fast=True).complete(questions, max_new_tokens=700)[0].text for each in checkpoints
    }
    assert len(answers) == len(checkpoints)


def test_what_is_proposed_does_not_change_the_answer(
    checkpoints: list[Checkpoint], make_pdf: PdfMaker, spec: Spec
) -> None:
    (question,) = questions_about(make_pdf(FIRST), spec)
    completer = greedy(checkpoints[0], is_fast=True)
    proposals = [question.printed, (), ("Harrow", "nothing that is true"), (FIRST[2], *FIRST)]
    answers = [
        completer.complete([replace(question, printed=printed)], max_new_tokens=700)[0].text
        for printed in proposals
    ]
    assert answers == answers[:1] * len(proposals)


def test_an_answer_that_was_cut_off_goes_on_from_what_it_said(
    checkpoints: list[Checkpoint], make_pdf: PdfMaker, spec: Spec
) -> None:
    questions = questions_about(make_pdf(FIRST, SECOND), spec)
    completer = greedy(checkpoints[0], is_fast=True, kept_pages=2)
    cut = completer.complete(questions, max_new_tokens=100)
    again = completer.complete(questions[:1], max_new_tokens=700)
    assert [completion.is_complete for completion in cut] == [False, False]
    whole = greedy(checkpoints[0], is_fast=True).complete(questions[:1], max_new_tokens=700)
    assert again[0].text == whole[0].text
    assert again[0].text.startswith(cut[0].text)
    assert again[0].passes < whole[0].passes


def test_the_image_of_a_page_is_looked_at_once_for_all_questions_about_it(
    checkpoints: list[Checkpoint], make_pdf: PdfMaker, spec: Spec
) -> None:
    checkpoint = checkpoints[0]
    (question,) = questions_about(make_pdf(FIRST), spec)
    other = replace(question, prompt="Read this page, please.")
    looks: list[int] = []
    hook = checkpoint.model.model.visual.register_forward_pre_hook(lambda *_: looks.append(1))
    shared = greedy(checkpoint, is_fast=True)
    answers = [shared.complete([each], max_new_tokens=60)[0] for each in (question, other, question)]
    hook.remove()
    alone = greedy(checkpoint, is_fast=True).complete([other], max_new_tokens=60)[0]
    assert len(looks) == 1
    assert answers[1].text == alone.text
    assert answers[0].text == answers[2].text


def test_several_images_of_one_question_are_all_shown(
    checkpoints: list[Checkpoint], make_pdf: PdfMaker, spec: Spec
) -> None:
    first, second = questions_about(make_pdf(FIRST, SECOND), spec)
    both = replace(first, further_images=(second.image,))
    other = replace(first, further_images=(first.image,))
    told = [
        [
            [token.log_probability for token in each.tokens]
            for each in greedy(checkpoints[0], is_fast=is_fast).complete([question], max_new_tokens=60)
        ]
        for question in (both, other)
        for is_fast in (True, False)
    ]
    assert told[0][0] == pytest.approx(told[1][0], abs=1e-4)
    assert told[0] != told[2]


def test_the_plain_loop_is_a_setting(checkpoint_folder: Path, make_pdf: PdfMaker, spec: Spec) -> None:
    document = make_pdf(SECOND)
    passes = []
    for decoding in ("fast", "plain"):
        settings = settings_for(checkpoint_folder, decoding=decoding)
        recording = Recording(load_completer(settings))
        QwenEngine(settings, completer=recording).read(document, read_pages(document), spec)
        passes.append(recording.completions[0].passes)
    assert passes[0] < passes[1]


def test_no_question_has_no_answer(checkpoints: list[Checkpoint]) -> None:
    assert greedy(checkpoints[0], is_fast=True).complete([], max_new_tokens=9) == []


@pytest.mark.parametrize("is_fast", [True, False])
def test_a_model_that_runs_out_of_memory_says_what_to_lower(
    checkpoints: list[Checkpoint], make_pdf: PdfMaker, spec: Spec, *, is_fast: bool
) -> None:
    import torch  # noqa: PLC0415 - needs the extra

    def fail(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")

    checkpoint = checkpoints[0]
    completer = greedy(checkpoint, is_fast=is_fast)
    hook = checkpoint.model.model.language_model.register_forward_pre_hook(fail)
    questions = questions_about(make_pdf(FIRST), spec)
    with pytest.raises(EngineUnavailable, match="EXTRACTOR_QWEN_MAX_PIXELS"):
        completer.complete(questions, max_new_tokens=9)
    hook.remove()
    assert completer.complete(questions, max_new_tokens=9)[0].text
