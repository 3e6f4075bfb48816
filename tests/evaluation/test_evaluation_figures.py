"""The figures of tiny evaluations that can be counted by hand, and their JSON."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from judged_documents import Row, outcome, truth

from extractor.delivery.failure import Failure
from extractor.evaluation.encoding import encode_evaluation
from extractor.evaluation.evidence import EvidenceCount, EvidenceFault
from extractor.evaluation.figures import NO_GROUP, Passing, figures_of, worst_documents
from extractor.evaluation.judging import RowCount, judge
from extractor.evaluation.outcome import DocumentOutcome, FileOutcome

NUMBER = {"invoice_number": "7"}


def failed(file: str = "f.pdf") -> FileOutcome:
    about = truth(NUMBER | {"line_items": [{"quantity": "1"}]}, file=file)
    failure = Failure(source=file, code="DamagedDocument", message="cut off")
    document = DocumentOutcome(truth=about, judged=judge(about, None), failure=failure)
    return FileOutcome(file=file, documents=(document,))


def test_a_document_without_a_result_counts_as_missed() -> None:
    figures = figures_of([outcome(NUMBER, NUMBER), failed()])
    assert (figures.header.count.shown, figures.header.count.right, figures.header.count.missed) == (2, 1, 1)
    assert figures.tables["line_items"].cells.count.missed == 1
    assert figures.passing == Passing(documents=2, passed=1, wrong=0, missing=0)
    assert figures.failures == {"DamagedDocument": 1}
    assert figures.times.median == 1.0


def test_wrong_among_those_that_pass_is_told_from_missing() -> None:
    files = [
        outcome(NUMBER, NUMBER),
        outcome(NUMBER, {"invoice_number": "8"}),
        outcome(NUMBER | {"due_date": "2025-01-01"}, {"invoice_number": "8"}),
        outcome(NUMBER, {}),
        outcome(NUMBER, {"invoice_number": "8"}, is_passed=False),
    ]
    assert figures_of(files).passing == Passing(documents=5, passed=4, wrong=2, missing=1)


@pytest.mark.parametrize("quantity", [1, 2])
def test_a_wrong_cell_makes_a_document_wrong(quantity: int) -> None:
    wanted = {"line_items": [{"unit": "pc", "quantity": "1"}]}
    row: Row = {"unit": "pc", "quantity": Decimal(quantity)}
    file = outcome(wanted, {"line_items": [row]})
    assert figures_of([file]).passing.wrong == (quantity != 1)


def test_tables_have_cells_columns_and_rows() -> None:
    wanted = {"line_items": [{"unit": "pc", "quantity": "1"}, {"unit": "m", "quantity": "2"}]}
    read: list[Row] = [{"unit": "pc", "quantity": Decimal(1)}, {"unit": "m", "quantity": Decimal(3)}]
    table = figures_of([outcome(wanted, {"line_items": read})]).tables["line_items"]
    assert table.rows == RowCount(shown=2, read=2, right=1)
    assert table.cells.count.recall == 0.75
    assert {name: score.count.right for name, score in table.columns.items()} == {
        "line_items.quantity": 1,
        "line_items.unit": 2,
    }


def test_fields_stand_in_the_order_of_the_spec() -> None:
    files = [outcome({"gross_amount": "1"}, {}), outcome({"invoice_number": "7", "due_date": None}, {})]
    assert list(figures_of(files).fields) == ["invoice_number", "gross_amount"]


def test_a_groups_figures_are_its_own_and_their_mean_weighs_them_alike() -> None:
    files = [
        *(outcome(NUMBER, NUMBER, group="A") for _ in range(3)),
        outcome(NUMBER, {}, group="B", is_passed=False),
        outcome(NUMBER, NUMBER),
    ]
    figures = figures_of(files)
    assert list(figures.groups) == [NO_GROUP, "A", "B"]
    assert figures.groups["A"].passing.documents == 3
    assert figures.groups["B"].header.recall == 0.0
    assert figures.header.mean_recall == pytest.approx(2 / 3)
    assert figures.mean_passed_share == pytest.approx(2 / 3)


def test_without_groups_there_are_none() -> None:
    figures = figures_of([outcome(NUMBER, NUMBER)])
    assert figures.groups == {}
    assert figures.mean_passed_share is None


def test_nothing_shown_divides_by_nothing() -> None:
    figures = figures_of([outcome({}, {})])
    assert figures.header.count.recall is None
    assert figures.tables == {}
    assert figures.evidence.proven_share is None
    assert json.dumps(encode_evaluation(figures, []))
    none = figures_of([])
    assert (none.passing.passed_share, none.times.median, none.times.slow) == (None, None, None)


@pytest.mark.parametrize(("count", "slow"), [(1, 1.0), (19, 19.0), (20, 19.0), (21, 20.0), (100, 95.0)])
def test_95_percent_took_no_longer(count: int, slow: float) -> None:
    files = [outcome(NUMBER, NUMBER, seconds=float(number)) for number in range(count, 0, -1)]
    assert figures_of(files).times.slow == slow
    assert figures_of(files).times.median == (count + 1) / 2


def test_evidence_and_spare_parts_are_added_up() -> None:
    file = outcome(NUMBER, NUMBER)
    fault = EvidenceFault(path="invoice_number", said="7", page=1, found="8")
    evidence = EvidenceCount(claims=4, faults=(fault,))
    (document,) = file.documents
    file = replace(file, documents=(replace(document, evidence=evidence),), spare_parts=2)
    figures = figures_of([file, file])
    assert figures.evidence.claims == 8
    assert figures.evidence.faults == (("a.pdf", fault),) * 2
    assert figures.evidence.proven_share == 0.75
    assert figures.spare_parts == 4


def test_the_worst_are_wrong_without_anybody_looking_then_wrong_then_missed() -> None:
    two = {"invoice_number": "7", "issue_date": "2025-01-01"}
    files = [
        outcome(two, NUMBER | {"issue_date": "2025-01-01"}, file="right"),
        outcome(two, {}, file="missed two", is_passed=False),
        outcome(two, NUMBER, file="missed one", is_passed=False),
        outcome(two, {"invoice_number": "8", "issue_date": "2024"}, file="wrong two", is_passed=False),
        outcome(two, {"invoice_number": "8", "issue_date": "2025-01-01"}, file="unseen"),
        failed(),
    ]
    order = ["unseen", "wrong two", "missed two", "missed one"]
    assert [each.truth.file for each in worst_documents(files, count=9)] == order
    assert [each.truth.file for each in worst_documents(files, count=2)] == order[:2]


def test_the_json_has_every_figure_and_what_was_wrong_in_each_document() -> None:
    wanted = {"invoice_number": "7", "gross_amount": "12.00", "line_items": [{"quantity": "1"}]}
    files = [outcome(wanted, {"invoice_number": "8"}, group="A"), failed()]
    encoded = json.loads(json.dumps(encode_evaluation(figures_of(files), files)))
    assert encoded["documents"] == encoded["files"] == 2
    assert encoded["header"]["recall"] == 0.0
    assert encoded["header"]["mean_recall"] == 0.0
    assert encoded["straight_through"] == {
        "documents": 2,
        "passed": 1,
        "share": 0.5,
        "wrong": 1,
        "missing": 0,
        "mean_share": 0.5,
    }
    assert encoded["tables"]["line_items"]["columns"]["quantity"]["missed"] == 2
    assert encoded["reliability"]["header"]["bins"][9]["count"] == 1
    assert encoded["seconds"] == {"median": 1.0, "p95": 1.0}
    assert encoded["failures"] == {"DamagedDocument": 1}
    first, second = encoded["results"]
    assert first["wrong"] == [{"path": "invoice_number", "wanted": "7", "read": "8", "confidence": 0.95}]
    assert [each["path"] for each in first["missed"]] == ["gross_amount", "line_items[wanted 0].quantity"]
    assert second["status"] == "failed"
    assert second["error"] == {"code": "DamagedDocument", "message": "cut off"}
