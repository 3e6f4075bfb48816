"""What the loopback server's protocols share: what was asked, what is said, how a request is refused."""

import base64
import binascii
import io
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from PIL import Image, UnidentifiedImageError
from pydantic import BaseModel, ConfigDict, ValidationError

Json = Any
_Request = TypeVar("_Request", bound=BaseModel)
_Message = TypeVar("_Message")


class Refusal(Exception):
    """A request that the server does not take."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that was understood."""

    system: str
    prompt: str
    images: tuple[Image.Image, ...]
    max_tokens: int
    temperature: float
    grammar: str | None = None
    schema: str | None = None
    context: int | None = None
    is_image_first: bool = True


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer: its text, why it ended, and its tokens with their log-probabilities."""

    text: str
    stopped: str = "stop"
    tokens: tuple[tuple[bytes, float], ...] = ()


class Speech(Protocol):
    """One server's protocol."""

    root: str
    question: str

    def understand(self, body: bytes) -> Asked: ...

    def say(self, asked: Asked, said: Said) -> Json: ...

    def other(self, request: str, body: bytes) -> Json: ...

    def error(self, refusal: Refusal) -> Json: ...


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


def validated(kind: type[_Request], body: bytes) -> _Request:
    try:
        return kind.model_validate_json(body)
    except ValidationError as cause:
        raise Refusal(str(cause)) from cause


def two_of(messages: list[_Message]) -> tuple[_Message, _Message]:
    if len(messages) != 2:
        raise Refusal("a system and a user message are wanted")
    return messages[0], messages[1]


def decoded(data: str) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(base64.b64decode(data, validate=True)))
        image.load()
    except (binascii.Error, UnidentifiedImageError, OSError) as cause:
        raise Refusal(f"the image cannot be decoded: {cause}") from cause
    return image
