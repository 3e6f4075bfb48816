"""Render a report: one HTML page that needs nothing beside itself, or a PDF on A4 with the same content."""

from importlib import resources

from extractor.delivery.report.language import wording
from extractor.delivery.report.pictures import Picture, side_by_side
from extractor.delivery.report.report import Entry, Report, WholePage
from extractor.delivery.templating import environment
from extractor.documents.printing import printed

_PAGE, _BODY = "report.html.j2", "report_body.html.j2"
_PRINT_STYLE = "templates/report_print.css"
_PAIR_WIDTH, _PAIR_GAP = 515.0, 15.0  # points: A4 less its margins
_SHEET_WIDTH, _SHEET_HEIGHT = 515.0, 700.0


def report_html(report: Report) -> str:
    """Return the page. Whatever stands in documents and file names is escaped."""
    page = environment().get_template(_PAGE)
    return page.render(report=report, say=wording(report.language).say, is_print=False)


def report_pdf(report: Report) -> bytes:
    """Return the same content as PDF: the two places of an entry as one picture below its words."""
    pictures = _Pictures()
    body = environment().get_template(_BODY)
    html = body.render(
        report=report,
        say=wording(report.language).say,
        is_print=True,
        pair=pictures.pair,
        sheet=pictures.sheet,
        sheet_width=sheet_width,
    )
    return printed(
        _without_surrogates(html),
        css=resources.files("extractor.delivery").joinpath(_PRINT_STYLE).read_text(encoding="utf-8"),
        pictures=pictures.by_name,
        foot=f"{report.title}  ·  {report.made}",
    )


class _Pictures:
    """The pictures that a printed page names."""

    def __init__(self) -> None:
        self.by_name: dict[str, bytes] = {}

    def pair(self, entry: Entry) -> str:
        """Return the name of an entry's two places side by side; empty where it has none."""
        name = f"entry{entry.number}.jpg"
        if name not in self.by_name:
            both = side_by_side(
                entry.agreed.picture, entry.billed.picture, width=_PAIR_WIDTH, gap=_PAIR_GAP
            )
            if both is None:
                return ""
            self.by_name[name] = both.jpeg
        return name

    def sheet(self, page: WholePage) -> str:
        """Return the name of a whole page's picture."""
        name = f"page{len(self.by_name)}.jpg"
        self.by_name[name] = page.picture.jpeg
        return name


def sheet_width(picture: Picture) -> int:
    """Return how wide, in points, a page is shown so that it fits on one sheet."""
    return int(min(_SHEET_WIDTH, _SHEET_HEIGHT * picture.width / picture.height))


def _without_surrogates(text: str) -> str:
    """Return the text with what no file can hold escaped: a file name need not be UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
