from datetime import date

from extractor.engines.einvoice.safe_xml import parse_xml
from extractor.engines.einvoice.ubl_payment import read_payment
from extractor.engines.reading import Candidate


def _read(inside: str) -> dict[str, tuple[Candidate, ...]]:
    return read_payment(parse_xml(f"<I>{inside}</I>".encode()))


def _means(account: str = "", before: str = "") -> str:
    return f"<PaymentMeans>{before}<PayeeFinancialAccount>{account}</PayeeFinancialAccount></PaymentMeans>"


def _parts(candidate: Candidate) -> dict[str, object]:
    return {name: part.value for name, part in candidate.parts.items()}


def test_the_due_date_of_the_document_goes_before_that_of_the_means() -> None:
    found = _read(
        "<DueDate>2026-05-01</DueDate>" + _means(before="<PaymentDueDate>2026-06-01</PaymentDueDate>")
    )
    assert [one.value for one in found["due_date"]] == [date(2026, 5, 1), date(2026, 6, 1)]
    assert [one.score for one in found["due_date"]] == [1.0, 0.5]


def test_a_due_date_may_stand_in_the_terms() -> None:
    found = _read("<PaymentTerms><PaymentDueDate>2026-06-01</PaymentDueDate></PaymentTerms>")
    assert [one.value for one in found["due_date"]] == [date(2026, 6, 1)]


def test_terms_in_several_notes_are_one_text() -> None:
    found = _read(
        "<PaymentTerms><Note>30 days</Note></PaymentTerms><PaymentTerms><Note>net</Note></PaymentTerms>"
    )
    (terms,) = found["payment_terms"]
    assert (terms.value, terms.text) == ("30 days net", "30 days\nnet")


def test_an_account_named_twice_is_one_account() -> None:
    iban = "<ID>DE50 3704 0044 0532 9999 01</ID>"
    first, second = _read(_means(iban) + _means(iban) + _means("<ID>77-1</ID>"))["seller_bank_account"]
    assert (_parts(first), first.score) == ({"account": "DE50370400440532999901"}, 1.0)
    assert (_parts(second), second.score) == ({"account": "77-1"}, 0.5)


def test_the_name_of_an_account_is_no_bank() -> None:
    account = (
        "<ID>1</ID><Name>The seller</Name><FinancialInstitutionBranch><ID>BANKDEFF</ID>"
        "<Name>The bank</Name></FinancialInstitutionBranch>"
    )
    (found,) = _read(_means(account))["seller_bank_account"]
    assert _parts(found) == {"account": "1", "bic": "BANKDEFF", "bank": "The bank"}


def test_the_payers_account_and_a_card_are_not_the_sellers() -> None:
    found = _read(
        "<PaymentMeans><CardAccount><PrimaryAccountNumberID>1</PrimaryAccountNumberID></CardAccount>"
        "<PaymentMandate><PayerFinancialAccount><ID>2</ID></PayerFinancialAccount></PaymentMandate>"
        "</PaymentMeans>"
    )
    assert found["seller_bank_account"] == ()


def test_a_bank_without_an_account_is_no_account() -> None:
    branch = "<FinancialInstitutionBranch><ID>BANKDEFF</ID></FinancialInstitutionBranch>"
    assert _read(_means(branch))["seller_bank_account"] == ()
