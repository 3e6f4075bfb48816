"""Slips are drawn alike by both ways, and hold what they say."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthesis.slip import LABELS, generate_slip, slip_spec
from synthesis.slip_drawing import DPI, pdf_of, pixels_of

from extractor.documents.opening import open_document
from extractor.documents.pdf import PdfFile
from extractor.pages.reading import read_pages

FORMS = {
    "number": r"\d{5,7}",
    "issued": r"\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4}",
    "total": r"(\d{1,3},)?\d{1,3}\.\d\d",
    "code": r"[A-Z]{4,7}",
    "reference": r"[A-Z]{2}-\d{4}",
}
seeds = st.integers(min_value=0, max_value=10**9).map(str)


@given(seeds)
def test_a_slip_has_three_to_five_lines_in_the_specs_order(seed: str) -> None:
    slip = generate_slip(seed)
    fields = [line.field for line in slip.lines]
    assert 3 <= len(fields) <= 5
    assert fields == [name for name in slip_spec().fields if name in fields]
    assert all(re.fullmatch(FORMS[name], value) for name, value in slip.values.items())


@given(seeds)
def test_a_seed_draws_the_same_slip_again(seed: str) -> None:
    assert generate_slip(seed, shift=6) == generate_slip(seed, shift=6)


def test_values_hardly_ever_repeat() -> None:
    numbers = [generate_slip(str(seed), lines=5).values["number"] for seed in range(500)]
    assert len(set(numbers)) > 490


def test_the_labels_are_those_of_the_spec() -> None:
    assert {name: field.labels["en"][0] for name, field in slip_spec().fields.items()} == LABELS


@settings(deadline=None, max_examples=30)  # rendering waits for a busy machine
@given(seeds, st.integers(min_value=0, max_value=6))
def test_the_pdf_shows_the_pixels_that_are_drawn_without_it(seed: str, shift: int) -> None:
    slip = generate_slip(seed, shift=shift)
    with PdfFile(pdf_of(slip)) as file:
        rendered = file.render(1, dpi=DPI).pixels
    assert np.array_equal(rendered, np.repeat(pixels_of(slip)[:, :, None], 3, axis=2))


@pytest.mark.parametrize("seed", range(20))
def test_a_slip_is_small_and_of_whole_tokens(seed: int) -> None:
    height, width = pixels_of(generate_slip(str(seed))).shape
    assert (width % 28, height % 28) == (0, 0)
    assert width <= 320
    assert height <= 160


def test_the_text_layer_holds_the_values() -> None:
    slip = generate_slip("7", lines=5, shift=6)
    (page,) = read_pages(open_document(pdf_of(slip), name="slip.pdf"))
    assert [line.text for line in page.lines] == [f"{line.label} {line.value}" for line in slip.lines]


def test_a_blanked_slip_is_white_and_as_large() -> None:
    slip = generate_slip("7")
    with PdfFile(pdf_of(slip, is_blank=True)) as file:
        rendered = file.render(1, dpi=DPI)
    assert (rendered.height, rendered.width) == pixels_of(slip).shape
    assert set(rendered.rgb) == {255}
