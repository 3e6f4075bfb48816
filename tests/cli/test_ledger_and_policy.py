"""`reconcile --ledger` and `policy` for a supplier or a contract, as a user runs them."""

import json
from pathlib import Path

import pytest

from extractor.cli.main import run
from extractor.reconciliation.check import CheckCode
from extractor.reconciliation.policy_file import load_policy

FIXTURES = Path(__file__).parents[2] / "fixtures"
INVOICE, CONTRACT = FIXTURES / "en_clean_invoice.pdf", FIXTURES / "en_clean_contract.pdf"
OVERRIDDEN = """
[[overrides]]
name = "Index clause"
contract_number = "FA-2025-0417"
[overrides.checks.UNIT_PRICE_MISMATCH]
relative_over = "2"

[[overrides]]
seller_name = "Anders AG"
line_rounding = "0.05"
"""

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "ours.toml"
    path.write_text(OVERRIDDEN)
    return path


def test_the_same_command_twice_bills_once_and_says_why(capsys: Captured, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    command = ["reconcile", str(INVOICE), "--contract", str(CONTRACT), "--ledger", str(ledger)]
    assert run(command) == 0
    assert f"recorded in {ledger}" in capsys.readouterr().err
    content = ledger.read_bytes()
    assert run(command) == 1
    said = capsys.readouterr()
    shown = " ".join(said.out.split())
    assert "The ledger has this very file: invoice BI-20457" in shown
    assert "It is not to be paid again." in shown
    assert shown.count("(critical") == 1
    assert "(high" not in shown
    assert said.err == ""
    assert ledger.read_bytes() == content


def test_json_says_which_policy_and_ledger_it_went_by(capsys: Captured, tmp_path: Path, ours: Path) -> None:
    options = ["--contract", str(CONTRACT), "--json", "--policy", str(ours)]
    run(["reconcile", str(INVOICE), *options, "--ledger", str(tmp_path / "ledger.jsonl")])
    compared = json.loads(capsys.readouterr().out)
    assert compared["policy"] == {
        "name": "ours",
        "hash": load_policy(ours).hash,
        "overrides": ["Index clause"],
    }
    assert compared["ledger"] == {"revision": 0, "remembered": 0, "recorded": True}
    run(["reconcile", str(INVOICE), "--contract", str(CONTRACT), "--json"])
    compared = json.loads(capsys.readouterr().out)
    assert (compared["policy"]["name"], compared["policy"]["overrides"]) == ("default", [])
    assert "ledger" not in compared


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.7\n", "line 1: this is no line of a ledger"), (b'{"schema_version": 9}\n', "another version")],
)
def test_what_is_no_ledger_is_refused_and_stays(
    capsys: Captured, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(content)
    assert run(["reconcile", str(INVOICE), "--contract", str(CONTRACT), "--ledger", str(path)]) == 2
    assert said in capsys.readouterr().err
    assert path.read_bytes() == content


def test_a_ledger_that_cannot_be_written_is_refused_before_any_work(capsys: Captured, tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "ledger.jsonl"
    assert run(["reconcile", "missing.pdf", "--contract", str(CONTRACT), "--ledger", str(gone)]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert not gone.parent.exists()


def test_policy_prints_overrides_that_can_be_passed_back(
    capsys: Captured, tmp_path: Path, ours: Path
) -> None:
    assert run(["policy", "--policy", str(ours)]) == 0
    printed = tmp_path / "printed.toml"
    printed.write_text(capsys.readouterr().out)
    assert load_policy(printed) == load_policy(ours)


@pytest.mark.parametrize(
    ("options", "overrides", "relative_over", "line_rounding"),
    [
        (["--contract", "fa 2025 0417"], "Index clause", "2", "0.01"),
        (["--seller", "ANDERS Aktiengesellschaft"], "Anders AG", "0", "0.05"),
        (["--seller", "Anders AG", "--contract", "FA-2025-0417"], "Anders AG; Index clause", "2", "0.05"),
        (["--tax-id", "GB1"], "none", "0", "0.01"),
    ],
)
def test_policy_prints_what_holds_for_a_supplier_or_contract(
    capsys: Captured,
    tmp_path: Path,
    ours: Path,
    *,
    options: list[str],
    overrides: str,
    relative_over: str,
    line_rounding: str,
) -> None:
    assert run(["policy", "--policy", str(ours), *options]) == 0
    text = capsys.readouterr().out
    assert f"# overrides: {overrides}\n" in text
    printed = tmp_path / "printed.toml"
    printed.write_text(text)
    policy = load_policy(printed)
    assert str(policy.checks[CheckCode.UNIT_PRICE_MISMATCH].relative_over) == relative_over
    assert str(policy.line_rounding) == line_rounding
    assert policy.overrides == ()


def test_a_wrong_policy_is_refused_with_what_was_meant(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("[checks.TOTAL_EXCEDED]\nblocks = true\n")
    assert run(["policy", "--policy", str(path)]) == 2
    assert "checks.TOTAL_EXCEDED: there is no such check; did you mean TOTAL_EXCEEDED?" in " ".join(
        capsys.readouterr().err.split()
    )
