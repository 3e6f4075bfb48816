"""What all uploads have in common: their bounds, what they ask for, and how OpenAPI shows them."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from litestar.openapi.spec import Example, OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema

from extractor.documents.limits import DEFAULT_LIMITS
from extractor.errors import UnknownSpec
from extractor.jobs.backend import Backend
from extractor.jobs.intake import question
from extractor.service.arriving import UploadLimits
from extractor.service.problems import problems
from extractor.service.receiving import Upload
from extractor.storage.access import Caller
from extractor.storage.runs import Question
from extractor.storage.specs import AUTO

UPLOAD_PROBLEMS = problems(400, 404, 413, 415, 422, 429, 502)


def incoming_folder(backend: Backend) -> Path:
    """Return where files lie while they come in."""
    return backend.settings.data_dir / "incoming"


def upload_limits(backend: Backend) -> UploadLimits:
    """Return the bounds of one upload."""
    settings = backend.settings
    return UploadLimits(
        max_bytes=settings.max_upload_bytes,
        max_files=settings.max_files_per_upload,
        max_unpacked_bytes=settings.max_unpacked_bytes,
        max_inline_bytes=settings.max_inline_bytes,
        document=DEFAULT_LIMITS,
    )


async def asked_in(
    backend: Backend, caller: Caller, upload: Upload, *, spec: str | None, engine: str | None
) -> Question:
    """Return how files are to be read: as the query says, else as the form or the JSON does.

    Raises:
        UnknownSpec, UnknownEngine: there are none of that name.
    """
    fields = upload.fields
    named = spec or fields.get("spec") or AUTO
    if not named.isprintable():  # PostgreSQL has no place for all that a form can hold
        raise UnknownSpec("there is no spec of that name")
    return await asyncio.to_thread(
        question,
        backend,
        caller,
        spec=named,
        engine=engine or fields.get("engine") or AUTO,
    )


def _text(description: str) -> Schema:
    return Schema(type=OpenAPIType.STRING, description=description)


_SAID = {
    "name": _text("of the batch"),
    "spec": _text("auto, or a spec's name"),
    "engine": _text("auto, or an engine's name"),
}
_BINARY = Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")
_FORM = Schema(
    type=OpenAPIType.OBJECT,
    additional_properties=False,
    properties={"files": Schema(type=OpenAPIType.ARRAY, items=_BINARY, min_items=1), **_SAID},
    required=["files"],
    description="Parts with a filename are files, whatever they are called. A ZIP among them is unpacked.",
)
_INLINE = Schema(
    type=OpenAPIType.OBJECT,
    properties={
        "files": Schema(
            type=OpenAPIType.ARRAY,
            min_items=1,
            items=Schema(
                type=OpenAPIType.OBJECT,
                properties={
                    "name": _text("what results call the file"),
                    "content": Schema(type=OpenAPIType.STRING, content_encoding="base64"),
                },
                required=["name", "content"],
                additional_properties=False,
            ),
        ),
        **{
            name: Schema(type=[OpenAPIType.STRING, OpenAPIType.NULL], description=said.description)
            for name, said in _SAID.items()
        },
    },
    required=["files"],
    additional_properties=False,
)
_INLINE_EXAMPLE = {
    "files": [{"name": "invoice.xml", "content": "PEludm9pY2UvPg=="}],
    "spec": "invoice",
}


@dataclass
class UploadOperation(Operation):
    """An operation that takes files: Litestar cannot tell it from a handler that reads its own body."""

    def __post_init__(self) -> None:
        """Say what the body may be."""
        self.request_body = RequestBody(
            required=True,
            content={
                "multipart/form-data": OpenAPIMediaType(schema=_FORM),
                "application/zip": OpenAPIMediaType(schema=_BINARY),
                "application/json": OpenAPIMediaType(
                    schema=_INLINE,
                    examples={"one file": Example(summary="One file", value=_INLINE_EXAMPLE)},
                ),
            },
        )
