"""Frames are drawn round the words they are for, however the page is turned, cropped or placed."""

from itertools import pairwise

import pytest
from plain_pdf import plain_pdf

from extractor.documents.drawing import LABEL_SIZE, Mark
from extractor.documents.opening import open_document
from extractor.documents.pdf import PdfFile, Raster
from extractor.pages.geometry import Box
from extractor.pages.reading import read_pages

BLUE = (0.0, 0.0, 1.0)
DPI = 144


def pixel(raster: Raster, x: float, y: float) -> tuple[int, ...]:
    start = (round(y * DPI / 72) * raster.width + round(x * DPI / 72)) * 3
    return tuple(raster.rgb[start : start + 3])


def boxes_of(content: bytes) -> dict[str, Box]:
    return {word.text: word.box for word in read_pages(open_document(content))[0].words}


def annotated(content: bytes, mark: Mark) -> bytes:
    with PdfFile(content) as file:
        return file.annotated([mark])


def is_blue(rgb: tuple[int, ...]) -> bool:
    return rgb[2] > rgb[0] + 50  # drawn half over a pixel, it is pale


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("media_box", ["0 0 595 842", "-100 -50 595 842"])
@pytest.mark.parametrize("crop", ["", "/CropBox [40 60 580 830]"])
def test_frame_and_label_are_where_the_word_is(rotation: int, media_box: str, crop: str) -> None:
    content = plain_pdf(["", "Rechnungsnummer"], media_box=media_box, page=f"{crop} /Rotate {rotation}")
    (word,) = boxes_of(content)
    box = boxes_of(content)[word]
    drawn = annotated(content, Mark(page=1, box=box, label="number", colour=BLUE))
    boxes = boxes_of(drawn)
    assert boxes[word] == pytest.approx(box, abs=0.01)
    assert boxes["number"].x0 == pytest.approx(box.x0, abs=1)
    assert box.y0 - LABEL_SIZE - 3 < boxes["number"].y0 < box.y0
    with PdfFile(drawn) as file:
        raster = file.render(1, dpi=DPI)
    assert is_blue(pixel(raster, box.x0, box.centre_y))
    assert is_blue(pixel(raster, box.x1, box.centre_y))
    assert not is_blue(pixel(raster, box.x0 - 4, box.centre_y))


def test_labels_in_chinese_and_latin_stand_one_after_the_other() -> None:
    mark = Mark(page=1, box=(60, 300, 90, 312), label="二、（一）: TOTAL_EXCEEDED", colour=BLUE)
    boxes = boxes_of(annotated(plain_pdf(["words"]), mark))
    del boxes["words"]
    assert "".join(boxes) == mark.label.replace(" ", "")
    printed = list(boxes.values())
    assert all(left.x1 <= right.x0 + 1 for left, right in pairwise(printed))
    assert printed[-1].x1 - printed[0].x0 < LABEL_SIZE * len(mark.label)
