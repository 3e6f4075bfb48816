"""Measure how exactly files of several invoices are parted, and that single invoices stay whole.

python scripts/measure_parts.py --count 300 --errors 10
"""

import argparse
import sys
from collections import Counter
from time import perf_counter

from synthesis.collection import generate_collection

from extractor.documents.drawing import joined
from extractor.documents.opening import open_document
from extractor.field_specs.load import load_spec
from extractor.pages.reading import read_pages
from extractor.parts.parting import part_pages


def main() -> None:
    """Generate, part, compare, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--count", type=int, default=100, help="files")
    options.add_argument("--first", type=int, default=0, help="the first seed")
    options.add_argument("--errors", type=int, default=0, help="print so many files that were parted wrongly")
    chosen = options.parse_args()
    spec = load_spec("invoice")
    tally: Counter[str] = Counter()
    seconds = 0.0
    for seed in range(chosen.first, chosen.first + chosen.count):
        made = generate_collection(seed)
        pages = read_pages(open_document(joined(made.contents), name=f"collection-{seed}.pdf"))
        started = perf_counter()
        found = tuple(tuple(page.number for page in part.pages) for part in part_pages(pages, spec))
        seconds += perf_counter() - started
        wanted_starts, starts = ({part[0] for part in parts} for parts in (made.parts, found))
        tally["pages"] += len(pages)
        tally["files of one invoice"] += len(made.parts) == 1
        tally["of these split"] += len(made.parts) == 1 < len(found)
        tally["files of several"] += len(made.parts) > 1
        tally["of these exact"] += len(made.parts) > 1 and found == made.parts
        tally["invoices"] += len(made.parts)
        tally["begun where they begin"] += len(starts & wanted_starts)
        tally["begun where none begins"] += len(starts - wanted_starts)
        if found != made.parts and chosen.errors > 0:
            chosen.errors -= 1
            print(f"collection-{seed}: drawn {made.parts}, parted {found}", file=sys.stderr)
    for name, count in tally.items():
        print(f"{name:24s} {count}")
    print(f"{1000 * seconds / tally['pages']:.1f} ms a page")


if __name__ == "__main__":
    main()
