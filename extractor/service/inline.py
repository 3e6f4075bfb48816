"""Files in JSON, as base64: for callers that cannot send forms. Held in memory, so the bound is lower."""

import base64
import binascii
from collections.abc import Iterator
from typing import Annotated

from litestar.exceptions import ClientException
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.service.arriving import plain_name


class InlineFile(BaseModel):
    """One file: its name, and its content in base64."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    content: str


class InlineUpload(BaseModel):
    """Files, and how they are to be read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    files: Annotated[list[InlineFile], Field(min_length=1)]
    name: str | None = None  # of the batch
    spec: str | None = None
    engine: str | None = None

    @property
    def fields(self) -> dict[str, str]:
        """Return what is said beside the files."""
        return {
            name: value
            for name, value in (("name", self.name), ("spec", self.spec), ("engine", self.engine))
            if value is not None
        }

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Yield each file's name and content.

        Raises:
            ClientException: a content is no base64.
        """
        for number, file in enumerate(self.files, 1):
            try:
                yield plain_name(file.name), base64.b64decode(file.content, validate=True)
            except (binascii.Error, ValueError) as cause:
                raise ClientException(f"the content of file {number} is no base64: {cause}") from cause


def read_inline(body: bytes) -> InlineUpload:
    """Return what a request's body says.

    Raises:
        ClientException: it is no JSON, or not of this form.
    """
    try:
        return InlineUpload.model_validate_json(body)
    except ValidationError as cause:
        first = cause.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the body"
        raise ClientException(f"{where}: {first['msg']}") from cause
