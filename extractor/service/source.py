"""Offer the source of what is running, as the licence asks of a service (AGPL, section 13)."""

import io
import zipfile
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from litestar import Response, get

from extractor import __version__
from extractor.service.documenting import NEEDS_NOTHING

SOURCE_PATH = "/source"
_LEFT_OUT = frozenset({"__pycache__"})


@get(
    SOURCE_PATH,
    security=NEEDS_NOTHING,
    summary="Download the source of this service",
    media_type="application/zip",
    sync_to_thread=True,
    tags=["operations"],
)
def source() -> Response[bytes]:
    """Answer with a ZIP of the program as it runs (AGPL, section 13)."""
    named = {"Content-Disposition": f'attachment; filename="extractor-{__version__}.zip"'}
    return Response(content=source_archive(), media_type="application/zip", headers=named)


@cache
def source_archive() -> bytes:
    """Return a ZIP of this very package: the program as it runs, whatever was changed in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, files("extractor"), "extractor")
    return stream.getvalue()


def _add(archive: zipfile.ZipFile, entry: Traversable, name: str) -> None:
    if entry.is_file():
        archive.writestr(name, entry.read_bytes())
    elif entry.name not in _LEFT_OUT:
        for child in sorted(entry.iterdir(), key=lambda child: child.name):
            _add(archive, child, f"{name}/{child.name}")
