"""How sure a model was of a text: the probability of the tokens that its JSON string took."""

from math import exp

from extractor.engines.qwen.answer import PrintedText
from extractor.engines.qwen.completion import Completion

_UNTOLD = 0.75  # where a model does not tell how sure it was


class Probabilities:
    """The probabilities of one answer's texts, 0..1."""

    def __init__(self, completion: Completion) -> None:
        """Take the answer with its tokens."""
        self._tokens = completion.tokens
        self._bytes_before = _byte_offsets(completion.text)

    def of(self, found: PrintedText) -> float:
        """Return the probability of the text's own tokens together."""
        if not self._tokens:
            return _UNTOLD
        start, end = self._bytes_before[found.start], self._bytes_before[found.end]
        taken = (each for each in self._tokens if each.start < end and each.end > start)
        return min(1.0, exp(sum(token.log_probability for token in taken)))


def _byte_offsets(text: str) -> list[int]:
    """Return for each character of the text (and its end) how many bytes stand before it."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + len(character.encode()))
    return offsets
