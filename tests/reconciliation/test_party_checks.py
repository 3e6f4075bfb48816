"""Names, ids and accounts: what is the same, what is another, what is a question."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import State
from extractor.pages.word import Origin
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Verdict

MakeAssessment = Callable[..., Assessment]
Compare = Callable[..., Reconciliation]


def outcomes(outcome: Reconciliation, code: CheckCode) -> list[tuple[CheckState, bool]]:
    return [(check.state, check.is_unsure) for check in checks(outcome, code)]


def checks(outcome: Reconciliation, code: CheckCode) -> list[Check]:
    return [check for check in outcome.checks if check.code is code]


SAME = (CheckState.PASSED, False)
OTHER = (CheckState.MISMATCH, False)
QUESTION = (CheckState.NOT_CHECKABLE, True)


@pytest.mark.parametrize(
    ("agreed", "billed", "expected"),
    [
        ("Quendelmoor Lampen GmbH", "Quendelmoor Lampen AG", OTHER),
        ("TARNHOLM HERON SOCIETY", "The Tarnholm Heron Society", SAME),
        ("The Tarnholm Heron Society", "Tarnholm Egret Society", OTHER),
        ("Quendelmoor Lampen GmbH", "Quendelmoor Vertriebs GmbH", OTHER),
        ("Quendelmoor Lampen GmbH", "Quendelmoor Lampen GmbH & Co. KG", OTHER),
        ("Quendelmoor Lampen GmbH", "Quendelmoor Lampen GmbH, Niederlassung Süd", QUESTION),
        ("鼎峪（无锡）电气设备有限公司", "鼎峪(无锡)电气设备有限公司", SAME),
        ("无锡鼎峪电气设备有限公司", "无锡鼎峪电气设备有限责任公司", SAME),
        ("无锡鼎峪电气设备有限公司", "无锡鼎峪电气设备有限公司昆明分公司", QUESTION),
        ("无锡鼎峪电气设备有限公司", "无锡鼎峪电气贸易有限公司", OTHER),
        ("Harrow Tools Ltd", "HARROW TOOLS LIMITED", SAME),
        ("Harrow Tools, Inc.", "Harrow Tools Incorporated", SAME),
    ],
)
def test_names_are_compared_as_people_do(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    agreed: str,
    billed: str,
    expected: tuple[CheckState, bool],
) -> None:
    outcome = compare(bill(seller_name=billed), contract=contract(seller_name=agreed))
    assert outcomes(outcome, CheckCode.PARTY_NAME_MISMATCH)[0] == expected


def test_a_name_misread_by_one_letter_is_a_question_on_a_scan_only(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    name = "Quendelmoor Larnpen GmbH"
    printed = compare(bill(seller_name=name), contract=contract())
    scanned = compare(bill(seller_name=name, origin=Origin.OCR), contract=contract())
    assert outcomes(printed, CheckCode.PARTY_NAME_MISMATCH)[0] == OTHER
    assert outcomes(scanned, CheckCode.PARTY_NAME_MISMATCH)[0] == QUESTION


@pytest.mark.parametrize(
    ("billed", "expected"),
    [
        ("DE 136 695 976", SAME),
        ("136695976", SAME),
        ("DE811907980", OTHER),
        ("DE129273398", QUESTION),  # the buyer's own
    ],
)
def test_tax_ids_are_compared_without_their_dress(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    billed: str,
    expected: tuple[CheckState, bool],
) -> None:
    outcome = compare(bill(seller_tax_id=billed), contract=contract())
    assert outcomes(outcome, CheckCode.TAX_ID_MISMATCH)[0] == expected


@pytest.mark.parametrize(
    ("billed", "expected"),
    [("K-2041/25", SAME), ("30", (CheckState.NOT_CHECKABLE, False)), ("300", OTHER)],
)
def test_two_digits_tell_no_other_contract(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    billed: str,
    expected: tuple[CheckState, bool],
) -> None:
    outcome = compare(bill(contract_number=billed), contract=contract())
    assert outcomes(outcome, CheckCode.CONTRACT_NUMBER_MISMATCH) == [expected]


def test_a_vat_id_and_a_national_number_are_not_compared(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    outcome = compare(bill(seller_tax_id="21/815/08150", buyer_tax_id=None), contract=contract())
    assert outcomes(outcome, CheckCode.TAX_ID_MISMATCH) == [(CheckState.NOT_CHECKABLE, False)]


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        ("DE02 1203 0000 0000 2020 51", SAME),
        ("IBAN DE02120300000000202051", SAME),
        ("DE89370400440532013000", OTHER),
        ("12", (CheckState.NOT_CHECKABLE, False)),
    ],
)
def test_accounts_are_compared_by_their_digits(
    bill: MakeAssessment,
    contract: MakeAssessment,
    compare: Compare,
    *,
    account: str,
    expected: tuple[CheckState, bool],
) -> None:
    outcome = compare(bill(seller_bank_account={"account": account}), contract=contract())
    assert outcomes(outcome, CheckCode.BANK_ACCOUNT_CHANGED) == [expected]


def test_a_bare_dollar_sign_may_be_the_agreed_dollar(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    terms = contract(currency="CAD")
    plain = bill(currency="USD")
    sign = bill(currency=replace(plain.extraction.leaf("currency"), text="$", state=State.DERIVED))
    assert outcomes(compare(sign, contract=terms), CheckCode.CURRENCY_MISMATCH) == [SAME]
    assert outcomes(compare(plain, contract=terms), CheckCode.CURRENCY_MISMATCH) == [OTHER]


def test_clauses_that_contradict_each_other_never_pass_silently(
    bill: MakeAssessment, contract: MakeAssessment, compare: Compare
) -> None:
    thirty = replace(contract().extraction.leaf("payment_days"), clause="§ 4")
    other = replace(thirty, value=Decimal(60), text="60", clause="§ 9")
    terms = contract(payment_days=replace(thirty, state=State.CONTRADICTORY, also=(other,)))
    outcome = compare(bill(), contract=terms)
    (check,) = checks(outcome, CheckCode.PAYMENT_TERM_MISMATCH)
    assert (check.state, check.is_unsure) == QUESTION
    assert "§ 4" in check.message
    assert "§ 9" in check.message
    assert outcome.verdict is Verdict.REVIEW
    wrong = compare(bill(payment_terms="14 Tage netto", due_date=None), contract=terms)
    assert outcomes(wrong, CheckCode.PAYMENT_TERM_MISMATCH) == [OTHER]
