"""Several labels in one: each has its share of the value."""

import pytest
from engines.layout.pages import LABELS, field

from extractor.engines.layout.joint_labels import joint, share


def _shares(labels: str, value: str) -> list[str | None]:
    hits = LABELS.fields.find(labels)
    found = joint(labels, hits, hits[0])
    assert found is not None
    spans = [share(value, found[1], index) for index in range(len(found[1]))]
    return [
        value[start:end].strip() if (start, end) != (0, 0) else None
        for start, end in (s or (0, 0) for s in spans)
    ]


@pytest.mark.parametrize(
    ("labels", "value", "shares"),
    [
        ("Number / Date", "4711 / 05.03.2026", ["4711", "05.03.2026"]),
        ("Invoice number and date", "EX2026/18 20.10.2026", ["EX2026/18", "20.10.2026"]),
        ("Datum und Nummer", "20.10.2026 EX-18", ["20.10.2026", "EX-18"]),
        ("Número y fecha", "F-77", ["F-77", None]),
        ("Numéro et date", "5 mars 2026", [None, "5 mars 2026"]),
    ],
)
def test_a_date_goes_to_the_label_of_a_date(labels: str, value: str, shares: list[str | None]) -> None:
    assert _shares(labels, value) == shares


def test_two_dates_are_nobodys() -> None:
    assert _shares("Invoice number and date", "01.02.2026 01.03.2026") == [None, None]


@pytest.mark.parametrize("labels", ["Number Date", "Number, Contract", "Order and contract"])
def test_words_join_no_labels_without_a_date(labels: str) -> None:
    hits = LABELS.fields.find(labels)
    assert len(hits) == 2
    assert joint(labels, hits, hits[0]) is None


def test_number_and_date_stand_under_their_caption_in_two_cells() -> None:
    prints = ("Invoice number and date @300,200", "EX2026/18 @300,212", "20.10.2026 @380,212")
    assert field("invoice_number", *prints) == "EX2026/18"
    assert field("issue_date", *prints) == "20.10.2026"


def test_the_number_of_a_contract_is_not_the_invoices() -> None:
    prints = (
        "Rechnungs-Nr.: @300,200",
        "AR 26-067 @400,200",
        "Vertrag vom/Nr.: @300,214",
        "11.10.2025 / V-0419 @400,214",
    )
    assert field("invoice_number", *prints) == "AR 26-067"
