"""The one source of randomness: a seed's text decides everything that follows."""

from random import Random


def seeded(text: str) -> Random:
    """Return a generator whose choices depend on the text alone."""
    return Random(text)  # noqa: S311 - documents are drawn with it, nothing is kept secret


def happens(rng: Random, share: float) -> bool:
    """Say yes in this share of cases."""
    return rng.random() < share
