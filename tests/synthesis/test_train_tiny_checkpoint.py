"""The training learns, leaves a whole checkpoint, and goes on with one."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from safetensors.torch import load_file
from synthesis.slip import generate_slip, slip_spec
from synthesis.slip_lessons import Batch, Lesson, Teacher
from synthesis.slip_model import slip_processor, untrained_model
from train_tiny_checkpoint import positions_of, train

from extractor.engines.qwen.checkpoint import load_checkpoint
from extractor.engines.qwen.prompt import SYSTEM, prompt_for


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)  # other tests run beside it


def test_the_loss_falls_and_the_checkpoint_is_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = train(tmp_path, steps=8)
    assert last.loss < 6.1  # of 515 tokens, chance is 6.2
    assert load_checkpoint(str(tmp_path), device="cpu", dtype="auto", max_pixels=100_000)
    assert "step     7" in capsys.readouterr().out


def test_a_training_goes_on_with_the_weights_that_it_finds(tmp_path: Path) -> None:
    train(tmp_path, steps=2)
    before = load_file(tmp_path / "model.safetensors")
    last = train(tmp_path, steps=3, first=2)
    after = load_file(tmp_path / "model.safetensors")
    assert (last.step, last.done) == (2, 1)
    changes = [(after[name] - before[name]).abs().max().item() for name in before]
    assert 0 < max(changes) < 0.05  # one step, not another start


def test_an_answer_is_as_far_from_the_image_under_a_cut_prompt_as_under_the_whole_one() -> None:
    prompt = prompt_for(slip_spec())
    tokenizer = slip_processor([SYSTEM, prompt]).tokenizer
    model, teacher = untrained_model(tokenizer), Teacher(tokenizer)
    slips = (generate_slip("a", lines=4), generate_slip("b", lines=4))
    whole, cut, hidden = (
        teacher.batch(
            Lesson(slips=slips, are_blank=(False, False), system=SYSTEM, prompt=shown, whole_prompt=prompt)
        )
        for shown in (prompt, " ".join(prompt.split()[:3]), "")
    )
    distance = _distance(model, whole)
    assert torch.equal(_distance(model, cut), distance)
    assert torch.equal(_distance(model, hidden), distance)
    assert (distance > len(tokenizer(prompt).input_ids)).all()


def _distance(model: torch.nn.Module, batch: Batch) -> torch.Tensor:
    positions: torch.Tensor = positions_of(model, batch)
    assert positions.shape == (3, *batch.tokens.shape)
    return positions[:, :, batch.answer_start] - positions[:, :, batch.image_end - 1]
