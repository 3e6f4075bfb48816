"""One file on its way to the disk: written and hashed chunk by chunk, its type known by content."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp, mkstemp
from typing import BinaryIO

from extractor.documents.limits import Limits
from extractor.documents.sniffing import sniff
from extractor.errors import DocumentError, DocumentTooLarge, SinkUnavailable
from extractor.faults import one_line
from extractor.storage.documents import Received

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")  # of a first member; of an archive without members
_MAX_NAME = 255
_SNIFFED_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """Bounds of one request, inclusive."""

    max_bytes: int
    max_files: int
    max_unpacked_bytes: int  # of all members of its archives
    max_inline_bytes: int  # of a request in JSON, which is held in memory
    document: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file of an upload that is no document, or too large for one; the others are not touched."""

    name: str
    error: DocumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A ZIP as it came in, not unpacked yet."""

    path: Path
    name: str


class Arrival:
    """A file while it comes in. One that is too large is still taken to its end, and refused."""

    def __init__(self, name: str, folder: Path, limits: UploadLimits) -> None:
        """Make a file in the folder.

        Raises:
            SinkUnavailable: the folder cannot be written.
        """
        self._name = name
        self._limits = limits
        self._hash = hashlib.sha256()
        self._size = 0
        self._start = b""
        with _disk_errors():
            handle, path = mkstemp(dir=folder)
        self._path = Path(path)
        self._stream: BinaryIO = os.fdopen(handle, "wb")

    def write(self, chunk: bytes) -> None:
        """Take the next bytes.

        Raises:
            SinkUnavailable: the disk is full.
        """
        if len(self._start) < _SNIFFED_BYTES:
            self._start += chunk[: _SNIFFED_BYTES - len(self._start)]
        self._size += len(chunk)
        if self._size > self._max_bytes:
            return
        self._hash.update(chunk)
        with _disk_errors():
            self._stream.write(chunk)

    def end(self) -> Received | Archive | Refused:
        """Close the file and say what it is; a refused one is deleted.

        Raises:
            SinkUnavailable: the disk is full.
        """
        with _disk_errors():
            self._stream.close()
        try:
            if self._size > self._max_bytes:
                raise DocumentTooLarge(f"the file is over {self._max_bytes} bytes")
            if self._is_archive:
                return Archive(path=self._path, name=self._name)
            media_type = sniff(self._start)
        except DocumentError as error:
            self._path.unlink()
            return Refused(name=self._name, error=error)
        return Received(
            path=self._path,
            name=self._name,
            sha256=self._hash.hexdigest(),
            size=self._size,
            media_type=str(media_type),
        )

    def close(self) -> None:
        """Close the file, wherever it stands."""
        with _disk_errors():
            self._stream.close()

    @property
    def _is_archive(self) -> bool:
        return self._start.startswith(ZIP_STARTS)

    @property
    def _max_bytes(self) -> int:
        return self._limits.max_bytes if self._is_archive else self._limits.document.max_bytes


@contextmanager
def arrival_folder(incoming: Path) -> Iterator[Path]:
    """Yield a folder for one request's files; what is still in it afterwards is deleted.

    Raises:
        SinkUnavailable: it cannot be made.
    """
    with _disk_errors():
        folder = Path(mkdtemp(dir=incoming))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # a start of the service deletes what this cannot


def clean_incoming(incoming: Path, *, before: float) -> None:
    """Make the folder, and delete what requests left in it that were cut off before a moment (Unix time)."""
    incoming.mkdir(parents=True, exist_ok=True)
    for left in incoming.iterdir():
        if left.stat().st_mtime < before:
            shutil.rmtree(left, ignore_errors=True)


def plain_name(name: str) -> str:
    """Return a file's name as results may call it: without folders, in one line, not too long."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return shown_name(last)


def shown_name(name: str) -> str:
    """Return a name in one line, without characters that steer what shows it, and not too long."""
    return (
        one_line("".join(letter if letter.isprintable() else " " for letter in name))[-_MAX_NAME:] or "upload"
    )


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise SinkUnavailable(f"the upload cannot be written to the disk: {cause.strerror}") from cause
