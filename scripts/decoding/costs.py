"""What a page's grammar costs at the size of Qwen's vocabulary, and how many passes are saved there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random
from statistics import mean, median
from time import process_time

import numpy as np
from llguidance import LLTokenizer
from synthesis.invoice import GeneratedInvoice

from decoding.answers import answered_pages, invoices
from decoding.stand_in import StandIn
from decoding.vocabulary import LOGITS, tokenizer_from
from extractor.documents.opening import open_document
from extractor.engines.qwen.grammar import grammar_for
from extractor.engines.qwen.lookup import Lookup
from extractor.engines.qwen.matching import AnswerRow, Masks, grammar_tokenizer
from extractor.engines.qwen.page_text import text_of
from extractor.engines.qwen.shape import shape_of
from extractor.engines.qwen.stepping import LONGEST_DRAFT, decode
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.pages.word import Word

_CHARACTERS = 5000
_TOKENS = 300  # of each page's random answer, for the masks
_MAX_ROWS = 60
_REPEATS = 3
_ROOM = 8192  # tokens


def print_costs(vocabulary: Path, *, pages: int) -> LLTokenizer:
    """Print what compiling and masking take; return the tokenizer as llguidance sees it."""
    tokenizer = grammar_tokenizer(tokenizer_from(vocabulary), vocabulary_size=LOGITS)
    masks = Masks(tokenizer)
    source = invoices()
    for name, is_grounded in (("invoice", True), ("contract", True), ("invoice", False)):
        shape = shape_of(load_spec(name))
        compiled, masked = [], []
        for seed in range(pages):
            text = text_of(_page_of(_CHARACTERS, source))
            grammar = grammar_for(shape, text, max_rows=_MAX_ROWS, is_grounded=is_grounded)
            takes = [_milliseconds(lambda: AnswerRow(tokenizer, grammar)) for _ in range(_REPEATS)]  # noqa: B023
            compiled.append(min(takes))
            masked += _mask_times(tokenizer, masks, grammar, Random(seed))  # noqa: S311 - repeatable, not secret
        print(
            f"{name}, {'spans' if is_grounded else 'free text'}: a grammar of {_CHARACTERS} characters "
            f"compiles in {median(compiled):.1f} ms (worst {max(compiled):.1f}), a mask takes "
            f"{mean(masked):.2f} ms on average (worst {max(masked):.1f}), {LOGITS} logits"
        )
    return tokenizer


def print_saved_passes(tokenizer: LLTokenizer, *, pages: int) -> None:
    """Print the passes of the fast and the plain loop where the likeliest answer is the true one."""
    masks = Masks(tokenizer)
    shares = []
    for page in islice(answered_pages(least_characters=1500), pages):
        fast, plain = (
            _answered(tokenizer, masks, page.grammar, page.answer, page.printed, longest)
            for longest in (LONGEST_DRAFT, 0)
        )
        is_same = fast.chosen == plain.chosen and fast.completion().text == page.answer
        shares.append(fast.passes / plain.passes)
        print(
            f"{page.name}: {page.characters} characters, {fast.passes} passes for {plain.passes} tokens "
            f"({shares[-1]:.2f}), output {'identical' if is_same else 'DIFFERENT'}"
        )
    print(
        f"passes on {len(shares)} pages: {mean(shares):.2f} of the plain loop's on average "
        f"(worst {max(shares):.2f})"
    )


def _answered(
    tokenizer: LLTokenizer,
    masks: Masks,
    grammar: str,
    answer: str,
    printed: tuple[str, ...],
    longest_draft: int,
) -> AnswerRow:
    row = AnswerRow(tokenizer, grammar, guess=Lookup(printed).guess)
    model = StandIn(tokenizer, [answer])
    decode(model, model.first(), [row], masks=masks, max_new_tokens=_ROOM, longest_draft=longest_draft)
    return row


def _mask_times(tokenizer: LLTokenizer, masks: Masks, grammar: str, chance: Random) -> list[float]:
    """Return the milliseconds of each mask of a random answer."""
    row = AnswerRow(tokenizer, grammar)
    times: list[float] = []
    while len(times) < _TOKENS and not row.is_whole:
        started = process_time()
        (mask,) = masks.along([row], [[]])
        times.append(1000 * (process_time() - started))
        allowed = np.unpackbits(mask.view(np.uint8), bitorder="little").nonzero()[0].tolist()
        row.take(chance.choice(allowed), 0.0)
    return times


def _page_of(characters: int, source: Iterator[GeneratedInvoice]) -> Page:
    """Return invoices one below the other, up to so many characters."""
    words: list[Word] = []
    bottom, count = 0.0, 0
    while True:
        made = next(source)
        for page in read_pages(open_document(made.content, name=made.name)):
            for word in page.words:
                box = Box(word.box.x0, word.box.y0 + bottom, word.box.x1, word.box.y1 + bottom)
                words.append(replace(word, box=box))
                count += len(word.text) + 1
                if count >= characters:
                    return Page(number=1, width=page.width, height=bottom + page.height, words=tuple(words))
            bottom += page.height


def _milliseconds(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return 1000 * (process_time() - started)
