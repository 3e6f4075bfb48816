"""How much may be billed, where a sentence says it beside a price list or a price."""

from collections.abc import Callable

import pytest

from extractor.engines.reading import Reading

Read = Callable[..., Reading]

_PRICES = {
    "en": (
        "Supply Agreement",
        "4. Prices",
        "4.1 Maintenance technician: EUR 64.00 per hour; pallet collar: EUR 12.40 per piece.",
        "4.2 {}",
        "4.3 Changes are made in writing.",
    ),
    "de": (
        "Liefervertrag",
        "§ 4 Preise",
        "(1) Wartungstechniker: 64,00 EUR je Stunde; Palettenrahmen: 12,40 EUR je Stück.",
        "(2) {}",
        "(3) Nebenabreden bestehen nicht.",
    ),
    "zh": (
        "服务合同",
        "四、价格",
        "（一）维修技师每小时240元；托盘围板每件88元。",
        "（二）{}",
        "（三）本合同一式两份。",
    ),
}


def caps(read: Read, language: str, sentence: str) -> list[str | None]:
    """Return the agreed quantities of hours and of pieces."""
    reading = read(*(part.format(sentence) for part in _PRICES[language]))
    rows = reading.tables["price_list"]
    assert [row.cells["unit_price"].value is not None for row in rows] == [True, True]
    return [str(row.cells["quantity"].value) if "quantity" in row.cells else None for row in rows]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "No more than 500 hours of the maintenance technician may be billed.", ["500", None]),
        ("en", "The total number of technician hours shall not exceed 500.", ["500", None]),
        ("en", "A maximum of five hundred hours may be charged in total.", ["500", None]),
        ("en", "The quantity of pallet collars is limited to 1,000 pieces.", [None, "1000"]),
        ("en", "Up to 0 hours may be billed.", ["0", None]),
        ("de", "Es werden höchstens 500 Stunden abgerechnet.", ["500", None]),
        ("de", "Die Menge der Palettenrahmen ist auf 1.000 Stück begrenzt.", [None, "1000"]),
        ("zh", "维修技师工时累计不超过500小时。", ["500", None]),
        ("zh", "托盘围板最多采购1000件。", [None, "1000"]),
        ("en", "Overtime of up to 10 hours per week is allowed.", [None, None]),
        ("en", "Each working day has at most 10 hours.", [None, None]),
        ("en", "Orders of up to 50 pieces are delivered within 3 days.", [None, None]),
        ("en", "The place of delivery is changed up to 48 hours before it.", [None, None]),
        ("en", "The maintenance technician answers calls in at most 4 hours.", [None, None]),
        ("en", "The Customer pays within a maximum of 30 days.", [None, None]),
        ("en", "Liability is limited to 1,000 pieces.", [None, None]),
        ("de", "Es werden höchstens 500 Stunden beauftragt.", ["500", None]),
        ("de", "Je Abruf werden höchstens 50 Stück geliefert.", [None, None]),
        ("zh", "每月加班不超过36小时。", [None, None]),
    ],
)
def test_a_cap_is_its_items(read: Read, language: str, sentence: str, expected: list[str | None]) -> None:
    assert caps(read, language, sentence) == expected


def test_a_cap_has_the_clause_that_sets_it(read: Read) -> None:
    sentence = "No more than 500 hours of the maintenance technician may be billed."
    reading = read(*(part.format(sentence) for part in _PRICES["en"]))
    quantity = reading.tables["price_list"][0].cells["quantity"]
    assert (quantity.clause, quantity.text, quantity.quote) == ("4.2", "500", sentence)


@pytest.mark.parametrize(
    ("sentence", "cells"),
    [
        ("The Supplier charges EUR 64.00 per hour for a maintenance technician, up to 500 hours in total.",
         {"description": "maintenance technician", "unit": "hour", "unit_price": "64.00", "quantity": "500"}),
        ("Maintenance technician: EUR 64.00 per hour, maximum 500 hours.",
         {"description": "Maintenance technician", "unit": "hour", "unit_price": "64.00", "quantity": "500"}),
        ("A maintenance technician costs EUR 64.00 an hour.",
         {"description": "maintenance technician", "unit": "hour", "unit_price": "64.00"}),
        ("The price of a pallet collar is EUR 12.40.",
         {"description": "pallet collar", "unit_price": "12.40"}),
        ("Each pallet collar is invoiced at EUR 12.40.",
         {"description": "pallet collar", "unit_price": "12.40"}),
        ("Ein Palettenrahmen kostet 12,40 EUR.", {"description": "Palettenrahmen", "unit_price": "12.40"}),
        ("Der Lieferant berechnet 64,00 EUR je Stunde für einen Wartungstechniker.",
         {"description": "Wartungstechniker", "unit": "Stunde", "unit_price": "64.00"}),
        ("The hourly rate of a maintenance technician is EUR 64.00.",
         {"description": "maintenance technician", "unit": "hour", "unit_price": "64.00"}),
        ("Der Tagessatz für einen Berater beträgt 980,00 EUR.",
         {"description": "Berater", "unit": "day", "unit_price": "980.00"}),
        ("From 1 June 2025 forklift rental is charged at EUR 95.00 per day.",
         {"description": "forklift rental", "unit": "day", "unit_price": "95.00"}),
        ("托盘围板单价为人民币88元。", {"description": "托盘围板", "unit_price": "88"}),
    ],
)  # fmt: skip
def test_a_price_in_a_sentence_is_a_row_and_no_total(
    read: Read, sentence: str, cells: dict[str, str]
) -> None:
    reading = read("Supply Agreement", "4. Prices", f"4.1 {sentence}", "4.2 Changes are made in writing.")
    (row,) = reading.tables["price_list"]
    told = {name: str(each.text if each.value is None else each.value) for name, each in row.cells.items()}
    assert told == cells
    assert "total_amount" not in reading.candidates
