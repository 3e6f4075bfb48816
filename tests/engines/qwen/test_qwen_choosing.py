import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

import numpy as np
import torch

from extractor.engines.qwen.choosing import allow_only, choose


def masks(*allowed: set[int], size: int = 64) -> np.ndarray:
    """Return packed masks, 32 tokens a number."""
    bits = np.zeros((len(allowed), size), dtype=bool)
    for row, tokens in enumerate(allowed):
        bits[row, list(tokens)] = True
    return np.packbits(bits, axis=1, bitorder="little").view(np.int32)


def test_only_tokens_whose_bit_is_set_keep_their_logits() -> None:
    masked = allow_only(torch.zeros((2, 50)), masks({0, 31, 32}, {49}))
    assert torch.isfinite(masked).nonzero().tolist() == [[0, 0], [0, 31], [0, 32], [1, 49]]


def test_the_likeliest_of_the_allowed_tokens_is_chosen_with_its_probability() -> None:
    logits = torch.zeros((2, 50))
    logits[0, 7], logits[0, 9] = 5.0, 3.0
    chosen = choose(logits, masks({9, 31}, {4}), temperature=0.0)
    assert chosen.tokens == (9, 4)
    assert chosen.log_probabilities[0] == pytest.approx(-0.0486, abs=1e-4)  # ln(e³ / (e³ + 1))
    assert chosen.log_probabilities[1] == 0.0


def test_of_equals_the_first_is_chosen() -> None:
    assert choose(torch.ones((1, 50)), masks({8, 3, 40}), temperature=0.0).tokens == (3,)


def test_with_a_temperature_all_allowed_tokens_come_up_and_no_other() -> None:
    torch.manual_seed(1)
    logits = torch.zeros((400, 50))
    logits[:, 3] = 1.0
    chosen = choose(logits, masks(*[{3, 40}] * 400), temperature=1.0)
    assert set(chosen.tokens) == {3, 40}
    assert chosen.tokens.count(3) / 400 == pytest.approx(0.731, abs=0.07)  # e / (e + 1)


def test_a_temperature_changes_the_choice_but_not_the_probability_that_is_told() -> None:
    logits = torch.zeros((1, 50))
    logits[0, 3] = 1.0
    told = {choose(logits, masks({3}), temperature=heat).log_probabilities for heat in (0.0, 0.5, 2.0)}
    assert told == {(0.0,)}
    torch.manual_seed(1)
    both = choose(logits.expand(50, -1), masks(*[{3, 40}] * 50), temperature=2.0)
    assert {round(value, 3) for value in both.log_probabilities} == {-0.313, -1.313}
