"""Settings of the service and its workers: defaults, then a TOML file, then the environment."""

from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Any, ClassVar, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from extractor.documents.limits import DEFAULT_LIMITS
from extractor.errors import ConfigurationError
from extractor.workers import default_worker_count

PREFIX = "EXTRACTOR_"
MIB = 1024 * 1024


class ServiceSettings(BaseSettings):
    """What an operator may set. Times are seconds, sizes bytes, unless the name says otherwise.

    Every setting is a variable of the environment (EXTRACTOR_PORT) or a key of the file that
    EXTRACTOR_SETTINGS_FILE names; the environment wins.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)
    file: ClassVar[Path | None] = None  # set on the subclass that `load_settings` makes

    # Where things are kept
    data_dir: Path = Field(default_factory=lambda: user_data_path("extractor", appauthor=False))
    database_url: SecretStr | None = None  # sqlite in `data_dir` by default; postgresql://…
    blob_url: str | None = None  # `data_dir`/blobs by default; s3://bucket/prefix
    s3_endpoint: str | None = None  # of another S3 than Amazon's
    retention_days: int | None = Field(default=None, ge=1)  # documents older than this are deleted

    # The API
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    access: Literal["open", "keys"] = "open"  # open: whoever reaches the port is the one tenant
    allowed_hosts: tuple[str, ...] = ()  # names beside localhost that open access is asked under
    source_url: str | None = None  # where users get the source of what runs (AGPL, section 13)
    max_upload_bytes: int = Field(default=4 * DEFAULT_LIMITS.max_bytes, ge=1)  # of one request
    max_files_per_upload: int = Field(default=2000, ge=1)
    max_unpacked_bytes: int = Field(default=16 * DEFAULT_LIMITS.max_bytes, ge=1)  # of the ZIPs of one request
    max_inline_bytes: int = Field(default=16 * MIB, ge=1)  # of a request with files in JSON
    max_waiting: int = Field(default=10_000, ge=1)  # documents of one tenant in the queue: then 429
    requests_per_minute: int = Field(default=6000, ge=1)  # of one key
    synchronous_seconds: float = Field(default=30.0, gt=0)  # how long a synchronous request waits

    # The work
    workers: int = Field(default_factory=default_worker_count, ge=1)  # processes that read documents
    tenant_concurrency: int | None = Field(default=None, ge=1)  # documents of one tenant at once
    document_seconds: float = Field(default=600.0, gt=0)  # then its process is stopped
    worker_memory_bytes: int = Field(default=2048 * MIB, ge=256 * MIB)  # a process above it is stopped
    attempts: int = Field(default=3, ge=1)  # how often a document may lose its process
    heartbeat_seconds: float = Field(default=5.0, gt=0)
    dead_after_seconds: float = Field(default=30.0, gt=0)  # without a heartbeat; others take the work over
    stop_seconds: float = Field(default=30.0, ge=0)  # how long a stop waits for running documents
    executor_id: str | None = None  # unique for each worker that lives; made up by default

    # Webhooks
    webhook_networks: tuple[str, ...] = ()  # private networks that webhooks may reach, as 10.1.0.0/16
    webhook_seconds: float = Field(default=15.0, gt=0)  # how long a receiver may take to answer

    # What an operator sees
    log_format: Literal["json", "text"] = "text"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    metrics_port: int | None = Field(default=None, ge=1, le=65535)  # of a worker; the API has /metrics
    otlp_endpoint: str | None = None  # http://collector:4318: traces are sent there

    @field_validator("webhook_networks")
    @classmethod
    def _are_networks(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ip_network(network)
        return networks

    @cached_property
    def database(self) -> str:
        """Return the URL of the database, with its password."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'extractor.db'}"

    @cached_property
    def known_hosts(self) -> frozenset[str]:
        """Return the names under which open access may be asked, in lower case."""
        return frozenset(name.lower() for name in (self.host, *self.allowed_hosts))

    @property
    def is_embedded(self) -> bool:
        """Say whether all is kept in files of one machine, by one process."""
        return self.database.startswith("sqlite")

    @cached_property
    def blobs(self) -> str:
        """Return the URL of the blob store."""
        return self.blob_url or (self.data_dir / "blobs").absolute().as_uri()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Say what wins over what: arguments, the environment, the file."""
        in_file = (TomlConfigSettingsSource(settings_cls, cls.file),) if cls.file else ()
        return (init_settings, env_settings, *in_file)


def load_settings(file: Path | None = None, **given: Any) -> ServiceSettings:  # noqa: ANN401 - of the model's own types
    """Read the settings; what is `given` wins over the environment, which wins over the file.

    Raises:
        ConfigurationError: a setting is unknown or out of bounds, or the file cannot be read.
    """
    if file is not None and not file.is_file():
        raise ConfigurationError(f"{file}: there is no such settings file")

    class _Settings(ServiceSettings):
        model_config = SettingsConfigDict(extra="forbid" if file else "ignore")

    _Settings.file = file
    try:
        return _Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as cause:
        wrong = "; ".join(
            f"{PREFIX}{str(fault['loc'][0]).upper() if fault['loc'] else '…'}: {fault['msg']}"
            for fault in cause.errors(include_url=False, include_input=False)
        )
        raise ConfigurationError(wrong) from cause
    except ValueError as cause:  # TOML that does not parse
        raise ConfigurationError(f"{file}: {cause}") from cause
