"""What OpenAPI shows as examples of answers: one upload, from taken in to read."""

from dataclasses import dataclass
from typing import TypeAlias

from litestar.openapi.spec import Example, OpenAPIResponse, Operation

from extractor.delivery.encoding import Json

Value: TypeAlias = "dict[str, Json] | list[Json]"

_AT = "2026-03-05T09:30:00Z"
_DOCUMENT: dict[str, Json] = {
    "id": "doc_01a224bd5f7a70a993425eef5d747abb",
    "name": "RE-471102.pdf",
    "sha256": "8dadf9588b89d94d0ab06aa525a79bfe5506fbef3ac1d3dce775fd3dec9507ad",
    "media_type": "application/pdf",
    "size": 48213,
    "created_at": _AT,
}
EXTRACTION: dict[str, Json] = {
    "id": "run_01a224bd5f7b77e88fe351bc481bafe0",
    "document": _DOCUMENT["id"],
    "spec": "auto",
    "spec_version": 0,
    "engine": "auto",
    "state": "queued",
    "created_at": _AT,
    "started_at": None,
    "finished_at": None,
    "error": None,
}
_REFUSED: dict[str, Json] = {
    "code": "EncryptedDocument",
    "message": "the file is encrypted in the ZIP archive: pack it without a password",
}
ACCEPTED: list[Json] = [
    {
        "name": "RE-471102.pdf",
        "document": _DOCUMENT,
        "extraction": EXTRACTION,
        "is_new": True,
        "error": None,
    },
    {"name": "secret.pdf", "document": None, "extraction": None, "is_new": False, "error": _REFUSED},
]
BATCH: dict[str, Json] = {
    "id": "bat_01a224bd5f4a76f59a5946cf1c698f58",
    "name": "March",
    "spec": "auto",
    "engine": "auto",
    "created_at": _AT,
    "completed_at": None,
    "progress": {"total": 240, "waiting": 200, "running": 2, "done": 37, "failed": 1},
}
BATCHES: dict[str, Json] = {"items": [BATCH], "next_cursor": None}
BATCH_FILES: dict[str, Json] = {
    "items": [
        {
            "position": 1,
            "name": "march/RE-471102.pdf",
            "state": "done",
            "document": _DOCUMENT["id"],
            "extraction": EXTRACTION["id"],
            "error": None,
        },
        {
            "position": 2,
            "name": "march/secret.pdf",
            "state": "refused",
            "document": None,
            "extraction": None,
            "error": _REFUSED,
        },
    ],
    "next_cursor": "Mg",
}
_READ: dict[str, Json] = {
    "source": "RE-471102.pdf",
    "document": {"id": f"sha256:{_DOCUMENT['sha256']}", "pages": 2, "media_type": "application/pdf"},
    "part": {"index": 1, "of": 1, "pages": [1, 2]},
    "spec": "invoice",
    "engine": "layout",
    "status": "extracted",
    "fields": {
        "invoice_number": {
            "value": "RE-471102",
            "state": "found",
            "text": "RE-471102",
            "page": 1,
            "box": [402.1, 118.0, 460.7, 129.2],
            "origin": "text_layer",
            "confidence": 0.98,
        },
        "due_date": {"value": None, "state": "absent"},
    },
    "findings": [],
    "review": {"required": False, "reasons": []},
    "timings_ms": {"read": 6.1, "extract": 11.8, "validate": 0.9},
}
READ: list[Json] = [_READ]
RESULT: dict[str, Json] = {
    "id": "res_01a224c8184773cabb683b540587b0e9",
    "document": _DOCUMENT["id"],
    "extraction": EXTRACTION["id"],
    "part": 1,
    "spec": "invoice",
    "review": "not_required",
    "version": 1,
    "created_at": _AT,
    "updated_at": _AT,
    "result": _READ,
}
RESULTS: dict[str, Json] = {"items": [RESULT], "next_cursor": None}


def answering(example: Value, *, like: type[Operation] = Operation) -> type[Operation]:
    """Return an operation, like another, whose successful answers have an example."""

    @dataclass
    class _Answering(like):  # type: ignore[misc, valid-type] # made for one handler
        def __post_init__(self) -> None:
            if hasattr(like, "__post_init__"):
                super().__post_init__()
            for status, response in (self.responses or {}).items():
                if status in {"200", "202"} and isinstance(response, OpenAPIResponse):
                    _show(response, example)

    return _Answering


def _show(response: OpenAPIResponse, example: Value) -> None:
    for media_type, shown in (response.content or {}).items():
        if media_type == "application/json" and not shown.examples:
            shown.examples = {"an answer": Example(summary="An answer", value=example)}
