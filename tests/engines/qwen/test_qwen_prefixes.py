from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from prompted_images import NOISE, inputs_of, picture

from extractor.engines.qwen.checkpoint import Checkpoint, load_checkpoint
from extractor.engines.qwen.passes import ModelPasses
from extractor.engines.qwen.prefixes import PrefixStore


@pytest.fixture(scope="module")
def checkpoint(checkpoint_folder: Path) -> Checkpoint:
    return load_checkpoint(str(checkpoint_folder), device="cpu", dtype="float32", max_pixels=500_000)


@pytest.fixture
def looks(checkpoint: Checkpoint) -> Iterator[list[int]]:
    """Record how many tokens each pass of the language model read, and 0 for each look at an image."""
    seen: list[int] = []
    hooks = [
        checkpoint.model.model.visual.register_forward_pre_hook(lambda *_: seen.append(0)),
        checkpoint.model.model.language_model.register_forward_pre_hook(
            lambda _module, _args, given: seen.append(given["inputs_embeds"].shape[1]), with_kwargs=True
        ),
    ]
    yield seen
    for hook in hooks:
        hook.remove()


def test_the_same_question_about_the_same_image_is_read_once(
    checkpoint: Checkpoint, looks: list[int]
) -> None:
    store = PrefixStore(checkpoint.model, size=1)
    inputs = inputs_of(checkpoint, "number?", picture(1))
    first = store.read(inputs, ("page 1",))
    assert store.read(inputs, ("page 1",)) is first
    assert looks == [0, len(first.ids)]


def test_another_question_about_the_image_goes_on_where_the_prompts_part(
    checkpoint: Checkpoint, looks: list[int]
) -> None:
    store = PrefixStore(checkpoint.model, size=1)
    store.read(inputs_of(checkpoint, "number?", picture(1)), ("page 1",))
    second = store.read(inputs_of(checkpoint, "numerals, please", picture(1)), ("page 1",))
    assert looks.count(0) == 1
    shared = len(inputs_of(checkpoint, "num", picture(1))["input_ids"][0])
    assert looks == [0, looks[1], len(second.ids) - shared]
    alone = PrefixStore(checkpoint.model, size=1).read(
        inputs_of(checkpoint, "numerals, please", picture(1)), ("page 1",)
    )
    assert torch.allclose(second.logits, alone.logits, atol=NOISE)
    assert second.next_position == alone.next_position
    on, on_alone = (ModelPasses(checkpoint.model, [each]).feed([[5, 6]])[0] for each in (second, alone))
    assert torch.allclose(on, on_alone, atol=NOISE)


def test_a_question_that_the_other_begins_with_still_has_logits(checkpoint: Checkpoint) -> None:
    store = PrefixStore(checkpoint.model, size=1)
    store.read(inputs_of(checkpoint, "number?", picture(1)), ("page 1",))
    shorter = store.read(inputs_of(checkpoint, "num", picture(1)), ("page 1",))
    alone = PrefixStore(checkpoint.model, size=1).read(inputs_of(checkpoint, "num", picture(1)), ("page 1",))
    assert torch.allclose(shorter.logits, alone.logits, atol=NOISE)


def test_another_image_is_looked_at_anew(checkpoint: Checkpoint, looks: list[int]) -> None:
    store = PrefixStore(checkpoint.model, size=2)
    first = store.read(inputs_of(checkpoint, "number?", picture(1)), ("page 1",))
    second = store.read(inputs_of(checkpoint, "number?", picture(2)), ("page 2",))
    assert looks.count(0) == 2
    assert not torch.allclose(first.logits, second.logits, atol=NOISE)


def test_several_images_are_taken_over_together_or_not_at_all(
    checkpoint: Checkpoint, looks: list[int]
) -> None:
    store = PrefixStore(checkpoint.model, size=1)
    both = (picture(1), picture(2, width=140))
    store.read(inputs_of(checkpoint, "number?", *both), ("pages",))
    store.read(inputs_of(checkpoint, "date?", *both), ("pages",))
    assert looks.count(0) == 1


def test_no_more_images_are_kept_than_asked_for(checkpoint: Checkpoint, looks: list[int]) -> None:
    store = PrefixStore(checkpoint.model, size=2)
    for number in (1, 2, 1, 3, 1, 2):
        store.read(inputs_of(checkpoint, "number?", picture(number)), (number,))
    assert looks.count(0) == 4  # 1, 2, 3, and 2 again: 1 was always among the last two
