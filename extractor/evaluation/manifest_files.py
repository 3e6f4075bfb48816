"""Read manifests as they are written: JSON, JSON lines, or a spreadsheet saved as CSV.

What comes out are plain records with the place that each has in the file; what they mean
is checked in `manifest.py`.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from extractor.errors import ConfigurationError
from extractor.evaluation.written_forms import DecimalMark

_MAX_BYTES = 100_000_000
_PLAIN_COLUMNS = ("file", "spec", "group", "pages", "note")
_ABSENT_CELLS = ("-", "–")  # the document shows no such value


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One record before it is checked. `decimal_mark` is set where a spreadsheet wrote the values."""

    place: str  # as errors name it: "documents[3]", "line 4"
    content: Mapping[str, Any]
    decimal_mark: DecimalMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawManifest:
    """The records of a manifest, and the spec that it names for all of them."""

    records: tuple[RawRecord, ...]
    spec: str | None = None


def read_manifest(path: Path) -> RawManifest:
    """Read a manifest by its name's ending: .json, .jsonl or .csv.

    Raises:
        ConfigurationError: it cannot be read, or is not what its ending says.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise ConfigurationError(f"{path}: a manifest is a .json, .jsonl or .csv file")
    return read(_text_of(path), path)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigurationError(f"{path}: larger than {_MAX_BYTES} bytes, which no manifest is")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as cause:
        raise ConfigurationError(
            f"{path}: not UTF-8 text (byte {cause.start}); in a spreadsheet, save it as “CSV UTF-8”"
        ) from cause
    except OSError as cause:
        raise ConfigurationError(f"{path}: the manifest cannot be read: {cause.strerror or cause}") from cause


def _read_json(text: str, path: Path) -> RawManifest:
    content = _json(text, str(path))
    spec = None
    if isinstance(content, dict):
        unknown = sorted(set(content) - {"documents", "spec"})
        if unknown:
            raise ConfigurationError(
                f'{path}: unknown key "{unknown[0]}"; there are "documents" and, for all of them, "spec"'
            )
        spec = content.get("spec")
        if spec is not None and not isinstance(spec, str):
            raise ConfigurationError(f"{path}: spec: write the name of a spec or the path of a .toml file")
        content = content.get("documents")
    if not isinstance(content, list):
        raise ConfigurationError(f'{path}: a manifest is {{"documents": [...]}}, a record a document')
    records = (_record(each, f"documents[{number}]", path) for number, each in enumerate(content))
    return RawManifest(records=tuple(records), spec=spec)


def _read_json_lines(text: str, path: Path) -> RawManifest:
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
    records = (
        _record(_json(line, f"{path}: line {number}"), f"line {number}", path) for number, line in lines
    )
    return RawManifest(records=tuple(records))


def _record(content: object, place: str, path: Path) -> RawRecord:
    if not isinstance(content, dict):
        raise ConfigurationError(
            f'{path}: {place}: a record is an object such as {{"file": "a.pdf", "fields": {{…}}}}'
        )
    return RawRecord(place=place, content=content)


def _json(text: str, source: str) -> object:
    def refuse_constant(name: str) -> NoReturn:
        raise ConfigurationError(f"{source}: {name} is no JSON")

    def without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        content = dict(pairs)
        if len(content) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ConfigurationError(f'{source}: the key "{twice}" stands twice in one object')
        return content

    try:
        content: object = json.loads(
            text, object_pairs_hook=without_repetition, parse_constant=refuse_constant
        )
    except json.JSONDecodeError as cause:
        raise ConfigurationError(
            f"{source}: no JSON: {cause.msg} (line {cause.lineno}, column {cause.colno})"
        ) from cause
    except (RecursionError, ValueError) as cause:  # ValueError: an integer of thousands of digits
        raise ConfigurationError(
            f"{source}: no JSON that can be read: nested or long beyond sense"
        ) from cause
    return content


def _read_csv(text: str, path: Path) -> RawManifest:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = _csv_rows(text, delimiter, path)
    _, head = next(rows, (0, []))
    names = [name.strip() for name in head]
    if "file" not in names:
        raise ConfigurationError(f'{path}: the first line must name the columns, one of them "file"')
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        raise ConfigurationError(f'{path}: two columns are called "{twice}"')
    mark: DecimalMark = "," if delimiter == ";" else "."  # where the comma is the decimal mark, ; parts cells
    records = []
    for number, cells in rows:
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            raise ConfigurationError(
                f"{path}: line {number}: more cells than columns; put cells with a {delimiter!r} in quotes"
            )
        filled = {
            name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()
        }
        if filled:
            records.append(RawRecord(place=f"line {number}", content=_csv_record(filled), decimal_mark=mark))
    return RawManifest(records=tuple(records))


def _csv_rows(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as cause:
        raise ConfigurationError(f"{path}: line {reader.line_num}: no CSV: {cause}") from cause


def _csv_record(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a line as a record: an empty cell says nothing, a dash that there is no value."""
    record: dict[str, Any] = {name: cell for name, cell in cells.items() if name in _PLAIN_COLUMNS}
    if "pages" in record:
        record["pages"] = _pages(record["pages"])
    record["fields"] = {
        name: None if cell in _ABSENT_CELLS else cell
        for name, cell in cells.items()
        if name not in _PLAIN_COLUMNS
    }
    return record


def _pages(text: str) -> list[int] | str:
    """Return "2" and "2-4" as numbers; anything else as it is, to be refused."""
    first, _, last = text.partition("-")
    if not first.strip().isdecimal() or not (last or first).strip().isdecimal():
        return text
    pages = range(int(first), int(last or first) + 1)
    return list(pages) if len(pages) < 10_000 else text  # noqa: PLR2004 - more pages than any document has


_READERS: Mapping[str, Callable[[str, Path], RawManifest]] = {
    ".json": _read_json,
    ".jsonl": _read_json_lines,
    ".csv": _read_csv,
}
