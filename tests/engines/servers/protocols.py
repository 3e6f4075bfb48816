"""What vLLM's and Ollama's requests may hold, and how they answer. What is not written here is refused."""

import base64
import binascii
import io
import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol, TypeVar

from PIL import Image, UnidentifiedImageError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


# vLLM ---------------------------------------------------------------------------------------


class _Text(_Strict):
    type: Literal["text"]
    text: str


class _Url(_Strict):
    url: str


class _ImageUrl(_Strict):
    type: Literal["image_url"]
    image_url: _Url


class _ChatMessage(_Strict):
    role: Literal["system", "user"]
    content: str | list[Annotated[_Text | _ImageUrl, Field(discriminator="type")]]


class _StructuredOutputs(_Strict):
    json_: dict[str, Json] | None = Field(default=None, alias="json")
    grammar: str | None = None


class _JsonSchema(_Strict):
    name: str
    strict: bool
    schema_: dict[str, Json] = Field(alias="schema")


class _ResponseFormat(_Strict):
    type: Literal["json_schema"]
    json_schema: _JsonSchema


class _ChatRequest(_Strict):
    model: str
    messages: list[_ChatMessage]
    max_tokens: int = Field(ge=1)
    temperature: float = Field(ge=0, le=2)
    logprobs: bool = False
    repetition_penalty: float = Field(default=1.05, gt=0)
    structured_outputs: _StructuredOutputs | None = None
    response_format: _ResponseFormat | None = None


@dataclass(kw_only=True)
class Vllm:
    """vLLM's /v1/models and /v1/chat/completions. Before 0.12 `structured_outputs` was ignored."""

    models: tuple[str, ...] = ("Qwen/Qwen2.5-VL-7B-Instruct",)
    is_before_0_12: bool = False
    backend: str = "guidance"
    takes_images: bool = True
    key: str | None = None
    root: str = "/v1"
    question: str = "/chat/completions"

    def understand(self, body: bytes) -> Asked:
        request = _validated(_ChatRequest, body)
        if request.model not in self.models:
            raise Refusal(f"The model `{request.model}` does not exist.", status=404)
        forms = request.structured_outputs or _StructuredOutputs()
        if self.is_before_0_12:
            forms = _StructuredOutputs()
        if forms.grammar is not None and forms.json_ is not None:
            raise Refusal("You can only use one kind of structured outputs constraint.")
        if forms.grammar is not None and self.backend != "guidance":
            raise Refusal("Invalid grammar specification: unexpected `%regex`.")
        schema = request.response_format.json_schema.schema_ if request.response_format else forms.json_
        if request.repetition_penalty != 1.0 and not request.response_format:
            raise Refusal("the model's own penalty spoils repeated digits")
        system, user = _two(request.messages)
        if not isinstance(system.content, str) or not isinstance(user.content, list):
            raise Refusal("a system message of text and a user message of parts are wanted")
        images = [_data_url(part.image_url.url) for part in user.content if isinstance(part, _ImageUrl)]
        if images and not self.takes_images:
            raise Refusal(f"{request.model} is not a multimodal model")
        if not images:
            raise Refusal("there is no image")
        texts = [part.text for part in user.content if isinstance(part, _Text)]
        return Asked(
            system=system.content,
            prompt="".join(texts),
            images=tuple(images),
            max_tokens=request.max_tokens,
            temperature=request.temperature,
            grammar=forms.grammar,
            schema=None if schema is None else json.dumps(schema),
            is_image_first=isinstance(user.content[0], _ImageUrl),
        )

    def say(self, asked: Asked, said: Said) -> Json:
        del asked
        told = [
            {
                "token": piece.decode(errors="replace"),
                "logprob": log_probability,
                "bytes": list(piece),
                "top_logprobs": [],
            }
            for piece, log_probability in said.tokens
        ]
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": said.text, "refusal": None, "tool_calls": []},
            "logprobs": {"content": told} if told else None,
            "finish_reason": said.stopped,
            "stop_reason": None,
        }
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1_700_000_000,
            "model": self.models[0],
            "choices": [choice],
            "usage": usage,
        }

    def other(self, request: str, body: bytes) -> Json:
        del body
        if request != "GET /models":
            raise Refusal("Not Found", status=404)
        served = [{"id": name, "object": "model", "created": 1, "owned_by": "vllm"} for name in self.models]
        return {"object": "list", "data": served}

    def error(self, refusal: Refusal) -> Json:
        return {"error": {"message": str(refusal), "type": "BadRequestError", "code": refusal.status}}


