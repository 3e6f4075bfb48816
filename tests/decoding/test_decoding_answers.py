import json
from itertools import islice

import pytest
from byte_tokenizer import Bytes

pytest.importorskip("llguidance", reason="the qwen extra is not installed")

import llguidance
from decoding.answers import answered_pages


def test_a_true_answer_is_long_full_of_print_and_allowed_by_its_grammar() -> None:
    (page,) = islice(answered_pages(least_characters=1500), 1)
    answer = json.loads(page.answer)
    assert page.characters >= 1500
    assert len(answer["line_items"]) > 3
    assert sum(value is not None for value in answer.values()) > 8
    assert answer["invoice_number"] in " ".join(page.printed)
    matcher = llguidance.LLMatcher(llguidance.LLTokenizer(llguidance.TokenizerWrapper(Bytes())), page.grammar)
    tokens = list(page.answer.encode())
    assert matcher.try_consume_tokens(tokens) == len(tokens)
    assert matcher.is_accepting()
