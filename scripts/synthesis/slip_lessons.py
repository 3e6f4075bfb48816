"""What the tiny model is taught at each step: slips, the question about them, the answer.

Batches are of one number of lines. First all five lines at fixed places, so that finding a value is
learned from the most examples a second; then three to five lines, moved by some pixels. Slips print
few capitals, and of these alone nothing was learned: so some have values of random digits and capitals.
These always stand beside slips as they are, of each number of lines: what is not rehearsed is forgotten
within a hundred steps.

Most prompts are cut to a few of their words, as whole ones are most of a sequence. The places of what
was cut stay open: whatever is shown, the answer begins as far from the image as under the whole prompt,
for attention's angles tell distances only.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import Qwen2Tokenizer

from synthesis.chance import happens, seeded
from synthesis.qwen_checkpoint import PATCH, token_id
from synthesis.slip import LABELS, Slip, generate_slip
from synthesis.slip_drawing import pixels_of
from synthesis.slip_model import DEVIATION, WHITE

SHIFT = 6  # pixels that a slip is moved right, at most
_MERGE = 2
_BATCH, _WHOLE_BATCH = 32, 20  # slips; fewer under whole prompts, which are most of a sequence
_CUT_ANYWHERE = 0.3  # of the last steps, so that no word of the prompts is relied on
_FEW_WORDS = 4
_BLANK = 0.03  # of later slips are blank, and every answer null
_FORM_WEIGHT = 0.2  # of tokens that belong to the answer's form; a comma in an amount is one of them
_IGNORED = -100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of the training: `until` which share of all steps, and what its slips are like."""

    until: float
    fewest_lines: int = 3
    shift: int = SHIFT
    scrambled: float = 0.0  # of its slips
    whole: float = 1.0  # of its steps show the whole prompts


