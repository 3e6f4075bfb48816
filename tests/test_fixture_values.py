"""What is expected of the shipped fixtures is what is extracted, found and flagged."""

from typing import Any

import pytest
from synthesis.expected import Expected, load_expected
from synthesis.measure import Tally, compare, is_same, tables_of
from synthesis.measure_terms import agrees, cites, term_leaf
from synthesis.truth import Truth

import extractor
from extractor import Assessment, CheckState, Reconciliation, Verdict
from extractor.delivery.encoding import encode_scalar

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
    tally = Tally()
    compare(tally, entry["file"], assessment, _truth(entry))
    assert not tally.misses


@pytest.mark.parametrize(("expected", "entry"), _INVOICES, ids=lambda value: getattr(value, "name", None))
def test_the_tax_breakdown_is_read(expected: Expected, entry: dict[str, Any]) -> None:
    (assessment,) = extractor.extract(expected.path(entry))
    rows = tables_of(assessment, "tax_breakdown")
    assert len(rows) == len(entry["tax_breakdown"])
    for wanted, read in zip(entry["tax_breakdown"], rows, strict=True):
        for name, text in wanted.items():
            assert is_same(name, text, read.get(name) or ""), (name, wanted, read)


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


def test_the_terms_of_a_contract_are_read(pair: Expected, compared: Reconciliation) -> None:
    assert pair.contract
    wrong = []
    for name, term in pair.contract["terms"].items():
        if isinstance(term["value"], str) and not _is_read(compared.contract, name, term["value"]):
            wrong.append((name, term["value"], compared.contract.fields.get(name)))
    assert not wrong


def test_the_clause_and_page_of_a_term_are_cited(pair: Expected, compared: Reconciliation) -> None:
    assert pair.contract
    wrong = []
    for name, term in pair.contract["terms"].items():
        leaf = term_leaf(compared.contract, name)
        if not isinstance(term["value"], str) or term["clause"] is None or leaf is None:
            continue
        page = leaf.evidence.page if leaf.evidence else None
        if page != term["page"] or not cites(leaf.clause, term["clause"]):
            wrong.append((name, term["clause"], term["page"], leaf.clause, page))
    assert not wrong


def test_the_price_list_is_read_row_by_row(pair: Expected, compared: Reconciliation) -> None:
    assert pair.contract
    rows = tables_of(compared.contract, "price_list")
    wanted_rows = pair.contract["terms"]["price_list"]["value"]
    assert len(rows) == len(wanted_rows)
    for wanted, read in zip(wanted_rows, rows, strict=True):
        for name, text in wanted.items():
            if text is not None:
                assert is_same(name, text, read.get(name) or ""), (name, wanted, read)


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
                assert is_same("unit_price", text, encode_scalar(side.value) or ""), (wanted, side)
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
        unscored=frozenset(entry["unscored"]),
    )


def _is_read(contract: Assessment, name: str, wanted: str) -> bool:
    leaf = term_leaf(contract, name)
    return (
        leaf is not None and leaf.value is not None and agrees(name, wanted, encode_scalar(leaf.value) or "")
    )
