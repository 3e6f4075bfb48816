"""Checks that count what the ledger has: caps, milestones, duplicates, credit notes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Verdict
from extractor.reconciliation.ledger import MemoryLedger
from extractor.reconciliation.policy_file import load_policy
from extractor.reconciliation.reconcile import reconcile

MakeAssessment = Callable[..., Assessment]
POLICY = load_policy(None)
RECORDED = datetime(2025, 3, 4, tzinfo=UTC)


def against(ledger: MemoryLedger | None, *invoices: Assessment, contract: Assessment) -> Reconciliation:
    return reconcile(invoices, contract, policy=POLICY, ledger=ledger)


def approved(*invoices: Assessment, contract: Assessment) -> MemoryLedger:
    """Return a ledger that has the invoices, each approved after the one before."""
    ledger = MemoryLedger()
    for invoice in invoices:
        record(ledger, against(ledger, invoice, contract=contract))
    return ledger


def record(ledger: MemoryLedger, outcome: Reconciliation) -> None:
    assert outcome.verdict is Verdict.APPROVE, [check.message for check in mismatches(outcome)]
    assert outcome.ledger is not None
    entries = [replace(entry, recorded=RECORDED) for entry in outcome.entries]
    ledger.append(entries, at=outcome.ledger.revision)


def mismatches(outcome: Reconciliation) -> list[Check]:
    return [check for check in outcome.checks if check.state is CheckState.MISMATCH]


def flagged(outcome: Reconciliation) -> list[tuple[int | None, CheckCode, object]]:
    return [(check.invoice, check.code, check.consequence_of) for check in mismatches(outcome)]


def lamps(count: str, price: str = "50.00", **line: object) -> dict[str, object]:
    """Return the fields of an invoice for so many pendant lamps; the line may be another."""
    net = Decimal(count) * Decimal(price)
    tax = (net * Decimal("0.19")).quantize(Decimal("0.01"))
    row = {
        "description": "Pendelleuchte", "specification": "E27, 400 mm", "quantity": Decimal(count),
        "unit": "Stk.", "unit_price": Decimal(price), "net_amount": net, "tax_rate": Decimal(19),
    }  # fmt: skip
    return {
        "line_items": [row | line], "net_amount": net, "tax_amount": tax, "gross_amount": net + tax,
        "amount_due": net + tax,
    }  # fmt: skip


@pytest.fixture
def delivered(bill: MakeAssessment) -> MakeAssessment:
    """Return a maker of invoices, each of its own number, day and delivery note."""

    def make(number: int, **changes: object) -> Assessment:
        day = date(2025, 3, number)
        fields: dict[str, object] = {
            "invoice_number": f"R-{number}", "issue_date": day, "due_date": None,
            "remarks": f"Lieferschein LS-90{number}",
        }  # fmt: skip
        return bill(**{**fields, **changes})

    return make


@pytest.fixture
def credited(bill: MakeAssessment) -> MakeAssessment:
    """Return a maker of credit notes for an invoice of `delivered`."""

    def make(number: int, *, undoes: str, day: int = 20, **changes: object) -> Assessment:
        fields: dict[str, object] = {
            "invoice_number": f"G-{number}", "issue_date": date(2025, 3, day), "due_date": None,
            "invoice_type": "credit_note", "payment_terms": None,
            "remarks": f"Gutschrift zur Rechnung {undoes}",
        }  # fmt: skip
        return bill(**{**fields, **changes})

    return make


def test_an_empty_ledger_changes_nothing(bill: MakeAssessment, contract: MakeAssessment) -> None:
    without = against(None, bill(), contract=contract())
    with_one = against(MemoryLedger(), bill(), contract=contract())
    assert [replace(check, message="") for check in with_one.checks] == [
        replace(check, message="") for check in without.checks
    ]
    assert with_one.verdict is Verdict.APPROVE
    assert with_one.ledger is not None
    assert (with_one.ledger.remembered, with_one.ledger.is_recorded) == (0, False)


@pytest.mark.parametrize(("count", "is_flagged"), [("10", False), ("11", True)])
def test_quantities_are_added_to_the_ledgers(
    delivered: MakeAssessment, contract: MakeAssessment, count: str, *, is_flagged: bool
) -> None:
    ledger = approved(delivered(1, **lamps("20")), delivered(2, **lamps("10")), contract=contract())
    outcome = against(ledger, delivered(3, **lamps(count)), contract=contract())
    assert flagged(outcome) == ([(0, CheckCode.QUANTITY_EXCEEDED, None)] if is_flagged else [])
    if is_flagged:
        (check,) = mismatches(outcome)
        assert check.difference == 1
        assert check.message == (
            "Pendelleuchte: 41 billed with R-1 (R-1.pdf) and R-2 (R-2.pdf) (11 here), but 40 are agreed."
        )
        assert [(side.source, side.text, side.value) for side in check.earlier] == [
            ("R-1.pdf", "R-1", Decimal(20)),
            ("R-2.pdf", "R-2", Decimal(10)),
        ]


def test_quantities_of_the_ledger_are_in_the_contracts_unit(
    delivered: MakeAssessment, contract: MakeAssessment
) -> None:
    rows = [
        {"description": "Quarzsand", "unit": "kg", "unit_price": Decimal("0.50"), "tax_included": "false",
         "quantity": Decimal(3000)},
    ]  # fmt: skip

    def sand(quantity: str, unit: str, price: str) -> dict[str, object]:
        return lamps(quantity, price, description="Quarzsand", specification=None, unit=unit)

    terms = contract(price_list=rows)
    ledger = approved(delivered(1, **sand("2", "t", "500.00")), contract=terms)
    (kept,) = ledger.invoices(against(ledger, delivered(2), contract=terms).entries[0].contract)
    assert (kept.lines[0].agreed_quantity, kept.lines[0].agreed_unit) == (Decimal(2000), "kg")
    assert flagged(against(ledger, delivered(2, **sand("1000", "kg", "0.50")), contract=terms)) == []
    over = against(ledger, delivered(2, **sand("1001", "kg", "0.50")), contract=terms)
    assert flagged(over) == [(0, CheckCode.QUANTITY_EXCEEDED, None)]


@pytest.mark.parametrize(("cap", "is_flagged"), [("1399.95", False), ("1399.94", True)])
def test_the_total_counts_the_ledger(
    delivered: MakeAssessment, contract: MakeAssessment, cap: str, *, is_flagged: bool
) -> None:
    terms = contract(total_amount=Decimal(cap))
    ledger = approved(delivered(1), contract=terms)
    outcome = against(ledger, delivered(2), contract=terms)
    assert flagged(outcome) == ([(0, CheckCode.TOTAL_EXCEEDED, None)] if is_flagged else [])
    if is_flagged:
        (check,) = mismatches(outcome)
        assert "1400.00 is billed with R-1 (R-1.pdf) (700.00 here)" in check.message
        assert [(side.source, side.value) for side in check.earlier] == [("R-1.pdf", Decimal("700.00"))]


def test_what_was_approved_comes_first_whatever_its_date(
    delivered: MakeAssessment, contract: MakeAssessment
) -> None:
    terms = contract(total_amount=Decimal("1000.00"))
    ledger = approved(delivered(9), contract=terms)
    assert flagged(against(ledger, delivered(1), contract=terms)) == [(0, CheckCode.TOTAL_EXCEEDED, None)]


def test_what_was_approved_under_another_contract_uses_up_nothing(
    delivered: MakeAssessment, contract: MakeAssessment
) -> None:
    ledger = approved(
        delivered(1, contract_number="K-1/24"), contract=_renamed(contract(contract_number="K-1/24"))
    )
    terms = contract(total_amount=Decimal("1000.00"))
    assert flagged(against(ledger, delivered(2), contract=terms)) == []
    again = against(ledger, delivered(1, remarks="Lieferschein LS-7"), contract=terms)
    assert flagged(again) == [(0, CheckCode.DUPLICATE_INVOICE, None)]
    assert "under contract K-1/24" in mismatches(again)[0].message


def test_amounts_in_another_currency_are_not_added_but_asked_about(
    delivered: MakeAssessment, contract: MakeAssessment
) -> None:
    ledger = approved(delivered(1, currency="USD", **lamps("20")), contract=contract(currency=None))
    outcome = against(ledger, delivered(2, **lamps("20")), contract=contract(total_amount=Decimal("1500.00")))
    assert flagged(outcome) == []
    (asked,) = (check for check in outcome.checks if check.is_unsure)
    assert asked.code is CheckCode.TOTAL_EXCEEDED
    assert "R-1 in USD" in asked.message
    more = against(ledger, delivered(2, **lamps("21")), contract=contract(total_amount=None))
    assert flagged(more) == [(0, CheckCode.QUANTITY_EXCEEDED, None)]  # pieces are pieces


def test_a_milestone_in_the_ledger_is_not_billed_again(
    delivered: MakeAssessment, contract: MakeAssessment
) -> None:
    steps = [{"name": "Rohbau fertig", "amount": Decimal("1000.00")}]
    terms = contract(price_list=[], milestones=steps, total_amount=Decimal("9000.00"))
    fields = lamps("1", "1000.00", description="Rohbau fertig", specification=None)
    ledger = approved(delivered(1, **fields), contract=terms)
    outcome = against(ledger, delivered(2, **fields), contract=terms)
    assert flagged(outcome) == [(0, CheckCode.MILESTONE_AMOUNT_MISMATCH, None)]
    (check,) = mismatches(outcome)
    assert "2000.00 with R-1 (R-1.pdf)" in check.message
    assert check.difference == 1000


def test_the_same_file_again_is_one_flag_that_says_so(bill: MakeAssessment, contract: MakeAssessment) -> None:
    terms = contract(total_amount=Decimal("1000.00"))
    outcome = against(approved(bill(), contract=terms), bill(), contract=terms)
    assert flagged(outcome) == [(0, CheckCode.DUPLICATE_INVOICE, None)]
    (check,) = mismatches(outcome)
    assert check.message == (
        "The ledger has this very file: invoice R-7001 (R-7001.pdf, approved on 2025-03-04 "
        "under contract K-2041/25). It is not to be paid again."
    )
    assert check.agreed is not None
    assert check.agreed.source == "R-7001.pdf"
    assert outcome.verdict is Verdict.BLOCK
    (total,) = (check for check in outcome.checks if check.code is CheckCode.TOTAL_EXCEEDED)
    assert total.message == "The ledger has counted this file already; it is not counted again."


def test_the_same_delivery_under_a_new_number_is_found_in_the_ledger(
    delivered: MakeAssessment, contract: MakeAssessment
) -> None:
    ledger = approved(delivered(1), contract=contract())
    outcome = against(ledger, delivered(2, remarks="Lieferschein LS-901"), contract=contract())
    assert flagged(outcome) == [(0, CheckCode.DUPLICATE_INVOICE, None)]
    assert "the same lines for the same delivery" in mismatches(outcome)[0].message


def test_a_cap_that_only_a_copy_of_the_ledgers_breaks_is_its_consequence(
    delivered: MakeAssessment, contract: MakeAssessment
) -> None:
    terms = contract(total_amount=Decimal("1000.00"))
    ledger = approved(delivered(1), contract=terms)
    outcome = against(ledger, delivered(2, invoice_number="R-1"), contract=terms)
    assert (0, CheckCode.DUPLICATE_INVOICE, None) in flagged(outcome)
    assert {cause for _, code, cause in flagged(outcome) if code is CheckCode.TOTAL_EXCEEDED} <= {
        CheckCode.DUPLICATE_INVOICE
    }


def test_a_credit_note_undoes_what_the_ledger_has(
    delivered: MakeAssessment, credited: MakeAssessment, contract: MakeAssessment
) -> None:
    terms = contract(total_amount=Decimal("1000.00"))
    ledger = approved(delivered(1), contract=terms)
    assert flagged(against(ledger, delivered(2), contract=terms)) == [(0, CheckCode.TOTAL_EXCEEDED, None)]
    record(ledger, against(ledger, credited(1, undoes="R-1"), contract=terms))
    assert flagged(against(ledger, delivered(2), contract=terms)) == []


def test_a_credit_note_without_lines_of_the_price_list_frees_the_quantities(
    delivered: MakeAssessment, credited: MakeAssessment, contract: MakeAssessment
) -> None:
    ledger = approved(delivered(1, **lamps("40")), contract=contract())
    fields = lamps("1", "2000.00") | {"line_items": []}
    record(ledger, against(ledger, credited(1, undoes="R-1", **fields), contract=contract()))
    assert flagged(against(ledger, delivered(2, **lamps("40")), contract=contract())) == []


def test_a_credit_note_in_part_gives_back_its_own_lines(
    delivered: MakeAssessment, credited: MakeAssessment, contract: MakeAssessment
) -> None:
    ledger = approved(delivered(1, **lamps("40")), contract=contract())
    record(ledger, against(ledger, credited(1, undoes="R-1", **lamps("10")), contract=contract()))
    assert flagged(against(ledger, delivered(2, **lamps("10")), contract=contract())) == []
    over = against(ledger, delivered(2, **lamps("11")), contract=contract())
    assert flagged(over) == [(0, CheckCode.QUANTITY_EXCEEDED, None)]
    assert [side.value for side in mismatches(over)[0].earlier] == [40, -10]


def test_a_number_that_was_undone_may_be_billed_again(
    delivered: MakeAssessment, credited: MakeAssessment, contract: MakeAssessment
) -> None:
    ledger = approved(delivered(1), contract=contract())
    corrected = _in_file(delivered(1, issue_date=date(2025, 3, 25), **lamps("9")), "corrected.pdf")
    assert flagged(against(ledger, corrected, contract=contract())) == [
        (0, CheckCode.DUPLICATE_INVOICE, None)
    ]
    record(ledger, against(ledger, credited(1, undoes="R-1"), contract=contract()))
    record(ledger, against(ledger, corrected, contract=contract()))
    again = _in_file(corrected, "again.pdf")
    assert flagged(against(ledger, again, contract=contract())) == [(0, CheckCode.DUPLICATE_INVOICE, None)]


def test_the_old_paper_of_what_was_undone_is_a_question(
    delivered: MakeAssessment, credited: MakeAssessment, contract: MakeAssessment
) -> None:
    figures = tuple(f"{number}" for number in range(100, 120))
    first = _with_figures(delivered(1), figures)
    scan = _with_figures(_in_file(delivered(1), "scan.pdf"), ("1O0", *figures[1:]))
    ledger = approved(first, contract=contract())
    assert flagged(against(ledger, scan, contract=contract())) == [(0, CheckCode.DUPLICATE_INVOICE, None)]
    record(ledger, against(ledger, credited(1, undoes="R-1"), contract=contract()))
    outcome = against(ledger, scan, contract=contract())
    assert flagged(outcome) == []
    (asked,) = (check for check in outcome.checks if check.is_unsure)
    assert "Is this the corrected invoice, or the old paper in another picture?" in asked.message


def test_the_file_that_was_undone_may_not_be_paid_again(
    delivered: MakeAssessment, credited: MakeAssessment, contract: MakeAssessment
) -> None:
    ledger = approved(delivered(1), contract=contract())
    record(ledger, against(ledger, credited(1, undoes="R-1"), contract=contract()))
    outcome = against(ledger, delivered(1), contract=contract())
    assert flagged(outcome) == [(0, CheckCode.DUPLICATE_INVOICE, None)]
    assert "Credit note G-1 undid it" in mismatches(outcome)[0].message


def test_a_credit_note_given_twice_is_a_duplicate(
    delivered: MakeAssessment, credited: MakeAssessment, contract: MakeAssessment
) -> None:
    ledger = approved(delivered(1), contract=contract())
    record(ledger, against(ledger, credited(1, undoes="R-1"), contract=contract()))
    outcome = against(ledger, credited(1, undoes="R-1"), contract=contract())
    assert flagged(outcome) == [(0, CheckCode.DUPLICATE_INVOICE, None)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_invoice_credit_note_and_corrected_invoice_may_come_together_in_any_order(
    delivered: MakeAssessment, credited: MakeAssessment, contract: MakeAssessment, order: tuple[int, ...]
) -> None:
    corrected = _in_file(delivered(1, issue_date=date(2025, 3, 25), **lamps("9")), "corrected.pdf")
    terms = contract(total_amount=Decimal("700.00"))
    given = (corrected, credited(1, undoes="R-1"), delivered(1))
    outcome = against(None, *(given[place] for place in order), contract=terms)
    assert flagged(outcome) == []
    assert outcome.verdict is Verdict.APPROVE


def test_money_kept_back_so_far_is_told(delivered: MakeAssessment, contract: MakeAssessment) -> None:
    terms = contract(retention_rate=Decimal(10))
    ledger = approved(delivered(1, amount_due=Decimal("749.70")), contract=terms)
    outcome = against(ledger, delivered(2), contract=terms)
    assert flagged(outcome) == [(0, CheckCode.RETENTION_NOT_HELD, None)]
    (check,) = mismatches(outcome)
    assert "So far 83.30 was kept back with R-1 (R-1.pdf)." in check.message


@given(counts=st.lists(st.integers(min_value=1, max_value=20), min_size=1, max_size=5), data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_cap_holds_alike_however_many_come_from_the_ledger(
    delivered: MakeAssessment, contract: MakeAssessment, counts: list[int], data: st.DataObject
) -> None:
    terms = contract(total_amount=None)
    invoices = [delivered(place, **lamps(str(count))) for place, count in enumerate(counts, 1)]
    together = against(None, *invoices, contract=terms)
    split = data.draw(st.integers(min_value=0, max_value=len(invoices) - 1))
    first = against(None, *invoices[:split], contract=terms).entries if split else ()
    rest = against(MemoryLedger(first), *invoices[split:], contract=terms)
    expected = [
        (check.invoice - split, check.code, check.difference)
        for check in mismatches(together)
        if check.invoice is not None and check.invoice >= split
    ]
    assert [(check.invoice, check.code, check.difference) for check in mismatches(rest)] == expected


def _renamed(contract: Assessment) -> Assessment:
    return _in_file(contract, "other-contract.pdf")


def _in_file(assessment: Assessment, name: str) -> Assessment:
    """Return the same document as if read from another file."""
    document = replace(assessment.extraction.document, id=f"sha256:{name}")
    return replace(assessment, extraction=replace(assessment.extraction, source=name, document=document))


def _with_figures(assessment: Assessment, figures: tuple[str, ...]) -> Assessment:
    return replace(assessment, extraction=replace(assessment.extraction, figures=figures))
