"""Texts beside a caption that is set downwards: the 备注 of a fapiao."""

from collections.abc import Iterator, Sequence

from extractor.engines.layout.cells import ALIGNED, LINE_GAP, Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.reading import Candidate, Evidence
from extractor.pages.geometry import Box

_CAPTIONED = 0.95


def captioned_texts(pages: Sequence[LabelledSheet], name: str) -> Iterator[Candidate]:
    """Yield the text right of a caption that is set downwards: the 备注 of a fapiao."""
    for page in pages:
        for caption in page.sheet.captions:
            hits = page.lexicon.find(caption.text)
            if not hits or name not in hits[0].names:
                continue
            lines = _right_of(page, caption.box)
            if lines:
                cells = [cell for line in lines for cell in line]
                evidence = Evidence(
                    page=cells[0].page,
                    boxes=tuple(cell.box for cell in cells),
                    origin=cells[0].words[0].origin,
                )
                text = "\n".join(" ".join(cell.text for cell in line) for line in lines)
                yield Candidate(text=text, evidence=evidence, score=_CAPTIONED)


def _right_of(page: LabelledSheet, caption: Box) -> list[Sequence[Cell]]:
    """Return the lines beside a caption, and those that go on in the same place above and below."""
    rows = page.sheet.rows
    beside = [
        (index, cell)
        for index, row in enumerate(rows)
        for cell in row
        if cell.box.x0 >= caption.x1 - 1 and cell.box.overlap_y(_padded(caption)) > 0
    ]
    if not beside:
        return []
    first, opening = beside[0]
    lines = {first: opening}
    for step, far in ((-1, -1), (1, len(rows))):
        last = opening
        for index in range(first + step, far, step):
            near = next((cell for cell in rows[index] if _goes_on_in_box(last, cell, beside)), None)
            if near is not None:
                lines[index] = last = near
            elif any(cell.box.overlap_x(last.box) > 0 for cell in rows[index]):
                break
    return [rows[index][lines[index].column :] for index in sorted(lines)]


def _goes_on_in_box(last: Cell, cell: Cell, beside: Sequence[tuple[int, Cell]]) -> bool:
    """Say whether a line stands next to another in a box, at its left edge, or beside its caption."""
    gap = max(cell.box.y0 - last.box.y1, last.box.y0 - cell.box.y1)
    is_near = gap < LINE_GAP * last.box.height or any(each is cell for _, each in beside)
    return is_near and abs(cell.box.x0 - last.box.x0) <= ALIGNED


def _padded(caption: Box) -> Box:
    pad = caption.height / 4
    return Box(caption.x0, caption.y0 - pad, caption.x1, caption.y1 + pad)
