"""Whether an engine could read a document now, and what to do where it could not."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Protocol, runtime_checkable

from extractor.engines.registry import make_engine
from extractor.errors import ExtractorError, UnknownEngine

_ABOUT = {
    "einvoice": "XML that is embedded in a PDF, or is the document",
    "codes": "QR and DataMatrix codes on the page",
    "layout": "words on the page, by rules and geometry",
    "qwen": "Qwen2.5-VL in this process",
    "vllm": "a vision model on a vLLM or other OpenAI-compatible server",
    "ollama": "a vision model on an Ollama server",
}
_NEEDED = {"qwen": ("torch", "torchvision", "transformers", "outlines", "llguidance", "qwen_vl_utils")}


@runtime_checkable
class Checkable(Protocol):
    """An engine that needs something outside this package, and can say whether it is there."""

    def check(self, *, thoroughly: bool) -> str:
        """Say what is ready.

        Raises:
            ExtractorError: what is wrong, and what to do about it.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """One engine: what it reads, whether it could, and what else is there (or is wrong), if anything."""

    engine: str
    about: str
    is_ready: bool
    says: str


def readiness_of(name: str, *, thoroughly: bool) -> Readiness:
    """Look whether an engine is ready. Thoroughly: a server is also asked a question.

    Raises:
        UnknownEngine: there is none of that name.
    """
    about = _ABOUT.get(name, "")
    missing = [module for module in _NEEDED.get(name, ()) if find_spec(module) is None]
    if missing:
        says = f"not installed ({missing[0]} is missing): pip install 'extractor[{name}]'"
        return Readiness(engine=name, about=about, is_ready=False, says=says)
    try:
        engine = make_engine(name)
        says = engine.check(thoroughly=thoroughly) if isinstance(engine, Checkable) else ""
    except UnknownEngine:
        raise
    except ExtractorError as error:
        return Readiness(engine=name, about=about, is_ready=False, says=str(error))
    return Readiness(engine=name, about=about, is_ready=True, says=says)
