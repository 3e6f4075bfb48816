# SPDX-License-Identifier: Apache-2.0
"""Check that a webhook's message comes from the service (Standard Webhooks, symmetric signatures)."""

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from extractor.client.errors import WrongSignature

_PREFIX = "whsec_"
_TOLERANCE_SECONDS = 300
_VERSION = "v1"


class Message(BaseModel):
    """What happened: its kind, when, and about what. `id` is the same however often it is sent."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    type: str
    timestamp: datetime
    data: dict[str, Any]


def verify_webhook(
    body: bytes, headers: Mapping[str, str], secret: str, *, now: float | None = None
) -> Message:
    """Return a message that was signed with the webhook's secret. `body` is the bytes as they came.

    Answer 2xx only when it is kept: what is not acknowledged is sent again, with the same id.

    Raises:
        WrongSignature: it was not signed with the secret, or over five minutes ago or ahead.
    """
    given = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not message_id or not timestamp.isascii() or not timestamp.isdecimal():
        raise WrongSignature("webhook-id or webhook-timestamp is missing")
    if abs((time.time() if now is None else now) - int(timestamp)) > _TOLERANCE_SECONDS:
        raise WrongSignature("the message is too old, or one of the clocks is wrong")
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error as cause:
        raise WrongSignature("the secret is none: it begins with whsec_") from cause
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    right = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    told = (signature.partition(",") for signature in given.get("webhook-signature", "").split())
    if not any(
        version == _VERSION and hmac.compare_digest(right, value.encode()) for version, _, value in told
    ):
        raise WrongSignature("no signature fits")
    try:
        return Message.model_validate({**json.loads(body), "id": message_id})
    except (ValueError, TypeError, ValidationError) as cause:
        raise WrongSignature("it is signed, and no message of the service") from cause
