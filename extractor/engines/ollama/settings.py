"""Settings of the ollama engine, and how the environment sets them."""

from collections.abc import Mapping

from pydantic import Field, ValidationInfo, field_validator

from extractor.engines.environment import settings_of
from extractor.engines.servers.settings import ServerSettings, WebAddress

PREFIX = "EXTRACTOR_OLLAMA_"
_PIXELS_A_TOKEN = 28 * 28
_PROMPT = 4096  # tokens that the instructions may take
_MORE_ROOM = 2  # times the tokens, for an answer that was cut off


class OllamaSettings(ServerSettings):
    """Where the server is.

    `context_length` (Ollama's num_ctx, in tokens) must hold the image, the instructions and the
    answer, also one with twice the room: what is too long Ollama cuts without a word, the
    image first. Ollama answers one request at a time unless told otherwise.
    """

    url: WebAddress = "http://127.0.0.1:11434"
    model: str = Field(default="qwen2.5vl:7b", min_length=1)
    concurrency: int = Field(default=1, ge=1, le=256)
    context_length: int = Field(default=16_384, validate_default=True)

    @field_validator("context_length")
    @classmethod
    def _holds_a_page(cls, length: int, fields: ValidationInfo) -> int:
        if not {"max_pixels", "max_new_tokens"} <= fields.data.keys():
            return length  # one of them is wrong, which is said already
        image = fields.data["max_pixels"] // _PIXELS_A_TOKEN
        least = image + _PROMPT + _MORE_ROOM * fields.data["max_new_tokens"]
        if length < least:
            raise ValueError(
                f"at least {least} tokens are needed for an image of {image} tokens, the instructions and "
                "the answer; or lower MAX_PIXELS or MAX_NEW_TOKENS"
            )
        return length


def settings_from(environment: Mapping[str, str]) -> OllamaSettings:
    """Read the settings from variables such as EXTRACTOR_OLLAMA_URL; the rest keep their defaults.

    Raises:
        ConfigurationError: a variable has no such meaning, or its value is out of bounds.
    """
    return settings_of(OllamaSettings, prefix=PREFIX, environment=environment)
