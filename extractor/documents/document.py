"""The document: bytes whose type is known and whose limits were checked."""

from dataclasses import dataclass, field
from enum import StrEnum


class MediaType(StrEnum):
    """The types that are read, by content and never by file name."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    WEBP = "image/webp"
    XML = "application/xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document, whole in memory. `id` is "sha256:" and the content's hash."""

    id: str
    source: str  # as the caller named it: a path, or what an upload was called
    media_type: MediaType
    page_count: int  # 0 for XML
    attachment_count: int = 0  # files embedded in a PDF
    content: bytes = field(repr=False)
