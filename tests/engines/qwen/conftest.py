"""Pages to read, and a checkpoint of random weights that is built once a test session."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf
import pytest

from extractor.documents.document import Document
from extractor.documents.opening import open_document
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType, Spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin, Word

PageMaker = Callable[..., Page]
PdfMaker = Callable[..., Document]


@pytest.fixture
def make_page() -> PageMaker:
    """Make a page of words: each line is a text, or (left edge, text) for a column further right."""

    def make(*lines: str | tuple[float, str], number: int = 1, origin: Origin = Origin.TEXT_LAYER) -> Page:
        words: list[Word] = []
        top = 0.0
        for line in lines:
            is_beside = isinstance(line, tuple)
            x, text = line if isinstance(line, tuple) else (10.0, line)
            top = top if is_beside else top + 14.0
            for word in text.split():
                width = 6.0 * len(word)
                words.append(Word(text=word, box=Box(x, top, x + width, top + 10.0), origin=origin))
                x += width + 4.0
        return Page(number=number, width=400.0, height=top + 20.0, words=tuple(words))

    return make


@pytest.fixture
def make_pdf() -> PdfMaker:
    """Draw a PDF, one sequence of lines a page, and open it as a document."""

    def make(*pages: Sequence[str]) -> Document:
        with pymupdf.open() as file:  # type: ignore[no-untyped-call]  # PyMuPDF carries no types
            for lines in pages:
                page = file.new_page(width=280, height=140)
                for index, line in enumerate(lines):
                    page.insert_text((12, 20 + 16 * index), line, fontsize=9)
            return open_document(file.tobytes(), name="drawn.pdf")

    return make


@pytest.fixture
def spec() -> Spec:
    """Make a small spec with a field of most types, a structure and a table."""
    return Spec(
        name="bill",
        title={"en": "Bill"},
        fields={
            "number": FieldSpec(type=FieldType.IDENTIFIER, labels={"en": ("No.",)}),
            "issued": FieldSpec(type=FieldType.DATE),
            "seller": FieldSpec(type=FieldType.NAME),
            "kind": FieldSpec(type=FieldType.CHOICE, choices={"commercial": ("invoice",)}),
            "gross": FieldSpec(type=FieldType.AMOUNT, labels={"en": ("Total",), "de": ("Summe",)}),
            "account": FieldSpec(
                type=FieldType.ACCOUNT,
                columns={
                    "bank": ColumnSpec(type=FieldType.NAME),
                    "account": ColumnSpec(type=FieldType.IDENTIFIER),
                },
            ),
            "items": FieldSpec(
                type=FieldType.TABLE,
                columns={
                    "description": ColumnSpec(type=FieldType.TEXT),
                    "net": ColumnSpec(type=FieldType.AMOUNT),
                },
            ),
        },
    )


@pytest.fixture
def terms() -> Spec:
    """Make a small spec of contract terms."""
    return Spec(
        name="agreement",
        title={"en": "Agreement"},
        reading="clauses",
        fields={
            "payment_days": FieldSpec(type=FieldType.NUMBER),
            "prices": FieldSpec(
                type=FieldType.TABLE,
                columns={
                    "description": ColumnSpec(type=FieldType.TEXT),
                    "unit_price": ColumnSpec(type=FieldType.AMOUNT),
                },
            ),
        },
    )


@pytest.fixture(scope="session")
def checkpoint_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a Qwen2.5-VL checkpoint of random weights."""
    pytest.importorskip("torch", reason="the qwen extra is not installed")
    import torch  # noqa: PLC0415 - needs the extra, as the next line
    from build_random_checkpoint import build  # noqa: PLC0415

    torch.set_num_threads(1)  # the model is too small to share out, and other tests run beside it

    folder = tmp_path_factory.mktemp("checkpoint")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_checkpoint_folder() -> Path:
    """Return the checkpoint that was trained to read slips (`scripts/train_tiny_checkpoint.py`)."""
    pytest.importorskip("torch", reason="the qwen extra is not installed")
    return Path(__file__).parents[3] / "fixtures" / "tiny_qwen"
