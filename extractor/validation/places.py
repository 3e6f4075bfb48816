"""A rule on where values stand: what a model says is no evidence."""

from collections.abc import Iterator, Sequence

from extractor.extraction.extraction import Extraction, Group, Leaf, Table
from extractor.pages.word import Origin
from extractor.validation.figures import printed
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.rule import Subject, finding, readable


def not_on_page(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find values that a model gave and that no words of the page bear out."""
    for path, leaf in _leaves(subject.extraction):
        evidence = leaf.evidence
        if evidence is None or evidence.origin is not Origin.MODEL or evidence.boxes or leaf.text is None:
            continue
        yield finding(
            FindingCode.NOT_ON_PAGE,
            path,
            f"{readable(path)} {printed(leaf)} is what the model says; it stands nowhere among the words of "
            f"page {evidence.page}.",
        )


def _leaves(extraction: Extraction) -> Iterator[tuple[str, Leaf]]:
    """Yield every leaf with its path; members of a group have the group's."""
    for name, value in extraction.fields.items():
        if isinstance(value, Table):
            for index, row in enumerate(value.rows):
                yield from ((f"{name}[{index}].{column}", leaf) for column, leaf in row.members.items())
        elif isinstance(value, Group):
            yield from ((name, leaf) for leaf in value.members.values())
        else:
            yield name, value
