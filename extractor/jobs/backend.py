"""What all work stands on: settings, database, contents, a clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from extractor.settings import ServiceSettings
from extractor.storage.blobs import Blobs
from extractor.storage.database import Database


def utc_now() -> datetime:
    """Return the moment, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """One process's access to what the service keeps."""

    settings: ServiceSettings
    database: Database
    blobs: Blobs
    clock: Callable[[], datetime] = utc_now

    def close(self) -> None:
        """Close the connections."""
        self.database.close()


def open_backend(settings: ServiceSettings) -> Backend:
    """Open database and contents, and bring the tables up to date.

    Raises:
        ConfigurationError: one of them cannot be reached, or its URL is wrong.
    """
    database = Database(settings.database)
    blobs = Blobs(settings.blobs, s3_endpoint=settings.s3_endpoint)
    database.migrate()
    return Backend(settings=settings, database=database, blobs=blobs)
