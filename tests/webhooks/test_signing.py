import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from extractor.webhooks.signing import message, new_secret, signed_headers

AT = datetime(2026, 3, 5, 9, 30, 0, 125_000, tzinfo=UTC)
PUBLISHED_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - the example of the standard's libraries
OTHER_SECRET = "whsec_" + base64.b64encode(b"another secret of 32 bytes, now.").decode()


def test_the_published_example_gets_the_published_signature() -> None:
    headers = signed_headers(
        b'{"test": 2432232314}',
        event_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        secrets=[PUBLISHED_SECRET],
        sent_at=datetime.fromtimestamp(1614265330, UTC),
    )
    assert headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_zone_of_the_clock_does_not_matter() -> None:
    moment = datetime.fromtimestamp(1614265330, timezone(timedelta(hours=8)))
    headers = signed_headers(
        b'{"test": 2432232314}',
        event_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        secrets=[PUBLISHED_SECRET],
        sent_at=moment,
    )
    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_during_a_rotation_each_secret_signs_and_a_third_does_not_verify() -> None:
    content = message(kind="document.extracted", at=AT, body={"document": "doc_1"})
    headers = signed_headers(
        content, event_id="evt_1", secrets=[PUBLISHED_SECRET, OTHER_SECRET], sent_at=datetime.now(UTC)
    )
    assert len(headers["webhook-signature"].split(" ")) == 2
    for secret in (PUBLISHED_SECRET, OTHER_SECRET):
        assert Webhook(secret).verify(content, headers)["data"] == {"document": "doc_1"}
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(content, headers)


def test_a_secret_has_32_random_bytes() -> None:
    secret = new_secret()
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert new_secret() != secret


def test_a_message_has_type_timestamp_and_data() -> None:
    content = message(kind="batch.completed", at=AT, body={"batch": "bat_1", "name": "März 三月"})
    assert (
        content
        == (
            '{"type":"batch.completed","timestamp":"2026-03-05T09:30:00.125000Z",'
            '"data":{"batch":"bat_1","name":"März 三月"}}'
        ).encode()
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(deadline=None)  # the time of a busy machine is no fault
@given(body=st.dictionaries(st.text(), json_values), secret=st.binary(min_size=24, max_size=64))
def test_whatever_is_sent_is_signed_as_it_is_sent(body: dict[str, object], secret: bytes) -> None:
    content = message(kind="review.completed", at=AT, body=body)  # type: ignore[arg-type]  # any JSON
    assert json.loads(content)["data"] == body
    text = "whsec_" + base64.b64encode(secret).decode()
    headers = signed_headers(content, event_id="evt_1", secrets=[text], sent_at=AT)
    signed = f"evt_1.{headers['webhook-timestamp']}.".encode() + content
    wanted = base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
