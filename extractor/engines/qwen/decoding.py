"""Hold each row of a batch to its own grammar while `generate` of transformers chooses tokens.

The plain loop, one token a pass, through Outlines. Masks are applied eagerly: llguidance's
own torch kernel is compiled, which costs seconds at first use and gains nothing on a CPU.
"""

from collections.abc import Sequence

import torch
from llguidance import LLTokenizer
from outlines.processors import OutlinesLogitsProcessor
from transformers import StoppingCriteria

from extractor.engines.qwen.choosing import allow_only
from extractor.engines.qwen.completion import Completion
from extractor.engines.qwen.matching import AnswerRow, Masks


class GrammarRows(OutlinesLogitsProcessor):
    """One grammar a row: masks the logits before a token is chosen, follows it afterwards.

    A row whose answer is whole is left alone, while others of the batch go on.
    """

    def __init__(self, tokenizer: LLTokenizer, grammars: Sequence[str]) -> None:
        """Compile the grammars.

        Raises:
            EngineError: a grammar is beyond llguidance's limits.
        """
        super().__init__("torch")
        self._tokenizer = tokenizer
        self._grammars = tuple(grammars)
        self._masks = Masks(tokenizer)
        self.reset()

    def reset(self) -> None:
        """Start all rows anew.

        Raises:
            EngineError: a grammar is beyond llguidance's limits.
        """
        self._rows = [AnswerRow(self._tokenizer, grammar) for grammar in self._grammars]
        self._log_probabilities: torch.Tensor | None = None

    def process_logits(self, input_ids: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
        """Return the logits with minus infinity for every token that a row's grammar forbids."""
        if len(input_ids) != len(self._rows):
            raise ValueError(f"{len(self._rows)} grammars for {len(input_ids)} rows")
        masked = allow_only(logits, self._masks.along(self._rows, [()] * len(self._rows)))
        self._log_probabilities = torch.log_softmax(masked.float(), dim=-1)
        return masked

    def follow(self, chosen: Sequence[int]) -> list[bool]:
        """Take each row's chosen token; say for each row whether its answer is whole now."""
        if self._log_probabilities is None:
            raise ValueError("tokens can be followed only after logits were processed")
        picked = torch.tensor(chosen, device=self._log_probabilities.device).unsqueeze(1)
        likely = self._log_probabilities.gather(1, picked).squeeze(1).tolist()
        for row, token, log_probability in zip(self._rows, chosen, likely, strict=True):
            row.passes += 0 if row.is_whole else 1
            row.take(token, log_probability)
        return [row.is_whole for row in self._rows]

    def completions(self) -> list[Completion]:
        """Return what the rows have come to."""
        return [row.completion() for row in self._rows]


class Following(StoppingCriteria):
    """Hands every chosen token to the grammars, and stops rows whose answer is whole."""

    def __init__(self, rows: GrammarRows) -> None:
        """Take the rows to tell."""
        self._rows = rows

    def __call__(self, input_ids: torch.Tensor, _scores: object, **_: object) -> torch.Tensor:
        """Return for each row whether it is done."""
        is_whole = self._rows.follow(input_ids[:, -1].tolist())
        return torch.tensor(is_whole, device=input_ids.device)
