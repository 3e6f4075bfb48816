from dataclasses import dataclass

import pytest
from synthesis.canvas import Canvas, Face
from synthesis.invoices.blocks import Beside, Block, Framed, Ink, Inline, Labelled, Space, Stack, Text
from synthesis.invoices.grids import Grid

from .pages import overlaps, printed_words

_INK = Ink(face=Face.SANS, size=9.0)
_SMALL = Ink(face=Face.SANS, size=6.0)
_WORDS = "a paragraph of quite a few words that goes on over several lines of its column"


@dataclass(frozen=True, slots=True)
class _Probe:
    """Notes where it was drawn."""

    high: float
    seen: list[tuple[float, float, float]]

    def height(self, width: float) -> float:
        assert width > 0
        return self.high

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        assert canvas
        self.seen.append((x, y, width))


def _drawn(block: Block, *, width: float = 200.0) -> list[str]:
    canvas = Canvas()
    block.draw(canvas, 50, 60, width)
    words = printed_words(canvas.content())
    assert overlaps(words) == []
    return [word.text for word in words]


def test_a_stack_leaves_gaps_only_between_what_is_there() -> None:
    seen: list[tuple[float, float, float]] = []
    stack = Stack((_Probe(10, seen), Space(), _Probe(20, seen)), gap=5)
    assert stack.height(100) == 35
    stack.draw(Canvas(), 0, 0, 100)
    assert seen == [(0, 0, 100), (0, 15, 100)]


def test_blocks_beside_each_other_share_the_width() -> None:
    seen: list[tuple[float, float, float]] = []
    row = Beside(((_Probe(10, seen), 1), (_Probe(30, seen), 3)), gap=20)
    assert row.height(100) == 30
    row.draw(Canvas(), 0, 0, 100)
    assert seen == [(0, 0, 20), (40, 0, 60)]


def test_a_frame_adds_room_on_every_side() -> None:
    seen: list[tuple[float, float, float]] = []
    framed = Framed(block=_Probe(10, seen), pad=4)
    assert framed.height(100) == 18
    framed.draw(Canvas(), 0, 0, 100)
    assert seen == [(4, 4, 92)]


def test_a_paragraph_is_as_high_as_its_lines() -> None:
    text = Text(text=_WORDS, ink=_INK)
    assert text.height(1000) == pytest.approx(_INK.pitch)
    assert text.height(90) > 3 * _INK.pitch
    assert _drawn(text, width=90) == _WORDS.split()


def test_an_empty_text_takes_no_room() -> None:
    assert Text(text="", ink=_INK, drop=3).height(100) == 0


@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_a_label_stands_beside_its_value_and_above_it_where_there_is_no_room(align: str) -> None:
    labelled = Labelled(
        label="Invoice number:", value="INV-77", label_ink=_SMALL, value_ink=_INK, align=align
    )
    assert labelled.height(200) < labelled.height(60)
    for width in (200, 60):
        assert _drawn(labelled, width=width) == ["Invoice", "number:", "INV-77"]


def test_running_texts_break_only_between_each_other() -> None:
    inline = Inline(texts=("one two", "three four", "five six"), mark=" | ", ink=_INK)
    assert inline.height(95) == pytest.approx(2 * _INK.pitch)
    assert _drawn(inline, width=95) == ["one", "two", "|", "three", "four", "five", "six"]


@pytest.mark.parametrize("ruling", ["none", "all", "rows", "rows_outer", "outer", "columns", "under_first"])
def test_cells_of_a_grid_do_not_touch_whatever_its_rules(ruling: str) -> None:
    rows = [[Text(text=_WORDS, ink=_INK), Text(text=_WORDS, ink=_INK, align="right")] for _ in range(3)]
    grid = Grid(rows=rows, shares=(1, 2), ruling=ruling)
    assert _drawn(grid, width=240).count("paragraph") == 6


def test_columns_of_a_grid_keep_a_width_that_is_set() -> None:
    seen: list[tuple[float, float, float]] = []
    grid = Grid(
        rows=((_Probe(5, seen), _Probe(5, seen), _Probe(5, seen)),),
        shares=(1, 1, 1),
        first_width=40,
        last_width=30,
        pad_x=0,
        pad_y=0,
    )
    grid.draw(Canvas(), 0, 0, 100)
    assert [(x, width) for x, _, width in seen] == [(0, 40), (40, 30), (70, 30)]


def test_the_first_column_leaves_room_for_the_others() -> None:
    seen: list[tuple[float, float, float]] = []
    Grid(rows=((_Probe(5, seen), _Probe(5, seen)),), shares=(1, 1), first_width=90, pad_x=0).draw(
        Canvas(), 0, 0, 100
    )
    assert [(x, width) for x, _, width in seen] == [(0, 62), (62, 38)]
