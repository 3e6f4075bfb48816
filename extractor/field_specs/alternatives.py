"""Spell out alternatives in labels: "Total (excl.|without) VAT" stands for two labels."""

import re
from itertools import product

_ALTERNATIVES = re.compile(r"\(([^()]*\|[^()]*)\)")
_MOST = 600  # spellings that one label may stand for


def spelled_out(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return every label that is meant, in the order written, none twice.

    Brackets without a bar inside belong to the label itself.

    Raises:
        ValueError: one label stands for too many, or for nothing.
    """
    return tuple(dict.fromkeys(spelling for label in labels for spelling in _spelled_out(label)))


def _spelled_out(label: str) -> tuple[str, ...]:
    pieces = _ALTERNATIVES.split(label)
    if len(pieces) == 1:
        return (label,)
    options = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    count = 1
    for option in options:
        count *= len(option)
    if count > _MOST:
        raise ValueError(f"{label!r} stands for {count} spellings, at most {_MOST} are allowed")
    spellings = tuple(" ".join("".join(chosen).split()) for chosen in product(*options))
    if not all(spellings):
        raise ValueError(f"{label!r} may stand for nothing at all")
    return spellings
