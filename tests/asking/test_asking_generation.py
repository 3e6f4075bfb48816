"""The whole way with a model of random weights, which says anything that the grammar lets it say."""

import json
from pathlib import Path

import pytest
from asking_case import QUESTION

from extractor.asking.ask import ask
from extractor.asking.decision import ObjectionCode
from extractor.field_specs.load import load_spec

pytest.importorskip("torch", reason="the qwen extra is not installed")
pytest.importorskip("outlines", reason="the qwen extra is not installed")

from extractor.cli.main import run
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.settings import QwenSettings

SPEC = load_spec("after_sales")


@pytest.fixture(scope="module")
def engine(random_checkpoint: Path) -> QwenEngine:
    return QwenEngine(
        QwenSettings(model=str(random_checkpoint), device="cpu", dpi=36, temperature=1.0, max_new_tokens=1500)
    )


@pytest.mark.parametrize("attempt", range(6))
def test_any_answer_has_the_form_and_copies_only_what_was_given(
    engine: QwenEngine, receipt: bytes, policy: bytes, attempt: int
) -> None:
    files = [receipt] * (1 + attempt % 2)
    decision = ask(files, QUESTION, spec="after_sales", policy=policy, engine=engine)
    assert list(decision.answer) == list(SPEC.fields)
    for name, said in decision.answer.items():
        field = SPEC.fields[name]
        if said is None:
            continue
        if field.choices:
            assert said.value in field.choices
        elif name in SPEC.rules.cites:
            assert said.clause is not None
        elif not field.decided:
            assert said.places
    codes = {objection.code for objection in decision.objections}
    assert not codes & {ObjectionCode.NOT_GIVEN, ObjectionCode.NOT_ALLOWED, ObjectionCode.NO_SUCH_CLAUSE}


def test_without_a_policy_nothing_can_be_cited_and_a_person_decides(
    engine: QwenEngine, receipt: bytes
) -> None:
    for _ in range(4):
        decision = ask([receipt], QUESTION, spec="after_sales", engine=engine)
        assert decision.answer["cited_clause"] is None
        assert decision.needs_person


def test_the_command_asks_the_model(
    random_checkpoint: Path,
    receipt: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("EXTRACTOR_QWEN_MODEL", str(random_checkpoint))
    monkeypatch.setenv("EXTRACTOR_QWEN_DPI", "36")
    monkeypatch.setenv("EXTRACTOR_QWEN_DEVICE", "cpu")
    path = tmp_path / "receipt.pdf"
    path.write_bytes(receipt)
    assert run(["ask", str(path), "--spec", "after_sales", "--question", QUESTION, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["answer"]) == ("needs_person", None)
    assert list(said["proposal"]) == list(SPEC.fields)
    assert said["reasons"]
