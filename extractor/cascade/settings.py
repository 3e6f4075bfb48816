"""The setting of the cascade: which vision engine `auto` may ask."""

import os
from collections.abc import Mapping
from typing import Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict

from extractor.engines.environment import settings_of
from extractor.engines.reading import Engine
from extractor.engines.registry import make_engine

PREFIX = "EXTRACTOR_VISION_"
VisionEngine: TypeAlias = Literal["qwen", "vllm", "ollama"]
VISION_ENGINES: tuple[str, ...] = get_args(VisionEngine)


class VisionSettings(BaseModel):
    """Which engine is asked for what the first reading is missing or unsure of; None: nobody."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: VisionEngine | None = None


def vision_settings(environment: Mapping[str, str] = os.environ) -> VisionSettings:
    """Read the setting from EXTRACTOR_VISION_ENGINE.

    Raises:
        ConfigurationError: it names no vision engine; the message lists those there are.
    """
    return settings_of(VisionSettings, prefix=PREFIX, environment=environment)


def vision_engine(environment: Mapping[str, str] = os.environ) -> Engine | None:
    """Return a new vision engine as the setting says, None where it names none.

    Nothing is loaded or connected to before it is asked to read.

    Raises:
        ConfigurationError: the setting, or one of the engine's own, is wrong.
    """
    name = vision_settings(environment).engine
    return None if name is None else make_engine(name)
