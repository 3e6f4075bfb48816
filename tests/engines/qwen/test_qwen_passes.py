"""Rows that take different numbers of tokens a pass see the same logits as rows that are alone."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from PIL import Image
from prompted_images import NOISE, inputs_of, picture

from extractor.engines.qwen.checkpoint import Checkpoint, load_checkpoint
from extractor.engines.qwen.passes import ModelPasses
from extractor.engines.qwen.prefixes import Prefix, PrefixStore


@pytest.fixture(scope="module")
def checkpoint(checkpoint_folder: Path) -> Checkpoint:
    return load_checkpoint(str(checkpoint_folder), device="cpu", dtype="float32", max_pixels=500_000)


def read(checkpoint: Checkpoint, text: str, *images: Image.Image) -> Prefix:
    return PrefixStore(checkpoint.model, size=1).read(inputs_of(checkpoint, text, *images), (text,))


def at_once(checkpoint: Checkpoint, text: str, image: Image.Image, tokens: Sequence[int]) -> torch.Tensor:
    """Return the logits after each token, from one pass over all without a cache of ours."""
    inputs = inputs_of(checkpoint, text, image)
    more = torch.tensor([list(tokens)])
    types = torch.cat((inputs["mm_token_type_ids"], torch.zeros_like(more)), dim=1)
    ids = torch.cat((inputs["input_ids"], more), dim=1)
    with torch.inference_mode():
        logits = checkpoint.model(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            mm_token_type_ids=types,
            pixel_values=inputs["pixel_values"],
            image_grid_thw=inputs["image_grid_thw"],
        ).logits
    return logits[0, -len(tokens) :]


ROWS = (("short", picture(1)), ("a longer prompt", picture(2, width=168)), ("three", picture(3, height=140)))


def test_ragged_rows_see_the_logits_of_a_single_pass(checkpoint: Checkpoint) -> None:
    """Three rows with prompts and images of other sizes are fed drafts and keep 1 to 4 tokens of each."""
    chance = random.Random(4)  # noqa: S311 - repeatable, not secret
    passes = ModelPasses(checkpoint.model, [read(checkpoint, *row) for row in ROWS])
    kept: list[list[int]] = [[] for _ in ROWS]
    seen: list[list[torch.Tensor]] = [[] for _ in ROWS]
    passes.keep(range(3), [1, 1, 1])  # nothing was fed yet
    for _ in range(6):
        fed = [[chance.randrange(200) for _ in range(chance.randint(1, 5))] for _ in ROWS]
        counts = [chance.randint(1, len(each)) for each in fed]
        for row, logits in enumerate(passes.feed(fed)):
            assert len(logits) == len(fed[row])
            kept[row] += fed[row][: counts[row]]
            seen[row].append(logits[: counts[row]])
        passes.keep(range(3), counts)
    for (text, image), tokens, logits in zip(ROWS, kept, seen, strict=True):
        expected = at_once(checkpoint, text, image, tokens)
        assert torch.allclose(torch.cat(logits), expected, atol=NOISE)
        assert expected.std() > 100 * NOISE


def test_a_row_goes_on_alone_when_the_others_are_done(checkpoint: Checkpoint) -> None:
    passes = ModelPasses(checkpoint.model, [read(checkpoint, *row) for row in ROWS])
    passes.feed([[5, 6], [7], [8, 9, 10]])
    passes.keep([1], [1])
    (logits,) = passes.feed([[11, 12]])
    assert torch.allclose(logits, at_once(checkpoint, *ROWS[1], [7, 11, 12])[1:], atol=NOISE)


def test_a_prefix_is_not_changed_by_going_on_from_it(checkpoint: Checkpoint) -> None:
    prefix = read(checkpoint, *ROWS[0])
    first, second = (ModelPasses(checkpoint.model, [prefix]).feed([[5, 6]])[0] for _ in range(2))
    assert torch.equal(first, second)
