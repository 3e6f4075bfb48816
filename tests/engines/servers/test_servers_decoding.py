"""Both engines against a server that decodes under what it was sent, with a model that knows nothing."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

pytest.importorskip("openai", reason="the servers extra is not installed")
pytest.importorskip("ollama", reason="the servers extra is not installed")
pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from engines.asked import PdfMaker
from engines.servers.conftest import GRAMMAR, OLLAMA, SCHEMA, Protocol
from engines.servers.decoding import Decoding
from engines.servers.loopback import serving
from engines.servers.vllm_protocol import Vllm

from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.page_text import text_of
from extractor.engines.qwen.settings import QwenSettings
from extractor.engines.reading import Candidate, Reading
from extractor.errors import EngineError, EngineUnavailable
from extractor.field_specs.spec import Spec
from extractor.pages.reading import read_pages
from extractor.pages.word import Origin

PAGES = (
    ("Harrow Ltd. No. A-17", "Oak board 20,00", "Total EUR 20,00"),
    ("Ash & Sons, 4 Mill Lane", "Invoice B/2041-7", "Felt 3 x 1.250,00", "Sum 3.750,00 EUR"),
)
SEEDS = range(4)
WARM = 2.0  # a model of random weights says null to everything when cold


def said_by(reading: Reading) -> Iterator[Candidate]:
    for candidates in reading.candidates.values():
        yield from candidates
    for rows in reading.tables.values():
        for row in rows:
            yield from row.cells.values()


def test_under_a_grammar_the_server_answers_as_the_model_in_this_process(
    checkpoint_folder: Path, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(*PAGES)
    settings = QwenSettings(
        model=str(checkpoint_folder), device="cpu", dpi=72, temperature=WARM, decoding="plain"
    )  # proposals draw in another order, so that the same seed makes another answer
    here = QwenEngine(settings)
    said: list[Candidate] = []
    for page, seed in product(read_pages(document), SEEDS):
        torch.manual_seed(seed)
        in_process = here.read(document, [page], bill)
        with serving(Vllm(), Decoding(checkpoint_folder, seed=seed)) as loopback:
            served = GRAMMAR.make_engine(loopback, temperature=WARM).read(document, [page], bill)
        assert len(loopback.asked) == 1
        for mine, theirs in zip(said_by(in_process), said_by(served), strict=True):
            assert replace(theirs, score=mine.score) == mine
            assert theirs.score == pytest.approx(mine.score, rel=1e-3)
            said.append(theirs)
    assert said


def test_under_a_grammar_a_server_says_only_what_stands_on_the_page(
    checkpoint_folder: Path, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(*PAGES)
    said: list[Candidate] = []
    for page, seed in product(read_pages(document), SEEDS):
        strands = [strand.text for strand in text_of(page).rows + text_of(page).flows]
        with serving(Vllm(), Decoding(checkpoint_folder, seed=seed)) as loopback:
            reading = GRAMMAR.make_engine(loopback, temperature=WARM).read(document, [page], bill)
        for each in said_by(reading):
            assert any(each.text in strand for strand in strands)
            assert each.evidence.boxes
            said.append(each)
    assert said


@pytest.mark.parametrize("protocol", [SCHEMA, OLLAMA], ids=["vllm-schema", "ollama"])
def test_under_a_schema_what_does_not_stand_on_the_page_has_no_place(
    protocol: Protocol, checkpoint_folder: Path, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(PAGES[0])
    (page,) = read_pages(document)
    strands = [strand.text for strand in text_of(page).rows + text_of(page).flows]
    invented: list[Candidate] = []
    for seed in SEEDS:
        with serving(protocol.speech(), Decoding(checkpoint_folder, seed=seed)) as loopback:
            engine = protocol.make_engine(loopback, max_rows=1, max_new_tokens=2000, temperature=WARM)
            reading = engine.read(document, [page], bill)
        assert len(loopback.asked) == 1
        invented += [each for each in said_by(reading) if not any(each.text in strand for strand in strands)]
    assert invented
    assert all(each.evidence.boxes == () and each.evidence.origin is Origin.MODEL for each in invented)


def test_a_model_that_knows_nothing_passes_the_check_by_its_form_alone(
    protocol: Protocol, checkpoint_folder: Path
) -> None:
    with serving(protocol.speech(), Decoding(checkpoint_folder)) as loopback:
        assert "keeps to" in protocol.make_engine(loopback).check(thoroughly=True)


def test_a_server_that_ignores_the_form_fails_the_check_and_its_answer_is_refused(
    protocol: Protocol, checkpoint_folder: Path, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(PAGES[0])
    with serving(protocol.speech(), Decoding(checkpoint_folder, ignores_form=True)) as loopback:
        engine = protocol.make_engine(loopback, max_new_tokens=40)
        with pytest.raises(EngineUnavailable, match="ignores the form"):
            engine.check(thoroughly=True)
        with pytest.raises(EngineError):
            engine.read(document, read_pages(document), bill)


def test_a_page_grammar_with_marks_and_scripts_of_all_kinds_is_taken_as_it_is(
    checkpoint_folder: Path, make_pdf: PdfMaker, bill: Spec
) -> None:
    document = make_pdf(('::= start: "quoted" \\ back/slash', "%regex { } | & <x> 7,00"))
    said: list[Candidate] = []
    for seed in range(8):
        with serving(Vllm(), Decoding(checkpoint_folder, seed=seed)) as loopback:
            engine = GRAMMAR.make_engine(loopback, temperature=WARM)
            said += said_by(engine.read(document, read_pages(document), bill))
    assert said
    assert all(each.evidence.boxes for each in said)
