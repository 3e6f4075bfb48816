"""Captions that are set downwards, one Chinese character under the other."""

from collections.abc import Sequence
from typing import Protocol

from extractor.pages.geometry import union
from extractor.pages.word import Word

_STACK_GAP = 5.0  # of a character's height: how far apart stacked characters may stand
_FEWEST_HEADS = 2
_TALL = 1.5  # times its width: a word written downwards
_CJK_FROM = "\u2e80"


class Labels(Protocol):
    """What is known of a spec's labels while a page is cut."""

    def is_label(self, text: str) -> bool:
        """Say whether the whole text is a label."""
        ...

    def is_heading(self, text: str) -> bool:
        """Say whether the whole text is the heading of a table's column, and no other label."""
        ...

    def begins_label(self, text: str) -> bool:
        """Say whether a label begins with the text."""
        ...


def stacked_captions(words: Sequence[Word], labels: Labels) -> tuple[tuple[Word, ...], Sequence[Word]]:
    """Part captions set downwards, one Chinese character a line, from the other words.

    They stand in the same rows as the text beside them and would begin each of these.
    Only known labels are captions: a column of one-character units is none. The heading of a
    narrow column stays among the words, as one.
    """
    tall = [word for word in words if _is_tall(word) and labels.is_label(word.text)]
    single = [word for word in words if len(word.text) == 1 and "\u4e00" <= word.text <= "\u9fff"]
    single.sort(key=lambda word: (round(word.box.centre_x / 3), word.box.y0))
    stacks: list[list[Word]] = [[word] for word in tall]
    for word in single:
        last = stacks[-1] if stacks else None
        if last is not None and _goes_on(last, word, labels):
            last.append(word)
        else:
            stacks.append([word])
    captions: list[Word] = []
    headings: list[Word] = []
    taken: set[int] = set()
    for stack in stacks:
        whole = Word(text=_joined(stack), box=union(word.box for word in stack), origin=stack[0].origin)
        is_label = _is_tall(stack[0]) or (len(stack) > 1 and labels.is_label(whole.text))
        is_heading = is_label and labels.is_heading(whole.text)
        if not is_label or (is_heading and not _is_among_heads(whole, words, labels)):
            continue  # "项" over "次" are two units
        (headings if is_heading else captions).append(whole)
        taken |= {id(word) for word in stack}
    return tuple(captions), [*(word for word in words if id(word) not in taken), *headings]


def _is_among_heads(heading: Word, words: Sequence[Word], labels: Labels) -> bool:
    """Say whether two other headings of columns stand level with one, and no number of an item."""
    level = [word.text for word in words if heading.box.overlap_y(word.box) > word.box.height / 2]
    return not any(map(str.isdigit, "".join(level))) and sum(map(labels.is_label, level)) >= _FEWEST_HEADS


def _is_tall(word: Word) -> bool:
    """Say whether a word is written downwards."""
    return len(word.text) > 1 and word.text[0] > _CJK_FROM and word.box.height > _TALL * word.box.width


def _joined(stack: Sequence[Word]) -> str:
    return "".join(word.text for word in stack)


def _goes_on(stack: Sequence[Word], word: Word, labels: Labels) -> bool:
    """Say whether a character stands under a stack and belongs to it."""
    upper, lower = stack[-1].box, word.box
    gap = (lower.y0 - upper.y1) / upper.height
    if abs(lower.centre_x - upper.centre_x) >= upper.width / 2 or not -1 / 2 < gap < _STACK_GAP:
        return False
    return labels.begins_label(_joined(stack) + word.text)
