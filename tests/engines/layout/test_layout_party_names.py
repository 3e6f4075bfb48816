"""A party's name goes on in the lines below its first one."""

import pytest
from engines.layout.pages import block, labelled

from extractor.engines.layout.party_blocks import Span
from extractor.engines.layout.party_names import may_go_on, name_lines

ADDRESS = ("Av. Jacarandas 36", "76000 Querétaro")


def name(*lines: str, said: str = "Telephone @50,600") -> str:
    """Return the name that a block begins with; `said` stands elsewhere on the page."""
    page = labelled(block(*lines, *ADDRESS, x=50, top=40), said)
    first = page.sheet.rows[0][0]
    return " ".join(span.text for span in name_lines(page, Span(cell=first, start=0, end=len(first.text))))


@pytest.mark.parametrize(
    ("below", "said", "whole"),
    [
        ("Navas", "Titular: Anselmo Tordiel Navas @50,600", "Anselmo Tordiel Navas"),
        ("Navas", "Titular: Anselmo Tordiel Navasal @50,600", "Anselmo Tordiel"),
        ("Navas 12", "Anselmo Tordiel Navas 12 @50,600", "Anselmo Tordiel"),
        ("–", "Anselmo Tordiel – @50,600", "Anselmo Tordiel"),
    ],
)
def test_a_name_goes_on_below_where_it_is_said_whole_elsewhere(below: str, said: str, whole: str) -> None:
    assert name("Anselmo Tordiel", below, said=said) == whole


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (("Hill Plumbing", "& Heating Ltd"), "Hill Plumbing & Heating Ltd"),
        (("Nova Elektro", "Installationen", "GmbH"), "Nova Elektro Installationen GmbH"),  # each line is full
        (("Hill Plumbing Ltd", "Leeds Works"), "Hill Plumbing Ltd"),
        (("Description of work", ":AS"), "Description of work"),
    ],
)
def test_a_name_goes_on_with_what_joins_and_with_its_legal_form(lines: tuple[str, ...], whole: str) -> None:
    assert name(*lines) == whole


@pytest.mark.parametrize(
    ("lines", "may"),
    [
        (("University of Hongkong", "Estates and Facilities"), True),
        (("Hill Plumbing Ltd", "Estates and Facilities"), False),
        (("A. Hill", "Estates"), False),  # the next word would have fitted
    ],
)
def test_a_full_line_of_a_name_without_legal_form_may_go_on(lines: tuple[str, str], *, may: bool) -> None:
    page = labelled(block(*lines, *ADDRESS, x=50, top=40))
    first = page.sheet.rows[0][0]
    assert may_go_on(page, [Span(cell=first, start=0, end=len(first.text))]) is may
