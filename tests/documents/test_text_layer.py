import pytest

from extractor.documents.text_layer import (
    RawBlock,
    RawSpan,
    RawWord,
    Style,
    colour_of,
    images_of,
    styles_of,
    texts_of,
    vectors_of,
    word_style,
)


def _vector(width: float, height: float, *, alpha: int = 255, stroked: bool = False) -> RawBlock:
    box = (10.0, 20.0, 10 + width, 20 + height)
    return {"type": 3, "bbox": box, "stroked": stroked, "isrect": True, "color": 0x0A0B0C, "alpha": alpha}


def _span(x0: float, x1: float, *, color: int = 0, alpha: int = 255, char_flags: int = 16) -> RawSpan:
    return {"bbox": (x0, 0, x1, 10), "size": 9.0, "color": color, "alpha": alpha, "char_flags": char_flags}


def _text(*spans: RawSpan) -> RawBlock:
    return {"type": 0, "bbox": (0, 0, 90, 10), "lines": [{"spans": list(spans)}]}


def _word(block: int, *, x: float = 0) -> RawWord:
    return (x, 0, x + 10, 10, "word", block, 0, 0)


_WORDS = [_word(0), _word(0), _word(1)]


def test_a_colour_is_three_channels() -> None:
    assert colour_of(0xFF8001) == (255, 128, 1)


def test_a_vector_is_drawn_after_the_words_of_the_texts_before_it() -> None:
    blocks = [_vector(9, 9), _text(), _vector(9, 9), _vector(50, 40), _text(), _vector(9, 9)]
    assert [fill.order for fill in vectors_of(blocks, _WORDS)] == [0, 2, 2, 3]


def test_a_vector_keeps_its_place_and_colour() -> None:
    (fill,) = vectors_of([_vector(50, 40)], _WORDS)
    assert (fill.box, fill.colour, fill.is_rectangle) == ((10, 20, 60, 60), (10, 11, 12), True)


def test_an_image_is_drawn_after_the_words_of_the_texts_before_it() -> None:
    images: list[RawBlock] = [{"number": number, "bbox": (0, 0, 90, 90)} for number in (0, 2, 3, 5)]
    fills = list(images_of(images, _WORDS))  # of blocks: image, text, image, image, text, image
    assert [fill.order for fill in fills] == [0, 2, 2, 3]
    assert {fill.colour for fill in fills} == {None}


@pytest.mark.parametrize(
    ("block", "hides"),
    [
        (_vector(3, 3), True),
        (_vector(500, 2.9), False),
        (_vector(2.9, 500), False),
        (_vector(50, 50, alpha=230), True),
        (_vector(50, 50, alpha=229), False),
        (_vector(50, 50, stroked=True), False),
        (_text(_span(0, 90)), False),
    ],
)
def test_rules_frames_and_glass_hide_nothing(block: RawBlock, hides: bool) -> None:  # noqa: FBT001 - a case
    assert bool(list(vectors_of([block], _WORDS))) is hides


def test_small_images_hide_nothing() -> None:
    assert list(images_of([{"number": 0, "bbox": (0, 0, 90, 2.9)}], _WORDS)) == []


def test_styles_are_those_of_all_spans() -> None:
    blocks = [_text(_span(0, 9, color=0x010203), _span(9, 18, color=0x010203)), _vector(9, 9)]
    assert styles_of([*blocks, _text(_span(0, 9, alpha=0))]) == {Style((1, 2, 3), 9.0), Style(None, 9.0)}


def test_a_word_has_the_style_of_the_span_at_its_middle_or_nearest() -> None:
    texts = texts_of([_vector(9, 9), _text(_span(0, 20, color=0xFF0000), _span(20, 40, color=0x0000FF))])
    assert word_style(texts, _word(0, x=0)).colour == (255, 0, 0)
    assert word_style(texts, _word(0, x=25)).colour == (0, 0, 255)
    assert word_style(texts, _word(0, x=80)).colour == (0, 0, 255)


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
    assert (word_style([_text(span)], _word(0)).colour is not None) is is_drawn
