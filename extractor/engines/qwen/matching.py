"""One answer under its grammar: what may come next, what must come next, what has come.

The only module that works with llguidance. Text that the grammar forces has one tokenisation
only, the tokenizer's own: llguidance masks every other token. So a forced token is forced in
every loop that obeys the masks, token by token or many at once.
"""

import json
from collections.abc import Callable, Sequence
from copy import copy

import numpy as np
from llguidance import LLExecutor, LLMatcher, LLParserLimits, LLTokenizer
from llguidance.numpy import (
    allocate_token_bitmask,
    fill_next_token_bitmask_par,
    fill_next_token_bitmask_par_with_draft_tokens,
)
from transformers import PreTrainedTokenizerFast

from extractor.engines.qwen.completion import Completion, Token
from extractor.errors import EngineError, MalformedCompletion

_UNPRINTED = "\x00"  # stands in no JSON string, so no text is a token that begins with it
_LONGEST_AGAIN = 256  # tokens of an earlier answer that are proposed at once: they are most likely right

Guess = Callable[[str], str]  # an unfinished answer → how it may go on, or nothing


def grammar_tokenizer(tokenizer: PreTrainedTokenizerFast, *, vocabulary_size: int) -> LLTokenizer:
    """Return llguidance's view of a tokenizer. Takes 1–2 s at Qwen's size: make it once a model.

    All text is print to it, also what is spelled like a special token, and its characters are
    the page's own: the tokenizer itself would take the one for the token, compose the others
    (NFC), and so make tokens of forced text that the grammar forbids.
    """
    backend = copy(tokenizer.backend_tokenizer)
    backend.no_padding()
    backend.no_truncation()
    described = json.loads(backend.to_str())
    described["normalizer"] = None
    vocabulary = described["model"]["vocab"]
    for token in described["added_tokens"]:
        spelling = token["content"]
        token["content"] = f"{_UNPRINTED}{spelling}"
        if spelling in vocabulary:
            vocabulary[token["content"]] = vocabulary.pop(spelling)
    return LLTokenizer(json.dumps(described), n_vocab=vocabulary_size, eos_token=tokenizer.eos_token_id)


def _limits() -> LLParserLimits:
    """Return limits that a page of 100,000 characters stays within.

    Its words are not run through the whole vocabulary beforehand: that costs more than all steps do.
    """
    return LLParserLimits(
        precompute_large_lexemes=False, initial_lexer_fuel=20_000_000, step_lexer_fuel=5_000_000
    )


def no_guess(_answer: str) -> str:
    """Guess nothing."""
    return ""


