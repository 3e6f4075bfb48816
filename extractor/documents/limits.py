"""How large a document may be. Every bound is inclusive."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The largest document that is read; anything over a bound is refused whole."""

    max_bytes: int = 64 * 1024 * 1024
    max_pages: int = 1_000
    max_pixels: int = 200_000_000  # of one image
    max_page_points: float = 14_400.0  # a page's longer side; PDF's own bound is 200 inches


DEFAULT_LIMITS = Limits()
