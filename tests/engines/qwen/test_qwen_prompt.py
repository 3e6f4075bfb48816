import json

from extractor.engines.qwen.prompt import SYSTEM, prompt_for
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import FieldSpec, FieldType, Spec


def test_every_field_and_column_is_named() -> None:
    invoice = load_spec("invoice")
    prompt = prompt_for(invoice)
    for name, field in invoice.fields.items():
        assert f'"{name}"' in prompt
        assert all(f'"{column}"' in prompt for column in field.columns)


def test_the_form_at_the_end_is_json_with_null_for_every_leaf(spec: Spec) -> None:
    form = json.loads(prompt_for(spec).splitlines()[-1])
    assert list(form) == list(spec.fields)
    assert form["number"] is None
    assert form["items"] == [{"description": None, "net": None}]


def test_labels_are_shown_by_turns_of_the_languages(spec: Spec) -> None:
    assert "labelled “Total”, “Summe”" in prompt_for(spec)


def test_a_field_prompt_stands_in_for_the_description() -> None:
    field = FieldSpec(type=FieldType.TEXT, description="for readers", prompt="for the model")
    prompt = prompt_for(Spec(name="note", title={"en": "Note"}, fields={"body": field}))
    assert "for the model" in prompt
    assert "for readers" not in prompt


def test_terms_are_asked_for_with_clause_and_quote(terms: Spec, spec: Spec) -> None:
    assert "number of the clause" in prompt_for(terms)
    assert "number of the clause" not in prompt_for(spec)


def test_the_model_is_told_to_copy_and_to_answer_null() -> None:
    assert "character for character" in SYSTEM
    assert "null" in SYSTEM


def test_the_foot_of_the_page_before_is_told_where_it_is_shown(terms: Spec) -> None:
    assert "foot of the page before" in prompt_for(terms, has_foot=True)
    assert "foot of the page before" not in prompt_for(terms)
