"""What is kept is read back as it was written."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor.delivery.decoding import decode_assessment, decode_scalar
from extractor.delivery.encoding import encode_assessment, encode_scalar
from extractor.errors import ConfigurationError
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import ColumnSpec, FieldType

FIXTURES = Path(__file__).parents[2] / "fixtures"
DOCUMENTS = sorted(path.name for path in FIXTURES.glob("*.pdf"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_result_that_is_read_back_is_written_the_same(name: str) -> None:
    for assessment in extractor.extract(FIXTURES / name):
        written = encode_assessment(assessment)
        kept = json.loads(json.dumps(written))
        spec = load_spec(assessment.extraction.spec)
        assert encode_assessment(decode_assessment(kept, spec=spec)) == written


def test_a_result_of_another_spec_is_refused() -> None:
    (assessment,) = extractor.extract(FIXTURES / "en_clean_invoice.pdf")
    with pytest.raises(ConfigurationError, match="no result of the spec contract"):
        decode_assessment(encode_assessment(assessment), spec=load_spec("contract"))


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20)
)
def test_numbers_keep_every_digit(number: Decimal) -> None:
    text = encode_scalar(number)
    assert text is not None
    assert str(decode_scalar(text, ColumnSpec(type=FieldType.AMOUNT))) == str(number)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("amount", "1.234,50"),
        ("amount", "NaN"),
        ("amount", "1e999999999999"),
        ("date", "5.3.2026"),
        ("rate", ""),
    ],
)
def test_other_notations_are_refused(kind: FieldType, text: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        decode_scalar(text, ColumnSpec(type=kind))


def test_a_choice_is_one_of_the_choices() -> None:
    column = ColumnSpec(type=FieldType.CHOICE, choices={"receipt": ("Receipt",)})
    assert decode_scalar("receipt", column) == "receipt"
    with pytest.raises(ValueError, match="none of receipt"):
        decode_scalar("Receipt", column)
