"""Labels that a form prints in several languages: "Numéro / Nummer", "Bill To 客戶".

Two known labels of one field are joined into one. Of a label whose translation no spec
knows ("Date / Dátum"), the translation is passed over.
"""

import re
from collections.abc import Iterator, Sequence

from extractor.engines.layout.lexicon import Hit

_CJK_FROM = "\u2e80"
_BETWEEN_SCRIPTS = re.compile(r"[\s./(（]*")
_BETWEEN_LANGUAGES = re.compile(r"[\s.:°]*[/|][\s(]*")
_WORDS = r"(?:[^\W\d_][^\W\d_'’.-]*[ .]*)"
_TRANSLATION = re.compile(rf"[\s.°]*/\s*{_WORDS}{{1,4}}(?:[:：]|$)")
_ITS_REST = re.compile(rf"\s+{_WORDS}{{1,3}}[:：]")  # "Issued / Data" + "wystawienia:"
_CHINESE = re.compile(r"\s*[\u2e80-\u9fff]{1,10}\s*[:：]")
_LATIN = re.compile(r"\s*[A-Za-z][A-Za-z .']{1,28}[:：]")


def in_one_language(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the labels of a text, each joined with its translation."""
    last: Hit | None = None
    for hit in hits:
        shared = tuple(name for name in last.names if name in hit.names) if last is not None else ()
        if last is not None and shared and _is_translation(text, last, hit):
            last = Hit(names=shared, start=last.start, end=hit.end, label=last.label + hit.label)
            continue
        if last is not None:
            yield last
        last = hit
    if last is not None:
        yield last


def behind_translation(text: str, start: int, *, label: str = "") -> int:
    """Return where the words end that translate a label which ends at `start`, else `start`.

    `label` is the label's own text: one in another script, or one that a slash joins
    with the first words of its translation, goes on up to a colon.
    """
    forms = [_TRANSLATION]
    if label:
        forms.append(_LATIN if label[-1] > _CJK_FROM else _CHINESE)
    if "/" in label:
        forms.append(_ITS_REST)
    found = (form.match(text, start) for form in forms)
    return next((match.end() for match in found if match is not None), start)


def _is_translation(text: str, left: Hit, right: Hit) -> bool:
    is_mixed = (left.label[0] > _CJK_FROM) != (right.label[0] > _CJK_FROM)
    between = _BETWEEN_SCRIPTS if is_mixed else _BETWEEN_LANGUAGES
    return between.fullmatch(text, left.end, right.start) is not None
