import json
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from extractor.field_specs.derive import (
    answer_model,
    answer_schema,
    json_schema,
    record_model,
    spec_rows,
    wire_schema,
)
from extractor.field_specs.load import load_spec, parse_spec

SPEC = parse_spec(
    """
    name = "ticket"
    title = {en = "Ticket", de = "Karte"}
    [fields.price]
    type = "amount"
    required = true
    code = "BT-1"
    description = "What it costs."
    title = {en = "Price", de = "Preis"}
    labels = {en = ["Price", "Cost"], de = ["Preis"]}
    [fields.day]
    type = "date"
    [fields.class]
    type = "choice"
    choices.first = ["1st"]
    choices.second = ["2nd"]
    [fields.seats]
    type = "table"
    columns.number.type = "identifier"
    columns.fee.type = "amount"
    [fields.payee]
    type = "account"
    columns.account.type = "identifier"
    """,
    source="ticket.toml",
)


def test_the_model_holds_typed_values_with_their_place() -> None:
    fields = record_model(SPEC).model_validate(
        {
            "price": {"value": "12.50", "text": "12,50 €", "page": 1, "box": [1.0, 2.0, 3.0, 4.0]},
            "day": {"value": "2026-03-05"},
            "class": {"value": "first", "state": "derived"},
            "seats": {"value": [{"number": {"value": "7A"}, "fee": {"value": "2"}}]},
            "payee": {"value": {"account": {"value": "1234"}}},
        }
    )
    found = fields.model_dump()
    assert found["price"]["value"] == Decimal("12.50")
    assert found["price"]["box"] == (1.0, 2.0, 3.0, 4.0)
    assert found["day"]["value"] == date(2026, 3, 5)
    assert found["seats"]["value"][0]["fee"]["value"] == Decimal(2)
    assert found["payee"]["value"]["account"]["value"] == "1234"


def test_what_is_absent_is_null() -> None:
    absent = {name: {"value": None, "state": "absent"} for name in SPEC.fields}
    assert record_model(SPEC).model_validate(absent).model_dump()["seats"]["value"] is None


def test_a_value_that_is_no_choice_is_refused() -> None:
    with pytest.raises(ValidationError):
        record_model(SPEC).model_validate(
            {name: {"value": "third" if name == "class" else None} for name in SPEC.fields}
        )


def test_the_schema_says_that_amounts_travel_as_strings() -> None:
    schema = json_schema(SPEC)
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    assert definitions["TicketPrice"]["properties"]["value"]["anyOf"][0]["type"] == "string"
    assert schema["title"] == "Ticket"
    assert schema["required"] == list(SPEC.fields)


@pytest.mark.parametrize("name", ["invoice", "contract"])
def test_schemas_of_the_shipped_specs_are_plain_json(name: str) -> None:
    spec = load_spec(name)
    for schema in (json_schema(spec), wire_schema(spec)):
        assert json.loads(json.dumps(schema)) == schema
        properties = schema["properties"]
        assert isinstance(properties, dict)
        assert list(properties) == list(spec.fields)


def test_on_the_wire_every_leaf_is_text_or_null_and_every_object_closed() -> None:
    leaf = {"type": ["string", "null"]}
    row = {
        "type": "object",
        "properties": {"number": leaf, "fee": leaf},
        "required": ["number", "fee"],
        "additionalProperties": False,
    }
    wire = wire_schema(SPEC)
    assert wire["additionalProperties"] is False
    assert wire["required"] == list(SPEC.fields)
    properties = wire["properties"]
    assert isinstance(properties, dict)
    assert properties["price"] == leaf | {"description": "What it costs."}
    assert properties["day"] == leaf
    assert properties["seats"] == {"type": "array", "items": row}


def test_the_table_has_a_row_for_every_field_and_column() -> None:
    rows = spec_rows(SPEC, language="de")
    assert [row.name for row in rows] == [
        "price",
        "day",
        "class",
        "seats",
        "seats[].number",
        "seats[].fee",
        "payee",
        "payee.account",
    ]
    price = rows[0]
    assert (price.title, price.type, price.required, price.code) == ("Preis", "amount", True, "BT-1")
    assert (price.languages, price.label_count) == (("en", "de"), 3)
    assert rows[1].title == "day"


def test_an_answers_model_holds_typed_values_with_what_they_stand_in() -> None:
    said = {
        "action": {"value": "refund", "text": "refund", "probability": 0.9},
        "amount": {
            "value": "49.90",
            "text": "49.90",
            "places": [{"source": "files", "name": "a.pdf", "page": 1, "box": [1.0, 2.0, 3.0, 4.0]}],
        },
        "cited_clause": {"value": "2.1", "text": "2.1", "clause": {"number": "2.1", "quote": "All of it."}},
    }
    spec = load_spec("after_sales")
    answer = answer_model(spec).model_validate(
        {name: said.get(name, {"value": None}) for name in spec.fields}
    )
    found = answer.model_dump()
    assert found["amount"]["value"] == Decimal("49.90")
    assert found["amount"]["places"][0]["page"] == 1
    assert found["cited_clause"]["clause"]["number"] == "2.1"
    assert found["reason"]["value"] is None
    with pytest.raises(ValidationError, match="action"):
        answer_model(spec).model_validate({**answer.model_dump(), "action": {"value": "shrug"}})
    assert answer_schema(spec)["required"] == list(spec.fields)