# Ollama -------------------------------------------------------------------------------------


class _OllamaMessage(_Strict):
    role: Literal["system", "user"]
    content: str
    images: list[str] = []


class _Options(_Strict):
    num_ctx: int = Field(ge=1)
    num_predict: int = Field(ge=1)
    temperature: float = Field(ge=0)
    repeat_penalty: float = Field(ge=0)


class _OllamaRequest(_Strict):
    model: str
    messages: list[_OllamaMessage]
    format: dict[str, Json]
    options: _Options
    stream: Literal[False]
    logprobs: bool = False
    tools: list[Json] = Field(default=[], max_length=0)


class _ShowRequest(_Strict):
    model: str


@dataclass(kw_only=True)
class Ollama:
    """Ollama's /api/tags, /api/show and /api/chat."""

    models: tuple[str, ...] = ("qwen2.5vl:7b",)
    capabilities: tuple[str, ...] = ("completion", "vision")
    context_length: int = 128_000
    prompt_tokens: int = 3000
    root: str = ""
    question: str = "/api/chat"

    def understand(self, body: bytes) -> Asked:
        request = _validated(_OllamaRequest, body)
        self._require(request.model)
        system, user = _two(request.messages)
        if system.images or not user.images:
            raise Refusal("an image is wanted, in the user's message")
        return Asked(
            system=system.content,
            prompt=user.content,
            images=tuple(_decoded(each) for each in user.images),
            max_tokens=request.options.num_predict,
            temperature=request.options.temperature,
            schema=json.dumps(request.format),
            context=request.options.num_ctx,
        )

    def say(self, asked: Asked, said: Said) -> Json:
        told = [
            {"token": piece.decode(errors="replace"), "logprob": log_probability, "bytes": list(piece)}
            for piece, log_probability in said.tokens
        ]
        return {
            "model": self.models[0],
            "created_at": "2026-01-02T03:04:05.678901Z",
            "message": {"role": "assistant", "content": said.text},
            "done": True,
            "done_reason": said.stopped,
            "total_duration": 1,
            "prompt_eval_count": min(self.prompt_tokens, asked.context or self.prompt_tokens),
            "eval_count": 10,
            **({"logprobs": told} if told else {}),
        }

    def other(self, request: str, body: bytes) -> Json:
        if request == "GET /api/tags":
            return {"models": [{"name": name, "model": name, "size": 1} for name in self.models]}
        if request == "POST /api/show":
            self._require(_validated(_ShowRequest, body).model)
            return {
                "capabilities": list(self.capabilities),
                "details": {"family": "qwen25vl"},
                "model_info": {"qwen25vl.context_length": self.context_length},
            }
        raise Refusal("404 page not found", status=404)

    def error(self, refusal: Refusal) -> Json:
        return {"error": str(refusal)}

    def _require(self, model: str) -> None:
        if model not in self.models and f"{model}:latest" not in self.models:
            raise Refusal(f"model '{model}' not found", status=404)


def _validated(kind: type[_Request], body: bytes) -> _Request:
    try:
        return kind.model_validate_json(body)
    except ValidationError as cause:
        raise Refusal(str(cause)) from cause


def _two(messages: list[_Message]) -> tuple[_Message, _Message]:
    if len(messages) != 2:
        raise Refusal("a system and a user message are wanted")
    return messages[0], messages[1]


def _data_url(url: str) -> Image.Image:
    head, _, data = url.partition(",")
    if head != "data:image/png;base64":
        raise Refusal(f"no PNG in a data URL, but {head!r}")
    return _decoded(data)


def _decoded(data: str) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(base64.b64decode(data, validate=True)))
        image.load()
    except (binascii.Error, UnidentifiedImageError, OSError) as cause:
        raise Refusal(f"the image cannot be decoded: {cause}") from cause
    return image
