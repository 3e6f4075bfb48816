import json

import pytest
from asking_case import ANSWER, POLICY, QUESTION, RECEIPT, PdfMaker, engine_that_says
from byte_tokenizer import Bytes

from extractor.asking.ask import ask

pytest.importorskip("llguidance", reason="the qwen extra is not installed")

import llguidance


@pytest.fixture(scope="module")
def tokenizer() -> object:
    return llguidance.LLTokenizer(llguidance.TokenizerWrapper(Bytes()))


@pytest.fixture(scope="module")
def grammar(make_pdf: PdfMaker) -> str:
    engine, completer = engine_that_says(ANSWER)
    ask([make_pdf(RECEIPT)], QUESTION, spec="after_sales", policy=make_pdf(POLICY), engine=engine)
    return completer.questions[0].grammar


def accepts(grammar: str, answer: dict[str, str | None], tokenizer: object) -> bool:
    matcher = llguidance.LLMatcher(tokenizer, grammar)
    assert not matcher.is_error(), matcher.get_error()
    tokens = list(json.dumps(answer, ensure_ascii=False).encode())
    return bool(matcher.try_consume_tokens(tokens) == len(tokens) and matcher.is_accepting())


def test_the_right_answer_can_be_given(grammar: str, tokenizer: object) -> None:
    assert accepts(grammar, ANSWER, tokenizer)


@pytest.mark.parametrize(
    ("name", "value", "is_allowed"),
    [
        ("action", "repair", True),
        ("action", "pay", False),
        ("action", None, True),
        ("risk_level", "high", True),
        ("risk_level", "extreme", False),
        ("amount", "15.00", True),  # of the policy
        ("amount", "49.9", False),
        ("amount", "94.90", False),
        ("currency", "GBP", True),
        ("currency", "USD", False),
        ("evidence", "Kettle KT-40, steel", True),
        ("evidence", "Goods that leak", False),  # the policy is no evidence
        ("evidence", "The kettle is broken", False),
        ("cited_clause", "3.1", True),
        ("cited_clause", "3.2", False),
        ("reason", "It leaks.", True),
        ("reason", 'It "leaks".', True),
        ("reason", "x" * 300, True),
        ("reason", "x" * 301, False),
        ("reason", "...", False),
    ],
)
def test_nothing_else_can(
    grammar: str, tokenizer: object, name: str, value: str | None, *, is_allowed: bool
) -> None:
    assert accepts(grammar, ANSWER | {name: value}, tokenizer) is is_allowed


def test_without_a_policy_no_clause_can_be_cited(make_pdf: PdfMaker, tokenizer: object) -> None:
    engine, completer = engine_that_says(ANSWER)
    ask([make_pdf(RECEIPT)], QUESTION, spec="after_sales", engine=engine)
    grammar = completer.questions[0].grammar
    assert accepts(grammar, ANSWER | {"cited_clause": None}, tokenizer)
    assert not accepts(grammar, ANSWER, tokenizer)
