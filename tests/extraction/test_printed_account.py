import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.extraction.printed_account import split_account


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Stadtbank Nordheide, IBAN DE59 1861 9418 0528 5909 61, BIC DNHMDE21",
            {
                "bank": "Stadtbank Nordheide",
                "account": "DE59 1861 9418 0528 5909 61",
                "bic": "DNHMDE21",
            },
        ),
        (
            "太湖示例银行昆明分行5006232724461735708",
            {"bank": "太湖示例银行昆明分行", "account": "5006232724461735708"},
        ),
        (
            "开户行：滇池样品银行 账号：55736283003490443",
            {"bank": "滇池样品银行", "account": "55736283003490443"},
        ),
        ("Konto-Nr. 48 567 890", {"account": "48 567 890"}),
        ("Tidewater Bank", {"bank": "Tidewater Bank"}),
        ("", {}),
    ],
)
def test_a_printed_account_is_split(text: str, parts: dict[str, str]) -> None:
    assert split_account(text) == parts


@given(st.text(max_size=120))
def test_every_part_stands_in_the_text(text: str) -> None:
    assert all(part and part in text for part in split_account(text).values())
