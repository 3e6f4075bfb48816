"""Ask an Ollama server. The only module that imports ollama.

Outlines' wrapper writes the messages and the form; the request is sent here, because the
wrapper drops what is needed besides the text: why the server stopped, and its tokens'
probabilities.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from weakref import finalize

import httpx
import ollama
from outlines import from_ollama
from outlines.types import JsonSchema

from extractor.engines.ollama.settings import OllamaSettings
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.servers import probe
from extractor.engines.servers.asking import ServerCompleter, retrying
from extractor.engines.servers.bounding import PLAIN, bound
from extractor.engines.servers.chat import chat_of
from extractor.engines.servers.faults import Server, may_pass
from extractor.engines.servers.likelihood import bytes_of, tokens_of
from extractor.errors import ConfigurationError

_CONNECTING = 10.0  # seconds, at most
_QUICK = 3.0  # seconds, where only a state is wanted
_LOADING = Lock()
# What ollama takes for granted of a response's JSON, and JSON that is nested without end.
_SURPRISES = (ValueError, TypeError, AttributeError, RecursionError)


class OllamaClient:
    """One server and one model on it."""

    def __init__(self, settings: OllamaSettings) -> None:
        """Take the settings; nothing is sent yet."""
        self._settings = settings
        self._server = Server(
            engine="ollama",
            kind="Ollama",
            url=settings.url,
            model=settings.model,
            start="ollama serve",
            fetch=f"ollama pull {settings.model}",
        )
        self._ollama = _connected(settings, timeout=settings.timeout)
        finalize(self, self._ollama.close)
        self._adapter = from_ollama(self._ollama, settings.model).type_adapter
        self._retrying = retrying(settings, may_pass=_may_pass)

    def ask(self, question: PageQuestion, *, max_new_tokens: int) -> Completion:
        """Return the answer to one question.

        Raises:
            EngineError: the server is not there, refuses, or sends something else.
            ConfigurationError: it refuses the key, or its context is too small for the page.
        """
        if not question.schema:
            raise self._server.without_schema()
        messages = self._adapter.format_input(chat_of(question))
        form = self._adapter.format_output_type(JsonSchema(question.schema))
        options = {
            "num_ctx": self._settings.context_length,
            "num_predict": max_new_tokens,
            "temperature": self._settings.temperature,
            "repeat_penalty": 1.0,  # Ollama's own 1.1 spoils repeated digits
        }
        with self._ollama_errors(self._settings.timeout):
            answer = self._retrying(
                self._ollama.chat,
                model=self._settings.model,
                messages=messages,
                format=form,
                options=options,
                logprobs=True,
                stream=False,
            )
        return self._completion(answer)

    def require_model(self, *, timeout: float = _QUICK) -> None:
        """Refuse a server that is not there, is another, or does not have the model.

        Raises:
            EngineUnavailable: what is missing, and the command that helps.
        """
        timeout = min(timeout, self._settings.timeout)
        with self._ollama_errors(timeout), _connected(self._settings, timeout=timeout) as quick:
            listed = quick.list().models
        there = tuple(each.model or "" for each in listed)
        wanted = self._settings.model
        if not {wanted, f"{wanted}:latest"} & set(there):
            raise self._server.without_model(there)

    def require_vision(self, *, timeout: float = _CONNECTING) -> None:
        """Refuse a model that takes no images, or holds less than the context that is asked for.

        Raises:
            EngineUnavailable: the model is another kind.
            ConfigurationError: its context is shorter.
        """
        timeout = min(timeout, self._settings.timeout)
        with self._ollama_errors(timeout), _connected(self._settings, timeout=timeout) as quick:
            shown = quick.show(self._settings.model)
        if shown.capabilities is not None and "vision" not in shown.capabilities:
            raise self._server.blind()
        lengths = [
            length
            for name, length in (shown.modelinfo or {}).items()
            if name.endswith(".context_length") and isinstance(length, int)
        ]
        if lengths and min(lengths) < self._settings.context_length:
            raise ConfigurationError(
                f"the model {self._settings.model} has a context of {min(lengths)} tokens: lower "
                "EXTRACTOR_OLLAMA_CONTEXT_LENGTH"
            )

    def require_obedience(self) -> None:
        """Refuse a server whose answers do not keep to the form.

        Raises:
            EngineError: it ignores or refuses the form.
        """
        completion = self.ask(probe.PROBE, max_new_tokens=probe.MAX_NEW_TOKENS)
        if not probe.is_obeyed(completion.text):
            raise self._server.disobedient(
                completion.text, "Ollama 0.5 or later is needed, on this machine and not its cloud"
            )

    def _completion(self, answer: ollama.ChatResponse) -> Completion:
        text = answer.message.content
        if not isinstance(text, str):
            raise self._server.garbled("its message has no content")
        taken = (answer.prompt_eval_count or 0) + (answer.eval_count or 0)
        if taken >= self._settings.context_length:
            raise ConfigurationError(
                f"page and answer took the whole context of {self._settings.context_length} tokens, so a "
                "part of the page was cut off: raise EXTRACTOR_OLLAMA_CONTEXT_LENGTH"
            )
        told = ((bytes_of(each.token, None), each.logprob) for each in answer.logprobs or ())
        return Completion(
            text=text,
            tokens=tokens_of(text, told),
            is_complete=answer.done is not False and answer.done_reason != "length",
        )

    @contextmanager
    def _ollama_errors(self, seconds: float) -> Iterator[None]:
        """Raise errors of ours in place of Ollama's and httpx's. Only calls of the library stand under it."""
        try:
            yield
        except httpx.TimeoutException as cause:
            raise self._server.silent(seconds) from cause
        except (ConnectionError, httpx.HTTPError, httpx.InvalidURL) as cause:
            raise self._server.down(cause.__context__ or cause) from cause
        except (ollama.ResponseError, *_SURPRISES) as cause:
            status = _status_of(cause)
            if status is None:
                raise self._server.garbled(cause) from cause
            says = cause.error if isinstance(cause, ollama.ResponseError) else cause
            raise self._server.refused(status, str(says)) from cause


def load_completer(settings: OllamaSettings) -> ServerCompleter:
    """Return what asks the server of these settings: one in a process, so that its bound holds for all."""
    with _LOADING:  # threads that start together must not make one each
        return _load(settings)


@lru_cache(maxsize=4)
def _load(settings: OllamaSettings) -> ServerCompleter:
    return ServerCompleter(OllamaClient(settings), concurrency=settings.concurrency)


def _connected(settings: OllamaSettings, *, timeout: float) -> ollama.Client:
    key = settings.api_key.get_secret_value()
    return ollama.Client(
        host=settings.url,
        timeout=httpx.Timeout(timeout, connect=min(_CONNECTING, timeout)),
        follow_redirects=False,  # a page goes to the server that was named, and to no other
        headers={**PLAIN, **({"Authorization": f"Bearer {key}"} if key else {})},
        event_hooks={"response": [bound]},
    )


def _may_pass(error: BaseException) -> bool:
    status = _status_of(error)
    if status is not None:
        return may_pass(status)
    return isinstance(error, ConnectionError | httpx.TransportError)


def _status_of(error: BaseException) -> int | None:
    """Return the status that the server answered with, where it was an error's."""
    status: int | None = None
    if isinstance(error, ollama.ResponseError):
        status = error.status_code
    elif isinstance(error, _SURPRISES) and isinstance(error.__context__, httpx.HTTPStatusError):
        status = error.__context__.response.status_code
    return status
