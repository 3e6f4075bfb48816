"""Keep contents by name in a folder or on S3. The only module that imports obstore."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TypeVar
from urllib.parse import urlparse
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, S3Store

from extractor.errors import ConfigurationError, NotFound, SinkUnavailable

_AT_ONCE = 8

_T = TypeVar("_T")


class Blobs:
    """Contents by name; a name is written once and never with another content."""

    def __init__(self, url: str, *, s3_endpoint: str | None = None) -> None:
        """Open `file:///folder`, `s3://bucket/prefix` or `memory:///`.

        Credentials of S3 are those of the environment (AWS_ACCESS_KEY_ID …).

        Raises:
            ConfigurationError: the URL is of none of these, or the folder cannot be made.
        """
        parsed = urlparse(url)
        self._folder: Path | None = None
        self._store: LocalStore | S3Store | MemoryStore
        if parsed.scheme == "file":
            self._folder = Path(url2pathname(parsed.path))
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except OSError as cause:
                raise ConfigurationError(f"{self._folder} cannot be used: {cause.strerror}") from cause
            self._store = LocalStore(self._folder)
        elif parsed.scheme == "s3":
            self._store = S3Store(
                parsed.netloc,
                prefix=parsed.path.strip("/") or None,
                endpoint=s3_endpoint,
                client_options={"allow_http": bool(s3_endpoint and s3_endpoint.startswith("http://"))},
            )
        elif parsed.scheme == "memory":
            self._store = MemoryStore()
        else:
            raise ConfigurationError(f"{url}: contents can be kept in file:///… or s3://bucket/prefix")

    def adopt(self, files: Mapping[str, Path]) -> None:
        """Take over files that nobody else will use, by name; they are gone from their paths afterwards.

        They outlive a loss of power from then on. Many at once, for each takes a while.

        Raises:
            SinkUnavailable: the store cannot be written; files that it did not get stay.
        """
        if self._folder is None:
            _at_once(self._upload, files.items())
            return
        with _disk_errors():
            _at_once(_sync, files.values())
            for name, path in files.items():
                target = self._folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
            if os.name != "nt":  # Windows opens no folders
                _at_once(
                    _sync, {self._folder / above for name in files for above in PurePosixPath(name).parents}
                )

    def _upload(self, file: tuple[str, Path]) -> None:
        name, path = file
        with _errors_as(SinkUnavailable(f"{name} cannot be kept")):
            obstore.put(self._store, name, path)
        path.unlink()

    def put(self, name: str, content: bytes) -> None:
        """Keep a content.

        Raises:
            SinkUnavailable: the store cannot be written.
        """
        with _errors_as(SinkUnavailable(f"{name} cannot be kept")):
            obstore.put(self._store, name, content)

    def get(self, name: str) -> bytes:
        """Return a content.

        Raises:
            NotFound: there is none of that name.
            SinkUnavailable: the store cannot be read.
        """
        with _errors_as(SinkUnavailable(f"{name} cannot be read")):
            return bytes(obstore.get(self._store, name).bytes())

    def has(self, name: str) -> bool:
        """Say whether there is a content of that name.

        Raises:
            SinkUnavailable: the store cannot be read.
        """
        try:
            with _errors_as(SinkUnavailable(f"{name} cannot be looked up")):
                obstore.head(self._store, name)
        except NotFound:
            return False
        return True

    def delete(self, name: str) -> None:
        """Delete a content; one that is not there is deleted already.

        Raises:
            SinkUnavailable: the store cannot be written.
        """
        try:
            with _errors_as(SinkUnavailable(f"{name} cannot be deleted")):
                obstore.delete(self._store, name)
        except NotFound:
            return

    def delete_if_older(self, name: str, moment: datetime) -> bool:
        """Delete a content that was put before a moment, and not again since; say whether it was.

        Raises:
            SinkUnavailable: the store cannot be read or written.
        """
        try:
            with _errors_as(SinkUnavailable(f"{name} cannot be looked up")):
                put_at = obstore.head(self._store, name)["last_modified"]
        except NotFound:
            return False
        if put_at >= moment:
            return False
        self.delete(name)
        return True

    def names(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        """Yield the names of contents that begin with a folder's name; `before`: that were put before it.

        Raises:
            SinkUnavailable: the store cannot be read.
        """
        with _errors_as(SinkUnavailable("contents cannot be listed")):
            for group in obstore.list(self._store, prefix=prefix or None):
                yield from (
                    entry["path"] for entry in group if before is None or entry["last_modified"] < before
                )

    def is_reachable(self) -> bool:
        """Say whether the store answers."""
        try:
            with _errors_as(SinkUnavailable("contents cannot be listed")):
                obstore.list_with_delimiter(self._store, prefix="readiness")
        except SinkUnavailable:
            return False
        return True


CONTENT_NAME = re.compile(r"([^/]+)/[0-9a-f]{2}/([0-9a-f]{64})")  # of the tenant, and of the content


def content_name(tenant_id: str, sha256: str) -> str:
    """Return the name of a document's content: tenants share none, so that one's deletion costs no other."""
    return f"{tenant_id}/{sha256[:2]}/{sha256}"


@contextmanager
def _errors_as(error: SinkUnavailable) -> Iterator[None]:
    """Raise `error` in place of what obstore raises; what is not there is NotFound."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as cause:
        raise NotFound("there is no such content") from cause
    except (BaseError, OSError) as cause:
        raise error from cause


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise SinkUnavailable(f"contents cannot be kept on the disk: {cause.strerror}") from cause


def _at_once(work: Callable[[_T], None], given: Iterable[_T]) -> None:
    """Do the same to many, some at a time: disks and servers serve several with one go."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(work, given))


def _sync(path: Path) -> None:
    # Windows writes through only what is open for writing.
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
