"""Files of a complaint, drawn."""

from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest
from asking_case import POLICY, RECEIPT, PdfMaker
from engines.asked import random_checkpoint as build_random


@pytest.fixture(scope="session")
def make_pdf() -> PdfMaker:
    """Draw a PDF, one sequence of lines a page."""

    def make(*pages: Sequence[str]) -> bytes:
        with pymupdf.open() as file:  # type: ignore[no-untyped-call]  # PyMuPDF carries no types
            for lines in pages:
                page = file.new_page(width=420, height=300)
                for index, line in enumerate(lines):
                    font = "china-s" if any(ord(each) > 0x2E80 for each in line) else "helv"
                    page.insert_text((12, 24 + 22 * index), line, fontsize=9, fontname=font)
            return bytes(file.tobytes())

    return make


@pytest.fixture(scope="session")
def receipt(make_pdf: PdfMaker) -> bytes:
    return make_pdf(RECEIPT)


@pytest.fixture(scope="session")
def policy(make_pdf: PdfMaker) -> bytes:
    return make_pdf(POLICY)


@pytest.fixture(scope="session")
def random_checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a Qwen2.5-VL checkpoint of random weights."""
    return build_random(tmp_path_factory)
