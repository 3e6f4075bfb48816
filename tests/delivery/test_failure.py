"""What is delivered of a document that could not be read."""

import pytest

from extractor.delivery.failure import encode_failure, failure_of
from extractor.errors import EncryptedDocument
from extractor.faults import DEBUG_VARIABLE


def test_an_error_of_ours_keeps_its_code_and_its_message_in_one_line() -> None:
    failure = failure_of(EncryptedDocument("needs a\n  password"), source="a.pdf")
    assert encode_failure(failure) == {
        "source": "a.pdf",
        "status": "failed",
        "error": {"code": "EncryptedDocument", "message": "needs a password"},
    }


def test_any_other_error_is_a_fault_of_ours(capsys: pytest.CaptureFixture[str]) -> None:
    failure = failure_of(KeyError("x"), source="a.pdf")
    assert failure.code == "Fault"
    assert failure.message == "a fault of this program, not of your file: KeyError: 'x'"
    assert capsys.readouterr().err == ""


def test_the_traceback_of_a_fault_is_printed_on_demand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(DEBUG_VARIABLE, "1")
    failure_of(KeyError("x"), source="a.pdf")
    assert "KeyError" in capsys.readouterr().err
