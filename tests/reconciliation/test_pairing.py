"""Which contract an invoice is put to."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from extractor.assessment.assessment import Assessment
from extractor.engines.reading import Scalar
from extractor.extraction.extraction import Leaf, State
from extractor.pipeline import extract
from extractor.reconciliation.pairing import pair

FIXTURES = Path(__file__).parents[2] / "fixtures"
PARTIES: Mapping[str, Scalar] = {"seller_name": "Ostra Ltd", "buyer_name": "Pell plc"}


@cache
def sample() -> Assessment:
    return extract(FIXTURES / "en_clean_invoice.pdf")[0]


def document(source: str, **values: Scalar) -> Assessment:
    fields = {name: Leaf(value=value, state=State.FOUND) for name, value in values.items()}
    return replace(sample(), extraction=replace(sample().extraction, source=source, fields=fields))


def invoice(source: str = "i", **values: Scalar) -> Assessment:
    return document(source, **{**PARTIES, "issue_date": date(2026, 3, 5), **values})


def contract(source: str = "c", **values: Scalar) -> Assessment:
    return document(source, **{**PARTIES, **values})


def test_the_contracts_number_decides_between_the_same_parties() -> None:
    first, second = contract("a", contract_number="SA-1147/B"), contract("b", contract_number="SA-1148")
    found = pair([invoice(contract_number="sa 1147 b")], [second, first])
    assert [each.contract.source for each in found.pairs] == ["a"]
    assert [(each.document.source, each.reason) for each in found.unpaired] == [
        ("b", "no invoice is billed under this contract")
    ]


def test_a_number_in_the_remarks_counts() -> None:
    contracts = [contract("a", contract_number="SA-1147"), contract("b", contract_number="SA-1148")]
    (found,) = pair([invoice(remarks="our contract SA-1148, May")], contracts).pairs
    assert found.contract.source == "b"


def test_of_several_contracts_the_one_in_force_counts_on_its_first_and_last_day() -> None:
    contracts = [
        contract("old", effective_date=date(2025, 1, 1), expiry_date=date(2026, 3, 4)),
        contract("new", effective_date=date(2026, 3, 5), expiry_date=date(2026, 3, 5)),
    ]
    (found,) = pair([invoice()], contracts).pairs
    assert found.contract.source == "new"


def test_where_several_fit_nothing_is_guessed() -> None:
    found = pair([invoice()], [contract("a"), contract("b")])
    assert found.pairs == ()
    assert found.unpaired[0].reason == "several contracts fit: a, b"
    assert len(found.unpaired) == 3


def test_other_parties_are_not_paired() -> None:
    found = pair([invoice(seller_name="Other GmbH", contract_number="Z-9")], [contract("a")])
    assert found.unpaired[0].reason.startswith("it names contract Z-9, and no contract")


def test_nothing_is_lost_whatever_the_order() -> None:
    invoices = [invoice(str(number), contract_number=f"C-10{number % 3}") for number in range(6)]
    contracts = [contract(f"c{number}", contract_number=f"C-10{number}") for number in range(3)]
    for order in (1, -1):
        found = pair(invoices[::order], contracts[::order])
        assert sorted(each.source for one in found.pairs for each in one.invoices) == list("012345")
        assert found.unpaired == ()


def test_without_contracts_every_invoice_says_so() -> None:
    assert [each.reason for each in pair([invoice()], []).unpaired] == ["no contract is given"]
