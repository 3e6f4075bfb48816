"""Look-alikes are put right in ids whose standard leaves no choice, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pages.scans.lookalikes import mended

CODE = "91350100M000100Y43"  # a credit code with a valid check digit


@pytest.mark.parametrize("read", ["9135O100M000100Y43", "9I350100MO00100Y43", "91350100M000I00Y43"])
def test_a_credit_code_has_no_letters_that_look_like_digits(read: str) -> None:
    assert mended(f"税号:{read}") == f"税号:{CODE}"


def test_a_credit_code_that_is_wrong_either_way_stays_as_it_was_read() -> None:
    assert mended("9135O100M000100Y44") == "9135O100M000100Y44"
    assert mended(CODE) == CODE


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("IBAN DE89 3704 0O44 0532 0130 0O", "IBAN DE89 3704 0044 0532 0130 00"),
        ("DEB937040044053201300O", "DE8937040044053201300O".replace("300O", "3000")),
        ("IBAN: GB29 NWBK 6016 1331 926B 19 BIC", "IBAN: GB29 NWBK 6016 1331 9268 19 BIC"),
        ("GB29 NW8K 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19"),
    ],
)
def test_an_iban_has_digits_and_letters_where_its_country_wants_them(read: str, right: str) -> None:
    assert mended(read) == right


@pytest.mark.parametrize(
    "text",
    [
        "DE89 3704 0044 0532 0130 01",  # wrong, but by no look-alike
        "GB29 NWBK 6016 1331 9268 19",
        "INVOICE NO INV-100",
        "DESIGN SERVICES FOR OSLO OFFICE BLOCK",
        "PO575038",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert mended(text) == text


@given(st.text(max_size=60))
def test_the_length_stays_whatever_was_read(text: str) -> None:
    assert len(mended(text)) == len(text)
