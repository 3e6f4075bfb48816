"""Which of the documents given as the contract amends which, and what is said where that is not clear."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from reconciliation.amendments import amendment, change

from extractor.assessment.assessment import Assessment
from extractor.engines.reading import ChangeKind
from extractor.errors import ForeignAmendment, SeveralContracts
from extractor.extraction.extraction import DocumentReference, State, Table
from extractor.reconciliation.check import CheckCode, CheckState, Reconciliation, Verdict
from extractor.reconciliation.joining import agreed_by
from extractor.reconciliation.pairing import pair
from extractor.validation.finding import FindingCode

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]

_SIGNED = date(2024, 12, 20)


def named(assessment: Assessment, source: str) -> Assessment:
    reference = DocumentReference(id=f"sha256:{source}", page_count=1, media_type="application/pdf")
    return replace(assessment, extraction=replace(assessment.extraction, source=source, document=reference))


def unclear(contract: Assessment) -> list[str]:
    return [each.message for each in contract.findings if each.code is FindingCode.AMENDMENT_UNCLEAR]


def laid_on(contract: Assessment) -> list[str]:
    return [each.title for each in contract.extraction.amended_by]


def test_a_contract_alone_is_as_it_is(contract: MakeAssessment) -> None:
    alone = contract()
    assert agreed_by([], [alone]) is alone


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"contract_number": "K-2041/25-N1"},
        {"contract_number": None},
        {"seller_tax_id": None, "buyer_tax_id": None, "buyer_name": "OSTRACH HOTELBETRIEBE AG"},
        {"contract_number": None, "seller_name": "Quendelmoor-Lampen", "buyer_tax_id": None},
    ],
)
def test_an_amendment_that_names_the_contract_or_both_parties_belongs_to_it(
    contract: MakeAssessment, own: dict[str, Any]
) -> None:
    joined = agreed_by([], [amendment(contract, payment_days=Decimal(45), **own), contract()])
    assert (laid_on(joined), unclear(joined)) == (["Nachtrag 1"], [])


def test_an_amendment_of_other_parties_is_refused(contract: MakeAssessment) -> None:
    other: dict[str, Any] = {
        "seller_name": "Andere GmbH",
        "seller_tax_id": None,
        "buyer_name": "Dritte AG",
        "buyer_tax_id": None,
    }
    with pytest.raises(ForeignAmendment, match="its seller is Andere GmbH"):
        agreed_by([], [contract(), amendment(contract, **other)])
    with pytest.raises(ForeignAmendment):
        agreed_by([], [contract(), amendment(contract, contract_number="K-9/25", **other)])


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        ({"contract_number": "K-9999/25"}, "it names K-9999/25, and the contract is K-2041/25"),
        ({"seller_name": "Andere GmbH", "seller_tax_id": None}, "its seller is Andere GmbH"),
        (
            {"contract_number": None, "seller_name": None, "seller_tax_id": None},
            "neither the contract's number nor both of its parties",
        ),
    ],
)
def test_an_amendment_that_may_be_to_another_contract_is_left_out_and_asked_about(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    own: dict[str, Any],
    reason: str,
) -> None:
    joined = agreed_by([], [contract(), amendment(contract, payment_days=Decimal(45), **own)])
    assert joined.extraction.leaf("payment_days").value == 30
    (message,) = unclear(joined)
    assert reason in message
    outcome = compare(bill(), contract=joined)
    (question,) = [
        each
        for each in outcome.checks
        if each.code is CheckCode.CONTRACT_NUMBER_MISMATCH and each.state is CheckState.NOT_CHECKABLE
    ]
    assert (question.is_unsure, outcome.verdict) == (True, Verdict.REVIEW)
    assert message in question.message


def test_another_number_is_no_doubt_where_the_contracts_day_is_named(contract: MakeAssessment) -> None:
    own = amendment(contract, contract_number="N-1", contract_days=(_SIGNED,))
    assert laid_on(agreed_by([], [contract(signing_date=_SIGNED), own])) == ["Nachtrag 1"]


def test_an_amendment_without_its_contract_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    joined = agreed_by([], [amendment(contract, payment_days=Decimal(30))])
    (message,) = unclear(joined)
    assert message.startswith("Nachtrag 1 (nachtrag-1.pdf) changes a contract that was not given")
    assert compare(bill(), contract=joined).verdict is Verdict.REVIEW


def test_an_amendment_without_a_day_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    joined = agreed_by([], [contract(), amendment(contract, since=None, total_amount=Decimal(6000))])
    assert unclear(joined) == ["Nachtrag 1 (nachtrag-1.pdf) does not say from when it holds."]
    outcome = compare(bill(), contract=joined)
    (cap,) = [each for each in outcome.checks if each.code is CheckCode.TOTAL_EXCEEDED]
    assert (cap.is_unsure, outcome.verdict) == (True, Verdict.REVIEW)
    assert (
        cap.message
        == "The contract contradicts itself: 5000.00 (§ 3 Abs. 1) and 6000 (Nachtrag 1, § 3 Abs. 1)."
    )


def test_the_order_of_the_documents_does_not_matter(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    documents = (
        contract(),
        amendment(contract, number=1, total_amount=Decimal(600)),
        amendment(contract, number=2, since=date(2025, 9, 1), total_amount=Decimal(9000)),
    )
    late = bill(issue_date=date(2025, 7, 1), due_date=date(2025, 7, 31), remarks=None)
    outcomes = {
        (outcome.verdict, str(outcome.checks))
        for order in permutations(documents)
        for outcome in [compare(late, contract=agreed_by([late], order))]
    }
    ((verdict, _),) = outcomes
    assert verdict is Verdict.BLOCK  # the cap was 600.00 in July


def test_a_document_given_twice_counts_once(contract: MakeAssessment) -> None:
    own = amendment(contract, payment_days=Decimal(45))
    assert laid_on(agreed_by([], [contract(), own, contract(), own])) == ["Nachtrag 1"]


def test_of_two_contracts_each_keeps_its_own_amendment(
    bill: MakeAssessment, contract: MakeAssessment
) -> None:
    first, second = contract(), named(contract(contract_number="K-7/25"), "k7.pdf")
    to_second = amendment(contract, contract_number="K-7/25", payment_days=Decimal(60))
    meant = agreed_by([bill(contract_number="K-7/25")], [first, to_second, second])
    assert (meant.source, laid_on(meant)) == ("k7.pdf", ["Nachtrag 1"])
    assert agreed_by([bill()], [first, to_second, second]) is first
    with pytest.raises(SeveralContracts):
        agreed_by([bill(contract_number=None)], [first, second])


def test_pairing_lays_amendments_on_and_loses_none(bill: MakeAssessment, contract: MakeAssessment) -> None:
    own = amendment(contract, number=1, payment_days=Decimal(45))
    loose = amendment(contract, number=2, contract_number="K-9999/25")
    found = pair([bill()], [loose, own, contract()])
    (only,) = found.pairs
    assert laid_on(only.contract) == ["Nachtrag 1"]
    assert [(each.document.source, each.reason) for each in found.unpaired] == [
        ("nachtrag-2.pdf", "it amends a contract that is not among the documents")
    ]


def test_pairing_guesses_nothing_where_an_amendment_fits_two_contracts(contract: MakeAssessment) -> None:
    contracts = [named(contract(contract_number=None), source) for source in ("a.pdf", "b.pdf")]
    found = pair([], [*contracts, amendment(contract, contract_number=None)])
    assert found.unpaired[0].reason == "it may amend several contracts: a.pdf, b.pdf"


def test_a_change_that_is_not_understood_or_of_nothing_is_a_question(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    odd = change(ChangeKind.DAYS, Decimal(14), Decimal(20), quote="… von 14 auf 20 Tage …")
    own = amendment(contract, changes=(odd,), unread=("Die Frist sinkt um 3 Tage.",))
    joined = agreed_by([], [contract(), own])
    unread, unplaced = unclear(joined)
    assert unread.endswith("says “Die Frist sinkt um 3 Tage.”, which was not understood.")
    assert unplaced.endswith("says “… von 14 auf 20 Tage …”, and nothing like it was read in the contract.")
    assert compare(bill(), contract=joined).verdict is Verdict.REVIEW


def test_a_price_list_that_an_amendment_ends_is_a_question(contract: MakeAssessment) -> None:
    place = contract().extraction.leaf("payment_days")
    fees = [{"name": "Fracht", "amount": Decimal(20)}]
    own = amendment(contract, allowed_fees=Table(rows=(), state=State.FOUND, place=place))
    assert unclear(agreed_by([], [contract(allowed_fees=fees), own])) == [
        "Nachtrag 1 (nachtrag-1.pdf) rules out allowed fees, and the contract has some: do they end?"
    ]
