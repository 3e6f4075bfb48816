import json
import random
import re
from collections.abc import Callable, Iterator

import pytest
from byte_tokenizer import Bytes

from extractor.engines.qwen.answer import Answer, PrintedText, read_answer
from extractor.engines.qwen.grammar import grammar_for
from extractor.engines.qwen.page_text import PageText, text_of
from extractor.engines.qwen.placement import places_of
from extractor.engines.qwen.shape import Leaf, Members, Rows, Shape, shape_of
from extractor.engines.qwen.spans import SpanRule
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.pages.word import Origin

pytest.importorskip("llguidance", reason="the qwen extra is not installed")

import llguidance

PageMaker = Callable[..., Page]
NUMBER = Members(members={"number": Leaf(rule=SpanRule(pattern="[^\\n]*\\d[^\\n]*", max_length=20))})
INVOICE = (
    "Harrow & Fenn Ltd. Invoice No. INV-2024-00417",
    'Mill Lane 4 "Old Mill" C:\\temp',
    "Rechnungsdatum 05.03.2026",
    "Oak board 2 10,00 20,00",
    "Pine board 1 5,00 5,00",
    "开票日期：2026年3月5日 价税合计（小写）¥1,234.56",
    "Total EUR -25,00",
)


@pytest.fixture(scope="module")
def tokenizer() -> object:
    return llguidance.LLTokenizer(llguidance.TokenizerWrapper(Bytes()))


def accepts(grammar: str, answer: str, tokenizer: object) -> bool:
    matcher = llguidance.LLMatcher(tokenizer, grammar)
    assert not matcher.is_error(), matcher.get_error()
    tokens = list(answer.encode())
    return bool(matcher.try_consume_tokens(tokens) == len(tokens) and matcher.is_accepting())


