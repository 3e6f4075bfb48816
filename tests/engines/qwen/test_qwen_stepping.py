"""The loop over a stand-in whose choices the test knows; the real model is in test_qwen_generation."""

from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from decoding.stand_in import StandIn
from llguidance import LLTokenizer

from extractor.engines.qwen.checkpoint import load_checkpoint
from extractor.engines.qwen.lookup import Lookup
from extractor.engines.qwen.matching import AnswerRow, Masks, grammar_tokenizer
from extractor.engines.qwen.stepping import decode

LEAF = '("null" | "\\"" /[A-Za-z0-9 .-]{1,40}/ "\\"")'
GRAMMAR = f'start: "{{\\"seller\\": " {LEAF} ", \\"number\\": " {LEAF} ", \\"date\\": " {LEAF} "}}"'
PRINT = ("Harrow and Fenn Ltd.", "INV-2024-00417", "Brook Trading GmbH", "2026-118", "5 March 2026")
ANSWERS = (
    '{"seller": "Harrow and Fenn Ltd.", "number": "INV-2024-00417", "date": "5 March 2026"}',
    '{"seller": "Brook Trading GmbH", "number": null, "date": null}',
    '{"seller": null, "number": "2026-118", "date": "not printed at all"}',
)


@pytest.fixture(scope="module")
def tokenizer(checkpoint_folder: Path) -> LLTokenizer:
    checkpoint = load_checkpoint(str(checkpoint_folder), device="cpu", dtype="auto", max_pixels=500_000)
    return grammar_tokenizer(checkpoint.processor.tokenizer, vocabulary_size=checkpoint.vocabulary_size)


def decoded(
    tokenizer: LLTokenizer, answers: Sequence[str], *, longest_draft: int, room: int = 500
) -> tuple[list[AnswerRow], int]:
    rows = [AnswerRow(tokenizer, GRAMMAR, guess=Lookup(PRINT).guess) for _ in answers]
    model = StandIn(tokenizer, answers)
    count = decode(
        model,
        model.first(),
        rows,
        masks=Masks(tokenizer),
        max_new_tokens=room,
        longest_draft=longest_draft,
    )
    return rows, count


@pytest.mark.parametrize("longest_draft", [1, 2, 7, 32])
def test_drafts_change_the_number_of_passes_and_nothing_else(
    tokenizer: LLTokenizer, longest_draft: int
) -> None:
    plain, plain_count = decoded(tokenizer, ANSWERS, longest_draft=0)
    fast, fast_count = decoded(tokenizer, ANSWERS, longest_draft=longest_draft)
    assert [row.chosen for row in fast] == [row.chosen for row in plain]
    assert [row.completion().text for row in fast] == list(ANSWERS)
    assert fast_count < plain_count


def test_the_plain_loop_takes_one_pass_a_token(tokenizer: LLTokenizer) -> None:
    (row,), count = decoded(tokenizer, ANSWERS[:1], longest_draft=0)
    assert count == row.passes == len(row.chosen)


def test_print_and_forced_text_save_most_passes(tokenizer: LLTokenizer) -> None:
    (row,), count = decoded(tokenizer, ANSWERS[:1], longest_draft=32)
    assert count <= len(row.chosen) / 4


def test_a_row_that_is_done_is_not_fed_any_more(tokenizer: LLTokenizer) -> None:
    rows, count = decoded(tokenizer, ANSWERS, longest_draft=32)
    assert max(row.passes for row in rows) == count
    assert min(row.passes for row in rows) < count


@pytest.mark.parametrize("longest_draft", [0, 32])
def test_an_answer_is_cut_off_at_the_limit_and_not_behind_it(
    tokenizer: LLTokenizer, longest_draft: int
) -> None:
    whole = decoded(tokenizer, ANSWERS[:1], longest_draft=0)[0][0].chosen
    for room in (1, 2, 30, len(whole) - 1):
        (row,), _ = decoded(tokenizer, ANSWERS[:1], longest_draft=longest_draft, room=room)
        assert row.chosen == whole[:room]
        assert not row.completion().is_complete
    (row,), _ = decoded(tokenizer, ANSWERS[:1], longest_draft=longest_draft, room=len(whole))
    assert row.completion().is_complete


def test_forced_tokens_are_certain(tokenizer: LLTokenizer) -> None:
    (row,), _ = decoded(tokenizer, ANSWERS[:1], longest_draft=32)
    told = row.completion()
    before_value = [token for token in told.tokens if token.end <= len('{"seller":')]
    assert [token.log_probability for token in before_value] == [0.0] * len(before_value)
    assert any(token.log_probability < 0 for token in told.tokens)


def test_sampling_follows_the_masks_and_the_probabilities(tokenizer: LLTokenizer) -> None:
    """Both answers are as likely as the other; drafts propose only one of them."""
    grammar = 'start: "a" ("null" | "none") "b"'

    class Even:
        def feed(self, tokens: Sequence[Sequence[int]]) -> list[torch.Tensor]:
            return [torch.zeros((len(each), tokenizer.vocab_size)) for each in tokens]

        def keep(self, rows: Sequence[int], counts: Sequence[int]) -> None:
            """Keep nothing: the logits are always the same."""

    def answers(longest_draft: int) -> list[str]:
        torch.manual_seed(2)
        rows = [
            AnswerRow(tokenizer, grammar, guess=lambda answer: "null" if answer == "a" else "")
            for _ in range(600)
        ]
        first = [torch.zeros((1, tokenizer.vocab_size)) for _ in rows]
        decode(
            Even(), first, rows, masks=Masks(tokenizer), max_new_tokens=9, temperature=1.0,
            longest_draft=longest_draft,
        )  # fmt: skip
        return [row.completion().text for row in rows]

    drafted, plain = answers(32), answers(0)
    assert set(drafted) == set(plain) == {"anullb", "anoneb"}
    assert drafted.count("anullb") / 600 == pytest.approx(plain.count("anullb") / 600, abs=0.08)
