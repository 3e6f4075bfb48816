"""What vLLM's requests may hold, and how it answers. What is not written here is refused."""

import json
from dataclasses import dataclass
from typing import Annotated, Literal

from engines.servers.protocols import Asked, Json, Refusal, Said, Strict, decoded, two_of, validated
from PIL import Image
from pydantic import Field


class _Text(Strict):
    type: Literal["text"]
    text: str


class _Url(Strict):
    url: str


class _ImageUrl(Strict):
    type: Literal["image_url"]
    image_url: _Url


class _ChatMessage(Strict):
    role: Literal["system", "user"]
    content: str | list[Annotated[_Text | _ImageUrl, Field(discriminator="type")]]


class _StructuredOutputs(Strict):
    json_: dict[str, Json] | None = Field(default=None, alias="json")
    grammar: str | None = None


class _JsonSchema(Strict):
    name: str
    strict: bool
    schema_: dict[str, Json] = Field(alias="schema")


class _ResponseFormat(Strict):
    type: Literal["json_schema"]
    json_schema: _JsonSchema


class _ChatRequest(Strict):
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
        request = validated(_ChatRequest, body)
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
        system, user = two_of(request.messages)
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


def _data_url(url: str) -> Image.Image:
    head, _, data = url.partition(",")
    if head != "data:image/png;base64":
        raise Refusal(f"no PNG in a data URL, but {head!r}")
    return decoded(data)
