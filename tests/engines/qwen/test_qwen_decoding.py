import random
from itertools import product
from pathlib import Path

import pytest

from extractor.engines.qwen.answer import read_answer
from extractor.engines.qwen.grammar import grammar_for
from extractor.engines.qwen.page_text import text_of
from extractor.engines.qwen.shape import shape_of
from extractor.errors import EngineError, MalformedCompletion
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch
from llguidance import LLTokenizer, TokenizerWrapper

from extractor.engines.qwen.checkpoint import load_checkpoint
from extractor.engines.qwen.decoding import Following, GrammarRows
from extractor.engines.qwen.matching import grammar_tokenizer

YES_OR_NO = 'start: "yes" | "no"'
DIGITS = "start: /[0-9]{3}/"


class Steps:
    """Plays the model: equal logits, and the tokens that the test chooses."""

    def __init__(self, folder: Path, *grammars: str) -> None:
        checkpoint = load_checkpoint(str(folder), device="cpu", dtype="auto", max_pixels=500_000)
        self.tokenizer = checkpoint.processor.tokenizer
        self.vocabulary_size = checkpoint.vocabulary_size
        self.rows = GrammarRows(
            grammar_tokenizer(self.tokenizer, vocabulary_size=self.vocabulary_size), grammars
        )
        self._following = Following(self.rows)
        self._ids = torch.zeros((len(grammars), 1), dtype=torch.long)

    def token(self, text: str) -> int:
        return int(self.tokenizer.convert_tokens_to_ids(text))

    def allowed(self) -> list[set[str]]:
        logits = self.rows(self._ids, torch.zeros((len(self._ids), self.vocabulary_size)))
        names = self.tokenizer.convert_ids_to_tokens
        return [set(names(torch.isfinite(row).nonzero().flatten().tolist())) - {None} for row in logits]

    def choose(self, *texts: str) -> list[bool]:
        chosen = torch.tensor([[self.token(text)] for text in texts])
        self._ids = torch.cat((self._ids, chosen), dim=1)
        done: list[bool] = self._following(self._ids, None).tolist()
        return done


def test_each_row_is_held_to_its_own_grammar(checkpoint_folder: Path) -> None:
    steps = Steps(checkpoint_folder, YES_OR_NO, DIGITS)
    words, digits = steps.allowed()
    assert words == {"y", "n"}
    assert digits == {*"0123456789", "12", "00"}


def test_a_row_is_done_as_soon_as_its_answer_is_whole_and_then_left_alone(checkpoint_folder: Path) -> None:
    steps = Steps(checkpoint_folder, YES_OR_NO, DIGITS)
    steps.allowed()
    assert steps.choose("n", "00") == [False, False]
    steps.allowed()
    assert steps.choose("o", "7") == [True, True]
    longer = Steps(checkpoint_folder, YES_OR_NO, DIGITS)
    for word, digit, is_done in (("n", "1", False), ("o", "2", True), ("<|endoftext|>", "3", True)):
        longer.allowed()
        assert longer.choose(word, digit)[0] is is_done
    assert [completion.text for completion in longer.rows.completions()] == ["no", "123"]
    assert all(completion.is_complete for completion in longer.rows.completions())


def test_an_answer_that_was_cut_off_is_not_complete(checkpoint_folder: Path) -> None:
    steps = Steps(checkpoint_folder, YES_OR_NO, DIGITS)
    for word, digit in (("y", "1"), ("e", "2")):
        steps.allowed()
        steps.choose(word, digit)
    cut, also_cut = steps.rows.completions()
    assert (cut.text, cut.is_complete) == ("ye", False)
    assert (also_cut.text, also_cut.is_complete) == ("12", False)


def test_tokens_carry_their_probability_among_those_allowed(checkpoint_folder: Path) -> None:
    steps = Steps(checkpoint_folder, YES_OR_NO)
    steps.allowed()
    steps.choose("y")
    steps.allowed()
    steps.choose("e")
    free, forced = steps.rows.completions()[0].tokens
    assert free.log_probability == pytest.approx(-0.6931, abs=1e-3)  # one of two
    assert forced.log_probability == pytest.approx(0.0)
    assert [(token.start, token.end) for token in (free, forced)] == [(0, 1), (1, 2)]


