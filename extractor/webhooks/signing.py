"""Messages and their signatures by Standard Webhooks 1.0. The only module that imports its library."""

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from secrets import token_bytes

from standardwebhooks import Webhook

from extractor import __version__
from extractor.delivery.encoding import Json

_SECRET_BYTES = 32  # the standard asks for 24 to 64
_MARK = "whsec_"


def new_secret() -> str:
    """Return a secret that nobody can guess."""
    return _MARK + base64.b64encode(token_bytes(_SECRET_BYTES)).decode()


def message(*, kind: str, at: datetime, body: Mapping[str, Json]) -> bytes:
    """Return what is sent for an event: the same bytes for each attempt."""
    timestamp = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    told = {"type": kind, "timestamp": timestamp, "data": dict(body)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def signed_headers(
    content: bytes, *, event_id: str, secrets: Sequence[str], sent_at: datetime
) -> dict[str, str]:
    """Return the headers of one attempt, with a signature for each secret.

    The event's id is the same in each attempt, so that a receiver can tell that it has the event already.
    """
    sent_at = sent_at.astimezone(UTC)  # the library takes the clock's figures and ignores the zone
    text = content.decode()
    signatures = (Webhook(secret).sign(msg_id=event_id, timestamp=sent_at, data=text) for secret in secrets)
    return {
        "content-type": "application/json",
        "user-agent": f"Extractor/{__version__} (webhooks)",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(sent_at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
