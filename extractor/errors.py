"""Every error that this package raises on purpose. The one place they are declared.

ExtractorError
├── ConfigurationError
├── DocumentError
│   ├── UnsupportedDocument
│   ├── DocumentTooLarge
│   ├── EncryptedDocument
│   ├── DamagedDocument
│   ├── PageUnreadable
│   ├── SeveralContracts
│   └── ForeignAmendment
├── SpecError
│   ├── UnknownSpec
│   └── InvalidSpec
├── EngineError
│   ├── UnknownEngine
│   ├── EngineUnavailable (a retry can help)
│   ├── EngineTimeout (a retry can help)
│   ├── IncompleteCompletion (a retry can help)
│   └── MalformedCompletion
├── DeliveryError
│   ├── SinkUnavailable (a retry can help)
│   ├── SinkRejected
│   └── ExportIncomplete
├── LedgerUnusable
│   ├── LedgerDamaged
│   └── LedgerBusy (a retry can help)
├── NotFound
└── Conflict

A wrong *document* is data (findings, mismatches); an error here means that nothing
could be said about the document at all, or that the call itself was wrong.
"""

from typing import ClassVar


class ExtractorError(Exception):
    """The root. `str(error)` is one line that says what is wrong and what to do."""

    http_status: ClassVar[int] = 500
    is_retryable: ClassVar[bool] = False

    @property
    def code(self) -> str:
        """Return the stable name that results and the API carry: the class's name."""
        return type(self).__name__


class ConfigurationError(ExtractorError):
    """A setting, policy or option is wrong."""

    http_status = 422


class DocumentError(ExtractorError):
    """The document cannot be read."""

    http_status = 422


class UnsupportedDocument(DocumentError):
    """The bytes are of a type that is not read here."""


class DocumentTooLarge(DocumentError):
    """The document is over a limit: bytes, pages or pixels."""

    http_status = 413


class EncryptedDocument(DocumentError):
    """The document needs a password."""


class DamagedDocument(DocumentError):
    """The document is of a known type but cannot be opened."""


class PageUnreadable(DocumentError):
    """The document opens, but no page of it has anything that can be read."""


class SeveralContracts(DocumentError):
    """A file holds several contracts, and nothing tells which of them is meant."""


class ForeignAmendment(DocumentError):
    """An amendment was given with a contract that it does not change."""


class SpecError(ExtractorError):
    """A field spec cannot be used."""

    http_status = 422


class UnknownSpec(SpecError):
    """No field spec has that name."""

    http_status = 404


class InvalidSpec(SpecError):
    """A field spec is written wrongly: the message names file, field and reason."""


class EngineError(ExtractorError):
    """An engine could not do its work."""

    http_status = 502


class UnknownEngine(EngineError):
    """No engine has that name."""

    http_status = 422


class EngineUnavailable(EngineError):
    """The engine is not installed, not reachable, or out of memory."""

    is_retryable = True


class EngineTimeout(EngineError):
    """The engine did not answer in time."""

    is_retryable = True


class IncompleteCompletion(EngineError):
    """The model stopped before its answer was whole."""

    is_retryable = True


class MalformedCompletion(EngineError):
    """The model's answer is not of the agreed form."""


class DeliveryError(ExtractorError):
    """What was extracted could not be handed on."""

    http_status = 502


class SinkUnavailable(DeliveryError):
    """The receiver cannot be reached."""

    is_retryable = True


class SinkRejected(DeliveryError):
    """The receiver refused what it was sent."""


class ExportIncomplete(DeliveryError):
    """The format requires what the result lacks: the message names the fields."""

    http_status = 422


class LedgerUnusable(ExtractorError):
    """The ledger of approved invoices cannot be read or written; it is as it was."""


class LedgerDamaged(LedgerUnusable):
    """A line of the ledger is none: the message names file, line and reason."""

    http_status = 409


class LedgerBusy(LedgerUnusable):
    """Another process is writing to the ledger."""

    http_status = 503
    is_retryable = True


class NotFound(ExtractorError):
    """There is no such thing here."""

    http_status = 404


class Conflict(ExtractorError):
    """The request does not fit what is stored."""

    http_status = 409


def error_of(code: str, message: str) -> ExtractorError:
    """Return the error that was told as a code and a message; the root for a code that is none here."""
    kinds: list[type[ExtractorError]] = [ExtractorError]
    for kind in kinds:  # grows while it is walked
        kinds.extend(kind.__subclasses__())
        if kind.__name__ == code:
            return kind(message)
    return ExtractorError(message)
