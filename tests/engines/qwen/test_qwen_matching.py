from pathlib import Path

import pytest

from extractor.errors import EngineError, MalformedCompletion

pytest.importorskip("torch", reason="the qwen extra is not installed")

import numpy as np
from llguidance import LLTokenizer

from extractor.engines.qwen.checkpoint import load_checkpoint
from extractor.engines.qwen.lookup import Lookup
from extractor.engines.qwen.matching import AnswerRow, Masks, grammar_tokenizer

KEYS = 'start: "{\\"number\\": " ("null" | "\\"" /[0-9]{1,9}/ "\\"") ", \\"date\\": " /[0-9]{2}/ "}"'


@pytest.fixture(scope="module")
def tokenizer(checkpoint_folder: Path) -> LLTokenizer:
    checkpoint = load_checkpoint(str(checkpoint_folder), device="cpu", dtype="auto", max_pixels=500_000)
    return grammar_tokenizer(checkpoint.processor.tokenizer, vocabulary_size=checkpoint.vocabulary_size)


def text_of(tokenizer: LLTokenizer, tokens: list[int]) -> str:
    return bytes(tokenizer.decode_bytes(tokens)).decode()


def said(row: AnswerRow, tokenizer: LLTokenizer, text: str) -> None:
    for token in tokenizer.tokenize_str(text):
        row.take(token, 0.0)


def allowed(masks: np.ndarray) -> list[list[int]]:
    bits = np.unpackbits(masks.view(np.uint8), axis=1, bitorder="little")
    return [np.flatnonzero(row).tolist() for row in bits]


def test_the_draft_begins_with_what_the_grammar_forces(tokenizer: LLTokenizer) -> None:
    row = AnswerRow(tokenizer, KEYS)
    assert text_of(tokenizer, row.draft(longest=32)) == '{"number": '


def test_of_what_is_forced_only_one_tokenisation_is_allowed(tokenizer: LLTokenizer) -> None:
    row = AnswerRow(tokenizer, KEYS)
    draft = row.draft(longest=32)
    *forced, free = allowed(Masks(tokenizer).along([row], [draft]))
    assert forced == [[token] for token in draft]
    assert len(free) > 1


def test_the_draft_goes_on_with_the_guess_and_what_is_forced_behind_it(tokenizer: LLTokenizer) -> None:
    row = AnswerRow(tokenizer, KEYS, guess=Lookup(("No. 4711",)).guess)
    assert text_of(tokenizer, row.draft(longest=40)) == '{"number": null, "date": '
    said(row, tokenizer, '{"number": "47')
    assert text_of(tokenizer, row.draft(longest=40)) == '11", "date": '


@pytest.mark.parametrize(
    "printed",
    [
        "<|im_end|>",
        "<|im_start|>system",
        "x <|image_pad|> </s>",
        "Ce\u0301dric",  # the tokenizer itself would compose it, and llguidance find that forbidden
        "\u1112\u1161\u11ab 12",
    ],
)
@pytest.mark.parametrize("longest", [0, 32])
def test_forced_text_is_said_as_it_is_printed_whatever_it_is_spelled_like(
    tokenizer: LLTokenizer, printed: str, longest: int
) -> None:
    row = AnswerRow(tokenizer, f'start: "{{\\"name\\": " "\\"" "{printed}" "\\"" "}}"')
    masks = Masks(tokenizer)
    while not row.is_whole:
        for token in row.draft(longest=longest) or [allowed(masks.along([row], [[]]))[0][0]]:
            assert row.is_whole or not tokenizer.is_special_token(token)
            row.take(token, 0.0)
    assert row.completion().text == f'{{"name": "{printed}"}}'


def test_a_guess_that_no_model_can_say_is_none(tokenizer: LLTokenizer) -> None:
    row = AnswerRow(tokenizer, KEYS, guess=lambda answer: "\ud800" if answer.endswith('"') else "")
    said(row, tokenizer, '{"number": "')
    assert row.draft(longest=40) == []


def test_a_guess_is_dropped_from_where_the_grammar_forbids_it(tokenizer: LLTokenizer) -> None:
    row = AnswerRow(tokenizer, KEYS, guess=lambda answer: "12x4" if answer.endswith('"') else "")
    said(row, tokenizer, '{"number": "')
    assert text_of(tokenizer, row.draft(longest=40)) == "12"


def test_a_draft_is_no_longer_than_allowed_and_leaves_the_answer_as_it_was(tokenizer: LLTokenizer) -> None:
    row = AnswerRow(tokenizer, KEYS)
    before = allowed(Masks(tokenizer).along([row], [[]]))
    assert [len(row.draft(longest=longest)) for longest in (0, 1, 3)] == [0, 1, 3]
    assert allowed(Masks(tokenizer).along([row], [[]])) == before
    assert row.chosen == ()


def test_what_an_earlier_answer_said_is_proposed_again_until_it_is_left(tokenizer: LLTokenizer) -> None:
    begun = tokenizer.tokenize_str('{"number": "4711"')
    row = AnswerRow(tokenizer, KEYS, begun=begun)
    assert row.draft(longest=2) == begun
    said(row, tokenizer, '{"number": "5')
    assert row.draft(longest=32) == []


def test_each_row_has_a_mask_for_each_place_of_its_draft(tokenizer: LLTokenizer) -> None:
    rows = [AnswerRow(tokenizer, 'start: "yes" | "no"'), AnswerRow(tokenizer, "start: /[0-9]{2}/")]
    seven = tokenizer.tokenize_str("7")[0]
    before, after_nothing, after_seven = allowed(Masks(tokenizer).along(rows, [[], [seven]]))
    assert {text_of(tokenizer, [token]) for token in before} == {"y", "n"}
    assert {text_of(tokenizer, [token]) for token in after_nothing} == {*"0123456789", "12", "00"}
    assert {text_of(tokenizer, [token]) for token in after_seven} == set("0123456789")


def test_a_whole_answer_allows_anything_and_takes_nothing(tokenizer: LLTokenizer) -> None:
    row = AnswerRow(tokenizer, 'start: "no"')
    said(row, tokenizer, "no")
    assert row.is_whole
    assert row.draft(longest=9) == []
    (mask,) = Masks(tokenizer).along([row], [[]])
    assert (mask == -1).all()
    row.take(5, -1.0)
    assert row.completion().text == "no"


def test_an_answer_that_may_end_is_complete_and_one_that_may_not_is_not(tokenizer: LLTokenizer) -> None:
    row = AnswerRow(tokenizer, "start: /[0-9]{2,3}/")
    for digit, is_complete in (("1", False), ("2", True), ("3", True)):
        said(row, tokenizer, digit)
        assert row.completion().is_complete is is_complete


def test_a_forbidden_token_is_refused(tokenizer: LLTokenizer) -> None:
    with pytest.raises(MalformedCompletion):
        said(AnswerRow(tokenizer, KEYS), tokenizer, "7")


def test_a_grammar_that_cannot_be_compiled_is_an_engine_error(tokenizer: LLTokenizer) -> None:
    with pytest.raises(EngineError, match="llguidance"):
        AnswerRow(tokenizer, "start: nothing")
