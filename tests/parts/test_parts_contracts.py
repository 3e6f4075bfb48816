"""Two contracts in one file, and what only looks like a second one."""

from collections.abc import Sequence

import pytest
from lined_pages import lined_pages

from extractor.parts.contracts import part_contracts

_FIRST = (
    "Supply Agreement",
    "Contract No.: C-100",
    "between Brindle Ltd and Osterby plc",
    "1. Scope",
    "2. Price",
)
_SECOND = ("Maintenance Contract", "Contract No.: C-200", "between Brindle Ltd and Tamsel plc", "1. Scope")


def numbers(*texts: Sequence[str]) -> list[list[int]]:
    return [[page.number for page in part.pages] for part in part_contracts(lined_pages(*texts))]


def test_another_title_number_and_count_begin_another_contract() -> None:
    assert numbers(_FIRST, ("3. Term",), _SECOND, ("2. Price",)) == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "following",
    [
        _SECOND[1:],  # no title
        ("Maintenance Contract", "Contract No.: C-100", "1. Scope"),  # the same number
        ("Maintenance Contract", "Contract No.: C-200", "4. Liability"),  # goes on counting
        ("Maintenance Contract", "between Brindle Ltd and Tamsel plc", "1. Scope"),  # no number
        ("Amendment to the Contract", "Contract No.: C-200", "1. Scope"),
        ("Nachtrag zum Vertrag", "Vertragsnummer: C-200", "1. Umfang"),
        ("补充协议", "合同编号：C-200", "一、范围"),
        ("Annex 1 to the Contract", "Contract No.: C-200", "1. Scope"),
    ],
)
def test_what_lacks_one_sign_stays_with_the_contract(following: Sequence[str]) -> None:
    assert numbers(_FIRST, following) == [[1, 2]]


def test_three_contracts_are_three_parts() -> None:
    assert numbers(_FIRST, _SECOND, ("Vertrag", "Vertragsnummer: V-9", "§ 1 Umfang")) == [[1], [2], [3]]


def test_no_pages_are_one_empty_part() -> None:
    assert [part.pages for part in part_contracts([])] == [()]
