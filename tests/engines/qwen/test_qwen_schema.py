import json

from extractor.engines.qwen.answer import read_answer
from extractor.engines.qwen.schema import schema_for
from extractor.engines.qwen.shape import shape_of
from extractor.engines.qwen.spans import rule_for
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import FieldType, Spec


def test_every_field_is_asked_for_in_the_specs_order_and_nothing_else(spec: Spec) -> None:
    schema = json.loads(schema_for(shape_of(spec), max_rows=5))
    assert list(schema["properties"]) == schema["required"] == list(spec.fields)
    assert schema["additionalProperties"] is False


def test_a_leaf_is_null_or_a_text_as_long_as_its_type_may_be(spec: Spec) -> None:
    leaf = json.loads(schema_for(shape_of(spec), max_rows=5))["properties"]["gross"]
    longest = rule_for(FieldType.AMOUNT).max_length
    assert leaf == {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": longest}]}


def test_a_table_is_a_bounded_list_of_rows_and_a_structure_may_be_null(spec: Spec) -> None:
    members = json.loads(schema_for(shape_of(spec), max_rows=5))["properties"]
    assert members["items"]["maxItems"] == 5
    assert members["items"]["items"]["required"] == ["description", "net"]
    assert members["account"]["anyOf"][0] == {"type": "null"}


def test_both_shipped_specs_have_a_schema_that_their_empty_answer_fits() -> None:
    for name in ("invoice", "contract"):
        shape = shape_of(load_spec(name))
        schema = json.loads(schema_for(shape, max_rows=3))
        empty: dict[str, object] = {
            member: [] if inner.get("type") == "array" else None
            for member, inner in schema["properties"].items()
        }
        assert not any(read_answer(json.dumps(empty), shape).values())
