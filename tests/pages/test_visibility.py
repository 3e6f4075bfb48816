import io
from typing import Any

import pytest
from drawn_pdf import Draw, both, drawn_pdf, pymupdf, says
from PIL import Image, ImageDraw

from extractor.documents.opening import open_document
from extractor.pages.page import Page
from extractor.pages.reading import read_pages

_AREA = (60, 85, 300, 110)  # holds the words in question
_HEADING = says("Heading", 72, 60)


def _read(*draws: Draw, degrees: int = 0) -> Page:
    content = drawn_pdf(both(_HEADING, *draws, lambda page: page.set_rotation(degrees)))
    (page,) = read_pages(open_document(content))
    return page


def _texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def _area(colour: tuple[float, ...], **style: object) -> Draw:
    return lambda page: page.draw_rect(pymupdf.Rect(_AREA), fill=colour, color=None, **style)


def _picture(
    colour: tuple[int, ...], *, box: tuple[float, ...] = _AREA, text: str = "", at: tuple[int, int] = (20, 20)
) -> Draw:
    width, height = (round(2 * (box[side + 2] - box[side])) for side in (0, 1))
    image = Image.new("RGB" if len(colour) == 3 else "RGBA", (width, height), colour)
    ImageDraw.Draw(image).text(at, text, fill=(0, 0, 0), font_size=36)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return lambda page: page.insert_image(pymupdf.Rect(box), stream=stream.getvalue())


_TOTAL = says("100.00")
_WHITE = says("100.00", color=(1, 1, 1))
_SCANNED = _picture((255, 255, 255), box=(0, 0, 595, 842), text="Total 100.00")

_HIDDEN: dict[str, tuple[Draw, ...]] = {
    "white on white": (_WHITE,),
    "nearly white on white": (says("100.00", color=(0.95, 0.95, 0.95)),),
    "in no rendering mode": (says("100.00", render_mode=3),),
    "transparent": (says("100.00", fill_opacity=0),),
    "nearly transparent": (says("100.00", fill_opacity=0.05),),
    "of one point": (says("100.00", fontsize=1),),
    "white on a white picture": (_picture((255, 255, 255)), _WHITE),
    "black on black": (_area((0, 0, 0)), _TOTAL),
    "blue on nearly the same blue": (_area((0, 0, 0.5)), says("100.00", color=(0.01, 0.01, 0.52))),
    "below a white area": (_TOTAL, _area((1, 1, 1))),
    "below a black area": (_TOTAL, _area((0, 0, 0))),
    "below a picture": (_TOTAL, _picture((200, 200, 250))),
    "below a picture with letters in it": (
        _TOTAL,
        _picture((200, 200, 250), text="ORCHARD", at=(5, 2)),
    ),
    "white below other text": (_WHITE, says("Orchard")),
    "below an area with other text on it": (_TOTAL, _area((1, 1, 1)), says("Orchard")),
}

_VISIBLE: dict[str, tuple[Draw, ...]] = {
    "black on white": (_TOTAL,),
    "grey on white": (says("100.00", color=(0.85, 0.85, 0.85)),),
    "yellow on white": (says("100.00", color=(1, 1, 0)),),
    "white on a dark area": (_area((0, 0, 0.4)), _WHITE),
    "white on a dark picture": (_picture((0, 0, 90)), _WHITE),
    "black on a white area": (_area((1, 1, 1)), _TOTAL),
    "black on a grey area": (_area((0.9, 0.9, 0.9)), _TOTAL),
    "below glass": (_TOTAL, _area((1, 1, 0), fill_opacity=0.4)),
    "below a nearly transparent picture": (_TOTAL, _picture((200, 200, 250, 60))),
    "only stroked": (says("100.00", render_mode=1),),
    "of three points": (says("100.00", fontsize=3),),
    "white on dark, in a page with white areas": (
        _area((1, 1, 1)),
        lambda page: page.draw_rect(pymupdf.Rect(60, 84, 250, 112), fill=(0.3, 0, 0), color=None),
        _WHITE,
    ),
}


@pytest.mark.parametrize("degrees", [0, 90])
@pytest.mark.parametrize("draws", _HIDDEN.values(), ids=_HIDDEN.keys())
def test_text_that_cannot_be_seen_is_left_out_and_flagged(draws: tuple[Draw, ...], degrees: int) -> None:
    page = _read(*draws, degrees=degrees)
    assert page.has_hidden_text
    assert "100.00" not in _texts(page)
    assert "Heading" in _texts(page)


@pytest.mark.parametrize("case", ["white below other text", "below an area with other text on it"])
def test_what_is_written_over_hidden_text_is_read(case: str) -> None:
    assert _texts(_read(*_HIDDEN[case])) == ["Heading", "Orchard"]


@pytest.mark.parametrize("degrees", [0, 90])
@pytest.mark.parametrize("draws", _VISIBLE.values(), ids=_VISIBLE.keys())
def test_text_that_can_be_seen_is_kept_and_not_flagged(draws: tuple[Draw, ...], degrees: int) -> None:
    page = _read(*draws, degrees=degrees)
    assert not page.has_hidden_text
    assert sorted(_texts(page)) == ["100.00", "Heading"]


def _scan(*draws: Draw) -> Page:
    (page,) = read_pages(open_document(drawn_pdf(both(*draws))))
    return page


@pytest.mark.parametrize(
    "draws",
    [
        (_SCANNED, says("Total 100.00", 10, 26, fontsize=18, render_mode=3)),
        (says("Total 100.00", 10, 26, fontsize=18), _SCANNED),
        (_SCANNED, says("Total 100.00", 10, 26, fontsize=18, render_mode=3), says("PAID", 300, 300)),
        (
            _picture((255, 255, 255), box=(0, 0, 595, 400), text="Total 100.00"),
            _picture((255, 255, 255), box=(0, 400, 595, 842)),
            says("Total 100.00", 10, 26, fontsize=18, render_mode=3),
        ),
    ],
    ids=["over the picture", "under the picture", "with a stamp", "in strips"],
)
def test_the_transcript_of_a_scan_is_used_and_not_flagged(draws: tuple[Draw, ...]) -> None:
    page = _scan(*draws)
    assert not page.has_hidden_text
    assert _texts(page)[:2] == ["Total", "100.00"]


def test_a_transcript_of_outlines_is_used() -> None:
    def outlined(page: Any) -> None:  # noqa: ANN401 - as PyMuPDF has it
        for x in range(72, 110, 6):
            page.draw_line((x, 92), (x + 3, 100))

    page = _scan(outlined, says("100.00", render_mode=3))
    assert (_texts(page), page.has_hidden_text) == (["100.00"], False)


def test_what_a_transcript_says_of_blank_paper_is_left_out_and_flagged() -> None:
    transcript = says("Total 100.00", 10, 26, fontsize=18, render_mode=3)
    page = _scan(_SCANNED, transcript, says("999.99", 300, 600, render_mode=3))
    assert page.has_hidden_text
    assert _texts(page) == ["Total", "100.00"]


def test_invisible_text_on_a_page_with_a_logo_is_no_transcript() -> None:
    logo = _picture((255, 255, 255), text="100", at=(10, 5))
    page = _read(logo, says("100.00", render_mode=3))
    assert page.has_hidden_text
    assert _texts(page) == ["Heading"]


def test_signs_that_cannot_be_seen_are_left_out_without_a_flag() -> None:
    page = _read(says("- - -", color=(1, 1, 1)))
    assert not page.has_hidden_text
    assert _texts(page) == ["Heading"]
