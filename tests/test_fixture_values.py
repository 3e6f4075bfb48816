"""What is expected of the shipped fixtures is what is extracted, found and flagged."""

from typing import Any

import pytest
from synthesis.expected import Expected, load_expected
from synthesis.measure import invoice_truth
from synthesis.measure_terms import cites, is_cited, judge_terms
from synthesis.truth import Truth

import extractor
from extractor import CheckState, Reconciliation, Verdict
from extractor.delivery.encoding import encode_scalar
from extractor.evaluation.comparing import is_right
from extractor.evaluation.judging import Outcome, judge
from extractor.field_specs.spec import FieldType

_ALL = load_expected()
_PAIRS = tuple(expected for expected in _ALL if expected.contract)
_INVOICES = tuple((expected, entry) for expected in _ALL for entry in expected.invoices)
_ABOUT_OUR_READING = {"LOW_CONFIDENCE"}


@pytest.fixture(scope="module", params=_PAIRS, ids=lambda pair: pair.name)
def pair(request: pytest.FixtureRequest) -> Expected:
    found: Expected = request.param
    return found


@pytest.fixture(scope="module")
def compared(pair: Expected) -> Reconciliation:
    assert pair.contract
    return extractor.reconcile([pair.path(entry) for entry in pair.invoices], pair.path(pair.contract))


@pytest.mark.parametrize(("expected", "entry"), _INVOICES, ids=lambda value: getattr(value, "name", None))
def test_every_printed_value_of_an_invoice_is_read_and_no_other(
    expected: Expected, entry: dict[str, Any]
) -> None:
    (assessment,) = extractor.extract(expected.path(entry))
    judged = judge(invoice_truth(_truth(entry)), assessment, is_literal=True)
    assert [each for each in judged.all if each.outcome is not Outcome.RIGHT] == []
    assert {"line_items", "tax_breakdown"} == set(judged.rows)


@pytest.mark.parametrize(("expected", "entry"), _INVOICES, ids=lambda value: getattr(value, "name", None))
def test_exactly_the_contradictions_of_an_invoice_are_found(
    expected: Expected, entry: dict[str, Any]
) -> None:
    (assessment,) = extractor.extract(expected.path(entry))
    found = [
        (str(finding.code), finding.field)
        for finding in assessment.findings
        if finding.consequence_of is None and finding.code not in _ABOUT_OUR_READING
    ]
    wanted = [(d["code"], d["field"]) for d in expected.deviations if d["kind"] == "finding"]
    assert sorted(found, key=str) == sorted(wanted)


def test_the_terms_of_a_contract_are_read_and_its_tables_row_by_row(
    pair: Expected, compared: Reconciliation
) -> None:
    assert pair.contract
    judged = judge_terms(pair.contract["terms"], compared.contract)
    assert [each for each in judged if each.outcome is not Outcome.RIGHT] == []
    assert {each.field.partition(".")[0] for each in judged} == set(pair.contract["terms"])


def test_the_clause_and_page_of_a_term_are_cited(pair: Expected, compared: Reconciliation) -> None:
    assert pair.contract
    terms = pair.contract["terms"]
    values = [each for each in judge_terms(terms, compared.contract) if "[" not in each.path]
    clauses = [(each, terms[each.field.partition(".")[0]]) for each in values]
    placed = [(each, term) for each, term in clauses if term["clause"] is not None]
    assert placed
    assert [(each.path, term) for each, term in placed if not is_cited(each, term)] == []


def test_exactly_the_deviations_that_were_put_in_are_flagged(
    pair: Expected, compared: Reconciliation
) -> None:
    flagged = [
        (str(check.code), check.invoice)
        for check in compared.checks
        if check.state is CheckState.MISMATCH and check.consequence_of is None
    ]
    wanted = [(d["code"], d["invoice"]) for d in pair.deviations if d["kind"] == "mismatch"]
    assert sorted(flagged, key=str) == sorted(wanted)


def test_each_deviation_cites_what_was_agreed_where_and_what_was_billed(
    pair: Expected, compared: Reconciliation
) -> None:
    checks = {str(check.code): check for check in compared.checks if check.state is CheckState.MISMATCH}
    for wanted in pair.deviations:
        check = checks[wanted["code"]]
        for side, text in ((check.agreed, wanted.get("agreed")), (check.billed, wanted.get("billed"))):
            if text is not None:
                assert side is not None
                assert is_right(text, encode_scalar(side.value) or "", FieldType.AMOUNT), (wanted, side)
        if "clause" in wanted:
            assert check.agreed
            assert cites(check.agreed.clause, wanted["clause"]), (wanted, check.agreed.clause)


def test_the_verdict_is_to_approve_what_is_clean_and_to_block_what_is_not(
    pair: Expected, compared: Reconciliation
) -> None:
    assert compared.verdict is (Verdict.BLOCK if pair.deviations else Verdict.APPROVE)


def test_every_document_that_is_shipped_is_expected_to_say_something() -> None:
    named = {
        entry["file"]
        for expected in _ALL
        for entry in (*expected.invoices, *filter(None, [expected.contract]))
    }
    folder = _ALL[0].path({"file": "."})
    assert {path.name for path in folder.iterdir() if path.suffix in {".pdf", ".xml"}} == named


def _truth(entry: dict[str, Any]) -> Truth:
    return Truth(
        fields=entry["fields"],
        line_items=tuple(entry["line_items"]),
        tax_breakdown=tuple(entry["tax_breakdown"]),
        unscored=frozenset(entry["unscored"]),
    )
