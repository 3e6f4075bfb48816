"""A stand-in for the model: of all tokens, the next one of the true answer is the likeliest."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from llguidance import LLTokenizer

_NONE = -1  # where what was said is not true, no token is likelier than another
_LONGEST_TOKEN = 200  # bytes: so much decides what the next token is


@dataclass(slots=True, kw_only=True)
class _Row:
    truth: bytes
    said: bytes = b""
    fed: list[int] = field(default_factory=list)


class StandIn:
    """Answers as `ModelPasses` does, without a model."""

    def __init__(self, tokenizer: LLTokenizer, answers: Sequence[str]) -> None:
        """Take the true answers, one a row."""
        self._tokenizer = tokenizer
        self._rows = [_Row(truth=answer.encode()) for answer in answers]

    def first(self) -> list[torch.Tensor]:
        """Return each row's logits after its prompt."""
        return [self._logits(row, [0]) for row in self._rows]

    def feed(self, tokens: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """Append these tokens; return each row's logits after each token."""
        for row, each in zip(self._rows, tokens, strict=True):
            row.fed = list(each)
        return [self._logits(row, range(1, len(row.fed) + 1)) for row in self._rows]

    def keep(self, rows: Sequence[int], counts: Sequence[int]) -> None:
        """Go on with these rows only, and with so many tokens of the last ones."""
        self._rows = [self._rows[at] for at in rows]
        for row, count in zip(self._rows, counts, strict=True):
            row.said += self._tokenizer.decode_bytes(row.fed[:count])
            row.fed = []

    def _logits(self, row: _Row, counts: Sequence[int]) -> torch.Tensor:
        """Return the logits after the first so many of the tokens that were fed last."""
        likeliest = torch.full((len(counts), 1), _NONE)
        for place, count in enumerate(counts):
            said = row.said + self._tokenizer.decode_bytes(row.fed[:count])
            if row.truth.startswith(said) and said != row.truth:
                rest = row.truth[len(said) : len(said) + _LONGEST_TOKEN]
                likeliest[place] = self._tokenizer.tokenize_bytes(rest)[0]
        return (torch.arange(self._tokenizer.vocab_size) == likeliest).float()
