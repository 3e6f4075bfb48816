"""What an amendment says is laid on the contract's terms, and both are kept."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from reconciliation.amendments import JUNE, amendment, history, price

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import Group, State, Table
from extractor.reconciliation.amending import amended
from extractor.reconciliation.check import CheckCode, CheckState, Reconciliation
from extractor.reconciliation.in_force import version_on

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]

_MAY_31 = date(2025, 5, 31)
_OCTOBER = date(2025, 10, 1)


def prices(contract: Assessment, day: date) -> list[object]:
    rows = version_on(contract, day).extraction.rows("price_list")
    return [row.members["unit_price"].value for row in rows if row.members]


def test_a_term_has_the_contracts_version_and_the_amendments(contract: MakeAssessment) -> None:
    term = amended(contract(), [amendment(contract, payment_days=Decimal(45))]).extraction.leaf(
        "payment_days"
    )
    assert history(term) == [(Decimal(45), JUNE), (Decimal(30), None)]
    assert (term.clause, term.source) == ("Nachtrag 1, § 3 Abs. 1", "nachtrag-1.pdf")
    assert (term.earlier[0].clause, term.earlier[0].source) == ("§ 3 Abs. 1", None)


def test_what_an_amendment_repeats_is_no_change(contract: MakeAssessment) -> None:
    joined = amended(
        contract(),
        [
            amendment(
                contract, payment_days=Decimal(30), bank_account={"account": "DE02 1203 0000 0000 2020 51"}
            )
        ],
    )
    assert joined.fields == contract().fields


def test_an_amendment_dates_and_names_only_itself(contract: MakeAssessment) -> None:
    own = amendment(contract, title="Nachtrag 1", governing_law="Recht", seller_name="Quendelmoor Lampen KG")
    assert amended(contract(), [own]).fields == contract().fields


def test_the_order_of_the_amendments_does_not_matter(contract: MakeAssessment) -> None:
    several = (
        amendment(contract, number=3, since=_OCTOBER, payment_days=Decimal(60)),
        amendment(contract, number=1, payment_days=Decimal(45), total_amount=Decimal(6000)),
        amendment(contract, number=2, since=_OCTOBER, payment_days=Decimal(50)),
    )
    joined = {str(amended(contract(), order).extraction) for order in permutations(several)}
    assert len(joined) == 1
    term = amended(contract(), several).extraction.leaf("payment_days")
    assert [value for value, _ in history(term)] == [60, 50, 45, 30]
    assert version_on(amended(contract(), several), _OCTOBER).extraction.leaf("payment_days").value == 60


def test_what_is_agreed_first_by_an_amendment_is_not_agreed_before(contract: MakeAssessment) -> None:
    none = Group(members={}, state=State.ABSENT)
    joined = amended(
        contract(agreed_discount=none),
        [amendment(contract, retention_rate=Decimal(5), agreed_discount={"percent": Decimal(2)})],
    )
    before, after = version_on(joined, _MAY_31), version_on(joined, JUNE)
    assert before.extraction.leaf("retention_rate").state is State.ABSENT
    assert before.fields["agreed_discount"] == none
    assert after.extraction.leaf("retention_rate").value == 5
    assert after.extraction.group("agreed_discount")["percent"].value == 2


def test_an_account_is_changed_as_a_whole(contract: MakeAssessment) -> None:
    new = {"bank": "Neue Bank", "account": "DE89370400440532013000"}
    joined = amended(
        contract(bank_account={"account": "DE02120300000000202051", "bic": "BYLADEM1001"}),
        [amendment(contract, bank_account=new)],
    )
    before, after = (version_on(joined, day).extraction.group("bank_account") for day in (_MAY_31, JUNE))
    assert {name: leaf.value for name, leaf in before.items()} == {
        "account": "DE02120300000000202051", "bic": "BYLADEM1001",
    }  # fmt: skip
    assert {name: leaf.value for name, leaf in after.items()} == new


def test_a_price_of_the_list_is_changed_and_a_new_row_added(contract: MakeAssessment) -> None:
    rows = [
        price("Pendelleuchte", "55.00", specification="E27, 400 mm"),
        price("Stehleuchte", "80.00", specification="LED"),
    ]
    joined = amended(contract(), [amendment(contract, price_list=rows)])
    assert prices(joined, _MAY_31) == [Decimal("50.00"), Decimal("20.00")]
    assert prices(joined, JUNE) == [Decimal("55.00"), Decimal("20.00"), Decimal("80.00")]
    first = joined.extraction.rows("price_list")[0].members
    assert (first["unit_price"].source, first["description"].source) == ("nachtrag-1.pdf", None)


def test_a_list_that_only_an_amendment_has_is_absent_before(contract: MakeAssessment) -> None:
    joined = amended(contract(price_list=[]), [amendment(contract, price_list=[price("Lampe", "80.00")])])
    assert version_on(joined, _MAY_31).fields["price_list"].state is State.ABSENT
    assert prices(joined, JUNE) == [Decimal("80.00")]


def test_without_a_day_both_contradict_each_other(contract: MakeAssessment) -> None:
    joined = amended(contract(), [amendment(contract, since=None, payment_days=Decimal(45))])
    term = joined.extraction.leaf("payment_days")
    assert (term.state, [each.value for each in term.also]) == (State.CONTRADICTORY, [Decimal(45)])
    assert joined.extraction.amended_by[0].since is None


@pytest.mark.parametrize(("day", "state"), [(_MAY_31, CheckState.MISMATCH), (JUNE, CheckState.PASSED)])
def test_each_invoice_has_the_terms_of_its_day(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare, day: date, state: CheckState
) -> None:
    words = "zahlbar innerhalb von 45 Tagen"
    later = bill(issue_date=day, due_date=None, payment_terms=words, remarks=None)
    joined = amended(contract(), [amendment(contract, payment_days=Decimal(45))])
    (check,) = [
        each
        for each in compare(later, contract=joined).checks
        if each.code is CheckCode.PAYMENT_TERM_MISMATCH
    ]
    assert check.state is state
    assert check.agreed is not None
    assert check.agreed.source == ("nachtrag-1.pdf" if day == JUNE else None)


def test_fees_that_only_an_amendment_rules_out_are_ruled_out(contract: MakeAssessment) -> None:
    place = contract().extraction.leaf("payment_days")
    ruled_out = Table(rows=(), state=State.FOUND, place=place)
    joined = amended(contract(), [amendment(contract, allowed_fees=ruled_out)])
    fees = joined.fields["allowed_fees"]
    assert isinstance(fees, Table)
    assert fees.place is not None
    assert fees.place.source == "nachtrag-1.pdf"
