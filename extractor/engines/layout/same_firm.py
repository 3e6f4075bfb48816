"""Say whether two printed names are one firm's: a logo or an abbreviation, and the registered name."""

import re

from extractor.values.names import comparable_name, name_similarity, without_legal_form

_SAME = 0.97  # name similarity from which two names are one
_FEWEST = 3  # letters of a beginning that tell
_WORD = re.compile(r"[^\W\d_]+")


def is_same_firm(name: str, other: str) -> bool:
    """Say whether a name is another's, or short for it: "acme+" or "AI" for "Acme Instruments Ltd"."""
    if name_similarity(name, other) >= _SAME or is_short_for(name, other):
        return True
    words, others = (
        _WORD.findall(comparable_name(name)),
        _WORD.findall(without_legal_form(comparable_name(other))),
    )
    return bool(words) and (_begins(words, others) or _are_initials(words, others))


def is_short_for(name: str, other: str) -> bool:
    """Say whether a name is another one without its legal form: "Acme" for "Acme, Inc."."""
    return bool(name) and comparable_name(name) == without_legal_form(comparable_name(other))


def _begins(words: list[str], others: list[str]) -> bool:
    """Say whether some words are the first ones of a name, written together or apart."""
    joined = "".join(words)
    return len(joined) >= _FEWEST and any(
        joined == "".join(others[:count]) for count in range(1, len(others) + 1)
    )


def _are_initials(words: list[str], others: list[str]) -> bool:
    letters = "".join(words)
    return (
        len(letters) > 1 and len(words[0]) <= len(others) and letters == "".join(word[0] for word in others)
    )
