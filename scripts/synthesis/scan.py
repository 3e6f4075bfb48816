"""Turn a page of a generated PDF into what a scanner or a telephone makes of it, decided by a seed."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from extractor.documents.pdf import PdfFile
from synthesis.chance import seeded

Kind: TypeAlias = Literal["scan", "photo"]
Picture: TypeAlias = NDArray[np.uint8]

_MOST_SKEW = 5.0  # degrees
_TABLE_TOPS = (
    (96, 130, 168),
    (70, 92, 120),
    (150, 150, 148),
    (60, 62, 66),
    (180, 200, 206),
)  # blue, green, red
_INK_ENDS = 150  # brightness above which a fax machine sees paper
_MARGIN = 0.09  # of the sheet's width, around it on a photo


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """How a page was captured. Lengths are pixels, shares 0..1."""

    kind: Kind
    dpi: int
    skew: float  # degrees, counter-clockwise
    tilt: float  # share of the width by which the far edge is shorter: perspective
    blur: float  # sigma
    noise: float  # standard deviation of brightness, of 255
    shade: float  # how much darker the darkest corner is
    is_grey: bool
    is_bilevel: bool  # black and white, as by fax
    quality: int  # of the JPEG, 1..100
    table_top: tuple[int, int, int]


def random_capture(seed: int, *, kind: Kind) -> Capture:
    """Choose how the page is captured: the same for the same seed."""
    rng = seeded(f"capture-{kind}-{seed}")
    is_photo = kind == "photo"
    is_bilevel = not is_photo and rng.random() < 0.1  # noqa: PLR2004 - few fax these days
    return Capture(
        kind=kind,
        dpi=rng.choice((170, 200, 220)) if is_photo else rng.choice((150, 200, 200, 300)),
        skew=rng.uniform(-_MOST_SKEW, _MOST_SKEW)
        if is_photo
        else max(-_MOST_SKEW, min(_MOST_SKEW, rng.gauss(0, 0.8))),
        tilt=rng.uniform(0.0, 0.08) if is_photo else 0.0,
        blur=rng.uniform(0.4, 1.3) if is_photo else rng.uniform(0.0, 0.8),
        noise=rng.uniform(2.0, 9.0) if is_photo else rng.uniform(0.0, 6.0),
        shade=rng.uniform(0.1, 0.5) if is_photo else rng.uniform(0.0, 0.12),
        is_grey=is_bilevel or (not is_photo and rng.random() < 0.4),  # noqa: PLR2004 - many scan in grey
        is_bilevel=is_bilevel,
        quality=rng.randint(55, 92),
        table_top=rng.choice(_TABLE_TOPS),
    )


def captured(content: bytes, *, seed: int, kind: Kind, page: int = 1) -> bytes:
    """Return a page of a PDF as the JPEG of a scan or a photo."""
    return capture_page(content, random_capture(seed, kind=kind), seed=seed, page=page)


def capture_page(content: bytes, capture: Capture, *, seed: int, page: int = 1) -> bytes:
    """Return a page of a PDF, captured in the given way; `seed` decides grain and noise."""
    chance = np.random.default_rng(seed)
    with PdfFile(content) as file:
        sheet = file.render(page, dpi=capture.dpi).pixels[:, :, ::-1]
    picture = _laid_down(np.ascontiguousarray(sheet), capture, chance)
    if capture.blur:
        picture = _picture(cv2.GaussianBlur(picture, (0, 0), max(capture.blur, 0.1)))
    picture = _lit(picture, capture, chance)
    if capture.is_grey:
        picture = _picture(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR))
    if capture.is_bilevel:
        picture = _picture(np.where(picture > _INK_ENDS, 255, 0))
    return bytes(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, capture.quality])[1])


def _picture(array: ArrayLike) -> Picture:
    return np.asarray(array, np.uint8)


def _laid_down(sheet: Picture, capture: Capture, chance: np.random.Generator) -> Picture:
    """Lay the sheet on the glass or on a table top, turned and seen at an angle."""
    height, width = sheet.shape[:2]
    margin = int(width * _MARGIN) if capture.kind == "photo" else 0
    size = (width + 2 * margin, height + 2 * margin)
    ground = _table_top(size, capture, chance) if margin else np.full((size[1], size[0], 3), 252, np.uint8)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = _seen(corners + margin, size, capture)
    matrix = cv2.getPerspectiveTransform(corners, moved)
    turned = cv2.warpPerspective(sheet, matrix, size, flags=cv2.INTER_AREA)
    covers = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size)
    share = (covers.astype(np.float32) / 255)[:, :, None]
    return _picture(turned * share + ground * (1 - share))


def _seen(corners: NDArray[np.float32], size: tuple[int, int], capture: Capture) -> NDArray[np.float32]:
    """Return where the corners come to lie: turned about the middle, the far edge drawn in."""
    middle = np.array(size, np.float32) / 2
    angle = np.deg2rad(-capture.skew)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], np.float32)
    drawn_in = corners.copy()
    shift = capture.tilt * size[0] / 2
    drawn_in[0, 0] += shift
    drawn_in[1, 0] -= shift
    return ((drawn_in - middle) @ turn.T + middle).astype(np.float32)


def _table_top(size: tuple[int, int], capture: Capture, chance: np.random.Generator) -> Picture:
    """Return a table top with a grain that runs across."""
    width, height = size
    rough = chance.normal(0.0, 26.0, (height // 3 + 1, width // 90 + 1)).astype(np.float32)
    grain = cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)
    return _picture(np.clip(np.array(capture.table_top, np.float32) + grain[:, :, None], 0, 255))


def _lit(picture: Picture, capture: Capture, chance: np.random.Generator) -> Picture:
    """Light the picture unevenly, and add the noise of a sensor."""
    height, width = picture.shape[:2]
    angle = chance.uniform(0, 2 * np.pi)
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :] * np.cos(angle)
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * np.sin(angle)
    slope = (across + down) / (abs(np.cos(angle)) + abs(np.sin(angle)))
    light = (1 - capture.shade * (slope + 1) / 2).astype(np.float32)
    noise = chance.standard_normal((height, width, 1), np.float32) * np.float32(capture.noise)
    return _picture(np.clip(picture * light[:, :, None] + noise, 0, 255))
