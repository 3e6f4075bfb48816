"""Settings of the vllm engine, and how the environment sets them."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from extractor.engines.environment import settings_of
from extractor.engines.servers.settings import ServerSettings, WebAddress

PREFIX = "EXTRACTOR_VLLM_"


class VllmSettings(ServerSettings):
    """Where the server is. `url` is the protocol's root, which usually ends in /v1.

    `form` is what an answer is held to: the page's "grammar", which needs vLLM with its
    guidance backend, or a JSON "schema", which any server of this protocol takes.
    """

    url: WebAddress = "http://127.0.0.1:8000/v1"
    model: str = Field(default="Qwen/Qwen2.5-VL-7B-Instruct", min_length=1)
    form: Literal["grammar", "schema"] = "grammar"


def settings_from(environment: Mapping[str, str]) -> VllmSettings:
    """Read the settings from variables such as EXTRACTOR_VLLM_URL; the rest keep their defaults.

    Raises:
        ConfigurationError: a variable has no such meaning, or its value is out of bounds.
    """
    return settings_of(VllmSettings, prefix=PREFIX, environment=environment)
