"""Settings of the Qwen engine, and how the environment sets them."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.engines.environment import settings_of

PREFIX = "EXTRACTOR_QWEN_"


class QwenSettings(BaseModel):
    """How pages are shown to the model and how much it may answer.

    `model` is a name on the Hugging Face hub or a local folder. `max_pixels` caps the
    page image after rendering at `dpi`: 28 by 28 pixels cost one token, and the default
    lets A4 at 150 dpi pass whole. A `dtype` of "auto" is bfloat16 on a GPU that has it, else
    as the checkpoint is stored. `temperature` 0 decodes greedily.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str = Field(default="Qwen/Qwen2.5-VL-7B-Instruct", min_length=1)
    device: Literal["auto", "cuda", "mps", "cpu"] = "auto"
    dtype: Literal["auto", "bfloat16", "float16", "float32"] = "auto"
    quantization: Literal["none", "4bit"] = "none"  # 4bit: needs bitsandbytes and a CUDA device
    dpi: int = Field(default=150, ge=36, le=600)
    max_pixels: int = Field(default=2_200_000, ge=28 * 28 * 4)
    max_new_tokens: int = Field(default=4096, ge=16)
    max_rows: int = Field(default=60, ge=1)  # of one table on one page
    batch_size: int = Field(default=1, ge=1)  # pages decoded together
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)
    decoding: Literal["fast", "plain"] = "fast"  # plain: one token a pass, as Outlines generates


def settings_from(environment: Mapping[str, str]) -> QwenSettings:
    """Read the settings from variables such as EXTRACTOR_QWEN_MODEL; the rest keep their defaults.

    Raises:
        ConfigurationError: a variable has no such meaning, or its value is out of bounds.
    """
    return settings_of(QwenSettings, prefix=PREFIX, environment=environment)
