"""Where on the page each party's block stands: under headings, beside captions.

A region is a heading's block of lines ("Bill to:" and what stands under it), or what a
caption set downwards embraces (the boxes of a fapiao).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet, has_colon
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.names import (
    has_legal_form,
    has_post_code,
    is_name,
    is_sender_line,
    name_span,
)
from extractor.engines.layout.party_blocks import (
    Span,
    block_below,
    is_party_heading,
    names_party,
)
from extractor.engines.layout.party_lines import lines_of, spans
from extractor.engines.layout.spec_labels import PARTY
from extractor.pages.geometry import Box, union
from extractor.values.identifiers import find_ibans

Side: TypeAlias = Literal["seller", "buyer", "payee", "consignee", "other"]

_TELLING = 4  # letters
_OF_ACCOUNTS = frozenset(  # of an account at the foot: who is paid
    {
        "户名",
        "账户名称",
        "收款户名",
        "titular",
        "titulaire",
        "intestatario",
        "titolare",
        "inhaber",
        "rekeninghouder",
    }
)
_BELOW_HEAD = 0.35  # of the page's height
_ABOVE = 8  # rows from the first line of a party's block to its tax id
_CJK_FROM = "\u2e80"
_SELLER_CAPTION, _BUYER_CAPTION = (
    re.compile(r"[销卖供][售货]?[方]?|收款"),
    re.compile(r"[购买需][货买]?[方]?|付款"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One party's block: its lines (for headings), and the box that they fill."""

    side: Side
    page: LabelledSheet
    box: Box
    lines: tuple[Span, ...] = ()
    heading: tuple[int, int] | None = None  # row and column of the cell that opens it

    def holds(self, cell: Cell) -> bool:
        """Say whether the middle of a cell's first word lies in the region."""
        return cell.page == self.page.sheet.page.number and self.box.contains_centre(cell.words[0].box)


def find_regions(pages: Sequence[LabelledSheet]) -> list[Region]:
    """Return the regions of all pages, captions before headings, in reading order."""
    regions = [region for page in pages for region in _caption_regions(page)]
    regions += [region for page in pages for region in _heading_regions(page)]
    if not any(region.side == "buyer" for region in regions):
        regions += list(_split_regions(pages))
    if not any(region.side == "buyer" for region in regions):
        regions += [region for page in pages[:1] for region in _numbered_regions(page, regions)]
    return regions


def side_of(hit: Hit) -> Side | None:
    """Return whose a label is by its wording alone, None where it may be either's."""
    sides: set[Side] = set()
    headings = [name for name in hit.names if name.startswith(PARTY)]
    for name in headings or hit.names:
        if name.startswith(PARTY):
            sides.add(name.removeprefix(PARTY))  # type: ignore[arg-type] # the spec's parties
        elif name.startswith("seller_"):
            sides.add("seller")
        elif name.startswith("buyer_"):
            sides.add("buyer")
    return sides.pop() if len(sides) == 1 else None


def is_on_slip(page: LabelledSheet, cell: Cell, hit: Hit) -> bool:
    """Say whether a label is the "To:" of a payment slip at the foot: who is paid, not who is billed.

    Or the "Titular:" of an account.
    """
    height = page.sheet.page.height
    if hit.label in _OF_ACCOUNTS:
        return cell.box.y0 > _BELOW_HEAD * height
    return len(hit.label) < _TELLING and hit.label.isascii() and cell.box.y0 > height / 2


def _heading_regions(page: LabelledSheet) -> Iterator[Region]:
    for cell, hit in page.labels():
        side = side_of(hit)
        if side is None or page.is_in_table(cell) or not is_party_heading(page, cell, hit):
            continue
        if is_on_slip(page, cell, hit):
            side = "payee"
        lines = lines_of(page, cell, hit)
        if _has_number(page, cell) or (lines and lines[0].text.strip().isdigit()):
            continue  # a customer's number
        if side == "buyer" and _is_of_account(page, cell, lines):
            side = "payee"  # "Empfänger:" over the bank and the account
        if any(_begins_with_name(page, line) or names_party(page, line.cell) for line in lines):
            box = union([cell.box, *(span.cell.box for span in lines)])
            yield Region(side=side, page=page, box=box, lines=lines, heading=(cell.row, cell.column))


def _has_number(page: LabelledSheet, heading: Cell) -> bool:
    """Say whether a number stands right beside a heading that is its label: "Customer  943288"."""
    beside = page.sheet.value_beside(heading)
    return beside is not None and beside.text.isdigit() and not page.is_under_label(beside)


