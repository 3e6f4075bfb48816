import pytest

from extractor.documents.text_layer import (
    RawBlock,
    RawSpan,
    Style,
    colour_of,
    fills_of,
    has_images,
    style_at,
    styles_of,
    text_orders,
)


def _vector(width: float, height: float, *, alpha: int = 255, kind: str = "filled") -> RawBlock:
    text = f"\n<vector {kind}, color: #0a0b0c, alpha: {alpha}, is-rect: true, continues: false>\n"
    return (10, 20, 10 + width, 20 + height, text, 0, 3)


_TEXT: RawBlock = (10, 20, 90, 30, "vector filled, color: #ffffff\n", 0, 0)
_IMAGE: RawBlock = (10, 20, 90, 90, "<image: DeviceRGB, width: 9, height: 9, bpc: 8>", 0, 1)


def _span(x0: float, x1: float, *, color: int = 0, alpha: int = 255, char_flags: int = 16) -> RawSpan:
    return {"bbox": (x0, 0, x1, 10), "size": 9.0, "color": color, "alpha": alpha, "char_flags": char_flags}


def test_a_colour_is_three_channels() -> None:
    assert colour_of("ff8001") == (255, 128, 1)


def test_texts_are_numbered_in_the_order_of_drawing_with_what_lies_between() -> None:
    assert text_orders([_TEXT, _IMAGE, _vector(9, 9), _TEXT]) == [0, 3]


def test_opaque_areas_are_fills_in_the_order_of_drawing() -> None:
    image, vector = fills_of([_TEXT, _IMAGE, _vector(50, 40)])
    assert (image.order, image.colour, image.box) == (1, None, (10, 20, 90, 90))
    assert (vector.order, vector.colour, vector.is_rectangle) == (2, (10, 11, 12), True)


@pytest.mark.parametrize(
    ("block", "hides"),
    [
        (_vector(3, 3), True),
        (_vector(500, 2.9), False),
        (_vector(2.9, 500), False),
        (_vector(50, 50, alpha=230), True),
        (_vector(50, 50, alpha=229), False),
        (_vector(50, 50, kind="stroked"), False),
        (_TEXT, False),
    ],
)
def test_rules_frames_and_glass_hide_nothing(block: RawBlock, hides: bool) -> None:  # noqa: FBT001 - a case
    assert bool(list(fills_of([block]))) is hides


def test_images_are_seen_among_blocks() -> None:
    assert has_images([_TEXT, _IMAGE])
    assert not has_images([_TEXT, _vector(9, 9)])


def test_styles_are_read_once_each_and_text_is_no_style() -> None:
    html = (
        '<p><span style="font-family:A,serif;font-size:9.5pt;color:#010203">a</span>'
        '<b><span style="font-family:A,serif;font-size:9.5pt;color:#010203">b color:#ffffff</span></b>'
        '<span style="font-family:A,serif;font-size:1.0pt">nothing drawn</span></p>'
    )
    assert styles_of(html) == {Style((1, 2, 3), 9.5), Style(None, 1.0)}


def test_a_word_has_the_style_of_the_span_below_it_or_nearest() -> None:
    spans = [_span(0, 20, color=0xFF0000), _span(20, 40, color=0x0000FF)]
    assert style_at(spans, 5, 5).colour == (255, 0, 0)
    assert style_at(spans, 35, 5).colour == (0, 0, 255)
    assert style_at(spans, 90, 5).colour == (0, 0, 255)


@pytest.mark.parametrize(
    ("span", "is_drawn"),
    [
        (_span(0, 9, alpha=26), True),
        (_span(0, 9, alpha=25), False),
        (_span(0, 9, char_flags=32), True),
        (_span(0, 9, char_flags=16 | 8), True),
        (_span(0, 9, char_flags=8), False),
    ],
)
def test_what_is_neither_filled_nor_stroked_nor_opaque_has_no_colour(
    span: RawSpan,
    is_drawn: bool,  # noqa: FBT001 - a case
) -> None:
    assert (style_at([span], 5, 5).colour is not None) is is_drawn
