# SPDX-License-Identifier: Apache-2.0
"""What a call can end in, instead of an answer."""


class ClientError(Exception):
    """The root. `str(error)` is one line."""


class NotReachable(ClientError):
    """The service did not answer, also when it was asked again."""


class Refused(ClientError):
    """The service refused: its problem details (RFC 9457)."""

    def __init__(self, *, status: int, code: str, detail: str) -> None:
        """Keep what the service said."""
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail


class StillRunning(ClientError):
    """What was waited for has not ended in time; it goes on, and can be waited for again."""


class WrongSignature(ClientError):
    """A message was not sent by the service, was changed on its way, or is too old."""
