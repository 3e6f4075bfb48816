"""Questions under rules go to a server as they go to a model in this process."""

import json

import pytest

pytest.importorskip("openai", reason="the servers extra is not installed")
pytest.importorskip("ollama", reason="the servers extra is not installed")

from engines.asked import PdfMaker
from engines.servers.conftest import Protocol
from engines.servers.loopback import Canned, serving

from extractor.asking.ask import ask
from extractor.asking.decision import ObjectionCode

ANSWER = {
    "action": "needs_person",
    "amount": None,
    "currency": None,
    "reason": "The photo shows no damage.",
    "risk_level": "low",
    "evidence": None,
    "cited_clause": None,
}
REFUND = {**ANSWER, "action": "refund", "amount": "900.00", "currency": "EUR", "cited_clause": "99.9"}


def test_a_server_is_shown_the_files_and_asked_the_question(protocol: Protocol, make_pdf: PdfMaker) -> None:
    photo = make_pdf(("Lamp 4711",)).content
    with serving(protocol.speech(), Canned(json.dumps(ANSWER))) as loopback:
        decision = ask(photo, "The lamp is broken", spec="after_sales", engine=protocol.make_engine(loopback))
    (asked,) = loopback.asked
    assert "The lamp is broken" in asked.prompt
    assert len(asked.images) == 1
    assert ObjectionCode.FOR_A_PERSON in {each.code for each in decision.objections}


def test_an_answer_that_breaks_the_rules_is_no_answer_whatever_the_server_promised(
    protocol: Protocol, make_pdf: PdfMaker
) -> None:
    photo = make_pdf(("Lamp 4711",)).content
    with serving(protocol.speech(), Canned(json.dumps(REFUND))) as loopback:
        decision = ask(photo, "The lamp is broken", spec="after_sales", engine=protocol.make_engine(loopback))
    told = {(each.code, each.field) for each in decision.objections}
    assert (ObjectionCode.NO_SUCH_CLAUSE, "cited_clause") in told
    assert (ObjectionCode.NOT_GIVEN, "amount") in told
