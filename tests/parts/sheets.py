"""Pages of invoices set by hand, as scans, merged files and attachments have them."""

from collections.abc import Sequence
from dataclasses import replace

from engines.layout.pages import SPEC, block, grid, page

from extractor.pages.page import Page
from extractor.pages.word import Origin
from extractor.parts.parting import part_pages

SELLER = ("Fernhill Print Ltd", "3 Quay Street, Ludlow", "VAT No: GB123456789")
OTHER_SELLER = ("Ashdown Freight Ltd", "90 Dock Road, Hull", "VAT No: GB987654321")
HEAD = "Description | Qty | Price | Amount"
COLUMNS = "50 330 >450 >545"


def head(
    number: str, day: str = "5 March 2026", *, title: str = "INVOICE", label: str = "Invoice No"
) -> list[str]:
    """Return the title, the number and the date of an invoice."""
    return [f"{title} @400,40,18", f"{label}: {number} @400,80", f"Invoice date: {day} @400,96"]


def letterhead(seller: Sequence[str] = SELLER) -> list[str]:
    """Return the seller's lines at the top left."""
    return block(*seller, x=50, top=40)


def lines(count: int = 2, *, top: float = 200) -> list[str]:
    """Return a table of items."""
    rows = [f"Folded leaflet {chr(65 + row)} | 2 | 40.00 | 80.00" for row in range(count)]
    return grid(COLUMNS, HEAD, *rows, top=top)


def total(amount: str = "192.00", *, top: float = 400) -> list[str]:
    """Return the totals."""
    return grid("330 >545", "Net amount | 160.00", f"Total amount due | {amount}", top=top)


def invoice(
    number: str,
    *,
    day: str = "5 March 2026",
    seller: Sequence[str] = SELLER,
    counter: str = "",
    amount: str = "192.00",
) -> Page:
    """Return an invoice of one page."""
    foot = [f"{counter} @480,810"] if counter else []
    return page(letterhead(seller), head(number, day), lines(), total(amount), foot)


def first(number: str, *, seller: Sequence[str] = SELLER, counter: str = "") -> Page:
    """Return the first page of an invoice whose total stands on a later one."""
    foot = [f"{counter} @480,810"] if counter else []
    return page(letterhead(seller), head(number), lines(20), foot)


def last(*, counter: str = "", shown: str = "", amount: str = "192.00") -> Page:
    """Return the last page of an invoice; `shown` is what its head says."""
    foot = [f"{counter} @480,810"] if counter else []
    return page([f"{shown} @50,30"] if shown else [], lines(3, top=60), total(amount, top=200), foot)


def conditions(counter: str = "") -> Page:
    """Return a page of terms and conditions."""
    text = block(
        "General terms and conditions",
        "1. Payment is due within thirty days of the invoice date.",
        "2. The goods remain the property of the seller until paid in full.",
        "3. Claims must be made within eight days; see page 2 of the catalogue.",
        x=50,
        top=60,
    )
    return page(text, [f"{counter} @480,810"] if counter else [])


def parted(*pages: Page) -> list[list[int]]:
    """Number the pages as those of one file, and return which go together."""
    return [[each.number for each in part.pages] for part in part_pages(numbered(*pages), SPEC)]


def numbered(*pages: Page) -> list[Page]:
    """Return the pages as those of one file."""
    return [replace(each, number=number) for number, each in enumerate(pages, 1)]


def recognised(scanned: Page) -> Page:
    """Return the page as recognition gives it: words that were read from a picture."""
    return replace(scanned, words=tuple(replace(word, origin=Origin.OCR) for word in scanned.words))
