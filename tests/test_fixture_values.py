"""What is expected of the shipped fixtures is what is extracted, found and flagged."""

import re
from typing import Any

import pytest
from synthesis.expected import Expected, load_expected
from synthesis.measure import Tally, compare, is_same, squeezed, tables_of
from synthesis.truth import Truth

import extractor
from extractor import Assessment, CheckState, Group, Leaf, Reconciliation, Verdict
from extractor.delivery.encoding import encode_scalar

_ALL = load_expected()
_PAIRS = tuple(expected for expected in _ALL if expected.contract)
_INVOICES = tuple((expected, entry) for expected in _ALL for entry in expected.invoices)
_ABOUT_OUR_READING = {"LOW_CONFIDENCE"}
_CHINESE_DIGITS = {character: str(value) for value, character in enumerate("一二三四五六七八九", start=1)}


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
        if isinstance(term["value"], str) and not _term_agrees(compared.contract, name, term["value"]):
            wrong.append((name, term["value"], compared.contract.fields.get(name)))
    assert not wrong


def test_the_clause_and_page_of_a_term_are_cited(pair: Expected, compared: Reconciliation) -> None:
    assert pair.contract
    wrong = []
    for name, term in pair.contract["terms"].items():
        leaf = _leaf(compared.contract, name)
        if not isinstance(term["value"], str) or term["clause"] is None or leaf is None:
            continue
        page = leaf.evidence.page if leaf.evidence else None
        if page != term["page"] or not _cites(leaf.clause, term["clause"]):
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
            assert _cites(check.agreed.clause, wanted["clause"]), (wanted, check.agreed.clause)


def test_the_verdict_is_to_approve_what_is_clean_and_to_block_what_is_not(
    pair: Expected, compared: Reconciliation
) -> None:
    assert compared.verdict is (Verdict.BLOCK if pair.deviations else Verdict.APPROVE)


def test_every_pdf_that_is_shipped_is_expected_to_say_something() -> None:
    named = {
        entry["file"]
        for expected in _ALL
        for entry in (*expected.invoices, *filter(None, [expected.contract]))
    }
    folder = _ALL[0].path({"file": "."})
    assert {path.name for path in folder.glob("*.pdf")} == named


def _truth(entry: dict[str, Any]) -> Truth:
    return Truth(
        fields=entry["fields"],
        line_items=tuple(entry["line_items"]),
        unscored=frozenset(entry["unscored"]),
    )


def _leaf(contract: Assessment, name: str) -> Leaf | None:
    value = contract.fields.get(name)
    if isinstance(value, Group):
        value = value.members.get("account", value.members.get("percent"))
    return value if isinstance(value, Leaf) else None


def _term_agrees(contract: Assessment, name: str, wanted: str) -> bool:
    leaf = _leaf(contract, name)
    if leaf is None or leaf.value is None:
        return False
    if name == "late_fee_rate":  # free text; where it begins and ends is a matter of taste
        read = squeezed(str(leaf.value))
        return read in squeezed(wanted) or squeezed(wanted) in read
    name = "rate" if name in {"total_amount", "payment_days", "retention_rate", "agreed_discount"} else name
    return is_same(name, wanted, encode_scalar(leaf.value) or "")


def _cites(clause: str | None, wanted: str) -> bool:
    """Say whether the clause is the one wanted, however it is written, or a place inside it."""
    path, wanted_path = _path(clause or ""), _path(wanted)
    return path[: len(wanted_path)] == wanted_path or (path[:1] == ("annex",) == wanted_path[:1])


def _path(clause: str) -> tuple[str, ...]:
    text = "".join(_CHINESE_DIGITS.get(character, character) for character in clause.casefold())
    text = re.sub(r"annex|anlage|附件", " annex ", text)
    return tuple(re.findall(r"annex|\d+", text))
