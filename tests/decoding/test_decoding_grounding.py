from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from decoding.grounding import Told, print_saved_on, random_answers

torch.set_num_threads(1)  # the model is too small to share out, and other tests run beside it


@pytest.mark.parametrize("spec", ["invoice", "contract"])
def test_random_weights_say_nothing_but_valid_answers_of_verbatim_leaves(spec: str) -> None:
    told = random_answers(spec, documents=1, answers=1)
    assert told.answers == told.valid == 1
    assert told.leaves == told.verbatim > 0
    assert told.cut_off == 0


def test_shares_are_of_what_was_counted() -> None:
    told = Told(answers=3, valid=2, leaves=4, verbatim=4) + Told(answers=1, valid=1, leaves=4, verbatim=3)
    assert told.share_valid == pytest.approx(0.75)
    assert told.share_verbatim == pytest.approx(0.875)


def test_what_a_checkpoint_saves_is_told_with_whether_all_is_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from build_random_checkpoint import build  # noqa: PLC0415 - needs the extra

    build(tmp_path / "weights")
    print_saved_on(tmp_path / "weights", pages=1)
    assert "output identical on 1 of 1 pages" in capsys.readouterr().out