_PARTS = (
    _Part(until=0.12, fewest_lines=5, shift=0, scrambled=0.3, whole=0.0),
    _Part(until=0.6, scrambled=0.5, whole=0.1),
    _Part(until=0.8, scrambled=0.3, whole=0.5),
    _Part(until=1.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """The slips of one step, which of them are blanked, and how much of the whole prompts is shown."""

    slips: tuple[Slip, ...]
    are_blank: tuple[bool, ...]
    system: str
    prompt: str
    whole_prompt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A lesson as tensors. `weights` are 0 for whatever is not a token of an answer."""

    tokens: Any
    types: Any  # 1 where an image's token stands
    patches: Any  # a row a patch, one channel: the samples of all channels are equal
    grid: Any
    image_end: int  # the place of the first token behind the image
    left_open: int  # places there, for the tokens that were cut from the prompt
    answer_start: int
    targets: Any
    weights: Any
    are_values: Any


def lesson(step: int, *, steps: int, system: str, prompt: str) -> Lesson:
    """Return the lesson of a step (from 0) of so many; it depends on nothing else."""
    rng = seeded(f"lesson {step}")
    part = next(part for part in _PARTS if step < part.until * steps)
    is_whole = _happens(rng, part.whole)
    lines = rng.randint(part.fewest_lines, len(LABELS))
    names = [f"lesson {step} {index}" for index in range(_WHOLE_BATCH if is_whole else _BATCH)]
    slips = tuple(
        generate_slip(name, lines=lines, shift=part.shift, is_scrambled=_happens(rng, part.scrambled))
        for name in names
    )
    shown = system, prompt
    if not is_whole:
        shown = _cut(system, rng, most=_FEW_WORDS), _cut(prompt, rng, most=_FEW_WORDS)
    elif part is _PARTS[-1] and happens(rng, _CUT_ANYWHERE):
        shown = _cut(system, rng), _cut(prompt, rng)
    are_blank = tuple(part is not _PARTS[0] and happens(rng, _BLANK) for _ in names)
    return Lesson(slips=slips, are_blank=are_blank, system=shown[0], prompt=shown[1], whole_prompt=prompt)


def taught_slips(*, steps: int, count: int, system: str, prompt: str) -> Iterator[Slip]:
    """Yield slips that the last steps taught: one a step, latest first."""
    for step in range(steps - 1, steps - 1 - count, -1):
        given = lesson(step, steps=steps, system=system, prompt=prompt)
        yield next(slip for slip, is_blank in zip(given.slips, given.are_blank, strict=True) if not is_blank)


def answer_to(slip: Slip, *, is_blank: bool = False) -> str:
    """Return the answer, in the form that the engine's grammar asks for."""
    return json.dumps({field: None if is_blank else slip.values.get(field) for field in LABELS})


class Teacher:
    """Turns lessons into tensors for one tokenizer."""

    def __init__(self, tokenizer: Qwen2Tokenizer) -> None:
        """Take the tokenizer; its chat template frames every question."""
        self._tokenizer = tokenizer
        self._image = token_id(tokenizer, "<|image_pad|>")
        self._padding = tokenizer.pad_token_id
        form = {*self._ids(json.dumps(dict.fromkeys(LABELS)))} - {*self._ids(" null")}
        self._form = torch.tensor(sorted(form))
        self._colon = self._ids('"a": null')[-2]

    def batch(self, given: Lesson) -> Batch:
        """Return the lesson as tensors."""
        images = [pixels_of(slip) for slip in given.slips]
        for image, is_blank in zip(images, given.are_blank, strict=True):
            image[:] = 255 if is_blank else image
        patches, grid = _patches(np.stack(images))
        question = self._question(given, image_tokens=int(grid[0].prod()) // _MERGE**2)
        answers = [
            self._ids(answer_to(slip, is_blank=is_blank) + "<|im_end|>")
            for slip, is_blank in zip(given.slips, given.are_blank, strict=True)
        ]
        longest = max(map(len, answers))
        padded = [answer + [self._padding] * (longest - len(answer)) for answer in answers]
        targets = [answer + [_IGNORED] * (longest - len(answer)) for answer in answers]
        tokens, target = torch.tensor([question + answer for answer in padded]), torch.tensor(targets)
        is_told, is_form = target != _IGNORED, torch.isin(target, self._form)
        is_form[:, 1:] &= target[:, :-1] != self._colon  # there a value begins, or null stands
        return Batch(
            tokens=tokens,
            types=(tokens == self._image).int(),
            patches=patches,
            grid=grid,
            image_end=len(question) - question[::-1].index(self._image),
            left_open=len(self._ids(given.whole_prompt)) - len(self._ids(given.prompt)),
            answer_start=len(question),
            targets=target,
            weights=is_told.float() * torch.where(is_form, _FORM_WEIGHT, 1.0),
            are_values=is_told & ~is_form,
        )

    def _question(self, given: Lesson, *, image_tokens: int) -> list[int]:
        content = [{"type": "image"}, {"type": "text", "text": given.prompt}]
        chat = [{"role": "system", "content": given.system}, {"role": "user", "content": content}]
        framed = self._tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
        return self._ids(framed.replace("<|image_pad|>", "<|image_pad|>" * image_tokens))

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer(text).input_ids
        return ids


def _happens(rng: Random, share: float) -> bool:
    """Say yes in this share of cases; what is certain takes no chance."""
    return share >= 1 or (share > 0 and happens(rng, share))


def _cut(text: str, rng: Random, *, most: int | None = None) -> str:
    """Return some words that stand together, at most so many."""
    words = re.findall(r"\S+\s*", text)
    count = rng.randint(0, len(words) if most is None else min(most, len(words)))
    first = rng.randint(0, len(words) - count)
    return "".join(words[first : first + count])


def _patches(images: NDArray[np.uint8]) -> tuple[Any, Any]:
    """Return patches in the processor's order (those of one token together), and each image's grid."""
    samples = (torch.from_numpy(images.astype(np.float32)) / 255 - WHITE) / DEVIATION
    count, height, width = samples.shape
    rows, columns = height // PATCH, width // PATCH
    parted = samples.view(count, rows // _MERGE, _MERGE, PATCH, columns // _MERGE, _MERGE, PATCH)
    ordered = parted.permute(0, 1, 4, 2, 5, 3, 6).reshape(count * rows * columns, PATCH * PATCH)
    return ordered, torch.tensor([[1, rows, columns]] * count)
