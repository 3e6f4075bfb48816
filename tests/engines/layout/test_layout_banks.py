"""The bank of an account is found behind its label, before the number, or on the line above."""

import pytest
from engines.layout.pages import block, page, read

IBAN = "DE02 1203 0000 0000 2020 51"


def bank(*prints: str | list[str]) -> str | None:
    parts = read(page(*prints)).candidates["seller_bank_account"][0].parts
    return parts["bank"].text if "bank" in parts else None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (f"Volksbank Moorland eG · IBAN {IBAN}", "Volksbank Moorland eG"),
        (f"Elbkontor Bank, IBAN: {IBAN}", "Elbkontor Bank"),
        (f"Please transfer to: Elbkontor Bank, IBAN: {IBAN}", "Elbkontor Bank"),
        (f"Pago por transferencia a Caixabank {IBAN}", "Caixabank"),
        (f"Bonifico su Banco del Cabo – IBAN {IBAN}", "Banco del Cabo"),
        (f"Banca d'appoggio: BCC Alto Moro – IBAN: {IBAN}", "BCC Alto Moro"),
        ("Pay by BACS to: Moorland Bank, sort code 12-34-56, account no. 40718822", "Moorland Bank"),
        ("Bank: Victoria Harbour Bank A/C No: 388-217766-001", "Victoria Harbour Bank"),
    ],
)
def test_the_bank_stands_before_the_number(line: str, name: str) -> None:
    assert bank(f"{line} @50,700,8") == name


def test_the_bank_stands_in_the_cell_on_the_left() -> None:
    assert bank("Moorland Sparkasse @50,700", f"IBAN {IBAN} @250,700") == "Moorland Sparkasse"


def test_the_line_above_may_hold_more_than_the_bank() -> None:
    lines = ("Pay by direct deposit: Saltmarsh Electrical, Moorland Bank", f"IBAN {IBAN}")
    assert bank(block(*lines, x=50, top=700)) == "Moorland Bank"


@pytest.mark.parametrize(
    "line",
    [
        f"Bankkonto: {IBAN}",
        f"Bank details: {IBAN}",
        f"Pay by bank transfer to {IBAN}",
        f"Überweisung auf unser Bankkonto {IBAN}",
        f"Elbkontor Lampen GmbH · IBAN {IBAN}",
    ],
)
def test_words_of_paying_are_no_bank(line: str) -> None:
    assert bank(f"{line} @50,700") is None
