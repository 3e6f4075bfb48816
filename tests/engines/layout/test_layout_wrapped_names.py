"""A name goes on in the line below, and another line does not go on with it."""

import pytest

from extractor.engines.layout.wrapped_names import is_wrapped_name


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("H. Quill Plumbing", "& Heating Ltd"),
        ("Hill Plumbing &", "Heating Ltd"),
        ("PITTURE QUARELLO", "di Quarello Santo & C. S.a.s."),
        ("Quast Maschinenbau", "GmbH & Co. KG"),
        ("Gesellschaft für", "Umweltplanung mbH"),
        ("Lindemolen Transport", "CV"),
        ("Tavoral Serviços", "Unipessoal, Lda."),
    ],
)
def test_a_name_goes_on_in_the_line_below(line: str, below: str) -> None:
    assert is_wrapped_name(line, below)


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("Quast Maschinenbau", "Einkauf"),
        ("Quast Maschinenbau", "Hafenstraße 9"),
        ("Quast Maschinenbau GmbH", "& Söhne"),  # the legal form ended the name
        ("Quast Maschinenbau GmbH", "AG"),
        ("Quast &", "20457 Hamburg"),
        ("Hafenstraße 9", "GmbH"),
    ],
)
def test_another_line_does_not_go_on_with_a_name(line: str, below: str) -> None:
    assert not is_wrapped_name(line, below)


@pytest.mark.parametrize(
    ("line", "below", "expected"),
    [
        ("Gemeinschaftspraxis", "Dres. med. Lund & Brandt", True),
        ("Cabinet d'avocats", "Maîtres Rey et Colin", True),
        ("Studio legale", "Avv. Lia Fabbri", True),
        ("Praxis am Ring GmbH", "Dr. Ida Lund", False),
        ("Ringwerke", "Dr. Ida Lund", False),
        ("Gemeinschaftspraxis", "Lindenweg", False),
    ],
)
def test_a_practice_goes_on_with_its_doctors_or_lawyers(line: str, below: str, *, expected: bool) -> None:
    assert is_wrapped_name(line, below) is expected


@pytest.mark.parametrize(
    ("below", "goes_on"),
    [("(haftungsbeschränkt)", True), ("(Einkauf)", False), ("Einkauf", False), ("", False), ("()", False)],
)
def test_a_legal_form_may_go_on_below(below: str, *, goes_on: bool) -> None:
    assert is_wrapped_name("Quast Maschinenbau UG", below) is goes_on


@pytest.mark.parametrize(
    ("line", "below", "is_one"),
    [
        ("Turnverein Winterthur", "1884 e. V.", True),
        ("Turnverein Winterthur", "1484 e. V.", False),
        ("Turnverein Winterthur", "1884 Winterthur", False),
        ("Turnverein Winterthur e. V.", "1884 e. V.", False),
    ],
)
def test_a_year_may_stand_before_the_legal_form(line: str, below: str, *, is_one: bool) -> None:
    assert is_wrapped_name(line, below) is is_one
