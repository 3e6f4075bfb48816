"""Which engines there are. Adding one is adding one line."""

from collections.abc import Callable
from importlib import import_module

from extractor.engines.reading import Engine
from extractor.errors import UnknownEngine


def _lazily(module: str, name: str) -> Callable[[], Engine]:
    """Return a factory that imports the engine's module when it is first asked for."""

    def make() -> Engine:
        engine: Engine = getattr(import_module(module), name)()
        return engine

    return make


_ENGINES: dict[str, Callable[[], Engine]] = {
    "einvoice": _lazily("extractor.engines.einvoice.engine", "EInvoiceEngine"),
    "codes": _lazily("extractor.engines.codes.engine", "CodesEngine"),
    "layout": _lazily("extractor.engines.layout.engine", "LayoutEngine"),
    "qwen": _lazily("extractor.engines.qwen.engine", "QwenEngine"),
    "vllm": _lazily("extractor.engines.vllm.engine", "VllmEngine"),
    "ollama": _lazily("extractor.engines.ollama.engine", "OllamaEngine"),
}


def engine_names() -> tuple[str, ...]:
    """Return the names that `make_engine` knows."""
    return tuple(_ENGINES)


def make_engine(name: str) -> Engine:
    """Return a new engine of that name.

    Raises:
        UnknownEngine: there is none of that name; the message lists those there are.
        EngineUnavailable: what the engine needs is not installed.
    """
    factory = _ENGINES.get(name)
    if factory is None:
        raise UnknownEngine(f"there is no engine {name!r}; there are: auto, {', '.join(_ENGINES)}")
    return factory()
