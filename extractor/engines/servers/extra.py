"""Import an engine's client, which needs the extra `servers`, when it is first needed."""

from importlib import import_module
from types import ModuleType

from extractor.errors import EngineUnavailable


def client_of(engine: str) -> ModuleType:
    """Return the module with the engine's client.

    Raises:
        EngineUnavailable: a library of the extra is not installed.
    """
    try:
        return import_module(f"extractor.engines.{engine}.client")
    except ImportError as cause:
        missing = f" ({cause.name} is missing)" if cause.name else ""
        raise EngineUnavailable(
            f"the {engine} engine is not installed{missing}: pip install 'extractor[servers]'"
        ) from cause
