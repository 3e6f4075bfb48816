"""How the texts of values are compared when they are looked over for oddness."""

from extractor.extraction.extraction import Leaf


def text_of(leaf: Leaf) -> str:
    """Return a value as it is printed, with single spaces."""
    return " ".join((leaf.text or str(leaf.value or "")).split())


def is_said_twice(text: str) -> bool:
    """Say whether the second half of a text's words is its first half again."""
    words = text.casefold().split()
    half = len(words) // 2
    return bool(half) and words[:half] == words[half:]


def is_unbalanced(text: str) -> bool:
    """Say whether a text opens more or fewer brackets than it closes."""
    return sum(map(text.count, "(（")) != sum(map(text.count, ")）"))
