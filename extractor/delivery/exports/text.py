"""Write results as JSON, as JSON lines, and as CSV (RFC 4180).

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and what stands in a
document is anybody's text. So in CSV such a value, unless it is a number, gets an apostrophe before
it; in the other formats nothing is changed.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping

from extractor.delivery.encoding import Json
from extractor.delivery.exports.flat import Columns, Exported

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def json_lines(encoded: Iterable[Mapping[str, Json]]) -> Iterator[bytes]:
    """Yield one object a line."""
    for one in encoded:
        yield _json(one) + b"\n"


def json_list(encoded: Iterable[Mapping[str, Json]]) -> Iterator[bytes]:
    """Yield one list of objects, piece by piece."""
    yield b"["
    for number, one in enumerate(encoded):
        yield (b",\n" if number else b"\n") + _json(one)
    yield b"\n]\n"


def csv_lines(results: Iterable[Exported], columns: Columns) -> Iterator[bytes]:
    """Yield a heading and a row a result, in UTF-8; of a table, how many rows it has."""
    names = columns.names
    yield _row(names)
    for result in results:
        cells = result.cells(columns)
        yield _row([plain(cells.get(name) or "") for name in names])


def plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    if text.startswith(_BEGINS_FORMULA) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _row(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()


def _json(one: Mapping[str, Json]) -> bytes:
    return json.dumps(one, ensure_ascii=False).encode()
