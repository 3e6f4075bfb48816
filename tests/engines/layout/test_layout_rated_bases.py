"""Bases by rate are linked with their taxes by arithmetic alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extractor.engines.layout.rated_bases import with_rated_bases
from extractor.engines.layout.totals import NET, TAX, TotalCandidate
from extractor.engines.reading import Candidate, Evidence
from extractor.pages.geometry import Box


def amount(name: str, value: str, rate: str, row: int) -> TotalCandidate:
    evidence = Evidence(page=1, boxes=(Box(400, row, 450, row + 10),))
    candidate = Candidate(text=value, evidence=evidence, score=0.9, value=Decimal(value))
    percent = replace(candidate, text=f"{rate}%", value=Decimal(rate))
    return TotalCandidate(name=name, candidate=candidate, value=Decimal(value), place=(1, row), rate=percent)


@pytest.mark.parametrize(("second_tax", "nets"), [("3.50", ["150.00"]), ("4.50", ["100.00", "50.00"])])
def test_bases_are_added_up_where_two_taxes_prove_them(second_tax: str, nets: list[str]) -> None:
    found = [
        amount(NET, "100.00", "19", 1),
        amount(TAX, "19.00", "19", 2),
        amount(NET, "50.00", "7", 3),
        amount(TAX, second_tax, "7", 4),
    ]
    linked = with_rated_bases(found)
    assert [str(each.value) for each in linked if each.name == NET] == nets
    assert all((each.base is not None) == (len(nets) == 1) for each in linked if each.name == TAX)
