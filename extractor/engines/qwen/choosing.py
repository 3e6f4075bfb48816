"""Choose tokens from logits, among those that grammars allow."""

from dataclasses import dataclass

import numpy as np
import torch


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One chosen token a position, and its probability's logarithm among those allowed."""

    tokens: tuple[int, ...]
    log_probabilities: tuple[float, ...]


def allow_only(logits: torch.Tensor, masks: np.ndarray) -> torch.Tensor:
    """Return the logits with minus infinity for every token whose bit is not set."""
    allowed = torch.from_numpy(_unpacked(masks, logits.shape[1])).to(logits.device)
    return logits.masked_fill(~allowed, float("-inf"))


def choose(logits: torch.Tensor, masks: np.ndarray, *, temperature: float) -> Choices:
    """Choose for each position: the likeliest token, or a random one where the temperature is over 0.

    Probabilities are told as they are without a temperature. Of equals the first token is the likeliest.
    Only the logits of allowed tokens are looked at: on most pages a few of Qwen's 151,936.
    """
    tokens = _allowed_tokens(_unpacked(masks, logits.shape[1]))
    candidates = torch.from_numpy(tokens).to(logits.device)
    heights = logits.gather(1, candidates.clamp(min=0)).float().masked_fill(candidates < 0, float("-inf"))
    if temperature == 0:
        places = heights.argmax(dim=-1, keepdim=True)
    else:
        places = torch.multinomial(torch.softmax(heights / temperature, dim=-1), num_samples=1)
    likely = torch.log_softmax(heights, dim=-1).gather(1, places)
    chosen = candidates.gather(1, places)
    return Choices(
        tokens=tuple(chosen.squeeze(1).tolist()), log_probabilities=tuple(likely.squeeze(1).tolist())
    )


def _unpacked(masks: np.ndarray, size: int) -> np.ndarray:
    return np.unpackbits(masks.view(np.uint8), axis=1, bitorder="little")[:, :size].view(bool)


def _allowed_tokens(allowed: np.ndarray) -> np.ndarray:
    """Return for each position the allowed tokens in order, filled up with -1."""
    counts = allowed.sum(axis=1)
    tokens = np.full((len(allowed), int(counts.max())), -1, dtype=np.int64)
    tokens[np.arange(tokens.shape[1]) < counts[:, np.newaxis]] = allowed.nonzero()[1]
    return tokens
