"""Choose tokens from logits, among those that grammars allow."""

from dataclasses import dataclass

import numpy as np
import torch

_BITS = 32  # tokens in one number of a mask


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One chosen token a position, and its probability's logarithm among those allowed."""

    tokens: tuple[int, ...]
    log_probabilities: tuple[float, ...]


def allow_only(logits: torch.Tensor, masks: np.ndarray) -> torch.Tensor:
    """Return the logits with minus infinity for every token whose bit is not set."""
    bits = np.unpackbits(masks.view(np.uint8), axis=1, bitorder="little")[:, : logits.shape[1]]
    return logits.masked_fill(~torch.from_numpy(bits.view(bool)).to(logits.device), float("-inf"))


def choose(logits: torch.Tensor, masks: np.ndarray, *, temperature: float) -> Choices:
    """Choose for each position: the likeliest token, or a random one where the temperature is over 0.

    Probabilities are told as they are without a temperature. Of equals the first token is the likeliest.
    Only the logits of allowed tokens are looked at: on most pages a few of Qwen's 151,936.
    """
    candidates = torch.from_numpy(_allowed_tokens(masks, logits.shape[1])).to(logits.device)
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


def _allowed_tokens(masks: np.ndarray, size: int) -> np.ndarray:
    """Return for each position the allowed tokens in order, filled up with -1."""
    rows, numbers = masks.nonzero()  # on most pages few numbers of a mask have any bit set
    bits = np.unpackbits(masks[rows, numbers].view(np.uint8), bitorder="little").view(bool)
    tokens = (numbers[:, np.newaxis] * _BITS + np.arange(_BITS)).ravel()
    is_allowed = bits & (tokens < size)
    counts = np.bincount(rows.repeat(_BITS)[is_allowed], minlength=len(masks))
    allowed = np.full((len(masks), int(counts.max())), -1, dtype=np.int64)
    allowed[np.arange(allowed.shape[1]) < counts[:, np.newaxis]] = tokens[is_allowed]
    return allowed
