from collections.abc import Callable
from dataclasses import replace

import pytest

from extractor.documents.pdf import Raster
from extractor.engines.qwen.placement import evidence_of, places_of
from extractor.engines.qwen.windows import Window, overlapping_windows, page_windows
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.placement import Placement
from extractor.pages.word import Origin, Word

PageMaker = Callable[..., Page]
FILL = tuple(f"Line {count} of the page is filled." for count in range(1, 20))


def texts(window: Window) -> list[str]:
    return [flow.text for flow in window.text.flows]


def shifted(page: Page, by: float) -> Page:
    """Return the page with its words further down."""
    words = tuple(
        Word(
            text=word.text,
            origin=word.origin,
            box=Box(word.box.x0, word.box.y0 + by, word.box.x1, word.box.y1 + by),
        )
        for word in page.words
    )
    return replace(page, words=words)


def test_a_forms_pages_are_asked_about_alone(make_page: PageMaker) -> None:
    windows = page_windows([make_page("one"), make_page("two", number=2)])
    assert [window.text.foot for window in windows] == [None, None]


def test_the_foot_of_the_page_before_belongs_to_the_text(make_page: PageMaker) -> None:
    first, second = make_page(*FILL), make_page("Second page.", number=2)
    alone, both = overlapping_windows([first, second])
    assert alone.text.foot is None
    rows = [row.text for row in both.text.rows]
    assert rows[-2:] == [FILL[-1], "Second page."]
    assert FILL[0] not in rows
    assert [row.pages[0] for row in both.text.rows] == [1] * (len(rows) - 1) + [2]


def test_a_sentence_may_go_on_over_the_edge_and_is_placed_on_both_sides(make_page: PageMaker) -> None:
    first = make_page(*FILL, "The buyer pays within")
    second = make_page("thirty days of delivery.", "Next.", number=2)
    window = overlapping_windows([first, second])[1]
    (place,) = places_of("pays within thirty days", window.text, may_wrap=True)
    assert place.pages == (1, 1, 2, 2)
    assert evidence_of(place, page=2).page == 1  # of two equal sides the first
    assert places_of("pays within thirty days", window.text, may_wrap=False) == []


def test_what_stands_on_one_side_has_one_place(make_page: PageMaker) -> None:
    first = make_page(*FILL, "The buyer pays within")
    second = make_page("thirty days of delivery.", number=2)
    window = overlapping_windows([first, second])[1]
    (place,) = places_of("thirty days", window.text, may_wrap=True)
    assert place.pages == (2, 2)


@pytest.mark.parametrize(
    ("end", "goes_on"), [("pays within", True), ("has paid.", False), ("条款如下：", False)]
)
def test_a_sentence_that_has_ended_does_not_go_on(make_page: PageMaker, end: str, *, goes_on: bool) -> None:
    pages = [make_page(*FILL, f"The buyer {end}"), make_page("thirty days.", number=2)]
    joined = any("thirty" in text and "buyer" in text for text in texts(overlapping_windows(pages)[1]))
    assert joined is goes_on


def test_page_numbers_and_running_heads_do_not_come_between(make_page: PageMaker) -> None:
    def page(number: int, *body: str) -> Page:
        filled = make_page("Frame contract 4711", *FILL, *body, "", number=number)
        foot = Word(text=f"{number}/3", box=Box(190, 385, 210, 395))
        return Page(number=number, width=400, height=400, words=(*filled.words, foot))

    pages = [page(1, "The buyer pays within"), page(2, "so."), page(3)]
    pages[1] = shifted(make_page("thirty days of delivery.", number=2), 60.0)
    head = Word(text="4711", box=Box(190, 10, 210, 20))
    pages[1] = Page(number=2, width=400, height=400, words=(head, *pages[1].words))
    window = overlapping_windows(pages)[1]
    assert any("pays within" in text for text in texts(window))


def test_a_blank_page_between_two_is_passed_over(make_page: PageMaker) -> None:
    pages = [make_page(*FILL, "The buyer pays"), make_page(number=2), make_page("promptly.", number=3)]
    windows = overlapping_windows(pages)
    assert windows[2].text.foot is not None
    assert windows[2].text.foot.number == 1
    assert any(text.endswith("The buyer pays promptly.") for text in texts(windows[2]))


def test_a_recognised_page_and_a_text_layer_share_no_window(make_page: PageMaker) -> None:
    scanned = make_page(*FILL, origin=Origin.OCR)
    printed = make_page("Second.", number=2)
    assert [window.text.foot for window in overlapping_windows([scanned, printed])] == [None, None]
    again = overlapping_windows([scanned, replace(scanned, number=2)])[1].text
    assert again.foot is not None
    assert not again.is_certain


def test_the_image_shown_is_the_foot_alone(make_page: PageMaker) -> None:
    window = overlapping_windows([make_page(*FILL), make_page("x", number=2)])[1]
    image = Raster(width=2, height=300, rgb=bytes(range(250)) * 7 + bytes(50))
    foot = window.foot_of(image)
    assert 0.5 <= window.foot_from <= 2 / 3
    assert foot.height == 300 - int(window.foot_from * 300)
    assert foot.rgb == image.rgb[-6 * foot.height :]
    assert foot.pixels.shape == (foot.height, 2, 3)


def test_a_page_that_lies_on_a_side_is_shown_whole(make_page: PageMaker) -> None:
    turned = replace(make_page(*FILL, origin=Origin.OCR), placement=Placement((0, 1, 0, 1, 0, 0, 0, 0, 1)))
    window = overlapping_windows([turned, make_page("x", number=2, origin=Origin.OCR)])[1]
    assert window.foot_from == 0.0


def test_a_page_that_ends_high_up_gives_its_last_line(make_page: PageMaker) -> None:
    short = replace(make_page("First.", "The buyer pays"), height=800.0)
    window = overlapping_windows([short, make_page("promptly.", number=2)])[1]
    assert [row.text for row in window.text.rows] == ["The buyer pays", "promptly."]
    assert any(text == "The buyer pays promptly." for text in texts(window))


@pytest.mark.parametrize(("width", "is_whole"), [(4900.0, False), (5100.0, True)])
def test_a_foot_that_would_be_a_thread_is_not_cut_off(
    make_page: PageMaker, width: float, *, is_whole: bool
) -> None:
    wide = replace(make_page(*FILL), width=width, height=300.0)
    window = overlapping_windows([wide, make_page("x", number=2)])[1]
    assert (window.foot_from == 0.0) is is_whole