class AnswerRow:
    """A matcher and the tokens that it has taken."""

    def __init__(
        self,
        tokenizer: LLTokenizer,
        grammar: str,
        *,
        guess: Guess = no_guess,
        begun: Sequence[int] = (),
    ) -> None:
        """Compile the grammar. `begun` are the first tokens of an earlier answer, to be proposed again.

        Raises:
            EngineError: the grammar is beyond llguidance's limits.
        """
        self._tokenizer = tokenizer
        self.matcher = LLMatcher(tokenizer, grammar, limits=_limits())
        _refuse_errors(self.matcher, "the page's grammar is too large for llguidance")
        self._guess = guess
        self._begun = tuple(begun)
        self._answer = bytearray()
        self._tokens: list[Token] = []
        self._chosen: list[int] = []
        self.passes = 0  # counted by whoever runs the model

    @property
    def is_whole(self) -> bool:
        """Say whether nothing can follow."""
        return bool(self.matcher.is_stopped())

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the tokens so far."""
        return tuple(self._chosen)

    def draft(self, *, longest: int) -> list[int]:
        """Return tokens that may well come next, all of them allowed: what is forced, and what is guessed."""
        if self._begun[: len(self._chosen)] == tuple(self._chosen) and len(self._begun) > len(self._chosen):
            again = list(self._begun[len(self._chosen) :][:_LONGEST_AGAIN])
            return again[: self.matcher.validate_tokens(again)]
        draft: list[int] = []
        answer = bytearray(self._answer)
        while len(draft) < longest and not self.matcher.is_stopped():
            following = self.matcher.compute_ff_tokens() or self._guessed(answer.decode(errors="ignore"))
            taken = self.matcher.try_consume_tokens(following[: longest - len(draft)])
            if taken == 0:
                break
            draft += following[:taken]
            answer += self._tokenizer.decode_bytes(following[:taken])
        self.matcher.rollback(len(draft))
        _refuse_errors(self.matcher, "the page's grammar became too complex for llguidance")
        return draft

    def _guessed(self, answer: str) -> list[int]:
        """Return the guess as tokens, as far as the grammar allows it.

        The text that the grammar forces after the guess is made tokens along with it: a quote and
        the comma behind it are one token.
        """
        guess = self._guess(answer).encode(errors="ignore")  # halves of characters cannot be said
        if not guess:
            return []
        tokens: list[int] = self._tokenizer.tokenize_bytes(guess)
        allowed = self.matcher.validate_tokens(tokens)
        if allowed < len(tokens):
            return tokens[:allowed]
        self.matcher.try_consume_tokens(tokens)
        forced = self.matcher.compute_ff_bytes()
        self.matcher.rollback(len(tokens))
        joined: list[int] = self._tokenizer.tokenize_bytes(guess + forced)[:-1]
        longer = joined[: self.matcher.validate_tokens(joined)]
        return longer if len(self._tokenizer.decode_bytes(longer)) >= len(guess) else tokens

    def take(self, token: int, log_probability: float) -> None:
        """Follow a token; what comes after a whole answer is padding, and left alone.

        Raises:
            MalformedCompletion: the grammar forbids it (something else changed the logits).
        """
        if self.is_whole:
            return
        if not self.matcher.consume_token(token):
            raise MalformedCompletion(
                f"the model chose a token that its grammar forbids: {self.matcher.get_error()}"
            )
        self._chosen.append(token)
        if not self._tokenizer.is_special_token(token):
            start = len(self._answer)
            self._answer += self._tokenizer.decode_bytes([token])
            self._tokens.append(Token(start=start, end=len(self._answer), log_probability=log_probability))

    def completion(self) -> Completion:
        """Return what the answer has come to."""
        return Completion(
            text=self._answer.decode(errors="ignore"),
            tokens=tuple(self._tokens),
            is_complete=self.is_whole or bool(self.matcher.is_accepting()),
            passes=self.passes,
        )


class Masks:
    """Computes which tokens are allowed, for several answers at once."""

    def __init__(self, tokenizer: LLTokenizer) -> None:
        """Take the tokenizer that the answers' grammars were compiled with."""
        self._size = tokenizer.vocab_size
        self._executor = LLExecutor()

    def along(self, rows: Sequence[AnswerRow], drafts: Sequence[Sequence[int]]) -> np.ndarray:
        """Return for each row one mask a position: before its draft, and after each token of it.

        A mask is 32 tokens a number. All tokens are allowed where the answer is whole.

        Raises:
            EngineError: a grammar became too complex.
        """
        starts = np.cumsum([0, *(len(draft) + 1 for draft in drafts)])
        masks: np.ndarray = allocate_token_bitmask(int(starts[-1]), self._size)
        asked = [
            (row.matcher, int(start), list(draft))
            for row, start, draft in zip(rows, starts[:-1], drafts, strict=True)
            if not row.is_whole
        ]
        at_once = [(matcher, start) for matcher, start, draft in asked if not draft]
        along_drafts = [each for each in asked if each[2]]
        if at_once:
            fill_next_token_bitmask_par(self._executor, at_once, masks)
        if along_drafts:
            fill_next_token_bitmask_par_with_draft_tokens(self._executor, along_drafts, masks)
        for matcher, _, _ in asked:
            _refuse_errors(matcher, "the page's grammar became too complex for llguidance")
        return masks


def _refuse_errors(matcher: LLMatcher, what: str) -> None:
    if matcher.is_error():
        raise EngineError(f"{what}: {matcher.get_error().splitlines()[0]}")
