import pytest
from drawn_codes import Way, draws_code
from drawn_pdf import Draw, both, drawn_pdf, says

from extractor.documents.pdf import PdfFile
from extractor.documents.text_layer import Fill, PrintedWord, Rectangle, TextLayer
from extractor.pages.codes.regions import code_regions
from extractor.pages.geometry import Box

PAYLOAD = "01,31,,26312000000012345678,1130.00,20260305,,1A2B,"


def regions_of(*draws: Draw) -> tuple[tuple[Box, ...], list[int]]:
    """Return the regions of a page, and how often all drawings were asked for."""
    asked = []
    with PdfFile(drawn_pdf(both(*draws))) as file:

        def drawn() -> tuple[Rectangle, ...]:
            asked.append(1)
            return file.drawn_boxes(1)

        return code_regions(file.layer(1), drawn), asked


def layer(
    *, fills: tuple[Box, ...] = (), specks: tuple[Box, ...] = (), words: tuple[PrintedWord, ...] = ()
) -> TextLayer:
    return TextLayer(
        width=595,
        height=842,
        words=words,
        orders=(),
        fills=tuple(Fill(order=0, box=box, colour=None, is_rectangle=True) for box in fills),
        styles=frozenset(),
        specks=specks,
    )


def nothing_more() -> tuple[Rectangle, ...]:
    return ()


@pytest.mark.parametrize("way", ["bars", "squares", "path", "image", "mask"])
@pytest.mark.parametrize("side", [20, 58, 130])
def test_a_code_is_in_a_region_however_it_is_drawn(way: Way, side: float) -> None:
    (region,), _ = regions_of(says("Invoice 118"), draws_code(PAYLOAD, 300, 400, side=side, way=way))
    assert region.x0 < 300
    assert region.y0 < 400
    assert region.x1 > 300 + side
    assert region.y1 > 400 + side
    assert region.width < 1.6 * side


def test_a_data_matrix_of_a_centimetre_is_in_a_region() -> None:
    regions, _ = regions_of(draws_code("118/2026", 300, 400, side=28, is_data_matrix=True))
    assert len(regions) == 1


def test_a_page_of_text_and_rules_is_not_looked_at_and_its_drawings_are_not_listed() -> None:
    def ruled(page: object) -> None:
        for row in range(40):
            page.draw_line((60, 100 + 15 * row), (500, 100 + 15 * row))  # type: ignore[attr-defined]
            page.draw_rect((60, 100 + 15 * row, 66, 106 + 15 * row))  # type: ignore[attr-defined]

    assert regions_of(says("Invoice 118"), ruled) == ((), [])


def test_dotted_rules_are_no_code() -> None:
    dots = tuple(
        Box(60 + 3 * column, y, 61 + 3 * column, y + 1) for y in (300, 316, 332) for column in range(150)
    )
    dots = (*dots, Box(510, 332, 510.4, 333))  # the last one is cut off
    asked: list[int] = []
    assert code_regions(layer(specks=dots), lambda: asked.append(1) or ()) == ()  # type: ignore[func-returns-value]
    assert not asked


def test_a_code_beside_a_dotted_rule_is_a_region_of_its_own() -> None:
    dots = tuple(Box(60 + 3 * column, 300, 61 + 3 * column, 301) for column in range(80))
    modules = tuple(
        Box(400 + 2 * column, 310 + 2 * row, 402 + 2 * column, 312 + 2 * row)
        for row in range(25)
        for column in range(25)
        if (row * column + row) % 2
    )
    (region,) = code_regions(layer(specks=dots + modules), nothing_more)
    assert region.x0 > 380
    assert region.x1 < 470


def test_strips_of_an_image_are_one_region_and_small_images_none() -> None:
    strips = tuple(Box(300, 400 + 10 * index, 400, 410 + 10 * index) for index in range(10))
    (region,) = code_regions(layer(fills=strips), nothing_more)
    assert (region.x0, region.y1) == (288, 512)
    assert code_regions(layer(fills=(Box(300, 400, 313, 413),)), nothing_more) == ()
    assert len(code_regions(layer(fills=(Box(300, 400, 314, 414),)), nothing_more)) == 1


def test_many_regions_are_one_look_at_the_page() -> None:
    images = tuple(Box(20 + 40 * index, 20, 35 + 40 * index, 35) for index in range(13))
    assert len(code_regions(layer(fills=images[:12]), nothing_more)) == 12
    assert code_regions(layer(fills=images), nothing_more) == (Box(0, 0, 595, 842),)


def test_rows_of_block_characters_are_a_region() -> None:
    rows = tuple(PrintedWord(60, 60 + 10 * row, 200, 70 + 10 * row, "█▀▄█▀▄█") for row in range(14))
    assert len(code_regions(layer(words=rows), nothing_more)) == 1
    assert code_regions(layer(words=rows[:4]), nothing_more) == ()


def test_a_region_ends_where_the_page_ends() -> None:
    assert code_regions(layer(fills=(Box(-5, -5, 40, 40),)), nothing_more)[0][:2] == (0, 0)
    assert code_regions(layer(fills=(Box(700, 900, 800, 1000),)), nothing_more) == ()
