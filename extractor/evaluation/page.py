"""Render an evaluation as one HTML page that needs nothing beside itself."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from extractor.delivery.templating import environment
from extractor.evaluation.chart import chart_of
from extractor.evaluation.figures import Figures
from extractor.evaluation.illustration import Illustrated
from extractor.evaluation.judging import Outcome
from extractor.evaluation.outcome import DocumentOutcome, FileOutcome
from extractor.evaluation.reliability import SURE
from extractor.evaluation.wording import percent, seconds

_TEMPLATE = "evaluation.html.j2"
_MOST_LISTED = 100  # values of one document, and faults of evidence; the JSON has all


def evaluation_page(
    figures: Figures,
    files: Sequence[FileOutcome],
    worst: Sequence[Illustrated],
    *,
    title: str,
    made_on: date,
    version: str,
) -> str:
    """Return the page: the figures, and the worst documents with what was wanted and what was read.

    Whatever stands in documents, manifests and file names is escaped.
    """
    templates = environment("extractor.evaluation")
    templates.filters |= {
        "percent": percent,
        "seconds": seconds,
        "width": _width,
        "breakable": _breakable,
    }
    documents = [document for file in files for document in file.documents]
    return templates.get_template(_TEMPLATE).render(
        title=title,
        made_on=made_on.isoformat(),
        version=version,
        figures=figures,
        charts=[
            ("Values outside tables", figures.header_reliability, chart_of(figures.header_reliability)),
            ("Cells of tables", figures.cell_reliability, chart_of(figures.cell_reliability)),
        ],
        failed=[document for document in documents if document.failure is not None],
        flawed=sum(
            document.failure is None and bool(document.wrong + document.missed) for document in documents
        ),
        worst=[(each, _flaws(each.document)) for each in worst],
        most_listed=_MOST_LISTED,
        sure=SURE,
    )


def _flaws(document: DocumentOutcome) -> list[object]:
    """Return what was wrong, then what was missed."""
    wrong = [each for each in document.judged.all if each.outcome is Outcome.WRONG]
    return [*wrong, *(each for each in document.judged.all if each.outcome is Outcome.MISSED)]


def _width(share: float | None) -> str:
    """Return a share as the width of a bar."""
    return f"{100 * (share or 0):.2f}%"


def _breakable(path: str) -> Markup:
    """Return a path that may be broken before each member's name."""
    return Markup("<wbr>.").join(path.split("."))
