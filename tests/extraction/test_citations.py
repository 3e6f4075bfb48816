"""Which other invoices a document speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.extraction.citations import cited_invoices


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        ("Credit note for invoice R-7001 of 3 March 2025", ("r-7001",)),
        ("This cancels our invoice dated 03/03/2025, no. INV/2025/0077.", ("inv/2025/0077",)),
        ("Original invoice number: 450012", ("450012",)),
        ("Gutschrift zur Rechnung Nr. RE-2025-118 vom 01.02.2025", ("re-2025-118",)),
        ("Stornorechnung zu Rechnungsnummer 20250117", ("20250117",)),
        ("Korrektur der Rechnung vom 01.02.2025, RE-9", ("re-9",)),
        ("Avoir sur facture n° FA-0042 du 12/01/2025", ("fa-0042",)),
        ("被红冲蓝字数电票号码：24312000000012345678", ("24312000000012345678",)),
        ("对应正数发票代码:031001900204 发票号码:12345678", ("12345678",)),
        ("对应正数发票代码:031001900204号码:12345678", ("12345678",)),
        ("Invoices R-7001 and credit", ("r-7001",)),
        ("invoice R-1, invoice R-2", ("r-1", "r-2")),
        ("Invoice date: 3 March 2025", ()),
        ("Please pay this invoice within 30 days", ()),
        ("Invoice", ()),
        ("Invoice AAA\u00c00", ()),  # no part of a word: the digit stands behind another alphabet's letter
        ("Invoice ABC\u0663", ()),
    ],
)
def test_numbers_behind_the_word_are_cited_and_dates_are_not(line: str, cited: tuple[str, ...]) -> None:
    assert cited_invoices([line]) == cited


@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_text_gives_folded_numbers_each_once(lines: list[str]) -> None:
    cited = cited_invoices(["invoice " + line for line in lines])
    assert len(set(cited)) == len(cited)
    assert all(any(sign.isdigit() for sign in number) for number in cited)
