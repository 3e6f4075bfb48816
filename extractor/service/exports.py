"""Exports over HTTP: all results to which filters apply, as one file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, Annotated

from litestar import get
from litestar.di import Provide
from litestar.params import QueryParameter
from litestar.response import Stream
from litestar.serialization import decode_json, encode_json

from extractor.delivery.exports.flat import Exported, columns_of
from extractor.delivery.exports.spreadsheet import write_spreadsheet
from extractor.delivery.exports.text import csv_lines, json_lines, json_list
from extractor.delivery.exports.ubl import write_ubl
from extractor.errors import ConfigurationError
from extractor.jobs.backend import Backend
from extractor.service.access import requires
from extractor.service.answers import ExportOperation
from extractor.service.filtering import result_filter
from extractor.service.problems import problems
from extractor.service.rendering import show_result
from extractor.storage.access import Caller, Scope
from extractor.storage.result_filter import ResultFilter, each_result
from extractor.storage.tables import StoredResult

_BLOCK_BYTES = 64 * 1024


class Format(StrEnum):
    """What an export is written as."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    UBL = "ubl"


@dataclass(frozen=True, slots=True)
class _File:
    media_type: str
    name: str


_FILES = {
    Format.JSON: _File("application/json", "results.json"),
    Format.JSONL: _File("application/x-ndjson", "results.jsonl"),
    Format.CSV: _File("text/csv", "results.csv"),
    Format.XLSX: _File("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "results.xlsx"),
    Format.UBL: _File("application/xml", "invoice.xml"),
}


@get(
    "/v1/exports/results",
    guards=[requires(Scope.READ)],
    sync_to_thread=True,
    dependencies={"meant": Provide(result_filter, sync_to_thread=False)},
    operation_class=ExportOperation,
    responses=problems(400, 422),
    tags=["results"],
    summary="Export results as one file",
)
def export_results(
    caller: Caller,
    backend: Backend,
    meant: ResultFilter,
    written_as: Annotated[
        Format, QueryParameter(name="format", description="ubl is of one invoice: name its `result`")
    ] = Format.JSONL,
) -> Stream:
    """Answer with all results to which the filters apply, the newest first, as they are read.

    JSON and JSON lines have each result as `GET /v1/results/{id}` shows it. In CSV a text that a
    spreadsheet would take for a formula gets an apostrophe before it. XLSX has the rows of tables
    on a second sheet. UBL is of one invoice; what UBL requires and the invoice lacks is told (422).
    """
    file = _FILES[written_as]
    pieces = _blocks(_written(backend, caller.tenant_id, meant, written_as))
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return Stream(pieces, media_type=file.media_type, headers=headers)


def _written(backend: Backend, tenant_id: str, meant: ResultFilter, written_as: Format) -> Iterator[bytes]:
    """Return what is to be sent, piece by piece. What can be refused is refused before the first."""

    def rows() -> Iterator[StoredResult]:
        return each_result(backend.database, tenant_id, meant)

    if written_as is Format.UBL:
        return iter([write_ubl(_lone(rows()).body)])
    if written_as in (Format.JSON, Format.JSONL):
        encoded = (decode_json(encode_json(show_result(row)), dict) for row in rows())
        return json_list(encoded) if written_as is Format.JSON else json_lines(encoded)
    columns = columns_of(map(_exported, rows()))
    if written_as is Format.CSV:
        return csv_lines(map(_exported, rows()), columns)
    workbook = TemporaryFile()  # noqa: SIM115 - closed, and gone, with the answer
    write_spreadsheet(map(_exported, rows()), columns, workbook)
    workbook.seek(0)
    return _read(workbook)


def _lone(rows: Iterator[StoredResult]) -> StoredResult:
    found = list(islice(rows, 2))
    if len(found) != 1:
        told = "several results fit" if found else "no result fits"
        raise ConfigurationError(f"ubl is of one invoice, and {told}: name it with `result`")
    return found[0]


def _exported(row: StoredResult) -> Exported:
    about = {
        "id": row.id,
        "document": row.document_id,
        "review": row.review,
        "version": str(row.version),
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }
    return Exported(body=row.body, about=about)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while block := file.read(_BLOCK_BYTES):
            yield block


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces together, so that each needs no turn of its own."""
    block = bytearray()
    for piece in pieces:
        block += piece
        if len(block) >= _BLOCK_BYTES:
            yield bytes(block)
            block.clear()
    yield bytes(block)
