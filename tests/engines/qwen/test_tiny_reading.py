"""The tiny checkpoint reads pixels, through the whole engine: image, prompt, grammar, placing.

The bounds lie below what `scripts/measure_tiny_checkpoint.py` measures on more pages (see the README
beside the checkpoint): other processors round otherwise.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from measure_tiny_checkpoint import engine_of, new_slips, recognised, share_right, taught_at_last
from PIL import Image
from synthesis.slip import Slip, generate_slip, slip_spec
from synthesis.slip_drawing import pdf_of, pixels_of
from transformers import AutoModelForImageTextToText, AutoProcessor, Qwen2_5_VLForConditionalGeneration

from extractor.documents.opening import open_document
from extractor.engines.qwen.checkpoint import load_checkpoint
from extractor.engines.qwen.engine import QwenEngine
from extractor.pages.reading import read_pages

PUBLISHED = {
    "chat_template.json",
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "preprocessor_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
}


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Leave the other processors to other tests: the model is too small to share out."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def engine(tiny_checkpoint_folder: Path) -> QwenEngine:
    return engine_of(tiny_checkpoint_folder)


@pytest.fixture(scope="module")
def unseen() -> list[Slip]:
    return new_slips(40)


def test_the_folder_is_laid_out_as_published_and_small(tiny_checkpoint_folder: Path) -> None:
    assert {path.name for path in tiny_checkpoint_folder.iterdir()} >= PUBLISHED
    assert sum(path.stat().st_size for path in tiny_checkpoint_folder.iterdir()) < 15_000_000


def test_transformers_loads_it_as_it_is(tiny_checkpoint_folder: Path) -> None:
    model = AutoModelForImageTextToText.from_pretrained(tiny_checkpoint_folder, dtype="auto")
    processor = AutoProcessor.from_pretrained(tiny_checkpoint_folder)
    assert isinstance(model, Qwen2_5_VLForConditionalGeneration)
    image = Image.fromarray(pixels_of(generate_slip("1", lines=3))).convert("RGB")
    chat = [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "Fields:"}]}]
    asked = processor.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
    made = processor(text=[asked], images=[image], return_tensors="pt")
    assert (made["input_ids"] == model.config.image_token_id).sum() == 3 * 9  # tokens of 28 by 28 pixels


def test_the_engine_loads_it_whole(tiny_checkpoint_folder: Path) -> None:
    loaded = load_checkpoint(str(tiny_checkpoint_folder), device="cpu", dtype="auto", max_pixels=1_000_000)
    assert loaded.vocabulary_size > len(loaded.processor.tokenizer)
    assert loaded.model.dtype == torch.float32


def test_pages_that_it_was_trained_on_are_read(engine: QwenEngine) -> None:
    assert share_right(engine, taught_at_last(30), is_grounded=False).value >= 0.9


def test_new_values_are_read_from_the_image_without_the_pages_words(
    engine: QwenEngine, unseen: list[Slip]
) -> None:
    share = share_right(engine, unseen, is_grounded=False)
    assert share.value >= 0.9
    assert share.invented <= share.absent / 5


def test_without_the_print_nothing_is_read(engine: QwenEngine, unseen: list[Slip]) -> None:
    share = share_right(engine, unseen[:15], is_grounded=False, is_blank=True)
    assert share.value <= 0.1


def test_words_of_the_page_help_to_read_it(engine: QwenEngine, unseen: list[Slip]) -> None:
    assert share_right(engine, unseen, is_grounded=True).value >= 0.95


def test_another_pages_print_is_what_is_read(engine: QwenEngine) -> None:
    shown, other = (generate_slip(seed, lines=5) for seed in ("shown", "other"))
    words = read_pages(open_document(pdf_of(other), name="other.pdf"))
    reading = engine.read(open_document(pdf_of(shown), name="shown.pdf"), recognised(words), slip_spec())
    answers = {name: found[0].text for name, found in reading.candidates.items()}
    assert sum(answers.get(name) == value for name, value in shown.values.items()) >= 4
    assert not answers.items() & other.values.items()
