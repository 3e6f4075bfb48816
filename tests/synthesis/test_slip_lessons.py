"""What the tiny model is taught is what the engine shows it."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from PIL import Image
from synthesis.slip import Slip, generate_slip, slip_spec
from synthesis.slip_drawing import pixels_of
from synthesis.slip_lessons import Lesson, Teacher, answer_to, lesson, taught_slips
from synthesis.slip_model import slip_processor

from extractor.engines.qwen.prompt import SYSTEM, prompt_for

PROMPT = prompt_for(slip_spec())
PROCESSOR = slip_processor([SYSTEM, PROMPT])
TEACHER = Teacher(PROCESSOR.tokenizer)
SLIPS = tuple(generate_slip(str(seed), lines=4, shift=6) for seed in range(3))
GIVEN = Lesson(slips=SLIPS, are_blank=(False, False, True), system=SYSTEM, prompt=PROMPT, whole_prompt=PROMPT)


def test_question_and_image_are_those_that_the_processor_makes() -> None:
    content = [{"type": "image"}, {"type": "text", "text": PROMPT}]
    chat = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": content}]
    asked = PROCESSOR.tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True)
    image = Image.fromarray(pixels_of(SLIPS[0])).convert("RGB")
    made = PROCESSOR(text=[asked], images=[image], return_tensors="pt")
    batch = TEACHER.batch(GIVEN)
    assert batch.tokens[0, : batch.answer_start].tolist() == made["input_ids"][0].tolist()
    assert batch.types[0, : batch.answer_start].tolist() == made["mm_token_type_ids"][0].tolist()
    assert batch.grid[0].tolist() == made["image_grid_thw"][0].tolist()
    shown = made["pixel_values"].view(len(made["pixel_values"]), 6, -1)  # three channels, two frames
    mine = batch.patches[: len(shown)].unsqueeze(1).expand_as(shown)
    assert torch.allclose(shown, mine, atol=1e-4)


def test_a_blank_slip_is_all_zeros_and_answered_with_null() -> None:
    batch = TEACHER.batch(GIVEN)
    per_slip = len(batch.patches) // len(SLIPS)
    assert batch.patches[per_slip : 2 * per_slip].any()
    assert not batch.patches[2 * per_slip :].any()
    told = [token for token in batch.targets[2].tolist() if token >= 0]
    assert PROCESSOR.tokenizer.decode(told) == answer_to(SLIPS[2], is_blank=True) + "<|im_end|>"


def test_only_the_answers_tokens_have_weight_and_the_values_have_most() -> None:
    batch = TEACHER.batch(GIVEN)
    assert ((batch.weights > 0) == (batch.targets >= 0)).all()
    assert batch.weights[batch.are_values].min() == 1.0
    assert batch.weights[(batch.targets >= 0) & ~batch.are_values].max() < 1.0


def test_a_value_counts_from_its_opening_mark_to_its_closing_one_but_for_commas() -> None:
    batch = TEACHER.batch(GIVEN)
    told = PROCESSOR.tokenizer.decode(batch.targets[0][batch.are_values[0]].tolist())
    by_field = [SLIPS[0].values.get(name) for name in slip_spec().fields]
    assert re.findall('null|"[^"]+"', told) == [
        "null" if value is None else f'"{value.replace(",", "")}"' for value in by_field
    ]


def test_an_answer_has_every_field_in_order_and_null_for_what_is_not_printed() -> None:
    answer = json.loads(answer_to(SLIPS[0]))
    assert list(answer) == list(slip_spec().fields)
    assert {name: value for name, value in answer.items() if value is not None} == SLIPS[0].values


@pytest.mark.parametrize(("step", "is_moved"), [(0, False), (11, False), (12, True), (99, True)])
def test_slips_lie_at_fixed_places_first_and_move_later(step: int, *, is_moved: bool) -> None:
    given = lesson(step, steps=100, system=SYSTEM, prompt=PROMPT)
    assert any(slip.right for slip in given.slips) is is_moved
    assert is_moved or all(len(slip.lines) == 5 for slip in given.slips)


@pytest.mark.parametrize("steps", [range(12), range(12, 60), range(60, 80)])
def test_slips_of_random_capitals_stand_beside_slips_as_they_are_until_the_last_part(steps: range) -> None:
    given = [lesson(step, steps=100, system=SYSTEM, prompt=PROMPT) for step in steps]
    assert {_is_scrambled(slip) for slip in given[0].slips} == {True, False}
    shares = [_is_scrambled(slip) for each in given for slip in each.slips]
    assert 0.2 < sum(shares) / len(shares) < 0.6


@pytest.mark.parametrize("step", range(80, 100))
def test_the_last_slips_are_as_they_are(step: int) -> None:
    given = lesson(step, steps=100, system=SYSTEM, prompt=PROMPT)
    assert not any(map(_is_scrambled, given.slips))


@pytest.mark.parametrize("steps", [range(12, 60), range(60, 80), range(80, 100)])
def test_every_number_of_lines_is_rehearsed_after_the_first_part(steps: range) -> None:
    given = [lesson(step, steps=100, system=SYSTEM, prompt=PROMPT) for step in steps]
    assert {len(each.slips[0].lines) for each in given} == {3, 4, 5}


def _is_scrambled(slip: Slip) -> bool:
    return any(
        letter.isupper() for field in ("number", "issued", "total") for letter in slip.values.get(field, "")
    )


@pytest.mark.parametrize("shown", ["", PROMPT[:40], PROMPT])
def test_a_cut_prompt_leaves_as_many_places_open_as_its_cut_tokens_took(shown: str) -> None:
    whole, cut = TEACHER.batch(GIVEN), TEACHER.batch(replace(GIVEN, prompt=shown))
    assert whole.left_open == 0
    assert cut.left_open == whole.answer_start - cut.answer_start
    assert cut.image_end == whole.image_end
    assert cut.types[0, cut.image_end - 1]
    assert not cut.types[0, cut.image_end :].any()


@pytest.mark.parametrize("step", [0, 11])
def test_first_prompts_are_a_few_words(step: int) -> None:
    given = lesson(step, steps=100, system=SYSTEM, prompt=PROMPT)
    assert len(given.system.split()) <= 4
    assert len(given.prompt.split()) <= 4


def test_most_of_the_last_steps_show_the_whole_prompts() -> None:
    late = [lesson(step, steps=100, system=SYSTEM, prompt=PROMPT) for step in range(80, 100)]
    assert sum((each.system, each.prompt) == (SYSTEM, PROMPT) for each in late) > len(late) / 2


def test_a_lesson_depends_on_its_step_alone() -> None:
    first, again = (lesson(50, steps=100, system=SYSTEM, prompt=PROMPT) for _ in range(2))
    assert first == again
    assert first != lesson(51, steps=100, system=SYSTEM, prompt=PROMPT)


def test_the_slips_that_were_taught_are_those_of_the_last_lessons() -> None:
    taught = list(taught_slips(steps=100, count=3, system=SYSTEM, prompt=PROMPT))
    for step, slip in zip((99, 98, 97), taught, strict=True):
        given = lesson(step, steps=100, system=SYSTEM, prompt=PROMPT)
        assert not given.are_blank[given.slips.index(slip)]


def test_digits_and_capitals_are_tokens_of_their_own_and_the_prompts_words_whole() -> None:
    tokenizer = PROCESSOR.tokenizer
    assert len(tokenizer("ABCDXYZ").input_ids) == len("ABCDXYZ")
    assert len(tokenizer("20260305").input_ids) == len("20260305")
    words = len(f"{SYSTEM} {PROMPT}".split())
    assert len(tokenizer(f"{SYSTEM} {PROMPT}").input_ids) < 2.5 * words


def test_white_is_zero_for_the_processor() -> None:
    white = Image.fromarray(np.full((84, 252, 3), 255, np.uint8))
    made = PROCESSOR.image_processor(images=[white], return_tensors="pt")
    assert not made["pixel_values"].any()
