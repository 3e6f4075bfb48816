"""Find the files of a batch, and tell which of them are documents."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.documents.sniffing import sniff
from extractor.errors import UnsupportedDocument

_CLAIMS_TO_BE_A_DOCUMENT = frozenset(
    {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".xml"}
    | {".ofd", ".doc", ".docx", ".odt", ".rtf"}  # refused, but with the way out
)
_HEAD_BYTES = 4096  # more than any type needs to be told


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFile:
    """One file to look at. A file that was named is read whatever it seems to be."""

    path: Path
    is_named: bool


def find_files(paths: Iterable[Path], *, leave_out: Path | None = None) -> Iterator[BatchFile]:
    """Yield named files as given, and every file below named folders in sorted order.

    `leave_out` is the file that is being written. Links to folders are not followed. A
    folder that cannot be listed is yielded itself, so that it fails where all can see it.
    """
    for path in paths:
        if path.is_dir():
            yield from _below(path, leave_out)
        else:
            yield BatchFile(path=path, is_named=True)


def is_document(file: BatchFile) -> bool:
    """Say whether to read the file: it was named, its content is of a type, or its name claims so.

    What only claims to be a document is read too, and fails with its reason.
    """
    if file.is_named or file.path.suffix.lower() in _CLAIMS_TO_BE_A_DOCUMENT:
        return True
    if not file.path.is_file():
        return file.path.is_dir()  # one that could not be listed; pipes and sockets would hang
    try:
        with file.path.open("rb") as stream:
            sniff(stream.read(_HEAD_BYTES))
    except UnsupportedDocument:
        return False
    except OSError:
        return True  # reading it fails with the reason
    return True


def _below(folder: Path, leave_out: Path | None) -> Iterator[BatchFile]:
    unlisted: list[Path] = []

    def remember(fault: OSError) -> None:
        unlisted.append(Path(str(fault.filename)))

    for parent, folders, names in os.walk(folder, onerror=remember):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if leave_out is None or not _is_same(path, leave_out):
                yield BatchFile(path=path, is_named=False)
    yield from (BatchFile(path=path, is_named=True) for path in unlisted)


def _is_same(path: Path, other: Path) -> bool:
    return path.name == other.name and path.exists() and other.exists() and path.samefile(other)
