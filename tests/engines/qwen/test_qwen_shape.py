from extractor.engines.qwen.shape import Leaf, Members, Rows, leaves_of, shape_of
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import Spec


def test_the_answer_has_one_member_a_field_in_the_specs_order(spec: Spec) -> None:
    assert list(shape_of(spec).members) == list(spec.fields)


def test_structures_become_objects_and_tables_lists(spec: Spec) -> None:
    members = shape_of(spec).members
    assert isinstance(members["number"], Leaf)
    assert isinstance(members["account"], Members)
    assert isinstance(members["items"], Rows)
    assert list(members["items"].row.members) == ["description", "net"]


def test_a_term_is_a_value_with_clause_and_quote(terms: Spec) -> None:
    members = shape_of(terms).members
    assert isinstance(members["payment_days"], Members)
    assert list(members["payment_days"].members) == ["value", "clause", "quote"]
    assert isinstance(members["prices"], Rows)
    assert list(members["prices"].row.members) == ["description", "unit_price", "clause", "quote"]


def test_a_choice_keeps_its_printed_spellings(spec: Spec) -> None:
    assert [leaf.choices for leaf in leaves_of(shape_of(spec)) if leaf.choices] == [("invoice",)]


def test_the_shipped_specs_have_a_shape() -> None:
    for name in ("invoice", "contract"):
        assert list(shape_of(load_spec(name)).members) == list(load_spec(name).fields)
