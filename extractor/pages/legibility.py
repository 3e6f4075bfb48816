"""Tell words that stand for characters from what a font without a character map leaves behind."""

import re
from collections.abc import Sequence

from extractor.documents.text_layer import PrintedWord

_MOSTLY = 0.5  # of a page's characters: where as many stand for nothing, the rest is chance
_FEW = 20  # characters; so short a page may well have no letter or digit
_LOST = re.compile(  # controls, private use, halves of a pair, no characters, the replacement character
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ud800-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff]"
)


def readable_words(words: Sequence[PrintedWord]) -> tuple[PrintedWord, ...]:
    """Return the words that have a character one can read; none where the page is garbage."""
    text = "".join([word.text for word in words])
    if not _LOST.search(text):
        is_drawing = len(text) >= _FEW and not any(map(str.isalnum, text))
        return () if is_drawing else tuple(words)
    read = _LOST.sub("", text)
    if len(text) - len(read) >= _MOSTLY * len(text) or not any(map(str.isalnum, read)):
        return ()
    return tuple(word for word in words if _LOST.sub("", word.text))
