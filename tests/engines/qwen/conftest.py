"""Pages to read, and a checkpoint of random weights that is built once a test session."""

from collections.abc import Callable
from pathlib import Path

import pytest
from engines.asked import GROSS, ITEMS, NUMBER, PdfMaker, drawn, random_checkpoint

from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType, Spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin, Word

PageMaker = Callable[..., Page]


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
    return drawn


@pytest.fixture
def spec() -> Spec:
    """Make a small spec with a field of most types, a structure and a table."""
    return Spec(
        name="bill",
        title={"en": "Bill"},
        fields={
            "number": NUMBER,
            "issued": FieldSpec(type=FieldType.DATE),
            "seller": FieldSpec(type=FieldType.NAME),
            "kind": FieldSpec(type=FieldType.CHOICE, choices={"commercial": ("invoice",)}),
            "gross": GROSS,
            "account": FieldSpec(
                type=FieldType.ACCOUNT,
                columns={
                    "bank": ColumnSpec(type=FieldType.NAME),
                    "account": ColumnSpec(type=FieldType.IDENTIFIER),
                },
            ),
            "items": ITEMS,
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
    return random_checkpoint(tmp_path_factory)


@pytest.fixture(scope="session")
def tiny_checkpoint_folder() -> Path:
    """Return the checkpoint that was trained to read slips (`scripts/train_tiny_checkpoint.py`)."""
    pytest.importorskip("torch", reason="the qwen extra is not installed")
    return Path(__file__).parents[3] / "fixtures" / "tiny_qwen"
