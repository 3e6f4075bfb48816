"""XML alone through the whole pipeline: what is right needs no person, what contradicts itself is found."""

from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from einvoice_records import RECORD
from synthesis.chance import seeded
from synthesis.fapiao import generate_fapiao
from synthesis.fapiao_xml import XmlNotation, write_drawn
from synthesis.plain_record import random_record
from synthesis.record import InvoiceRecord
from synthesis.ubl import write
from synthesis.ubl_flavours import Flavour

from extractor.assessment.assessment import Assessment
from extractor.engines.einvoice.codes import UNITS
from extractor.pipeline import extract

_pymupdf: Any = import_module("pymupdf")  # untyped
_LANGUAGES = ("en", "de", "fr", "nl", "es", "it", "pt")
_FAPIAO = [made.fapiao for made in map(generate_fapiao, range(30)) if not made.fapiao.is_older_form]


def _read(content: bytes) -> Assessment:
    (assessment,) = extract(content, name="upload")
    return assessment


def _codes(assessment: Assessment) -> list[tuple[str, str | None]]:
    return [(one.code.value, one.field) for one in assessment.findings if one.consequence_of is None]


@pytest.mark.parametrize("flavour", Flavour)
@pytest.mark.parametrize("seed", range(20))
def test_right_ubl_goes_straight_through(seed: int, flavour: Flavour) -> None:
    rng = seeded(f"ubl-{seed}")
    assessment = _read(write(random_record(rng, rng.choice(_LANGUAGES)), flavour))
    assert _codes(assessment) == []
    assert not assessment.review.required


@pytest.mark.parametrize("fapiao", _FAPIAO, ids=lambda fapiao: fapiao.invoice_number)
def test_right_fapiao_go_straight_through(fapiao: Any) -> None:  # noqa: ANN401 - pytest's parameter
    assessment = _read(write_drawn(fapiao, XmlNotation()))
    assert _codes(assessment) == []
    assert not assessment.review.required


def test_two_rates_allowances_and_prepayment_go_straight_through() -> None:
    assessment = _read(write(RECORD, Flavour.XRECHNUNG))
    assert _codes(assessment) == []
    assert [row.members["net_amount"].value for row in assessment.extraction.rows("line_items")] == [
        Decimal("1005.00"),
        Decimal("325.00"),
        Decimal("-60.00"),
        Decimal("20.00"),
    ]
    assert not assessment.review.required


def test_a_discount_on_a_line_is_no_contradiction() -> None:
    line = replace(
        RECORD.line_items[0], unit_price=Decimal("83.10")
    )  # 1,038.75, of which 33.75 are taken off
    record = replace(RECORD, line_items=(line, *RECORD.line_items[1:]))
    assert _codes(_read(write(record, Flavour.PEPPOL))) == []


_WRONG = {
    ("LINES_SUM", "net_amount"): replace(RECORD, allowances=RECORD.allowances[:1]),
    ("TAX_SUM", "tax_amount"): replace(
        RECORD, tax_amount=Decimal("206.40"), gross_amount=Decimal("1496.40"), amount_due=Decimal("1396.40")
    ),
    ("GROSS_SUM", "gross_amount"): replace(
        RECORD, gross_amount=Decimal("1469.10"), amount_due=Decimal("1369.10")
    ),
    ("IBAN_CHECKSUM", "seller_bank_account"): replace(
        RECORD,
        seller_bank_account=None
        if RECORD.seller_bank_account is None
        else replace(RECORD.seller_bank_account, account="DE51370400440532999901"),
    ),
}


@pytest.mark.parametrize("finding", sorted(_WRONG))
@pytest.mark.parametrize("flavour", [Flavour.PEPPOL, Flavour.PLAIN])
def test_xml_that_contradicts_itself_is_found(finding: tuple[str, str], flavour: Flavour) -> None:
    record: InvoiceRecord = _WRONG[finding]
    assessment = _read(write(record, flavour))
    assert _codes(assessment) == [finding]
    assert assessment.review.required


def test_a_fapiao_whose_words_say_another_amount_is_found() -> None:
    content = (Path(__file__).parent / "data" / "fapiao_special.xml").read_text(encoding="utf-8")
    changed = content.replace("捌仟贰佰", "柒仟贰佰")
    assert changed != content
    assert _codes(_read(changed.encode())) == [("AMOUNT_IN_WORDS", "amount_in_words")]


@pytest.mark.parametrize(
    "seed", [seed for seed in range(12) if not generate_fapiao(seed).fapiao.is_older_form]
)
def test_a_fapiao_and_the_xml_in_it_agree(seed: int) -> None:
    made = generate_fapiao(seed)
    with _pymupdf.open(stream=made.content, filetype="pdf") as file:
        file.embfile_add("dzfp.xml", write_drawn(made.fapiao, XmlNotation()), filename="dzfp.xml")
        assessment = _read(bytes(file.tobytes()))
    assert _codes(assessment) == []
    number = assessment.extraction.leaf("invoice_number")
    assert number.value == made.fapiao.invoice_number
    assert number.evidence is not None
    assert number.evidence.page == 1


def test_units_of_ubl_are_readable() -> None:
    rows = _read(write(RECORD, Flavour.PLAIN)).extraction.rows("line_items")
    assert [row.members["unit"].value for row in rows[:2]] == [UNITS["MTK"], UNITS["H87"]]
