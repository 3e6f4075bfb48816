"""Which texts are terms of payment, how sure they are, and where they end."""

import pytest
from engines.layout.pages import field

from extractor.engines.layout.lexicon import Lexicon
from extractor.engines.layout.terms import is_of_terms, rated_terms, trimmed_terms
from extractor.engines.reading import Candidate, Evidence
from extractor.pages.geometry import Box
from extractor.pages.word import Origin

LABELS = Lexicon(
    {
        "payment_terms": ["Payment terms", "Payment due within", "Terms", "付款条件", "账期"],
        "issue_date": ["Issued on"],
        "due_date": ["Pay by"],
        "-": ["Our reference"],
    }
)
EVIDENCE = Evidence(page=1, boxes=(Box(1, 1, 2, 2),), origin=Origin.TEXT_LAYER)


def candidate(text: str) -> Candidate:
    return Candidate(text=text, evidence=EVIDENCE, score=0.8)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Beanstandungen bitte innerhalb von 8 Tagen nach Erhalt der Ware", False),
        ("Claims within 8 days of receipt", False),
        ("Returns: please pay within 8 days", True),
        ("30 days net", True),
        ("as agreed", True),
        ("to our account within 30 days", True),
        ("DE PAIEMENT", False),  # the end of a label
        ("di pagamento:", False),
        ("to our following", False),  # where to pay to
        ("Order 4711", False),  # a number and no time: a reference
        ("2024-02-01 – 2024-02-27", False),  # a period
        ("账期 / SERVICE PERIOD 2024-02-01 – 2024-02-27; 合同号", False),
        ("预付款账单 No. 4711", False),
        ("By 4 April 2026", True),
        ("Issued on: 4 April 2026 before noon", False),  # another fact
        ("Pay by: 4 April 2026 at the latest", True),
        ("Pay by: 4 April 2026", False),  # the date due, with its label
        ("账期2026年5月1日 – 2026年5月27日", False),  # what is billed
        ("账期30天", True),
        ("The goods remain our property until payment in full", False),
        ("Réserve de propriété : les biens restent nôtres jusqu'au paiement", False),
        ("30 days net; the goods remain our property until then", True),
    ],
)
def test_the_end_of_a_label_a_reference_and_an_account_are_no_terms(text: str, *, is_one: bool) -> None:
    assert is_of_terms(candidate(text), LABELS) is is_one


@pytest.mark.parametrize(
    ("text", "score"), [("30 days net", 0.8), ("cash", 0.8), ("By 4 April 2026", 0.8), ("as agreed", 0.4)]
)
def test_a_text_that_tells_no_time_is_half_as_sure(text: str, score: float) -> None:
    assert rated_terms(candidate(text)).score == score


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Modalità di pagamento: bonifico a vista", "bonifico a vista"),
        ("付款方式： 货到付款", "货到付款"),
        ("Payment method: as agreed", "Payment method: as agreed"),  # what follows tells no time
        ("4 April 2026 - Terms: 30 days net", "30 days net"),
        ("4 April 2026", "4 April 2026"),
        ("30 days net. Goods stay ours.", "30 days net."),
        ("付款方式 / Payment terms 电汇，14天", "电汇，14天"),
        ("30 days net Customer no.: 50609 Our ref.: AB", "30 days net"),
        ("Please note: 30 days net", "Please note: 30 days net"),
        ("Order No.: F20257 Terms: Strictly 30 days", "Strictly 30 days"),
        ("30 days net. 2% discount in 8 days.", "30 days net. 2% discount in 8 days."),
        ("PAYMENT TERMS net 14 days", "net 14 days"),
        ("Pay by 3 February 2026 Payment terms 60 days net", "60 days net"),
        ("Payment due within 14 days", "Payment due within 14 days"),
        ("30 days net; Our reference HM", "30 days net"),
        ("30 days net; 2 % in 8 days", "30 days net; 2 % in 8 days"),
        ("账期30天", "账期30天"),
        ("Within 14 days to our IBAN DE02 1203 0000 0000 2020 51", "Within 14 days"),
    ],
)
def test_terms_are_cut_down_to_what_tells_when(text: str, terms: str) -> None:
    assert trimmed_terms(candidate(text), LABELS).text == terms


def test_under_their_label_terms_win_over_another_text_beside_it() -> None:
    prints = ("Payment terms @50,300", "Harbour Road 9 @300,300")
    assert field("payment_terms", *prints, "30 days net @50,313") == "30 days net"


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("30 days net;", "30 days net"),
        ("30 days net |", "30 days net"),
        ("账期30天 客户号： 8961", "账期30天"),
        ("账期 客户号： 8961", "账期 客户号： 8961"),
        ("30 days net by Aug. 13, 2026", "30 days net by Aug. 13, 2026"),
        ("30 days net as agreed. 13 boxes", "30 days net as agreed."),
        ("2% in 8 days; Our reference HM", "2% in 8 days"),
        ("2% in 8 days; Our reference within 30 days", "2% in 8 days"),
        ("2% in 8 days; Issued on within 30 days", "2% in 8 days; Issued on within 30 days"),
        ("2% in 8 days; Our reference: 30 days", "2% in 8 days"),
    ],
)
def test_terms_end_at_a_semicolon_where_nothing_of_them_follows(text: str, trimmed: str) -> None:
    assert trimmed_terms(candidate(text), LABELS).text == trimmed


@pytest.mark.parametrize(
    "text",
    ["Payment to the property manager by cheque", "Zahlung an die Eigentumsverwaltung per Lastschrift"],
)
def test_who_owns_a_house_is_no_reservation(text: str) -> None:
    assert is_of_terms(candidate(text), LABELS)