def any_answer(grammar: str, tokenizer: object, *, seed: int) -> str:
    """Return an answer that the grammar allows, chosen byte by byte at random."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    matcher = llguidance.LLMatcher(tokenizer, grammar)
    answer = bytearray()
    while not matcher.is_stopped():
        mask = matcher.compute_bitmask()
        allowed = [value for value in range(256) if mask[value // 8] >> value % 8 & 1]
        assert allowed, f"no way on after {answer.decode(errors='replace')!r}"
        answer.append(chance.choice(allowed))
        assert matcher.consume_token(answer[-1]), matcher.get_error()
    return answer.decode()


def printed(answer: Answer, shape: Shape) -> Iterator[tuple[str, Leaf]]:
    if isinstance(answer, PrintedText) and isinstance(shape, Leaf):
        yield answer.text, shape
    elif isinstance(answer, tuple) and isinstance(shape, Rows):
        for row in answer:
            yield from printed(row, shape.row)
    elif isinstance(answer, dict) and isinstance(shape, Members):
        for name, member in answer.items():
            yield from printed(member, shape.members[name])


@pytest.mark.parametrize(
    ("number", "is_allowed"),
    [
        ('"INV-2024-00417"', True),
        ('"00417"', True),
        ("null", True),
        ('"INV-2024-00471"', False),
        ('"0041"', False),
        ('"INV-2024-00417 Harrow"', False),
        ('"Harrow"', False),
        ('""', False),
        ("417", False),
    ],
)
def test_a_leaf_is_a_span_of_the_page_of_its_types_form(
    make_page: PageMaker, tokenizer: object, number: str, *, is_allowed: bool
) -> None:
    text = text_of(make_page("Harrow Ltd. No. INV-2024-00417"))
    grammar = grammar_for(NUMBER, text, max_rows=3)
    assert accepts(grammar, f'{{"number": {number}}}', tokenizer) is is_allowed


def test_what_no_model_can_write_cannot_be_said_and_breaks_nothing(
    make_page: PageMaker, tokenizer: object
) -> None:
    grammar = grammar_for(NUMBER, text_of(make_page("4711 12\ud800 5")), max_rows=3)
    grammar.encode()
    assert accepts(grammar, '{"number": "4711 12"}', tokenizer)
    assert not accepts(grammar, '{"number": "12 5"}', tokenizer)
    alone = grammar_for(NUMBER, text_of(make_page("1\udfff")), max_rows=3)
    assert accepts(alone, '{"number": null}', tokenizer)


def test_a_span_does_not_cross_to_another_row(make_page: PageMaker, tokenizer: object) -> None:
    text = text_of(make_page("No. 17", "Date 5"))
    grammar = grammar_for(NUMBER, text, max_rows=3)
    assert accepts(grammar, '{"number": "No. 17"}', tokenizer)
    assert not accepts(grammar, '{"number": "17 Date"}', tokenizer)


def test_a_span_has_no_more_words_than_its_type_allows(make_page: PageMaker, tokenizer: object) -> None:
    rule = SpanRule(pattern="[^\\n]+", max_length=40, max_words=3)
    shape = Members(members={"currency": Leaf(rule=rule)})
    grammar = grammar_for(shape, text_of(make_page("Pounds Sterling (GBP) only")), max_rows=3)
    assert accepts(grammar, '{"currency": "Pounds Sterling (GBP)"}', tokenizer)
    assert not accepts(grammar, '{"currency": "Pounds Sterling (GBP) only"}', tokenizer)


def test_an_empty_page_that_was_read_has_no_leaf_but_free_ones(
    make_page: PageMaker, tokenizer: object
) -> None:
    """Nothing was read from it, so nothing can be copied: the image has the word, and is not trusted."""
    grammar = grammar_for(NUMBER, text_of(make_page()), max_rows=3)
    assert accepts(grammar, '{"number": null}', tokenizer)
    assert accepts(grammar, '{"number": "17"}', tokenizer)


def test_where_no_span_has_the_form_only_null_is_left(make_page: PageMaker, tokenizer: object) -> None:
    grammar = grammar_for(NUMBER, text_of(make_page("no figures here")), max_rows=3)
    assert any_answer(grammar, tokenizer, seed=1) == '{"number": null}'


def test_a_choice_is_one_of_its_spellings_that_the_page_prints(
    make_page: PageMaker, tokenizer: object
) -> None:
    leaf = Leaf(
        rule=SpanRule(pattern="[^\\n]+", max_length=40), choices=("invoice", "credit note", "receipt")
    )
    shape = Members(members={"kind": leaf})
    grammar = grammar_for(shape, text_of(make_page("CREDIT NOTE for receipts 5")), max_rows=3)
    assert accepts(grammar, '{"kind": "CREDIT NOTE"}', tokenizer)
    assert not accepts(grammar, '{"kind": "invoice"}', tokenizer)
    assert not accepts(grammar, '{"kind": "receipt"}', tokenizer)


def test_a_table_has_no_more_rows_than_allowed(make_page: PageMaker, tokenizer: object) -> None:
    shape = Members(members={"items": Rows(row=NUMBER)})
    lines = [f"No. {number}" for number in range(9)]
    row = '{"number": "1"}'
    for page, bound in ((make_page(*lines), 4), (make_page(*lines[:3]), 3), (make_page(lines[1]), 1)):
        grammar = grammar_for(shape, text_of(page), max_rows=4)
        for count, is_allowed in ((0, True), (bound, True), (bound + 1, False)):
            answer = f'{{"items": [{", ".join([row] * count)}]}}'
            assert accepts(grammar, answer, tokenizer) is is_allowed, (bound, count)


def test_on_an_ocr_page_a_leaf_is_free_but_bounded(make_page: PageMaker, tokenizer: object) -> None:
    text = text_of(make_page("No. INV-2O24", origin=Origin.OCR))
    grammar = grammar_for(NUMBER, text, max_rows=3)
    assert accepts(grammar, '{"number": "INV-2024"}', tokenizer)
    assert accepts(grammar, '{"number": "5\\" \\\\"}', tokenizer)
    assert not accepts(grammar, '{"number": ""}', tokenizer)
    assert accepts(grammar, '{"number": "' + "1" * 20 + '"}', tokenizer)
    assert not accepts(grammar, '{"number": "' + "1" * 21 + '"}', tokenizer)


def test_on_an_ocr_page_no_leaf_is_made_to_hold_a_digit_that_was_not_read(
    make_page: PageMaker, tokenizer: object
) -> None:
    grammar = grammar_for(NUMBER, text_of(make_page("No. INV", origin=Origin.OCR)), max_rows=3)
    assert accepts(grammar, '{"number": "INV"}', tokenizer)


@pytest.mark.parametrize("name", ["invoice", "contract"])
def test_whatever_is_chosen_is_valid_and_verbatim(make_page: PageMaker, tokenizer: object, name: str) -> None:
    shape = shape_of(load_spec(name))
    text = text_of(make_page(*INVOICE))
    grammar = grammar_for(shape, text, max_rows=3)
    told = 0
    for seed in range(20):
        answer = read_answer(any_answer(grammar, tokenizer, seed=seed), shape)
        for span, leaf in printed(answer, shape):
            assert _is_verbatim(span, text, leaf), span
            told += 1
    assert told > 50


def test_a_page_of_a_hundred_thousand_characters_has_a_grammar(
    make_page: PageMaker, tokenizer: object
) -> None:
    lines = [f"Row {number} INV-{number * 7919} " + "word " * 15 for number in range(1000)]
    text = text_of(make_page(*lines))
    assert sum(len(row.text) for row in text.rows) > 90_000
    grammar = grammar_for(shape_of(load_spec("invoice")), text, max_rows=60)
    answer = json.loads(any_answer(grammar, tokenizer, seed=3))
    assert "line_items" in answer


def test_all_texts_that_must_stand_on_the_page_begin_with_their_quote(make_page: PageMaker) -> None:
    """Else llguidance takes three times as long to compile them: it tries them with every first byte."""
    grammar = grammar_for(shape_of(load_spec("contract")), text_of(make_page(*INVOICE)), max_rows=3)
    texts = [line.partition(": ")[2] for line in grammar.splitlines() if re.match(r"[A-Z]+\d+: ", line)]
    assert len(texts) > 5
    assert all(text.startswith('"\\"" (') and text.endswith(') "\\""') for text in texts)


def test_field_names_of_any_script_and_quotes_are_escaped(
    make_page: PageMaker, tokenizer: object, spec: Spec
) -> None:
    shape = Members(members={'发票 "号码"': shape_of(spec).members["number"]})
    grammar = grammar_for(shape, text_of(make_page("A-17")), max_rows=3)
    assert accepts(grammar, json.dumps({'发票 "号码"': "A-17"}, ensure_ascii=False), tokenizer)


def _is_verbatim(span: str, text: PageText, leaf: Leaf) -> bool:
    places = places_of(span, text, may_wrap=leaf.rule.may_wrap)
    return any(span in re.sub(r"\s+", " ", " ".join(word.text for word in place.words)) for place in places)
