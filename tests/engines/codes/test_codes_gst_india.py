import base64
import json
from datetime import date
from decimal import Decimal

import pytest
from engines.codes.codes_read import NO_INVOICE, hints, sure
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.codes.gst_india import parse, read

SAID: dict[str, object] = {
    "SellerGstin": "29AAACT1234K1ZC",
    "BuyerGstin": "27AABCL5678M1ZV",
    "DocNo": "INV/118/26",
    "DocTyp": "INV",
    "DocDt": "05/03/2026",
    "TotInvVal": 1180.5,
    "ItemCnt": 2,
    "MainHsnCode": "4407",
    "Irn": "0a" * 32,
    "IrnDt": "2026-03-05 10:20:30",
}


def token(content: str | bytes) -> str:
    """Return a token with a payload, its signature being none."""
    payload = content.encode() if isinstance(content, str) else content
    parts = (b'{"alg":"RS256","typ":"JWT"}', payload, b"no signature")
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


def payload(**changed: object) -> str:
    said = {name: value for name, value in {**SAID, **changed}.items() if value is not None}
    return token(json.dumps({"data": json.dumps(said), "iss": "NIC"}))


def test_it_says_who_bills_whom_when_and_how_much() -> None:
    assert sure(read, payload()) == {
        "invoice_number": "INV/118/26",
        "issue_date": date(2026, 3, 5),
        "seller_tax_id": "29AAACT1234K1ZC",
        "buyer_tax_id": "27AABCL5678M1ZV",
        "gross_amount": Decimal("1180.5"),
    }
    assert hints(read, payload(DocTyp="CRN")) == {"invoice_type": "Credit Note"}


def test_the_reference_and_the_goods_are_parsed() -> None:
    found = parse(payload())
    assert found is not None
    assert (found.reference, found.item_count, found.main_hsn_code) == ("0a" * 32, 2, "4407")


def test_an_amount_is_read_as_it_is_written_and_not_through_floating_point() -> None:
    said = json.dumps(SAID).replace("1180.5", "1180.10")
    found = parse(token(json.dumps({"data": said})))
    assert found is not None
    assert str(found.total) == "1180.10"


def test_what_is_said_may_stand_in_the_payload_itself() -> None:
    assert parse(token(json.dumps({"data": SAID}))) == parse(payload())


def test_a_buyer_without_registration_has_no_tax_id() -> None:
    assert "buyer_tax_id" not in sure(read, payload(BuyerGstin="URP"))
    assert "buyer_tax_id" not in sure(read, payload(BuyerGstin=None))


@pytest.mark.parametrize(
    "text",
    [
        *NO_INVOICE,
        payload(Irn="0a"),
        payload(SellerGstin="29AAACT1234K1"),
        payload(DocDt="2026/03/05"),
        payload(DocDt="31/02/2026"),
        payload(DocNo=None),
        token("[1, 2]"),
        token('{"data": "[]"}'),
        token('{"data": NaN}'),
        token("[" * 100_000),
        token(b"\xff\xfe\x00"),
        token("1" * 5_000),
        "a.b.c",
        f"{payload()}.x",
    ],
)
def test_what_is_no_indian_code_is_not_taken_for_one(text: str) -> None:
    assert parse(text) is None


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*SAID, "data", "x"]), inner),
    max_leaves=12,
)


@given(_JSON | st.fixed_dictionaries(dict.fromkeys(SAID, _JSON)).map(lambda said: {"data": said}))
def test_no_payload_makes_it_fail(content: object) -> None:
    assert parse(token(json.dumps(content))) is None
