"""Ask a server by OpenAI's protocol. The only module that imports openai.

Outlines' wrapper writes the messages and the form; the request is sent here, because the
wrapper drops what is needed besides the text: why the server stopped, and its tokens'
probabilities.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any, TypeAlias
from weakref import finalize

import openai
from openai.types.chat import ChatCompletion
from outlines import from_openai, from_vllm
from outlines.types import CFG, JsonSchema

from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.servers import probe
from extractor.engines.servers.asking import ServerCompleter, retrying
from extractor.engines.servers.bounding import PLAIN, UnboundedResponse, bound
from extractor.engines.servers.chat import chat_of
from extractor.engines.servers.faults import Server, may_pass
from extractor.engines.servers.likelihood import bytes_of, tokens_of
from extractor.engines.vllm.settings import VllmSettings
from extractor.errors import EngineError

_CONNECTING = 10.0  # seconds, at most
_QUICK = 3.0  # seconds, where only a state is wanted
_LOADING = Lock()
_FLAGS = "--structured-outputs-config.backend guidance"
_BROKEN = (json.JSONDecodeError, UnicodeDecodeError, RecursionError, UnboundedResponse)  # of a response
_Message: TypeAlias = Mapping[str, Any]  # as JSON, in openai's form


class VllmClient:
    """One server and one model on it."""

    def __init__(self, settings: VllmSettings) -> None:
        """Take the settings; nothing is sent yet."""
        self._settings = settings
        self._server = _server(settings)
        self._openai = openai.OpenAI(
            base_url=settings.url,
            api_key=settings.api_key.get_secret_value() or "none",  # the library wants one
            timeout=openai.Timeout(settings.timeout, connect=min(_CONNECTING, settings.timeout)),
            max_retries=0,  # `retrying` does that, for every server alike
            # A page goes to the server that was named, and to no other.
            http_client=openai.DefaultHttpxClient(
                follow_redirects=False, headers=PLAIN, event_hooks={"response": [bound]}
            ),
        )
        finalize(self, self._openai.close)
        wrap = from_vllm if settings.form == "grammar" else from_openai
        self._adapter = wrap(self._openai, settings.model).type_adapter
        self._retrying = retrying(settings, may_pass=_may_pass)

    def ask(self, question: PageQuestion, *, max_new_tokens: int) -> Completion:
        """Return the answer to one question.

        Raises:
            EngineError: the server is not there, refuses, or sends something else.
            ConfigurationError: it refuses the key.
        """
        messages = [_image_first(message) for message in self._adapter.format_input(chat_of(question))]
        form = self._form(question)
        with self._openai_errors(self._settings.timeout):
            answer = self._retrying(
                self._openai.chat.completions.create,
                model=self._settings.model,
                messages=messages,
                max_tokens=max_new_tokens,
                temperature=self._settings.temperature,
                logprobs=True,
                **form,
            )
        return self._completion(answer)

    def models(self, *, timeout: float = _CONNECTING) -> tuple[str, ...]:
        """Return the names of the models that the server serves.

        Raises:
            EngineError: there is no such server.
            ConfigurationError: it refuses the key.
        """
        with self._openai_errors(timeout):
            page: object = self._openai.with_options(timeout=timeout).models.list()
        listed = getattr(page, "data", None)
        if not isinstance(listed, list):
            raise self._server.another("its list of models is none")
        return tuple(str(getattr(model, "id", "")) for model in listed)

    def require_model(self, *, timeout: float = _QUICK) -> None:
        """Refuse a server that is not there, is another, or does not have the model.

        Raises:
            EngineUnavailable: what is missing, and the command that helps.
        """
        there = self.models(timeout=min(timeout, self._settings.timeout))
        if self._settings.model not in there:
            raise self._server.without_model(there)

    def require_obedience(self) -> None:
        """Refuse a server whose answers do not keep to the form.

        Raises:
            EngineError: it takes no images, or ignores or refuses the form.
        """
        try:
            completion = self.ask(probe.PROBE, max_new_tokens=probe.MAX_NEW_TOKENS)
        except EngineError as error:
            if isinstance(error.__cause__, openai.BadRequestError):
                raise self._explained(error.__cause__) from error
            raise
        if not probe.is_obeyed(completion.text):
            raise self._server.disobedient(completion.text, _advice(self._settings))

    def _form(self, question: PageQuestion) -> dict[str, Any]:
        """Return the part of the request that says what form the answer must have."""
        if self._settings.form == "schema":
            if not question.schema:
                raise self._server.without_schema()
            form: dict[str, Any] = self._adapter.format_output_type(JsonSchema(question.schema))
            return form
        grammar = self._adapter.format_output_type(CFG(question.grammar))
        # vLLM takes its defaults from the model's configuration, whose 1.05 spoils repeated digits.
        return {"extra_body": {**grammar, "repetition_penalty": 1.0}}

    def _completion(self, answer: object) -> Completion:
        """Return what the response says; openai builds it without looking at what it holds."""
        if not isinstance(answer, ChatCompletion):
            raise self._server.another(f"it answers with {answer!r}")
        choices = answer.choices
        if not isinstance(choices, list) or not choices or not hasattr(choices[0], "message"):
            raise self._server.garbled("there is no choice in it")
        text: object = getattr(choices[0].message, "content", None)
        if not isinstance(text, str):
            raise self._server.garbled("its message has no content")
        told = getattr(choices[0].logprobs, "content", None) if choices[0].logprobs else None
        return Completion(
            text=text,
            tokens=tokens_of(text, _told(told)),
            is_complete=choices[0].finish_reason != "length",
        )

    def _explained(self, refusal: openai.BadRequestError) -> EngineError:
        """Return what a refusal of the probe means: its image, or its form."""
        says = str(refusal).lower()
        if "image" in says or "multimodal" in says:
            return self._server.blind()
        return self._server.disobedient(_said(refusal), _advice(self._settings))

    @contextmanager
    def _openai_errors(self, seconds: float) -> Iterator[None]:
        """Raise errors of ours in place of openai's. Only calls of the library stand under it."""
        try:
            yield
        except openai.APITimeoutError as cause:
            raise self._server.silent(seconds) from cause
        except openai.APIConnectionError as cause:
            raise self._server.down(cause.__cause__ or cause) from cause
        except openai.APIStatusError as cause:
            raise self._server.refused(cause.status_code, _said(cause)) from cause
        except (openai.OpenAIError, *_BROKEN) as cause:
            raise self._server.garbled(cause) from cause
        except (AttributeError, TypeError) as cause:  # openai takes for granted that JSON is an object
            raise self._server.another(cause) from cause


