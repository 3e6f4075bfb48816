"""Say figures in words, the same on the terminal and on the page."""

_MOST_BELOW_ALL = 0.999
_LEAST_ABOVE_NONE = 0.001


def percent(share: float | None) -> str:
    """Return a share as "97.3 %"; "100.0 %" only for all, "0.0 %" only for none, "–" for no share."""
    if share is None:
        return "–"
    if 0 < share < 1:
        share = min(max(share, _LEAST_ABOVE_NONE), _MOST_BELOW_ALL)
    return f"{100 * share:.1f} %"


def seconds(time: float | None) -> str:
    """Return a time in seconds, short ones in milliseconds; "–" for none."""
    if time is None:
        return "–"
    return f"{1000 * time:.0f} ms" if time < 1 else f"{time:.1f} s"
