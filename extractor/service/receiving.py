"""Take uploads in as they come: written to disk and hashed chunk by chunk, never held in memory.

Litestar's own form parsing keeps parts without a filename in memory, whatever their size.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ClientException, HTTPException, InternalServerException
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE, HTTP_415_UNSUPPORTED_MEDIA_TYPE
from multipart import MultipartError, MultipartSegment, PushMultipartParser
from multipart import parse_options_header as options_of

from extractor.errors import UnsupportedDocument
from extractor.service.archives import Unpacking
from extractor.service.arriving import (
    Archive,
    Arrival,
    Refused,
    UploadLimits,
    arrival_folder,
    plain_name,
)
from extractor.service.inline import read_inline
from extractor.storage.documents import Received

FIELDS = ("name", "spec", "engine")  # what may be said beside the files
_MAX_FIELD_BYTES = 64 * 1024  # of a part that is no file
_ZIP_TYPES = ("application/zip", "application/x-zip-compressed")
_FORM, _JSON = "multipart/form-data", "application/json"

_Arrived = list[Received | Archive | Refused]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A request's files in order, archives unpacked, and what is said beside them."""

    files: list[Received | Refused] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


@contextlib.asynccontextmanager
async def received(
    request: "Request[Any, Any, State]", incoming: Path, *, limits: UploadLimits
) -> AsyncIterator[Upload]:
    """Yield the files of a form, a ZIP or JSON; what is not taken over by then is deleted.

    Raises:
        HTTPException: 400 for a broken or incomplete body, 413 over a limit, 415 for another content type.
        SinkUnavailable: the disk cannot be written.
    """
    with arrival_folder(incoming) as folder:
        kind, options = options_of(request.headers.get("content-type", ""))
        upload, arrived = Upload(), _Arrived()
        if kind == _FORM:
            await _take_form(request, _Form(folder, limits, upload, arrived), limits, options.get("boundary"))
        elif kind in _ZIP_TYPES:
            arrived.append(await _taken_archive(request, folder, limits))
        elif kind == _JSON:
            await _take_json(request, folder, limits, upload, arrived)
        else:
            raise HTTPException(
                f"send files as {_FORM}, {_ZIP_TYPES[0]} or {_JSON}",
                status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE,
            )
        await asyncio.to_thread(_unpack, arrived, upload, folder, limits)
        yield upload


async def _chunks(request: "Request[Any, Any, State]", max_bytes: int) -> AsyncIterator[bytes]:
    """Yield the body as it comes.

    Raises:
        HTTPException: 413, it is too large; 400, the client went away.
    """
    declared = request.headers.get("content-length", "")
    total = int(declared) if declared.isascii() and declared.isdigit() else 0
    _require_size(total, max_bytes)
    total = 0
    try:
        async for chunk in request.stream():
            total += len(chunk)
            _require_size(total, max_bytes)
            if chunk:
                yield chunk
    except InternalServerException as cause:  # as Litestar calls it: no fault of anything here
        raise ClientException("the request ended early: the client went away") from cause


def _require_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise HTTPException(
            f"the request is over {max_bytes} bytes; send fewer files at once",
            status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE,
        )


def _require_count(count: int, limits: UploadLimits) -> None:
    if count > limits.max_files:
        raise HTTPException(
            f"the request has over {limits.max_files} files; send fewer at once",
            status_code=HTTP_413_REQUEST_ENTITY_TOO_LARGE,
        )


async def _take_form(
    request: "Request[Any, Any, State]", form: "_Form", limits: UploadLimits, boundary: str | None
) -> None:
    if not boundary:
        raise ClientException("the form has no boundary")
    with contextlib.closing(form):
        try:
            with PushMultipartParser(boundary, strict=True) as parser:
                async for chunk in _chunks(request, limits.max_bytes):
                    for event in parser.parse(chunk):
                        form.take(event)
        except MultipartError as cause:
            raise ClientException(f"the form is broken, incomplete or over a limit: {cause}") from cause


async def _taken_archive(
    request: "Request[Any, Any, State]", folder: Path, limits: UploadLimits
) -> Archive | Refused:
    with contextlib.closing(Arrival("upload.zip", folder, limits)) as arrival:
        async for chunk in _chunks(request, limits.max_bytes):
            arrival.write(chunk)
        ended = arrival.end()
    if isinstance(ended, Received):
        raise UnsupportedDocument("the body is no ZIP archive")
    return ended


async def _take_json(
    request: "Request[Any, Any, State]", folder: Path, limits: UploadLimits, upload: Upload, arrived: _Arrived
) -> None:
    body = bytearray()
    async for chunk in _chunks(request, min(limits.max_inline_bytes, limits.max_bytes)):
        body += chunk
    await asyncio.to_thread(_keep_inline, bytes(body), folder, limits, upload, arrived)


def _keep_inline(body: bytes, folder: Path, limits: UploadLimits, upload: Upload, arrived: _Arrived) -> None:
    inline = read_inline(body)
    _require_count(len(inline.files), limits)
    upload.fields.update(inline.fields)
    for name, content in inline.contents():
        with contextlib.closing(Arrival(name, folder, limits)) as arrival:
            arrival.write(content)
            arrived.append(arrival.end())


def _unpack(arrived: _Arrived, upload: Upload, folder: Path, limits: UploadLimits) -> None:
    """Put files, and the members of archives in their place, into the upload."""
    unpacking = Unpacking(folder, limits)
    for number, file in enumerate(arrived, 1):
        if isinstance(file, Archive):
            room = limits.max_files - len(upload.files) - (len(arrived) - number)
            upload.files.extend(unpacking.members(file, max_files=room))
        else:
            upload.files.append(file)


class _Form:
    """The parts of a form, one after the other."""

    def __init__(self, folder: Path, limits: UploadLimits, upload: Upload, arrived: _Arrived) -> None:
        self._folder = folder
        self._limits = limits
        self._upload = upload
        self._arrived = arrived
        self._part: _Field | Arrival | None = None

    def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """Take the start of a part, some of it, or (None) its end."""
        if isinstance(event, MultipartSegment):
            self._part = self._begun(event)
        elif self._part is None:
            return
        elif event is not None:
            self._part.write(bytes(event))
        else:
            self._end(self._part)
            self._part = None

    def close(self) -> None:
        """Close the file of a part that never ended."""
        if isinstance(self._part, Arrival):
            self._part.close()

    def _begun(self, segment: MultipartSegment) -> "_Field | Arrival":
        if segment.filename is not None:
            _require_count(len(self._arrived) + 1, self._limits)
            return Arrival(plain_name(segment.filename), self._folder, self._limits)
        name = segment.name or ""
        if name not in FIELDS:
            raise ClientException(
                f"the part {name!r} has no filename: give files one; other parts are {', '.join(FIELDS)}"
            )
        if name in self._upload.fields:
            raise ClientException(f"the form has the field {name!r} twice")
        return _Field(name)

    def _end(self, part: "_Field | Arrival") -> None:
        if isinstance(part, Arrival):
            self._arrived.append(part.end())
        else:
            self._upload.fields[part.name] = part.text


class _Field:
    """A part that is no file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._content = bytearray()

    def write(self, chunk: bytes) -> None:
        if len(self._content) + len(chunk) > _MAX_FIELD_BYTES:
            raise ClientException(f"the field {self.name!r} is over {_MAX_FIELD_BYTES} bytes, and no file")
        self._content += chunk

    @property
    def text(self) -> str:
        try:
            return self._content.decode()
        except UnicodeDecodeError as cause:
            raise ClientException(f"the field {self.name!r} is no text") from cause
