"""Render a report: one HTML page that needs nothing beside itself, or a PDF on A4 with the same content."""

from importlib import resources

from markupsafe import Markup

from extractor.delivery.report.language import wording
from extractor.delivery.report.pictures import side_by_side
from extractor.delivery.report.report import Entry, Report
from extractor.delivery.templating import environment
from extractor.documents.printing import printed

_PAGE, _BODY = "report.html.j2", "report_body.html.j2"
_PRINT_STYLE = "templates/report_print.css"
_PAIR_WIDTH, _PAIR_GAP = 515.0, 15.0  # points: A4 less its margins
_BLOCK_MARK = Markup("<!--block-->")  # between what is kept on one sheet; text cannot hold it, being escaped


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
        block_mark=_BLOCK_MARK,
    )
    return printed(
        _writable(html).split(_BLOCK_MARK),
        css=resources.files("extractor.delivery").joinpath(_PRINT_STYLE).read_text(encoding="utf-8"),
        pictures=pictures.by_name,
        sheets=[(_writable(page.title), page.picture.jpeg) for page in report.pages],
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
            both = side_by_side(entry.agreed.picture, entry.billed.picture, width=_PAIR_WIDTH, gap=_PAIR_GAP)
            if both is None:
                return ""
            self.by_name[name] = both.jpeg
        return name


def _writable(text: str) -> str:
    """Return the text with what no file can hold escaped: a file name need not be UTF-8."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