def test_offsets_count_bytes(checkpoint_folder: Path) -> None:
    steps = Steps(checkpoint_folder, 'start: "é7"')
    for _ in range(3):
        (only,) = steps.allowed()
        steps.choose(only.pop())
    (completion,) = steps.rows.completions()
    assert completion.text == "é7"
    assert [token.end for token in completion.tokens] == [1, 2, 3]


def test_starting_anew_forgets_what_was_chosen(checkpoint_folder: Path) -> None:
    steps = Steps(checkpoint_folder, YES_OR_NO)
    steps.allowed()
    steps.choose("y")
    steps.rows.reset()
    assert steps.allowed() == [{"y", "n"}]
    assert steps.rows.completions()[0].text == ""


def test_a_forbidden_token_is_refused(checkpoint_folder: Path) -> None:
    steps = Steps(checkpoint_folder, YES_OR_NO)
    steps.allowed()
    with pytest.raises(MalformedCompletion):
        steps.choose("7")


def test_a_grammar_that_cannot_be_compiled_is_an_engine_error(checkpoint_folder: Path) -> None:
    with pytest.raises(EngineError, match="llguidance"):
        Steps(checkpoint_folder, "start: nothing")


class LargeVocabulary:
    """A tokenizer of 119,000 tokens: bytes, letter pairs and words, about as many as Qwen has."""

    eos_token_id = 256
    bos_token_id = None
    special_token_ids = (256,)

    def __init__(self) -> None:
        letters = "etaoinshrdlcumwf"
        runs = ("".join(run) for length in (2, 3, 4) for run in product(letters, repeat=length))
        words = [start + run for run in runs for start in ("", " ")]
        words = words[: 119_000 - 257]
        self.tokens = (
            *(bytes([value]) for value in range(256)),
            b"<end>",
            *(word.encode() for word in words),
        )

    def __call__(self, text: bytes | str) -> list[int]:
        return list(text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize("name", ["invoice", "contract"])
def test_a_full_page_stays_within_the_limits_of_a_full_vocabulary(name: str) -> None:
    tokenizer = LLTokenizer(TokenizerWrapper(LargeVocabulary()))
    chance = random.Random(5)  # noqa: S311 - repeatable, not secret
    names = ["".join(chance.choices("etaoinshrdlc", k=chance.randint(2, 9))) for _ in range(300)]
    chinese = ["".join(chance.choices("开票日期发号码购买方名称合同金额税率", k=3)) for _ in range(100)]
    figures = [f"{chance.randint(1, 9999)},{chance.randint(10, 99)}" for _ in range(100)]
    words = tuple(
        Word(text=text, box=Box(60 * column, 12 * row, 60 * column + 50, 12 * row + 10))
        for row in range(150)
        for column in range(10)
        for text in [chance.choice([*names, *chinese, *figures])]
    )
    shape = shape_of(load_spec(name))
    text = text_of(Page(number=1, width=600, height=1900, words=words))
    rows = GrammarRows(tokenizer, [grammar_for(shape, text, max_rows=20)])
    ids, logits = torch.zeros((1, 1), dtype=torch.long), torch.zeros((1, tokenizer.vocab_size))
    is_whole = False
    while not is_whole:
        allowed = torch.isfinite(rows(ids, logits)[0]).nonzero().flatten().tolist()
        (is_whole,) = rows.follow([chance.choice(allowed)])
    assert read_answer(rows.completions()[0].text, shape)


def test_as_many_rows_as_grammars_are_needed(checkpoint_folder: Path) -> None:
    steps = Steps(checkpoint_folder, YES_OR_NO)
    with pytest.raises(ValueError, match="1 grammars for 2 rows"):
        steps.rows(torch.zeros((2, 1), dtype=torch.long), torch.zeros((2, steps.vocabulary_size)))
