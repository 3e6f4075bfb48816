from math import log

import pytest

from extractor.engines.qwen.answer import PrintedText
from extractor.engines.qwen.completion import Completion, Token
from extractor.engines.qwen.probability import Probabilities

ANSWER = '{"ä": "Ü-1", "b": "2"}'


def token(text: str, probability: float) -> Token:
    start = len(ANSWER[: ANSWER.index(text)].encode())
    return Token(start=start, end=start + len(text.encode()), log_probability=log(probability))


def printed(text: str) -> PrintedText:
    start = ANSWER.index(text)
    return PrintedText(text=text.strip('"'), start=start, end=start + len(text))


def test_only_the_tokens_of_the_text_itself_count() -> None:
    tokens = (token('{"ä": ', 0.1), token('"Ü-', 0.5), token('1"', 0.8), token(', "b": ', 0.1))
    probabilities = Probabilities(Completion(text=ANSWER, tokens=tokens))
    assert probabilities.of(printed('"Ü-1"')) == pytest.approx(0.4)


def test_a_token_that_reaches_into_the_text_counts() -> None:
    tokens = (token('{"ä": "Ü', 0.5), token('-1", "b"', 0.5))
    assert Probabilities(Completion(text=ANSWER, tokens=tokens)).of(printed('"Ü-1"')) == pytest.approx(0.25)


def test_a_model_that_tells_nothing_is_fairly_sure() -> None:
    assert Probabilities(Completion(text=ANSWER)).of(printed('"2"')) == 0.75
