"""Keep contents by name in a folder or on S3. The only module that imports obstore."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import urlparse
from urllib.request import url2pathname

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, MemoryStore, S3Store

from extractor.errors import ConfigurationError, NotFound, SinkUnavailable

_SYNCED_AT_ONCE = 8


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

    def settle(self, paths: Iterable[Path]) -> None:
        """Make files that are to be adopted outlive a loss of power; many at once, for each takes a while.

        Raises:
            SinkUnavailable: the disk cannot be written.
        """
        if self._folder is not None:
            _sync_all(paths)

    def adopt(self, path: Path, name: str) -> None:
        """Take over a file that nobody else will use; it is gone from `path` afterwards.

        In a folder it outlives a loss of power if it was settled before, and its name is kept after.

        Raises:
            SinkUnavailable: the store cannot be written; the file stays.
        """
        if self._folder is None:
            with _errors_as(SinkUnavailable(f"{name} cannot be kept")):
                obstore.put(self._store, name, path)
            path.unlink()
            return
        target = self._folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
        except OSError as cause:
            raise SinkUnavailable(f"{name} cannot be kept: {cause.strerror}") from cause

    def keep_names(self, names: Iterable[str]) -> None:
        """Make names of what was adopted outlive a loss of power, before rows refer to them for good.

        Raises:
            SinkUnavailable: the disk cannot be written.
        """
        if self._folder is not None and os.name != "nt":  # Windows opens no folders
            folders = {self._folder / parent for name in names for parent in PurePosixPath(name).parents}
            _sync_all(sorted(folders))

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

    def names(self, prefix: str = "") -> Iterator[str]:
        """Yield the names of all contents that begin with a folder's name."""
        with _errors_as(SinkUnavailable("contents cannot be listed")):
            for group in obstore.list(self._store, prefix=prefix or None):
                yield from (entry["path"] for entry in group)

    def is_reachable(self) -> bool:
        """Say whether the store answers."""
        try:
            with _errors_as(SinkUnavailable("contents cannot be listed")):
                obstore.list_with_delimiter(self._store, prefix="readiness")
        except SinkUnavailable:
            return False
        return True


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


def _sync_all(paths: Iterable[Path]) -> None:
    """Write files and folders through to the disk, some at a time: the disk serves several with one go.

    Raises:
        SinkUnavailable: the disk cannot be written.
    """
    try:
        with ThreadPoolExecutor(_SYNCED_AT_ONCE) as pool:
            list(pool.map(_sync, paths))
    except OSError as cause:
        raise SinkUnavailable(f"contents cannot be written to the disk: {cause.strerror}") from cause


def _sync(path: Path) -> None:
    # Windows writes through only what is open for writing.
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
