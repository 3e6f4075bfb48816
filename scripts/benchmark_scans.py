"""Measure how long scanned pages take beside bare RapidOCR, and whether memory stays flat.

    python scripts/benchmark_scans.py inbox/
    python scripts/benchmark_scans.py            # on pictures of the fixtures

Of the files given (folders are walked) those are taken whose first page has no words.
Both read the same page in turns, in one process, with as many threads; bare RapidOCR is
given the picture ready, in its default settings. Loading the models is not counted.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from measuring import resident_memory, seconds_of
from PIL import Image
from rapidocr import RapidOCR

from extractor.documents.document import Document
from extractor.documents.opening import open_document
from extractor.documents.pdf import PdfFile
from extractor.errors import DocumentError, ExtractorError
from extractor.pages.reading import open_file
from extractor.pipeline import extract

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_SIDE = 2000  # pixels of the picture that bare recognition is given
_FIXTURE_DPI = 170


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("paths", nargs="*", type=Path, help="scans or folders")
    options.add_argument("--rounds", type=int, default=2)
    options.add_argument("--readings", type=int, default=200, help="of which memory is watched")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = list(_scans(chosen.paths)) if chosen.paths else _pictures_of_fixtures(Path(folder))
        if not paths:
            sys.exit("none of the files is a scan or a photo")
        print(f"{len(paths)} one-page scans; load of the machine {os.getloadavg()[0]:.1f} before the start")
        _compare(paths, rounds=chosen.rounds)
        _print_memory(paths, readings=chosen.readings)


def _scans(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        for file in sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]:
            try:
                document = open_document(file)
                with open_file(document) as pages:
                    if document.page_count == 1 and not pages.layer(1).words:
                        yield file
            except DocumentError as error:
                print(f"left out: {file.name}: {error}")


def _pictures_of_fixtures(folder: Path) -> list[Path]:
    paths = []
    for fixture in sorted(_FIXTURES.glob("*_invoice*.pdf")):
        with PdfFile(fixture.read_bytes()) as file:
            raster = file.render(1, dpi=_FIXTURE_DPI)
        paths.append(folder / f"{fixture.stem}.png")
        Image.frombytes("RGB", (raster.width, raster.height), raster.rgb).save(paths[-1])
    return paths


def _compare(paths: Sequence[Path], *, rounds: int) -> None:
    bare = RapidOCR(params={"Global.log_level": "critical"})
    ours: dict[Path, list[float]] = {path: [] for path in paths}
    theirs: dict[Path, list[float]] = {path: [] for path in paths}
    for number in range(rounds + 1):  # the first round warms up
        for path in paths:
            picture = _picture(open_document(path))
            taken = seconds_of(partial(_extracted, path)), seconds_of(partial(bare, picture))
            if number:
                ours[path].append(taken[0])
                theirs[path].append(taken[1])
    medians = {path: (statistics.median(ours[path]), statistics.median(theirs[path])) for path in paths}
    ratio = statistics.median(mine / other for mine, other in medians.values())
    print(
        f"  extractor, end to end   {statistics.median(mine for mine, _ in medians.values()):6.2f} s a page"
    )
    print(
        f"  bare RapidOCR           {statistics.median(other for _, other in medians.values()):6.2f} s a page"
    )
    print(f"  extractor takes {ratio:.2f} times as long (median over the pages)")


def _extracted(path: Path) -> None:
    try:
        extract(path)
    except ExtractorError as error:  # a page that cannot be read has taken its time too
        print(f"  {path.name}: {error}")


def _picture(document: Document) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    with open_file(document) as file:
        raster = file.render(1, dpi=max(1, round(_SIDE * 72 / max(file.page_size(1)))))
    return np.ascontiguousarray(raster.pixels[:, :, ::-1])


def _print_memory(paths: Sequence[Path], *, readings: int) -> None:
    warm, after = resident_memory(_extracted, paths, readings=readings)
    print(f"\nResident memory over {readings} pages, one process")
    print(f"  after {readings // 5}: {warm:.0f} MiB; from then on {min(after):.0f} to {max(after):.0f} MiB")


if __name__ == "__main__":
    main()
