"""Recognise the lines of text in a picture with RapidOCR. The only module that imports it.

The models (PP-OCR, in the wheel) are loaded once a process, when the first picture comes.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from extractor.errors import ConfigurationError
from extractor.pages.scans.lookalikes import mended
from extractor.workers import THREADS_VARIABLE, default_worker_count

if TYPE_CHECKING:
    from rapidocr import RapidOCR

Picture: TypeAlias = NDArray[np.uint8]  # height x width x 3: blue, green, red
Corners: TypeAlias = NDArray[np.float64]  # 4 x 2: from the text's upper left, clockwise, in pixels

_STRIP = 2.5  # times as high as wide: what is longer is read in pieces
_PIECE, _OVERLAP = 2, 0.15  # widths: how high a piece is, and how far it goes on above and below
_UPSIDE_DOWN = "180"
_DETECTED_AT = 1600  # pixels of the longer side: two thirds of the time of 2000, and as many lines are found
_WIDEST = 4096  # pixels of the longer side; larger pictures are recognised at this size


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognisedLine:
    """One line of print. `spans` say where each of its characters but the spaces stands.

    A span is left and right as a share of the line's length, 0..1. `score` is how sure
    the characters are, 0..1.
    """

    text: str
    corners: Corners
    score: float
    spans: tuple[tuple[float, float], ...]


def size_of(corners: Corners) -> tuple[float, float]:
    """Return the lengths of the upper and of the left edge."""
    return float(np.hypot(*(corners[1] - corners[0]))), float(np.hypot(*(corners[3] - corners[0])))


def recognise_lines(picture: Picture) -> list[RecognisedLine]:
    """Return the lines of text in a picture, as they are found.

    A long strip, as tills print them, is read in pieces that overlap: whole, its print
    would be too small to be found.
    """
    height, width = picture.shape[:2]
    if height <= _STRIP * width:
        return _recognised(picture)
    step, overlap = _PIECE * width, round(_OVERLAP * width)
    lines = []
    for top in range(0, height, step):
        piece = np.ascontiguousarray(picture[max(0, top - overlap) : top + step + overlap])
        down = np.array([0.0, max(0, top - overlap)])
        moved = [replace(line, corners=line.corners + down) for line in _recognised(piece)]
        lines += [line for line in moved if top <= line.corners[:, 1].mean() < top + step]
    return lines


def _recognised(picture: Picture) -> list[RecognisedLine]:
    found: Any = _engine()(  # Any: what it returns depends on what is asked of it
        picture,
        use_det=True,
        use_cls=False,
        use_rec=True,
        return_word_box=True,
        return_single_char_box=True,
    )
    if found.boxes is None or not found.txts:
        return []
    return [
        RecognisedLine(
            text=mended(text),
            corners=np.asarray(corners, dtype=np.float64),
            score=float(score),
            spans=tuple(_spans(text, np.asarray(corners, dtype=np.float64), characters)),
        )
        for text, corners, score, characters in zip(
            found.txts, found.boxes, found.scores, found.word_results, strict=True
        )
    ]


def recognise_crops(crops: Sequence[Picture]) -> list[tuple[str, float]]:
    """Return the text of each picture, which shows one line of print, and how sure it is, 0..1."""
    engine = _engine()
    answers: list[Any] = [engine(crop, use_det=False, use_cls=False, use_rec=True) for crop in crops]
    return [
        (str(answer.txts[0]), float(answer.scores[0])) if answer.txts else ("", 0.0) for answer in answers
    ]


def count_upside_down(lines: Sequence[Picture]) -> int:
    """Return how many of the pictures, each one line of print, stand on their heads."""
    engine = _engine()
    answers: list[Any] = [engine(line, use_det=False, use_cls=True, use_rec=False) for line in lines]
    return sum(answer.cls_res[0][0] == _UPSIDE_DOWN for answer in answers if answer.cls_res)


@lru_cache(maxsize=1)
def _engine() -> "RapidOCR":
    from rapidocr import RapidOCR  # noqa: PLC0415 - half a second, and most documents need no OCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,  # what is not sure is for us to judge
            "Global.max_side_len": _WIDEST,
            "Det.limit_type": "max",  # lines are looked for in a smaller picture, and read in the whole one
            "Det.limit_side_len": _DETECTED_AT,
            "EngineConfig.onnxruntime.intra_op_num_threads": _threads(),
        }
    )


def _threads() -> int:
    """Return how many threads recognition may use: by default a worker's share of the processors."""
    asked = os.environ.get(THREADS_VARIABLE)
    if asked is None:
        return default_worker_count()
    if not asked.isdecimal() or int(asked) < 1:
        raise ConfigurationError(f"{THREADS_VARIABLE} must be a number of threads, not {asked!r}")
    return int(asked)


def _spans(
    text: str, corners: Corners, characters: Sequence[tuple[str, float, Sequence[Sequence[float]]]]
) -> Iterator[tuple[float, float]]:
    """Yield where each character but the spaces stands along the line.

    Where the engine's characters are not those of the text, they are spread evenly.
    """
    letters = [character for character in text if not character.isspace()]
    along = corners[1] - corners[0]
    length = float(along @ along)
    if [each[0] for each in characters] != letters or not length:
        for place, character in enumerate(text):
            if not character.isspace():
                yield place / len(text), (place + 1) / len(text)
        return
    for _, _, box in characters:
        shares = [float((np.asarray(point) - corners[0]) @ along) / length for point in (box[0], box[1])]
        left, right = (min(max(share, 0.0), 1.0) for share in sorted(shares))
        yield left, right
