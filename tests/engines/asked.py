"""What engines that ask a model are tested on: a bill's fields, drawn pages, weights that know nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf
import pytest

from extractor.documents.document import Document
from extractor.documents.opening import open_document
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType

PdfMaker = Callable[..., Document]

NUMBER = FieldSpec(type=FieldType.IDENTIFIER, labels={"en": ("No.",)})
GROSS = FieldSpec(type=FieldType.AMOUNT, labels={"en": ("Total",), "de": ("Summe",)})
ITEMS = FieldSpec(
    type=FieldType.TABLE,
    columns={
        "description": ColumnSpec(type=FieldType.TEXT),
        "net": ColumnSpec(type=FieldType.AMOUNT),
    },
)


def drawn(*pages: Sequence[str]) -> Document:
    """Draw a PDF, one sequence of lines a page, and open it as a document."""
    with pymupdf.open() as file:  # type: ignore[no-untyped-call]  # PyMuPDF carries no types
        for lines in pages:
            page = file.new_page(width=280, height=140)
            for index, line in enumerate(lines):
                page.insert_text((12, 20 + 16 * index), line, fontsize=9)
        return open_document(file.tobytes(), name="drawn.pdf")


def random_checkpoint(folders: pytest.TempPathFactory) -> Path:
    """Build a Qwen2.5-VL checkpoint of random weights; without the extra, skip."""
    pytest.importorskip("torch", reason="the qwen extra is not installed")
    import torch  # noqa: PLC0415 - needs the extra, as the next line
    from build_random_checkpoint import build  # noqa: PLC0415

    torch.set_num_threads(1)  # the model is too small to share out, and other tests run beside it
    folder = folders.mktemp("checkpoint")
    build(folder)
    return folder
