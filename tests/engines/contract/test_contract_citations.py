import pytest

from extractor.engines.contract.citations import ClausePath, clause_path, is_within


@pytest.mark.parametrize(
    ("citation", "path"),
    [
        ("4.2", ("4", "2")),
        ("clause 4.2", ("4", "2")),
        ("Section 3", ("3",)),
        ("Article IV", ("4",)),
        ("§ 4 Abs. 3", ("4", "3")),
        ("§4", ("4",)),
        ("4.2(a)", ("4", "2", "a")),
        ("clause 4.2 (i)", ("4", "2", "i")),
        ("第三条第二款", ("3", "2")),
        ("《售后服务政策》第3.2条", ("3", "2")),
        ("五、（二）", ("5", "2")),
        ("第十二条", ("12",)),
        ("（３）", ("3",)),
        ("Annex A, 4", ("annex", "a", "4")),
        ("附件一", ("annex", "1")),
        ("Anlage 2", ("annex", "2")),
        ("Preamble", ()),
        ("", ()),
    ],
)
def test_a_citation_is_a_path_of_numbers_however_it_is_written(citation: str, path: ClausePath) -> None:
    assert clause_path(citation) == path


@pytest.mark.parametrize(
    ("path", "other", "is_inside"),
    [
        (("3",), ("4", "3"), True),
        (("4",), ("4", "3"), True),
        (("4", "3"), ("4", "3"), True),
        (("4", "1"), ("4", "3", "1"), False),
        (("5",), ("4", "3"), False),
        (("4", "3"), ("4",), False),
        ((), ("4",), False),
    ],
)
def test_a_part_of_a_number_is_within_it(path: ClausePath, other: ClausePath, *, is_inside: bool) -> None:
    assert is_within(path, other) is is_inside
