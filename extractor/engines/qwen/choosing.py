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
    packed = torch.from_numpy(masks).to(logits.device)
    places = torch.arange(_BITS, dtype=torch.int32, device=logits.device)
    allowed = (packed.unsqueeze(-1) >> places & 1).bool().flatten(1)[:, : logits.shape[1]]
    return logits.masked_fill(~allowed, float("-inf"))


def choose(logits: torch.Tensor, masks: np.ndarray, *, temperature: float) -> Choices:
    """Choose for each position: the likeliest token, or a random one where the temperature is over 0.

    Probabilities are told as they are without a temperature.
    """
    masked = allow_only(logits.float(), masks)
    if temperature == 0:
        chosen = masked.argmax(dim=-1, keepdim=True)
    else:
        chosen = torch.multinomial(torch.softmax(masked / temperature, dim=-1), num_samples=1)
    likely = torch.log_softmax(masked, dim=-1).gather(1, chosen)
    return Choices(
        tokens=tuple(chosen.squeeze(1).tolist()), log_probabilities=tuple(likely.squeeze(1).tolist())
    )
