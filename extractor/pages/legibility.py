"""Say whether a page's text layer is what stands on it, or must be read from its picture.

A font without a character map leaves signs that stand for no characters; a scan has no
text layer, a few stamped words, or one that its scanner recognised and hid.
"""

import re
from collections.abc import Sequence

from extractor.documents.text_layer import PrintedWord, TextLayer
from extractor.pages.word import Word
from extractor.values.text import squeeze

_MOSTLY = 0.5  # of a page's characters: where as many stand for nothing, the rest is chance
_FEW = 20  # characters; so short a page may well have no letter or digit
_STAMPED = 120  # characters: what is stamped over a scan has no more
_ALL_IMAGE = 0.5  # of the page: a picture that takes more is a scan
_SHOWN = 0.5  # of the hidden words: where the picture shows as many, they are its own
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


def is_picture(layer: TextLayer, readable: Sequence[PrintedWord]) -> bool:
    """Say whether a page must be read from its picture: no words, or a stamp over a scan."""
    if not readable:
        return True
    if sum(len(word.text) for word in readable) > _STAMPED:
        return False
    images = [fill.box for fill in layer.fills if fill.colour is None]
    area = max(((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in images), default=0.0)
    return area >= _ALL_IMAGE * layer.width * layer.height


def is_shown(hidden: Sequence[PrintedWord], words: Sequence[Word]) -> bool:
    """Say whether the picture shows what the hidden layer says: it was recognised from it."""
    shown = squeeze("".join(word.text for word in words))
    return sum(squeeze(word.text) in shown for word in hidden) >= _SHOWN * len(hidden)
