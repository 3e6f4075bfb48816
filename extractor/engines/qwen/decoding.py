"""Hold each row of a batch to its own grammar while the model generates.

The only module that imports llguidance. Masks are applied eagerly: llguidance's own
torch kernel is compiled, which costs seconds at first use and gains nothing on a CPU.
"""

from collections.abc import Sequence

import numpy as np
import torch
from llguidance import LLMatcher, LLParserLimits, LLTokenizer
from llguidance.hf import from_tokenizer
from llguidance.numpy import allocate_token_bitmask, fill_next_token_bitmask
from outlines.processors import OutlinesLogitsProcessor
from transformers import PreTrainedTokenizerFast, StoppingCriteria

from extractor.engines.qwen.completion import Completion, Token
from extractor.errors import EngineError, MalformedCompletion


def grammar_tokenizer(tokenizer: PreTrainedTokenizerFast, *, vocabulary_size: int) -> LLTokenizer:
    """Return llguidance's view of a tokenizer. Takes 1–2 s at Qwen's size: make it once a model."""
    return from_tokenizer(tokenizer, n_vocab=vocabulary_size)


def _limits() -> LLParserLimits:
    """Return limits that a page of 100,000 characters stays within.

    Its words are not run through the whole vocabulary beforehand: that costs more than all steps do.
    """
    return LLParserLimits(
        precompute_large_lexemes=False, initial_lexer_fuel=20_000_000, step_lexer_fuel=5_000_000
    )


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
        self.reset()

    def reset(self) -> None:
        """Start all rows anew.

        Raises:
            EngineError: a grammar is beyond llguidance's limits.
        """
        self._rows = [_Row(self._tokenizer, grammar) for grammar in self._grammars]
        self._bitmask = allocate_token_bitmask(len(self._rows), self._tokenizer.vocab_size)
        self._log_probabilities: torch.Tensor | None = None

    def process_logits(self, input_ids: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
        """Return the logits with minus infinity for every token that a row's grammar forbids."""
        if len(input_ids) != len(self._rows):
            raise ValueError(f"{len(self._rows)} grammars for {len(input_ids)} rows")
        for index, row in enumerate(self._rows):
            row.fill(self._bitmask, index)
        bits = np.unpackbits(self._bitmask.view(np.uint8), axis=1, bitorder="little")[:, : logits.shape[1]]
        allowed = torch.from_numpy(bits.astype(bool)).to(logits.device)
        masked = logits.masked_fill(~allowed, float("-inf"))
        self._log_probabilities = torch.log_softmax(masked.float(), dim=-1)
        return masked

    def follow(self, chosen: Sequence[int]) -> list[bool]:
        """Take each row's chosen token; say for each row whether its answer is whole now."""
        if self._log_probabilities is None:
            raise ValueError("tokens can be followed only after logits were processed")
        picked = torch.tensor(chosen, device=self._log_probabilities.device).unsqueeze(1)
        likely = self._log_probabilities.gather(1, picked).squeeze(1).tolist()
        for row, token, log_probability in zip(self._rows, chosen, likely, strict=True):
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


class _Row:
    """One row's matcher and the tokens it has taken."""

    def __init__(self, tokenizer: LLTokenizer, grammar: str) -> None:
        self._tokenizer = tokenizer
        self._matcher = LLMatcher(tokenizer, grammar, limits=_limits())
        self._refuse_errors("the page's grammar is too large for llguidance")
        self._answer = bytearray()
        self._tokens: list[Token] = []

    @property
    def is_whole(self) -> bool:
        return bool(self._matcher.is_stopped())

    def fill(self, bitmask: np.ndarray, index: int) -> None:
        """Write the allowed tokens; all of them once the answer is whole (what comes is padding)."""
        if self.is_whole:
            bitmask[index] = -1
        else:
            fill_next_token_bitmask(self._matcher, bitmask, index)
            self._refuse_errors("the page's grammar became too complex for llguidance")

    def take(self, token: int, log_probability: float) -> None:
        """Follow a token.

        Raises:
            MalformedCompletion: the grammar forbids it (another processor changed the logits).
        """
        if self.is_whole:
            return
        if not self._matcher.consume_token(token):
            raise MalformedCompletion(
                f"the model chose a token that its grammar forbids: {self._matcher.get_error()}"
            )
        if not self._tokenizer.is_special_token(token):
            start = len(self._answer)
            self._answer += self._tokenizer.decode_bytes([token])
            self._tokens.append(Token(start=start, end=len(self._answer), log_probability=log_probability))

    def completion(self) -> Completion:
        is_complete = self.is_whole or bool(self._matcher.is_accepting())
        return Completion(
            text=self._answer.decode(errors="ignore"), tokens=tuple(self._tokens), is_complete=is_complete
        )

    def _refuse_errors(self, what: str) -> None:
        if self._matcher.is_error():
            raise EngineError(f"{what}: {self._matcher.get_error().splitlines()[0]}")
