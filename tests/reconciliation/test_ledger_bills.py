"""An invoice as an entry, and an entry as a bill again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from reconciliation.ledger_conformance import CONTRACT, entry

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.agreement import agreement_of
from extractor.reconciliation.bill import bill_of
from extractor.reconciliation.ledger_bills import entry_of, identity_of, remembered, remembered_matches
from extractor.reconciliation.matching import match_lines
from extractor.reconciliation.policy_file import load_policy

MakeAssessment = Callable[..., Assessment]
MATCHING = load_policy(None).matching


def test_an_entry_has_what_was_read_and_what_it_is_to_the_contract(
    bill: MakeAssessment, contract: MakeAssessment
) -> None:
    agreement, billed = agreement_of(contract()), bill_of(bill(), position=0)
    matches = match_lines(billed.lines, agreement.prices, policy=MATCHING)
    kept = entry_of(billed, matches, agreement=agreement, contract=identity_of(contract()))
    assert (kept.contract.number, kept.contract.day) == ("K-2041/25", date(2025, 1, 1))
    assert (kept.number, kept.issue_date, kept.gross_amount) == (
        "R-7001",
        date(2025, 3, 3),
        Decimal("833.00"),
    )
    assert (kept.notes, kept.periods[0].first) == (("ls-5512",), date(2025, 2, 28))
    assert (kept.sign, kept.undoes, kept.recorded) == (1, (), None)
    lamp = kept.lines[0]
    assert (lamp.row, lamp.agreed_quantity, lamp.agreed_unit) == (
        "Pendelleuchte E27, 400 mm",
        Decimal(10),
        "Stück",
    )


def test_a_credit_note_cites_what_it_undoes_and_not_itself_or_the_contract(
    bill: MakeAssessment, contract: MakeAssessment
) -> None:
    credit = bill(
        invoice_type="credit_note",
        invoice_number="G-1",
        remarks="Rechnung G-1; Rechnung K-2041/25; Rechnung R-7001",
    )
    agreement = agreement_of(contract())
    kept = entry_of(bill_of(credit, position=0), {}, agreement=agreement, contract=identity_of(contract()))
    assert (kept.sign, kept.undoes) == (-1, ("r-7001",))


def test_a_bill_of_an_entry_has_its_figures_in_the_contracts_units() -> None:
    kept = entry(sign=-1, counts=False)
    line = replace(kept.lines[0], agreed_quantity=Decimal(120), agreed_unit="Stück")
    billed = remembered(replace(kept, lines=(line,)), position=-1)
    assert billed.is_remembered
    assert (billed.sign, billed.counts) == (-1, False)
    assert (billed.net, billed.tax, billed.gross, billed.due) == tuple(
        map(Decimal, ("700", "133", "833", "833"))
    )
    assert (billed.lines[0].quantity, billed.lines[0].unit, billed.lines[0].net) == (
        Decimal(120),
        "Stück",
        Decimal(700),
    )


def test_what_was_approved_holds_and_only_a_row_that_is_gone_is_matched_anew(
    contract: MakeAssessment,
) -> None:
    prices = agreement_of(contract()).prices
    lines = tuple(
        replace(entry().lines[0], description="Tischleuchte", specification="E14, schwarz", row=row)
        for row in ("Pendelleuchte E27, 400 mm", "Tischleuchte, schwarz (E14)", None)
    )
    kept = replace(entry(contract=CONTRACT), lines=lines)
    matches = remembered_matches(remembered(kept, position=-1), kept, prices, policy=MATCHING)
    assert {index: match.price.description for index, match in matches.items()} == {
        0: "Pendelleuchte",
        1: "Tischleuchte",
    }
