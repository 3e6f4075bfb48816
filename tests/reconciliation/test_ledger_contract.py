"""Which contracts are one contract."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconciliation.ledger_conformance import CONTRACT

from extractor.reconciliation.ledger_contract import ContractIdentity

NUMBERLESS = replace(CONTRACT, number="", document="sha256:k2")


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        ({}, True),
        ({"number": "K 2041-25"}, True),
        ({"number": "K-2042/25"}, False),
        ({"seller_tax_id": "", "seller_name": "Quendelmoor Larnpen GmbH"}, True),  # misread
        ({"seller_tax_id": "DE129273398"}, True),  # one name
        ({"seller_tax_id": "DE129273398", "seller_name": "Anders AG"}, False),
        ({"seller_tax_id": "", "seller_name": "Anders AG"}, False),
        ({"seller_tax_id": "DE129273398", "seller_name": ""}, False),
        ({"seller_tax_id": "", "seller_name": "", "buyer_name": "", "title": "", "day": None}, True),
        ({"number": ""}, True),  # by parties and title
        ({"number": "", "day": None}, True),
        ({"number": "", "day": date(2026, 1, 1)}, False),  # next year's
        ({"number": "", "title": "Wartungsvertrag"}, False),
        ({"number": "", "title": ""}, False),
    ],
)
def test_a_contract_is_known_by_number_and_seller_or_by_parties_and_title(
    changes: dict[str, object], *, is_same: bool
) -> None:
    other = replace(CONTRACT, document="sha256:k2", **changes)  # type: ignore[arg-type]  # members of an identity
    assert CONTRACT.is_same_as(other) is is_same


def test_the_same_file_is_the_same_contract_whatever_was_read() -> None:
    assert CONTRACT.is_same_as(ContractIdentity(document=CONTRACT.document))


def test_two_contracts_of_which_nothing_is_known_are_two() -> None:
    assert not ContractIdentity(document="sha256:1").is_same_as(ContractIdentity(document="sha256:2"))


identities = st.builds(
    ContractIdentity,
    document=st.sampled_from(("sha256:1", "sha256:2", "sha256:3")),
    number=st.sampled_from(("", "K-1", "k 1", "K-2")),
    title=st.sampled_from(("", "Rahmenvertrag", "RAHMENVERTRAG")),
    seller_name=st.sampled_from(("", "Quendelmoor GmbH", "Anders AG")),
    seller_tax_id=st.sampled_from(("", "DE1", "DE2")),
    buyer_name=st.sampled_from(("", "Ostrach AG")),
    day=st.sampled_from((None, date(2025, 1, 1), date(2026, 1, 1))),
)


@given(one=identities, other=identities)
def test_being_one_contract_holds_either_way_round_and_shares_a_key(
    one: ContractIdentity, other: ContractIdentity
) -> None:
    assert one.is_same_as(other) is other.is_same_as(one)
    assert one.is_same_as(one)
    if one.is_same_as(other):
        assert one.keys & other.keys
