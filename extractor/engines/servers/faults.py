"""What can be wrong with a server, as errors of ours that name the next step."""

from dataclasses import dataclass
from http import HTTPStatus

from extractor.errors import (
    ConfigurationError,
    EngineError,
    EngineTimeout,
    EngineUnavailable,
    MalformedCompletion,
)

_SHOWN = 200  # characters of what a server says
_NAMES_SHOWN = 8  # models in a message
_PASSING = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server as messages name it, with the commands that set it right."""

    engine: str  # the engine's name, as on the command line
    kind: str  # what should answer at the address: "Ollama"
    url: str
    model: str
    start: str  # the command that starts it
    fetch: str  # the command that makes it have the model

    @property
    def prefix(self) -> str:
        """Return what the names of the engine's variables begin with."""
        return f"EXTRACTOR_{self.engine.upper()}_"

    def down(self, cause: object) -> EngineUnavailable:
        """Return the error for a server that cannot be reached, or breaks off."""
        return EngineUnavailable(
            f"no {self.kind} server answers at {self.url} ({_line(cause)}): start it with `{self.start}`, "
            f"or set {self.prefix}URL"
        )

    def silent(self, seconds: float) -> EngineTimeout:
        """Return the error for a server that took the request and said nothing in time."""
        return EngineTimeout(
            f"the {self.kind} server at {self.url} did not answer within {seconds:g} s; wait longer with "
            f"{self.prefix}TIMEOUT, or ask fewer pages at a time with {self.prefix}CONCURRENCY"
        )

    def another(self, what: object) -> EngineUnavailable:
        """Return the error for an address at which something else answers."""
        return EngineUnavailable(
            f"what answers at {self.url} is not a {self.kind} server ({_line(what)}): set {self.prefix}URL"
        )

    def without_model(self, there: tuple[str, ...]) -> EngineUnavailable:
        """Return the error for a model that the server does not have."""
        shown = ", ".join(there[:_NAMES_SHOWN]) + (", …" if len(there) > _NAMES_SHOWN else "")
        return EngineUnavailable(
            f"the {self.kind} server at {self.url} does not have the model {self.model}; it has: "
            f"{shown or 'none'}. Run `{self.fetch}`, or set {self.prefix}MODEL"
        )

    def blind(self) -> EngineUnavailable:
        """Return the error for a model that takes no images."""
        return EngineUnavailable(
            f"the model {self.model} takes no images: set {self.prefix}MODEL to a vision model"
        )

    def without_schema(self) -> ConfigurationError:
        """Return the error for a question that only a grammar holds to its form."""
        return ConfigurationError(
            f"the {self.kind} server takes JSON schemas alone, and this question is held to a grammar: ask "
            "the engine qwen, or vllm with EXTRACTOR_VLLM_FORM=grammar"
        )

    def disobedient(self, answer: str, advice: str) -> EngineUnavailable:
        """Return the error for a server that ignores the form that an answer must have."""
        return EngineUnavailable(
            f"the {self.kind} server at {self.url} ignores the form that an answer must have: it said "
            f"{_line(answer)!r}. {advice}"
        )

    def garbled(self, what: object) -> MalformedCompletion:
        """Return the error for a response that is none of this protocol."""
        return MalformedCompletion(
            f"the {self.kind} server at {self.url} sent a broken response ({_line(what)})"
        )

    def refused(self, status: int, says: str) -> EngineError | ConfigurationError:
        """Return the error for a response with an error's status."""
        said = f"status {status}: {_line(says)}"
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return ConfigurationError(
                f"the {self.kind} server at {self.url} refuses the key ({said}): set {self.prefix}API_KEY"
            )
        if status == HTTPStatus.NOT_FOUND and "model" in says.lower():
            return EngineUnavailable(
                f"the {self.kind} server at {self.url} does not have the model {self.model} ({said}): run "
                f"`{self.fetch}`, or set {self.prefix}MODEL"
            )
        if status == HTTPStatus.NOT_FOUND or HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            return self.another(said)
        if may_pass(status):
            return EngineUnavailable(f"the {self.kind} server at {self.url} cannot answer now ({said})")
        if "context" in says.lower():
            return EngineError(
                f"page and answer are too long for the {self.kind} server at {self.url} ({said}): lower "
                f"{self.prefix}MAX_NEW_TOKENS or {self.prefix}MAX_PIXELS, or start it with a longer context"
            )
        return EngineError(
            f"the {self.kind} server at {self.url} refuses the request ({said}); `extractor engines "
            f"{self.engine}` says what is wrong with it"
        )


def may_pass(status: int) -> bool:
    """Say whether the same request may be answered later."""
    return status in _PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _line(what: object) -> str:
    """Return what a server or a library says as the start of one line."""
    line = " ".join(str(what).split()) or type(what).__name__
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