def load_completer(settings: VllmSettings) -> ServerCompleter:
    """Return what asks the server of these settings: one in a process, so that its bound holds for all."""
    with _LOADING:  # threads that start together must not make one each
        return _load(settings)


@lru_cache(maxsize=4)
def _load(settings: VllmSettings) -> ServerCompleter:
    return ServerCompleter(VllmClient(settings), concurrency=settings.concurrency)


def _server(settings: VllmSettings) -> Server:
    start = f"vllm serve {settings.model} {_FLAGS}"
    return Server(
        engine="vllm",
        kind="vLLM" if settings.form == "grammar" else "OpenAI-compatible",
        url=settings.url,
        model=settings.model,
        start=start,
        fetch=start,
    )


def _advice(settings: VllmSettings) -> str:
    if settings.form == "schema":
        return "It must support response_format with a JSON schema"
    return (
        f"vLLM 0.12 or later is needed, started with `{_FLAGS}`; with EXTRACTOR_VLLM_FORM=schema answers are "
        "held to a JSON schema and compared with the page afterwards"
    )


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, openai.APIStatusError):
        return may_pass(error.status_code)
    return isinstance(error, openai.APIConnectionError)


def _said(error: openai.APIStatusError) -> str:
    """Return the server's own words: vLLM and OpenAI put them into `message`."""
    body = error.body
    said = body.get("message") if isinstance(body, dict) else None
    return said if isinstance(said, str) else error.response.text


def _image_first(message: _Message) -> _Message:
    """Return the message with its images before its text, as in process; Outlines puts them after it."""
    parts = message["content"]
    if isinstance(parts, str):
        return message
    return {**message, "content": sorted(parts, key=lambda part: part["type"] == "text")}


def _told(tokens: Sequence[object] | None) -> Iterator[tuple[bytes, float]]:
    for each in tokens if isinstance(tokens, list) else ():
        log_probability: object = getattr(each, "logprob", None)
        if isinstance(log_probability, int | float):
            yield bytes_of(getattr(each, "token", ""), getattr(each, "bytes", None)), float(log_probability)
