"""Windows on a contract: each page with the foot of the page before, so that a clause may cross.

What stands at the foot is asked about twice, with its own page and with the next one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractor.documents.pdf import Raster
from extractor.engines.contract import margins
from extractor.engines.qwen.page_text import PageText, blocks, has_text_layer, text_of
from extractor.pages.lines import Line, segments
from extractor.pages.page import Page

_FOOT = 2 / 3  # of the page's height: what is below belongs to the foot
_HIGHEST = 1 / 2  # of the page's height: as far up a paragraph of the foot may begin
_WIDEST = 50  # times as wide as high: no model is shown a thread
_LONGEST_SIDE = 400  # characters that a flow over the edge has on either page
_ENDS = (".", "。", ";", "；", "!", "！", "?", "？", ":", "：")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What is asked about at once: a page's text, and how much of the page before is shown."""

    text: PageText
    foot_from: float = 1.0  # of the height of the page before; 1 shows nothing

    def foot_of(self, image: Raster) -> Raster:
        """Return the foot of the image of the page before."""
        top = int(self.foot_from * image.height)
        row = 3 * image.width
        return Raster(width=image.width, height=image.height - top, rgb=image.rgb[top * row :])


def page_windows(pages: Iterable[Page]) -> list[Window]:
    """Return one window a page, none of them with a foot: a form's values do not cross."""
    return [Window(text=text_of(page)) for page in pages]


def overlapping_windows(pages: Sequence[Page]) -> list[Window]:
    """Return one window a page, with the foot of the last page before it that has words.

    There is none where one of the two was recognised and the other has a text layer: only
    one rule of answering fits a window.
    """
    body = _body_lines(pages)
    windows: list[Window] = []
    before: Page | None = None
    for page in pages:
        if before is None or has_text_layer(before) != has_text_layer(page):
            windows.append(Window(text=text_of(page)))
        else:
            foot, top = _foot(before)
            crossing = _crossing(body.get(foot.number, ()), body.get(page.number, ()), top=top)
            text = text_of(page, foot=foot, crossing=crossing)
            windows.append(Window(text=text, foot_from=_shown_from(before, top)))
        before = page if page.words else before
    return windows


def _shown_from(page: Page, top: float) -> float:
    """Return from where on it is shown: all of it where it may lie on a side, or the foot is a thread."""
    is_thread = page.width > _WIDEST * (page.height - top)
    return 0.0 if is_thread or page.placement is not None else top / page.height


def _body_lines(pages: Sequence[Page]) -> dict[int, list[Line]]:
    """Return each page's lines without running heads and page numbers."""
    lines: dict[int, list[Line]] = {}
    for line in margins.text_of(pages).lines:
        lines.setdefault(line.page, []).append(line)
    return lines


def _foot(page: Page) -> tuple[Page, float]:
    """Return the page with its last words only, and where these begin (points from the top)."""
    bound = _FOOT * page.height
    across = [block[0].box.y0 for block in blocks(page.lines) if block[0].box.y0 < bound <= block[-1].box.y1]
    top = min((each for each in (*across, bound) if each >= _HIGHEST * page.height), default=bound)
    words = tuple(word for word in page.words if word.box.centre_y >= top)
    if not words:  # a page that ends higher up
        lines = page.lines[-1:]
        words, top = lines[0].words, lines[0].box.y0
    return replace(page, words=words), top


def _crossing(above: Sequence[Line], below: Sequence[Line], *, top: float) -> list[Line]:
    """Return the lines of the flow that goes on from the foot to the page; none where it has ended."""
    above = [line for line in above if line.box.centre_y >= top]
    if not above or not below or above[-1].text.endswith(_ENDS):
        return []
    last, first = segments(above[-1])[-1], segments(below[0])[0]
    upper = next(block for block in blocks(above) if last in block)
    lower = next(block for block in blocks(below) if first in block)
    return [*reversed(_bounded(reversed(upper[: upper.index(last) + 1]))), *_bounded(lower)]


def _bounded(lines: Iterable[Line]) -> list[Line]:
    """Return the first lines up to the bound; at least one, where that alone is within it."""
    kept: list[Line] = []
    length = 0
    for line in lines:
        length += len(line.text) + 1
        if length > _LONGEST_SIDE:
            break
        kept.append(line)
    return kept
