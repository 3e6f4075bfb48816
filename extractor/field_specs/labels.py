"""Compare printed words with a spec's spellings, however they are typed."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from extractor.values.text import fold, has_chinese

_NOT_LETTERS = re.compile(r"[\W_]+")
_COMPOUND_LENGTH = 7  # a spelling this long may stand inside a longer word: "Handwerkerrechnung"


@lru_cache(maxsize=1024)  # the texts of a page: each is looked up several times
def label_key(text: str) -> str:
    """Return the letters and digits alone, without case, width and accents; spaces kept between words.

    "Rechnungs-Nr.:" becomes "rechnungs nr", "开 票 日 期：" becomes "开票日期".
    """
    if text.isascii():
        return " ".join(_NOT_LETTERS.sub(" ", text.lower()).split())
    decomposed = unicodedata.normalize("NFKD", fold(text))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    words = _NOT_LETTERS.sub(" ", unicodedata.normalize("NFC", bare)).split()
    return ("" if has_chinese(bare) else " ").join(words)


def choice_in(text: str, choices: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the choice whose longest spelling stands in the text as whole words, None if none does.

    In Chinese, and at the end of a long compound, a spelling may also be part of a word.
    """
    key = label_key(text)
    best: tuple[bool, int, str] | None = None
    for value, spellings in choices.items():
        for spelling in spellings:
            sought = label_key(spelling)
            is_whole = f" {sought} " in f" {key} "
            if is_whole or (_may_be_part(sought) and sought in key):
                rank = (is_whole, len(sought), value)
                if best is None or rank[:2] > best[:2]:
                    best = rank
    return best[2] if best else None


def _may_be_part(sought: str) -> bool:
    return has_chinese(sought) or len(sought) >= _COMPOUND_LENGTH
