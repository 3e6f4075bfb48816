"""The engine `vllm`: the qwen engine's reading, answered by a server of OpenAI's protocol."""

import os

from extractor.engines.servers.engine import ServerEngine
from extractor.engines.servers.extra import client_of
from extractor.engines.vllm.settings import VllmSettings, settings_from


class VllmEngine(ServerEngine):
    """Reads pages with a model on a vLLM (or other OpenAI-compatible) server."""

    name = "vllm"

    def __init__(self, settings: VllmSettings | None = None) -> None:
        """Take settings, by default the environment's.

        Raises:
            ConfigurationError: a variable of the environment is wrong.
        """
        self._settings: VllmSettings = settings_from(os.environ) if settings is None else settings

    def check(self, *, thoroughly: bool) -> str:
        """Say what is ready. Thoroughly: also that an image is taken and the form is kept.

        Raises:
            EngineError: what is wrong, and what to do about it.
            ConfigurationError: the server refuses the key.
        """
        client = client_of(self.name).VllmClient(self._settings)
        client.require_model()
        where = f"{self._settings.model} at {self._settings.url}"
        if not thoroughly:
            return where
        client.require_obedience()
        return f"{where}; it takes images and keeps to a {self._settings.form}"
