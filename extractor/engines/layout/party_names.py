"""The lines of a party's name: which lines below its first one go on with it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.names import has_legal_form, is_attention, is_name, name_span
from extractor.engines.layout.party_blocks import BLOCK_GAP, MOST_LINES, Span, block_below, lines_up
from extractor.engines.layout.spec_labels import NOTHING
from extractor.engines.layout.wrapped_names import ends_open, is_wrapped_name
from extractor.pages.geometry import Box
from extractor.values.countries import is_country

_MOST_NAME_LINES = 3
_SPACE = 0.2  # line heights between words
_SIZE = 0.15  # of the print: a difference that shows


def name_lines(page: LabelledSheet, first: Span) -> tuple[Span, ...]:
    """Return the name at the start of a line, with the lines below on which it goes on."""
    start, end = name_span(first.cell.text, first.start, first.end)
    name = Span(cell=first.cell, start=start, end=end)
    if first.cell.text[end : first.end].strip(" ,") or start == end:
        return (name,)
    for_room = _wrapped_for_room(page, name)
    begun = replace(name, end=start + len(first.cell.text[start : first.end].rstrip()))  # with its comma
    if for_room:
        return (begun, *for_room)
    box = first.cell.box_of(start, end)
    for below in page.sheet.below(first.cell.box, first.cell.row, within=BLOCK_GAP * box.height):
        if not lines_up(below.box, first.cell.box) and not lines_up(below.box, box):
            continue
        is_town = ends_open(name.text) and all(hit.names == (NOTHING,) for hit in page.hits_of(below))
        if page.starts_with_label(below) and not is_town:
            break  # "Porto" is a label in German, and may end "Município do"
        begin, stop = _next_span(below)
        is_near = begin == 0 and below.box.y0 - box.y1 <= BLOCK_GAP * min(box.height, below.box.height)
        rest = below.text[begin:stop]
        if is_near and (is_wrapped_name(name.text, rest) or _is_said_whole(page, name.text, rest)):
            return (begun, Span(cell=below, start=begin, end=stop))
        break
    return (name,)


def _next_span(line: Cell) -> tuple[int, int]:
    """Return where the name in a line begins and ends that goes on with one above: "& Heating Ltd" does."""
    start, end = name_span(line.text, 0, len(line.text))
    return (0 if not line.text[:start].strip(" &+") else start), end


def _is_said_whole(page: LabelledSheet, name: str, below: str) -> bool:
    """Say whether a name and the words below it stand in one line elsewhere: "Holder: Ana Diaz Mora"."""
    if has_legal_form(name) or not any(map(str.isalpha, below)) or any(map(str.isdigit, below)):
        return False
    whole = f"{name} {below}"
    said = [cell.text for cell in page.sheet.cells if whole in cell.text]
    return bool(said) and is_name(whole) and any(f" {whole} " in f" {text} " for text in said)


def may_go_on(page: LabelledSheet, name: Sequence[Span]) -> bool:
    """Say whether a full line of a name without legal form stands over words alone, that may be its end.

    "University of Hong Kong, Estates" over "Office" is one name, a person over a department is none.
    """
    whole, last = " ".join(span.text for span in name), name[-1]
    words = whole.split()
    if any(has_legal_form(" ".join(words[: count + 1])) for count in range(1, len(words))):
        return False  # also "Kunden AG Mitte"
    if ends_open(whole):
        return True
    box = last.cell.box_of(last.start, last.end)
    lines = _same_print(page, last.cell, box)
    if len(lines) == 1:
        return False
    below, edge = lines[1], max(line.box.x1 for line in lines)
    is_label = page.starts_with_label(below) and not page.lexicon.knows(
        below.text
    )  # "Transport" may be a name
    if any(map(str.isdigit, below.text)) or is_label or is_attention(below.text):
        return False
    is_full = last.cell.box.x1 + below.words[0].box.width + _SPACE * box.height > edge
    return is_full and is_name(f"{whole} {below.text}") and not is_country(below.text)


def _wrapped_for_room(page: LabelledSheet, name: Span) -> tuple[Span, ...]:
    """Return the one or two lines that end a name with its legal form, where each line before was full.

    A line is full if the next one's first word would not have fitted beside it in the
    width of the block: "Nova" over "Elektroinstallation" over "GmbH" in a narrow column.
    """
    if has_legal_form(name.text):
        return ()
    box = name.cell.box_of(name.start, name.end)  # behind a heading, or the whole cell
    first = _same_print(page, name.cell, box, most=2)[1:]
    if not first or any(map(str.isdigit, first[0].text)) or _is_labelled(page, first[0]):
        return ()  # as under most names
    lines = _same_print(page, name.cell, box)
    edge = max(line.box.x1 for line in lines)
    taken: list[Span] = []
    for line, below in pairwise(lines[:_MOST_NAME_LINES]):
        is_full = line.box.x1 + below.words[0].box.width + _SPACE * line.box.height > edge
        if not is_full or any(map(str.isdigit, below.text)) or _is_labelled(page, below):
            return ()
        start, end = _next_span(below)
        whole = " ".join([name.text, *(span.text for span in taken), below.text[start:end]])
        if start or end < len(below.text) or not is_name(whole):
            return ()
        taken.append(Span(cell=below, start=start, end=end))
        if has_legal_form(whole):
            rest = (Span(cell=each, start=0, end=len(each.text)) for each in lines[len(taken) + 1 :][:1])
            return (*taken, *(each for each in rest if is_wrapped_name(whole, each.text)))  # "de C.V."
    return ()


def _is_labelled(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a line begins with a label, and does not end a firm's name: "Transport BV"."""
    return page.starts_with_label(cell) and not has_legal_form(cell.text)


def _same_print(page: LabelledSheet, first: Cell, box: Box, *, most: int = MOST_LINES) -> Sequence[Cell]:
    """Return the first lines of a block that are of one size of print: no logo goes on in smaller letters.

    `box` is what the lines below the first line up with.
    """
    lines = block_below(page, first, box=box, most=most)
    usual = lines[0].words[-1].box.height  # a heading in front may be larger
    return [lines[0], *takewhile(lambda line: abs(line.box.height - usual) <= _SIZE * usual, lines[1:])]
