"""The engine `ollama`: the qwen engine's reading, answered by an Ollama server."""

import os

from extractor.engines.ollama.settings import OllamaSettings, settings_from
from extractor.engines.servers.engine import ServerEngine
from extractor.engines.servers.extra import client_of


class OllamaEngine(ServerEngine):
    """Reads pages with a model on an Ollama server."""

    name = "ollama"

    def __init__(self, settings: OllamaSettings | None = None) -> None:
        """Take settings, by default the environment's.

        Raises:
            ConfigurationError: a variable of the environment is wrong.
        """
        self._settings: OllamaSettings = settings_from(os.environ) if settings is None else settings

    def check(self, *, thoroughly: bool) -> str:
        """Say what is ready. Thoroughly: also that an image is taken and the form is kept.

        Raises:
            EngineError: what is wrong, and what to do about it.
            ConfigurationError: the server refuses the key.
        """
        client = client_of(self.name).OllamaClient(self._settings)
        client.require_model()
        where = f"{self._settings.model} at {self._settings.url}"
        if not thoroughly:
            return where
        client.require_vision()
        client.require_obedience()
        return f"{where}; it takes images and keeps to a JSON schema"
