"""Plain invoices that name an earlier one, and those that do not."""

from dataclasses import replace

import pytest
from engines.layout.pages import page
from invoice_record import extraction, leaf

from extractor.assessment.kinds_in_doubt import kinds_in_doubt
from extractor.assessment.misfits import misfits
from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box


@pytest.mark.parametrize(
    ("printed", "is_odd"),
    [
        ("Original invoice: 4711", True),
        ("Ref. invoice 4711", True),
        ("Ursprungsrechnung 4711", True),
        ("Facture d'origine: 4711", True),
        ("Fattura di riferimento: 4711", True),
        ("原发票编号 4711", True),
        ("Invoice ref. 4711", False),
        ("Original invoices only", False),
        ("Aboriginal invoice 4711", False),
    ],
)
def test_an_invoice_that_names_an_earlier_one_may_be_a_credit_note(printed: str, *, is_odd: bool) -> None:
    plain = extraction(invoice_type=leaf("commercial"))
    assert [path for path, _ in kinds_in_doubt(plain, [page(f"{printed} @50,100")])] == (
        ["invoice_type"] if is_odd else []
    )


@pytest.mark.parametrize(
    ("printed", "is_odd"),
    [
        ("CREDITNOTA nr. @300,40", True),
        ("VORKASSE-RECHNUNG / PREPAYMENT @300,40", True),
        ("D'ACOMPTE / @300,40", True),
        ("Gutschrift @300,336", True),
        ("Fatura pró-forma @300,40", True),
        ("2. Abschlagsrechnung @300,40", True),
        ("ADVANCE @300,40", True),  # over "PAYMENT" and "INVOICE"
        ("Advance Circuits @300,40", False),
        ("Gutschrift @300,338", False),  # in the lower part
        ("No credit note @300,40", False),
        ("Creditreform @300,40", False),
    ],
)
def test_another_kind_in_the_head_may_be_the_documents(printed: str, *, is_odd: bool) -> None:
    plain = extraction(invoice_type=leaf("commercial"))
    assert [path for path, _ in kinds_in_doubt(plain, [page(printed)])] == (
        ["invoice_type"] if is_odd else []
    )


def test_a_credit_note_names_one_by_nature() -> None:
    credit = extraction(invoice_type=leaf("credit_note"))
    assert list(kinds_in_doubt(credit, [page("Original invoice: 4711 @50,100")])) == []


def test_it_is_among_what_does_not_fit() -> None:
    plain = extraction(invoice_type=leaf("commercial"))
    assert "invoice_type" in [path for path, _ in misfits(plain, [page("Original invoice: 4711 @50,100")])]


@pytest.mark.parametrize(
    ("prints", "is_odd"),
    [
        (("Original invoice: @50,100", "4711 @200,100"), True),
        (("Factura @50,100", "4711 @200,100", "rectificada: @50,114"), True),
        (("Credit note No.: @50,100", "4711 @200,100", "Original invoice: @50,140"), False),
        (("4711 @200,100", "Original invoice: @300,100"), False),  # behind it
        (("Original invoice: @20,100", "4711 @400,100"), False),  # far before it
    ],
)
def test_a_credit_notes_number_is_not_that_of_the_invoice_it_corrects(
    prints: tuple[str, ...], *, is_odd: bool
) -> None:
    evidence = Evidence(page=1, boxes=(Box(200 if "@400" not in prints[-1] else 400, 100, 225, 113),))
    number = replace(leaf("4711"), evidence=evidence)
    made = extraction(invoice_type=leaf("credit_note"), invoice_number=number)
    found = [path for path, _ in kinds_in_doubt(made, [page(*prints)])]
    assert found == (["invoice_number"] if is_odd else [])


@pytest.mark.parametrize(
    ("label", "is_odd"),
    [
        (("Rectifica a la @50,70", "factura @60,84"), True),
        (("Rectifica a la @50,40", "factura @60,84"), False),  # far above
        (("Rectifica a la @300,70", "factura @60,84"), False),
        (("Número de @50,70", "factura @60,84"), False),
    ],
)
def test_a_number_may_stand_under_the_label_of_an_earlier_invoice(
    label: tuple[str, str], *, is_odd: bool
) -> None:
    number = replace(leaf("4711"), evidence=Evidence(page=1, boxes=(Box(55, 100, 140, 113),)))
    credit = extraction(invoice_type=leaf("credit_note"), invoice_number=number)
    found = [path for path, _ in kinds_in_doubt(credit, [page(*label, "4711 @55,100")])]
    assert found == (["invoice_number"] if is_odd else [])
