import json
from pathlib import Path

import pytest
from asking_case import ANSWER, POLICY, QUESTION, RECEIPT, engine_that_says
from plain_pdf import plain_pdf

from extractor.asking.ask import ask
from extractor.asking.decision import Decision
from extractor.cli.ask import show_decision
from extractor.cli.main import run
from extractor.cli.screen import screen
from extractor.delivery.decision import encode_decision

Captured = pytest.CaptureFixture[str]


def decided(**said: str | None) -> Decision:
    engine, _ = engine_that_says(ANSWER | said)
    return ask([plain_pdf(RECEIPT)], QUESTION, spec="after_sales", policy=plain_pdf(POLICY), engine=engine)


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    path = tmp_path / "receipt.pdf"
    path.write_bytes(plain_pdf(RECEIPT))
    return path


def shown(decision: Decision, capsys: Captured) -> str:
    show_decision(screen(), decision)
    return " ".join(capsys.readouterr().out.split())


def test_an_answer_is_shown_with_clause_and_places(capsys: Captured) -> None:
    out = shown(decided(), capsys)
    assert "Answered within the rules." in out
    assert "clause 2.1, page 1: “Goods that leak" in out
    assert "49.90 upload, page 1; question" in out


def test_a_proposal_is_shown_with_every_reason(capsys: Captured) -> None:
    out = shown(decided(cited_clause="9.9", reason="It probably leaks.", amount=None), capsys)
    assert "A person must decide." in out
    assert "NO_SUCH_CLAUSE: upload has no clause '9.9'" in out
    assert "VAGUE: reason is worded vaguely: “probably”" in out
    assert "ANSWER_MISSING: action is 'refund', which needs amount, and that is not answered" in out


def test_json_holds_the_answer_only_where_it_stands() -> None:
    good, bad = encode_decision(decided()), encode_decision(decided(amount="94.90"))
    assert json.loads(json.dumps(good)) == good
    assert (good["status"], good["reasons"]) == ("answered", [])
    assert "proposal" not in good
    answer = good["answer"]
    assert isinstance(answer, dict)
    amount, clause = answer["amount"], answer["cited_clause"]
    assert isinstance(amount, dict)
    assert isinstance(clause, dict)
    assert (amount["value"], amount["text"]) == ("49.90", "49.90")
    places = amount["places"]
    assert isinstance(places, list)
    assert places[1] == {"source": "question", "name": "question"}
    cited = clause["clause"]
    assert isinstance(cited, dict)
    assert (cited["number"], cited["page"]) == ("2.1", 1)
    assert (bad["status"], bad["answer"]) == ("needs_person", None)
    assert isinstance(bad["proposal"], dict)
    assert bad["reasons"] == [
        {
            "code": "NOT_GIVEN",
            "field": "amount",
            "message": "amount is '94.90', which stands in none of: the files, the question, the policy",
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--spec", "after_sales"), "--question"),
        (("--question", "Is it broken?"), "--spec"),
        (("--spec", "invoice", "--question", "Is it broken?"), "extractor extract"),
        (("--spec", "nothing", "--question", "Is it broken?"), "there is no field spec"),
        (("--spec", "after_sales", "--question", " "), "ask something"),
        (("--spec", "after_sales", "--question", "x", "--engine", "layout"), "answers no questions"),
        (("--spec", "after_sales", "--question", "x", "--engine", "eye"), "there is no engine"),
        (("--spec", "after_sales", "--question", "x", "--policy", "gone.pdf"), "gone.pdf"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_is_wrong(
    receipt: Path, capsys: Captured, arguments: tuple[str, ...], says: str
) -> None:
    assert run(["ask", str(receipt), *arguments]) == 2
    assert says in capsys.readouterr().err


def test_without_a_vision_engine_the_command_says_what_to_install(
    receipt: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EXTRACTOR_QWEN_MODEL", str(tmp_path))  # no checkpoint there
    assert run(["ask", str(receipt), "--spec", "after_sales", "--question", QUESTION]) == 2
    told = capsys.readouterr().err
    assert "extractor[qwen]" in told or "no checkpoint" in told
