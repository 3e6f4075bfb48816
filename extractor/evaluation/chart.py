"""The geometry of a reliability diagram: bars by confidence, in the units of an SVG."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.evaluation.reliability import Bin, Reliability
from extractor.evaluation.wording import percent

_LEFT, _TOP = 46.0, 18.0
_SIDE = 240.0  # of the square in which both axes run from 0 to 1
_BELOW, _RIGHT = 44.0, 14.0
_GAP = 1.5  # between two bars, on each side
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_ABOVE = 5.0  # from a bar to its count
_NO_LOWER = 12.0  # the highest that a count may stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bin as a rectangle, with its count above it."""

    x: float
    y: float
    width: float
    height: float
    count_x: float
    count_y: float
    count: int
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One mark on both axes: its place on the horizontal and on the vertical one."""

    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A whole diagram. The diagonal runs from (left, bottom) to (right, top)."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def chart_of(reliability: Reliability) -> Chart:
    """Lay out a diagram; bins without a value have no bar."""
    return Chart(
        width=_LEFT + _SIDE + _RIGHT,
        height=_TOP + _SIDE + _BELOW,
        left=_LEFT,
        right=_LEFT + _SIDE,
        top=_TOP,
        bottom=_TOP + _SIDE,
        bars=tuple(_bars(reliability)),
        ticks=tuple(Tick(label=f"{each:.1f}", x=_x(each), y=_y(each)) for each in _TICKS),
    )


def _bars(reliability: Reliability) -> Iterator[Bar]:
    for each in reliability.bins:
        if each.share_right is None:
            continue
        top = _y(each.share_right)
        yield Bar(
            x=_x(each.low) + _GAP,
            y=top,
            width=_x(each.high) - _x(each.low) - 2 * _GAP,
            height=_y(0) - top,
            count_x=(_x(each.low) + _x(each.high)) / 2,
            count_y=max(top - _ABOVE, _NO_LOWER),
            count=each.count,
            told=_told(each),
        )


def _told(each: Bin) -> str:
    return (
        f"confidence {each.low:.1f} to {each.high:.1f}: {each.right} of {each.count} right "
        f"({percent(each.share_right)}), mean confidence {percent(each.mean_confidence)}"
    )


def _x(share: float) -> float:
    return round(_LEFT + share * _SIDE, 2)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _SIDE, 2)
