"""Figures and words that a sentence of an amendment replaces in the contract."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from reconciliation.amendments import JUNE, amendment, change, history

from extractor.assessment.assessment import Assessment
from extractor.engines.reading import ChangeKind
from extractor.extraction.extraction import Leaf, State
from extractor.reconciliation.amending import amended

MakeAssessment = Callable[..., Assessment]


def term(value: str | Decimal, text: str, clause: str, quote: str) -> Leaf:
    return Leaf(value=value, state=State.FOUND, text=text, clause=clause, quote=quote)


def test_a_figure_is_replaced_where_the_contract_has_it(contract: MakeAssessment) -> None:
    days = change(ChangeKind.DAYS, Decimal(30), Decimal(45))
    joined = amended(contract(), [amendment(contract, changes=(days,))])
    assert history(joined.extraction.leaf("payment_days")) == [(Decimal(45), JUNE), (Decimal(30), None)]
    assert joined.extraction.leaf("payment_days").clause == "Nachtrag 1, § 1"


def test_a_later_amendment_changes_what_an_earlier_one_said(contract: MakeAssessment) -> None:
    first = amendment(contract, number=1, payment_days=Decimal(45))
    second = amendment(
        contract, number=2, since=JUNE.replace(month=9),
        changes=(change(ChangeKind.DAYS, Decimal(45), Decimal(60)),),
    )  # fmt: skip
    joined = amended(contract(), [second, first])
    assert [value for value, _ in history(joined.extraction.leaf("payment_days"))] == [60, 45, 30]


def test_figures_of_another_kind_stay(contract: MakeAssessment) -> None:
    percent = change(ChangeKind.RATE, Decimal(30), Decimal(45))
    assert amended(contract(), [amendment(contract, changes=(percent,))]).fields == contract().fields


def test_of_two_terms_with_one_figure_the_cited_clause_tells(contract: MakeAssessment) -> None:
    terms = {
        "retention_rate": term(Decimal(5), "5 %", "§ 7 Abs. 2", "Einbehalt 5 %"),
        "tax_rate": term(Decimal(5), "5 %", "§ 4", "USt. 5 %"),
    }
    cited = change(ChangeKind.RATE, Decimal(5), Decimal(10), "§ 7 abs. 2")
    joined = amended(contract(**terms), [amendment(contract, changes=(cited,))])
    assert joined.extraction.leaf("retention_rate").value == 10
    assert joined.extraction.leaf("tax_rate").value == 5


@pytest.mark.parametrize(
    ("quote", "changed"),
    [
        ("Der Preis der Pendelleuchte wird von 50,00 auf 55,00 EUR erhöht.", [True, False]),
        ("Der Preis wird von 50,00 auf 55,00 EUR erhöht.", [False, False]),
    ],
)
def test_a_price_is_changed_only_where_the_sentence_names_the_item(
    contract: MakeAssessment, quote: str, changed: list[bool]
) -> None:
    rows = [
        {"description": name, "unit": "Stück", "unit_price": Decimal("50.00")}
        for name in ("Pendelleuchte", "Tischleuchte")
    ]
    more = change(ChangeKind.AMOUNT, Decimal("50.00"), Decimal("55.00"), quote=quote)
    joined = amended(contract(price_list=rows), [amendment(contract, changes=(more,))])
    found = [row.members["unit_price"].value for row in joined.extraction.rows("price_list")]
    assert found == [Decimal("55.00") if each else Decimal("50.00") for each in changed]


def test_words_of_a_text_are_replaced_and_of_anything_else_in_doubt(contract: MakeAssessment) -> None:
    words = change(ChangeKind.WORDS, "4 % per annum", "6 % per annum")
    trigger = change(ChangeKind.WORDS, "receipt of the invoice", "delivery")
    joined = amended(
        contract(
            late_fee_rate=term("4 % per annum", "4 % per annum", "5", "interest of 4 % per annum"),
            payment_trigger=term(
                "invoice_receipt", "receipt of the invoice", "4", "30 days of receipt of the invoice"
            ),
        ),
        [amendment(contract, changes=(words, trigger))],
    )
    assert history(joined.extraction.leaf("late_fee_rate")) == [
        ("6 % per annum", JUNE),
        ("4 % per annum", None),
    ]
    assert joined.extraction.leaf("payment_trigger").state is State.UNREADABLE
    assert joined.extraction.leaf("payment_days").value == 30


def test_a_date_and_an_account_are_replaced_too(contract: MakeAssessment) -> None:
    changes = (
        change(ChangeKind.DATE, date(2025, 12, 31), date(2026, 12, 31)),
        change(ChangeKind.WORDS, "DE02 1203 0000 0000 2020 51", "DE89 3704 0044 0532 0130 00"),
    )
    joined = amended(contract(), [amendment(contract, changes=changes)])
    assert joined.extraction.leaf("expiry_date").value == date(2026, 12, 31)
    assert joined.extraction.group("bank_account")["account"].value == "DE89370400440532013000"


def test_an_old_value_that_an_amendment_also_tells_does_not_come_back(contract: MakeAssessment) -> None:
    days = change(ChangeKind.DAYS, Decimal(30), Decimal(45))
    both = amendment(contract, changes=(days,), payment_days=Decimal(30))
    new = amendment(contract, changes=(days,), payment_days=Decimal(45))
    for each in (both, new):
        joined = amended(contract(), [each])
        assert history(joined.extraction.leaf("payment_days")) == [(Decimal(45), JUNE), (Decimal(30), None)]
        assert joined.extraction.amended_by[0].unplaced == ()
