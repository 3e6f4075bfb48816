"""What Ollama's requests may hold, and how it answers. What is not written here is refused."""

import json
from dataclasses import dataclass
from typing import Literal

from engines.servers.protocols import Asked, Json, Refusal, Said, Strict, decoded, two_of, validated
from pydantic import Field


class _OllamaMessage(Strict):
    role: Literal["system", "user"]
    content: str
    images: list[str] = Field(default_factory=list)


class _Options(Strict):
    num_ctx: int = Field(ge=1)
    num_predict: int = Field(ge=1)
    temperature: float = Field(ge=0)
    repeat_penalty: float = Field(ge=0)


class _OllamaRequest(Strict):
    model: str
    messages: list[_OllamaMessage]
    format: dict[str, Json]
    options: _Options
    stream: Literal[False]
    logprobs: bool = False
    tools: list[Json] = Field(default_factory=list, max_length=0)


class _ShowRequest(Strict):
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
        request = validated(_OllamaRequest, body)
        self._require(request.model)
        system, user = two_of(request.messages)
        if system.images or not user.images:
            raise Refusal("an image is wanted, in the user's message")
        return Asked(
            system=system.content,
            prompt=user.content,
            images=tuple(decoded(each) for each in user.images),
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
            self._require(validated(_ShowRequest, body).model)
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
