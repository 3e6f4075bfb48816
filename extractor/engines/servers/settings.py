"""Settings that every server has: where it is, how patiently it is asked, how pages are shown to it."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, SecretStr, TypeAdapter

from extractor.engines.qwen.settings import QwenSettings

_HTTP_URL = TypeAdapter(HttpUrl)


def _web_address(url: str) -> str:
    """Refuse what is no http address; a slash at the end goes."""
    _HTTP_URL.validate_python(url)
    return url.rstrip("/")


WebAddress = Annotated[str, AfterValidator(_web_address)]


class ServerSettings(BaseModel):
    """How a server is asked. Times are seconds.

    `timeout` is the longest silence of a server that works on a page. What may pass
    (no connection, a time-out, an overloaded server) is tried again `retries` times, after
    `backoff`, twice that, and so on. `concurrency` bounds the requests that one process has
    open at a time. The rest is as in `QwenSettings`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: WebAddress
    model: str = Field(min_length=1)
    api_key: SecretStr = SecretStr("")
    timeout: float = Field(default=600.0, gt=0, le=86_400)
    retries: int = Field(default=2, ge=0, le=10)
    backoff: float = Field(default=1.0, ge=0, le=60)
    concurrency: int = Field(default=4, ge=1, le=256)
    dpi: int = Field(default=150, ge=36, le=600)
    max_pixels: int = Field(default=2_200_000, ge=28 * 28 * 4)
    max_new_tokens: int = Field(default=4096, ge=16)
    max_rows: int = Field(default=60, ge=1)
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)

    def for_pages(self) -> QwenSettings:
        """Return how pages are shown and read; as many are held at a time as may be asked at a time."""
        return QwenSettings(
            dpi=self.dpi,
            max_pixels=self.max_pixels,
            max_new_tokens=self.max_new_tokens,
            max_rows=self.max_rows,
            batch_size=self.concurrency,
        )
