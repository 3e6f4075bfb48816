"""How sure a server says that its model was of each token."""

from collections.abc import Iterable, Sequence
from math import isnan

from extractor.engines.qwen.completion import Token


def tokens_of(answer: str, told: Iterable[tuple[bytes, float]]) -> tuple[Token, ...]:
    """Return the answer's tokens from their bytes and their probability's logarithm.

    Nothing where the tokens do not spell the answer: servers cut characters of several
    bytes, or count what stands before the answer. An end mark may follow it. Nothing either
    where a logarithm is no number.
    """
    whole = answer.encode()
    tokens: list[Token] = []
    at = 0
    for piece, log_probability in told:
        if at == len(whole):
            break
        if not whole.startswith(piece, at) or isnan(log_probability):
            return ()
        tokens.append(Token(start=at, end=at + len(piece), log_probability=min(0.0, log_probability)))
        at += len(piece)
    return tuple(tokens) if at == len(whole) else ()


def bytes_of(token: object, given: Sequence[object] | None) -> bytes:
    """Return a token's bytes: those given as numbers, else those of its text."""
    if given and all(isinstance(each, int) and 0 <= each < 256 for each in given):  # noqa: PLR2004 - a byte
        return bytes(each for each in given if isinstance(each, int))
    return token.encode(errors="replace") if isinstance(token, str) else b""
