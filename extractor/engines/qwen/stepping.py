"""The decode loop: many tokens a pass of the model, the same answer as one token a pass.

Before each pass a row proposes how its answer goes on (what its grammar forces, what the
page lets expect). The pass tells what the model would choose after each proposed token, and
proposals are kept as long as they are just that. So no proposal can change an answer: with
greedy decoding the tokens are those of the plain loop, and with sampling their distribution
is. What remains is rounding: a pass over many tokens sums in another order than a pass over
one, so answers may part where the two likeliest tokens are closer than that.
"""

from collections.abc import Sequence
from typing import Protocol

import torch

from extractor.engines.qwen.choosing import Choices, choose
from extractor.engines.qwen.matching import AnswerRow, Masks

LONGEST_DRAFT = 32  # tokens; a longer one costs more than it saves where it is wrong early


class Passes(Protocol):
    """A model that has read the prompts of some rows, and goes on with them."""

    def feed(self, tokens: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """Append these tokens to the rows in one pass; return each row's logits after each token."""
        ...

    def keep(self, rows: Sequence[int], counts: Sequence[int]) -> None:
        """Go on with these rows only, and of what each was last fed, with so many tokens."""
        ...


def decode(
    passes: Passes,
    first: Sequence[torch.Tensor],
    rows: Sequence[AnswerRow],
    *,
    masks: Masks,
    max_new_tokens: int,
    temperature: float = 0.0,
    longest_draft: int = LONGEST_DRAFT,
) -> int:
    """Take each row to the end of its answer, or to the token limit. Return how many passes it took.

    `first` are the logits after each row's prompt, and count as the first pass. A longest
    draft of 0 is the plain loop.
    """
    live = list(rows)
    drafts: list[list[int]] = [[] for _ in live]
    logits = list(first)
    count = 0
    while True:
        count += 1
        together = logits[0] if len(logits) == 1 else torch.cat(logits)  # no copy of what may be large
        choices = choose(together, masks.along(live, drafts), temperature=temperature)
        taken = _take(live, drafts, choices, max_new_tokens=max_new_tokens)
        going = [at for at, row in enumerate(live) if not row.is_whole and len(row.chosen) < max_new_tokens]
        if not going:
            return count
        passes.keep(going, [taken[at] for at in going])
        live = [live[at] for at in going]
        drafts = [
            row.draft(longest=min(longest_draft, max_new_tokens - len(row.chosen) - 1))
            if longest_draft
            else []
            for row in live
        ]
        logits = passes.feed([[row.chosen[-1], *draft] for row, draft in zip(live, drafts, strict=True)])


def _take(
    rows: Sequence[AnswerRow], drafts: Sequence[Sequence[int]], choices: Choices, *, max_new_tokens: int
) -> list[int]:
    """Let each row take what was chosen, up to the first token that is not the proposed one."""
    taken: list[int] = []
    start = 0
    for row, draft in zip(rows, drafts, strict=True):
        row.passes += 1
        count = 0
        for place in range(len(draft) + 1):
            token = choices.tokens[start + place]
            row.take(token, choices.log_probabilities[start + place])
            count += 1
            is_full = row.is_whole or len(row.chosen) >= max_new_tokens
            if is_full or place == len(draft) or token != draft[place]:
                break
        taken.append(count)
        start += len(draft) + 1
    return taken
