"""The training learns, leaves a whole checkpoint, and goes on with one."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from safetensors.torch import load_file
from train_tiny_checkpoint import train

from extractor.engines.qwen.checkpoint import load_checkpoint


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
