"""Take uploads in as they come: written to disk and hashed chunk by chunk, never held in memory.

Litestar's own form parsing keeps parts without a filename in memory, whatever their size.
"""

import contextlib
import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkstemp
from typing import Any, BinaryIO

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ClientException, HTTPException
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE, HTTP_415_UNSUPPORTED_MEDIA_TYPE
from multipart import MultipartError, MultipartSegment, PushMultipartParser
from multipart import parse_options_header as options_of

from extractor.documents.limits import Limits
from extractor.documents.sniffing import sniff
from extractor.errors import DocumentError, DocumentTooLarge
from extractor.faults import one_line
from extractor.storage.documents import Received

_MAX_FIELD_BYTES = 64 * 1024  # of a part that is no file
_MAX_NAME = 255
_SNIFFED_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file of an upload that is no document, or too large for one; the others are not touched."""

    name: str
    error: DocumentError


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A request's files in order, and its other parts."""

    files: list[Received | Refused] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)

    def discard(self) -> None:
        """Delete what nobody has taken over."""
        for file in self.files:
            if isinstance(file, Received):
                file.path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """Bounds of one request, inclusive."""

    max_bytes: int
    max_files: int
    document: Limits


@contextlib.asynccontextmanager
async def received(
    request: "Request[Any, Any, State]", folder: Path, *, limits: UploadLimits
) -> AsyncIterator[Upload]:
    """Yield the files of a multipart request; what is not taken over by then is deleted.

    Raises:
        HTTPException: 400 for a broken or incomplete form, 413 over a limit, 415 for another content type.
    """
    upload = Upload()
    try:
        await _receive(request, folder, upload, limits)
        yield upload
    finally:
        upload.discard()


async def _receive(
    request: "Request[Any, Any, State]", folder: Path, upload: Upload, limits: UploadLimits
) -> None:
    boundary = _boundary_of(request)
    _require_size(int(request.headers.get("content-length") or 0), limits)
    total = 0
    with contextlib.closing(_Form(folder, upload, limits)) as form:
        try:
            with PushMultipartParser(boundary, strict=True) as parser:
                async for chunk in request.stream():
                    total += len(chunk)
                    _require_size(total, limits)
                    for event in parser.parse(chunk) if chunk else ():
                        form.take(event)
        except MultipartError as cause:
            raise ClientException(f"the form is broken, incomplete or over a limit: {cause}") from cause


def _boundary_of(request: "Request[Any, Any, State]") -> str:
    kind, options = options_of(request.headers.get("content-type", ""))
    if kind != "multipart/form-data":
        raise HTTPException("send files as multipart/form-data", status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE)
    boundary: str | None = options.get("boundary")
    if not boundary:
        raise ClientException("the form has no boundary")
    return boundary


def _require_size(size: int, limits: UploadLimits) -> None:
    if size > limits.max_bytes:
        raise HTTPException(
            f"the request is over {limits.max_bytes} bytes; send fewer files at once",
            status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE,
        )


def _require_count(count: int, limits: UploadLimits) -> None:
    if count > limits.max_files:
        raise HTTPException(
            f"the request has over {limits.max_files} files; send fewer at once",
            status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE,
        )


class _Form:
    """The parts of a form, one after the other."""

    def __init__(self, folder: Path, upload: Upload, limits: UploadLimits) -> None:
        self._folder = folder
        self._upload = upload
        self._limits = limits
        self._part: _Part | None = None

    def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """Take the start of a part, some of it, or (None) its end."""
        if isinstance(event, MultipartSegment):
            _require_count(len(self._upload.files) + 1, self._limits)
            self._part = _part_of(event, self._folder, self._limits.document)
        elif self._part is None:
            return
        elif event is not None:
            self._part.write(bytes(event))
        else:
            self._part.end(self._upload)
            self._part = None

    def close(self) -> None:
        """Leave nothing behind of a part that never ended."""
        if self._part is not None:
            self._part.abandon()


class _Part:
    """One part while it comes in."""

    def write(self, chunk: bytes) -> None:
        raise NotImplementedError

    def end(self, upload: Upload) -> None:
        raise NotImplementedError

    def abandon(self) -> None:
        """Leave nothing behind."""


class _Field(_Part):
    def __init__(self, name: str) -> None:
        self._name = name
        self._content = bytearray()

    def write(self, chunk: bytes) -> None:
        if len(self._content) + len(chunk) > _MAX_FIELD_BYTES:
            raise ClientException(
                f"the field {self._name!r} is over {_MAX_FIELD_BYTES} bytes and has no filename"
            )
        self._content += chunk

    def end(self, upload: Upload) -> None:
        try:
            upload.fields[self._name] = self._content.decode()
        except UnicodeDecodeError as cause:
            raise ClientException(f"the field {self._name!r} is no text") from cause


class _File(_Part):
    """A file on its way to the disk. One that is too large is still read to its end, and refused."""

    def __init__(self, name: str, folder: Path, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._hash = hashlib.sha256()
        self._size = 0
        self._start = b""
        handle, path = mkstemp(dir=folder, prefix="upload-")
        self._path = Path(path)
        self._stream: BinaryIO = os.fdopen(handle, "wb")

    def write(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limits.max_bytes:
            return
        if len(self._start) < _SNIFFED_BYTES:
            self._start += chunk[: _SNIFFED_BYTES - len(self._start)]
        self._hash.update(chunk)
        self._stream.write(chunk)

    def end(self, upload: Upload) -> None:
        self._stream.close()
        try:
            if self._size > self._limits.max_bytes:
                raise DocumentTooLarge(f"the file is over {self._limits.max_bytes} bytes")
            media_type = sniff(self._start)
        except DocumentError as error:
            self._path.unlink()
            upload.files.append(Refused(name=self._name, error=error))
            return
        upload.files.append(
            Received(
                path=self._path,
                name=self._name,
                sha256=self._hash.hexdigest(),
                size=self._size,
                media_type=str(media_type),
            )
        )

    def abandon(self) -> None:
        self._stream.close()
        self._path.unlink(missing_ok=True)


def _part_of(segment: MultipartSegment, folder: Path, limits: Limits) -> _Part:
    if segment.filename is None:
        return _Field(segment.name or "")
    return _File(plain_name(segment.filename), folder, limits)


def plain_name(name: str) -> str:
    """Return a file's name as results may call it: without folders, in one line, not too long."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return one_line(last)[-_MAX_NAME:] or "upload"