def _is_of_account(page: LabelledSheet, heading: Cell, lines: Sequence[Span]) -> bool:
    """Say whether a heading below the head stands with an account: beside it, or in its block."""
    if heading.box.y0 <= _BELOW_HEAD * page.sheet.page.height:
        return False
    beside = (cell.text for cell in page.sheet.rows[heading.row])
    return any(find_ibans(text) for text in (*beside, *(line.text for line in lines)))


def _begins_with_name(page: LabelledSheet, line: Span) -> bool:
    if line.start == 0 and page.starts_with_label(line.cell):
        return False  # "UST-ID-NR." under a number
    start, end = name_span(line.cell.text, line.start, line.end)
    return is_name(line.cell.text[start:end])


def _caption_regions(page: LabelledSheet) -> Iterator[Region]:
    """Give each caption what stands right of it, up to the next caption beside it."""
    captions = page.sheet.captions
    for caption in captions:
        side = _caption_side(caption.text)
        if side is None:
            continue
        right = [
            other.box.x0
            for other in captions
            if other.box.x0 > caption.box.x1 and other.box.overlap_y(caption.box) > caption.box.height / 3
        ]
        pad = caption.box.height * 0.35
        box = Box(
            caption.box.x1,
            caption.box.y0 - pad,
            min(right, default=page.sheet.page.width),
            caption.box.y1 + pad,
        )
        yield Region(side=side, page=page, box=box)


def _split_regions(pages: Sequence[LabelledSheet]) -> Iterator[Region]:
    """Part two bare name labels without captions: buyer left or above, seller right or below.

    That is how a fapiao stands (State Taxation Administration's form of 2021 and older).
    """
    for page in pages[:1]:
        named = [
            (cell, hit)
            for cell, hit in page.labels()
            if {"seller_name", "buyer_name"} <= set(hit.names)
            and hit.label[0] > _CJK_FROM
            and has_colon(cell, hit)
        ]
        if len(named) != 2:  # noqa: PLR2004 - a buyer and a seller
            continue
        (first, _), (second, second_hit) = named
        width, height = page.sheet.page.width, page.sheet.page.height
        line = first.box.height
        if first.row == second.row:
            border = second.box_of(second_hit.start, second_hit.end).x0 - 2
            bottom = first.box.y1 + 6 * line
            yield Region(side="buyer", page=page, box=Box(0, first.box.y0 - line, border, bottom))
            yield Region(side="seller", page=page, box=Box(border, first.box.y0 - line, width, bottom))
        else:
            yield Region(
                side="buyer", page=page, box=Box(0, first.box.y0 - line, width, first.box.y1 + 6 * line)
            )
            yield Region(
                side="seller",
                page=page,
                box=Box(0, second.box.y0 - line / 2, width, min(height, second.box.y1 + 6 * line)),
            )


def _numbered_regions(page: LabelledSheet, regions: Sequence[Region]) -> Iterator[Region]:
    """Give the buyer the block without a heading in which its tax id is labelled: "Your VAT No"."""
    for cell, hit in page.labels():
        if hit.start or "buyer_tax_id" not in hit.names or "seller_tax_id" in hit.names:
            continue
        if page.is_in_table(cell) or any(region.holds(cell) for region in regions):
            continue
        block = _headed(_block_around(page, cell))
        is_address = any(has_post_code(line.text) or has_legal_form(line.text) for line in block)
        is_headed = len(block) > 1 and block[0] is not cell and _begins_with_name(page, spans(block)[0])
        if is_headed and is_address:  # and no column of labels
            yield Region(side="buyer", page=page, box=union(line.box for line in block), lines=spans(block))
            return


def _headed(block: Sequence[Cell]) -> Sequence[Cell]:
    """Leave out the lines up to the sender's, or up to a heading that no spec knows: "Intestata a:"."""
    begins = [
        index + 1
        for index, line in enumerate(block)
        if line.text.endswith((":", "：")) or is_sender_line(line.text)
    ]
    return block[begins[-1] if begins else 0 :]


def _block_around(page: LabelledSheet, cell: Cell) -> tuple[Cell, ...]:
    """Return the block that begins furthest above a cell and holds it."""
    for row in page.sheet.rows[max(0, cell.row - _ABOVE) : cell.row]:
        for first in row:
            if first.box.overlap_x(cell.box) > 0 and not page.starts_with_label(first):
                block = block_below(page, first)
                if cell in block:
                    return block
    return (cell,)


def _caption_side(text: str) -> Side | None:
    if _SELLER_CAPTION.match(text):
        return "seller"
    return "buyer" if _BUYER_CAPTION.match(text) else None
