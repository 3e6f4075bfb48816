import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.qwen.completion import Token
from extractor.engines.servers.likelihood import bytes_of, tokens_of


def test_tokens_are_laid_along_the_answer() -> None:
    told = [(b"A-", -0.5), ("€".encode(), 0.0)]
    assert tokens_of("A-€", told) == (
        Token(start=0, end=2, log_probability=-0.5),
        Token(start=2, end=5, log_probability=0.0),
    )


@pytest.mark.parametrize(
    "told",
    [
        [(b"A", 0.0)],
        [(b"B", 0.0), (b"-", 0.0)],
        [(b" A-", 0.0)],
        [(b"A-B", 0.0)],
        [],
    ],
    ids=["too short", "others", "before it", "past its end", "none"],
)
def test_tokens_that_do_not_spell_the_answer_say_nothing(told: list[tuple[bytes, float]]) -> None:
    assert tokens_of("A-", told) == ()


def test_an_end_mark_after_the_answer_is_no_fault() -> None:
    assert len(tokens_of("A", [(b"A", -1.0), (b"<|im_end|>", 0.0)])) == 1


def test_no_probability_is_above_one() -> None:
    assert tokens_of("A", [(b"A", 0.3)])[0].log_probability == 0.0


@given(st.text(), st.lists(st.integers(min_value=1, max_value=4), max_size=40))
def test_any_cut_of_the_answer_covers_it(answer: str, lengths: list[int]) -> None:
    whole, told, at = answer.encode(errors="replace"), [], 0
    for length in [*lengths, len(whole)]:
        told.append((whole[at : at + length], -0.1))
        at += length
    tokens = tokens_of(whole.decode(), told)
    assert b"".join(whole[each.start : each.end] for each in tokens) == whole


@pytest.mark.parametrize(
    ("token", "given_bytes", "meant"),
    [
        ("A", [65], b"A"),
        ("\ufffd", [0xE2, 0x82], b"\xe2\x82"),
        ("€", None, b"\xe2\x82\xac"),
        ("A", [256], b"A"),
        ("A", ["x"], b"A"),
        (None, None, b""),
    ],
)
def test_a_tokens_bytes_are_those_given_else_those_of_its_text(
    token: object, given_bytes: list[object] | None, meant: bytes
) -> None:
    assert bytes_of(token, given_bytes) == meant


def test_a_probability_that_is_no_number_says_nothing() -> None:
    assert tokens_of("ab", [(b"a", -0.1), (b"b", float("nan"))]) == ()
