"""Records become truth by a spec, or are refused with what to write instead."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_documents import INVOICE

from extractor.evaluation.record import Record, RecordFault, parse_record
from extractor.evaluation.record_truth import Contents, truth_of
from extractor.evaluation.truth import Wanted
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import FieldType


def contents(fields: Mapping[str, Any], **more: object) -> Contents:
    return truth_of(Record.model_validate({"file": "a.pdf", "fields": fields, **more}), INVOICE)


def test_values_keep_their_type_and_the_order_of_the_spec() -> None:
    found = contents({"gross_amount": "1.00", "invoice_number": "7", "due_date": None})
    assert list(found.values) == ["invoice_number", "due_date", "gross_amount"]
    assert found.values["gross_amount"] == Wanted(kind=FieldType.AMOUNT, accepted=("1.00",))
    assert found.values["due_date"].accepted == ()


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ({"seller_bank_account": "DE1"}, {"account": ("DE1",)}),
        ({"seller_bank_account": {"bic": "X", "bank": None}}, {"bic": ("X",), "bank": ()}),
        ({"seller_bank_account.bic": "X"}, {"bic": ("X",)}),
        ({"seller_bank_account": None}, {"bank": (), "account": (), "bic": ()}),
    ],
)
def test_a_bank_account_is_given_whole_or_by_member(
    fields: Mapping[str, Any], paths: Mapping[str, tuple[str, ...]]
) -> None:
    found = contents(fields).values
    assert {path.partition(".")[2]: wanted.accepted for path, wanted in found.items()} == paths


def test_a_group_is_an_object_of_its_members() -> None:
    record = Record(file="c.pdf", fields={"early_payment_discount": {"percent": "2", "days": "10"}})
    values = truth_of(record, load_spec("contract")).values
    assert {path: wanted.kind for path, wanted in values.items()} == {
        "early_payment_discount.percent": FieldType.RATE,
        "early_payment_discount.days": FieldType.NUMBER,
    }


def test_alternatives_of_an_account_may_be_numbers_alone() -> None:
    found = contents({"seller_bank_account": "DE1"}, alternatives={"seller_bank_account": ["DE2"]})
    assert found.values["seller_bank_account.account"].accepted == ("DE1", "DE2")


@pytest.mark.parametrize("rows", [None, []])
def test_no_rows_are_a_table_that_the_document_does_not_show(rows: object) -> None:
    table = contents({"line_items": rows}).tables["line_items"]
    assert (table.rows, table.is_whole) == ((), True)
    assert table.kinds["quantity"] is FieldType.QUANTITY


def test_what_an_exhaustive_record_does_not_name_is_not_shown() -> None:
    found = contents({"invoice_number": "7", "seller_bank_account": "DE1"}, exhaustive=True)
    assert found.values["due_date"].accepted == ()
    assert found.tables["line_items"].rows == ()
    assert "seller_bank_account.bic" not in found.values
    known = {name for name in INVOICE.fields if name != "seller_bank_account"}
    assert known <= set(found.values) | set(found.tables)


def test_an_implied_value_of_an_exhaustive_record_stays_implied() -> None:
    found = contents({}, exhaustive=True, implied={"amount_due": "1.00"})
    assert found.values["amount_due"].is_implied


@pytest.mark.parametrize(
    ("fields", "more", "said"),
    [
        ({"invoice_nr": "7"}, {}, 'fields: there is no field "invoice_nr"; did you mean "invoice_number"?'),
        (
            {"gross_amount": 12.5},
            {},
            'fields.gross_amount: 12.5 is a JSON number; write it as a string: "12.5"',
        ),
        ({"gross_amount": True}, {}, 'fields.gross_amount: write a text in quotes such as "1234.56"'),
        ({"gross_amount": ["1"]}, {}, "fields.gross_amount: write a text in quotes"),
        ({"gross_amount": "1,5"}, {}, 'fields.gross_amount: "1,5" is no plain number'),
        ({"invoice_number": ""}, {}, "fields.invoice_number: is empty; write null"),
        ({"invoice_number.x": "7"}, {}, 'there is no field "invoice_number.x"'),
        ({"seller_bank_account.iban": "7"}, {}, 'there is no field "seller_bank_account.iban"'),
        ({"seller_bank_account": ["7"]}, {}, 'write an object {"bank": …, "account": …, "bic": …}, or null'),
        ({"seller_bank_account": "1", "seller_bank_account.account": "2"}, {}, "is given twice"),
        ({"line_items": "none"}, {}, "fields.line_items: a table is a list of rows"),
        ({"line_items.quantity": "1"}, {}, "a table is a list of rows"),
        ({"line_items": ["x"]}, {}, "fields.line_items[0]: a row is an object such as {description"),
        ({"line_items": [{"qty": "1"}]}, {}, 'fields.line_items[0]: there is no column "qty"'),
        ({"line_items": [{}, {"quantity": 1}]}, {}, "fields.line_items[1].quantity: 1 is a JSON number"),
        ({}, {"alternatives": {"due_date": ["2025-01-01"]}}, 'alternatives: "due_date" has no plain value'),
        ({"due_date": None}, {"alternatives": {"due_date": ["2025-01-01"]}}, "that they could replace"),
        ({"line_items": []}, {"alternatives": {"line_items": [[]]}}, "that they could replace"),
        ({"due_date": "2025-01-01"}, {"alternatives": {"due_date": ["1.1."]}}, "alternatives.due_date: "),
        ({}, {"implied": {"due": "2025-01-01"}}, 'implied: there is no plain field "due"'),
        ({}, {"implied": {"due_date": None}}, "implied.due_date: write a text"),
        ({"due_date": None}, {"implied": {"due_date": "2025-01-01"}}, 'stands in "fields", too'),
        ({}, {"incomplete": ["line_items"]}, 'incomplete: "line_items" is no table in "fields"'),
    ],
)
def test_what_is_wrong_is_told_with_the_key_and_what_to_write(
    fields: Mapping[str, Any], more: Mapping[str, Any], said: str
) -> None:
    with pytest.raises(RecordFault) as refused:
        contents(fields, **more)
    assert said in str(refused.value)


def test_all_faults_of_a_record_are_told_at_once() -> None:
    with pytest.raises(RecordFault) as refused:
        contents({"gross_amount": 1, "net_amount": 2, "nothing": "x"})
    assert len(refused.value.reasons) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "file: Field required"),
        ({"file": ""}, "file: String should have at least 1 character"),
        ({"file": "a", "feilds": {}}, 'unknown key "feilds"; did you mean "fields"?'),
        ({"file": "a", "gross_amount": "1"}, '"gross_amount" is a field: put it into "fields"'),
        ({"file": "a", "pages": [0]}, "pages.0: Input should be greater than or equal to 1"),
        ({"file": "a", "pages": ["1"]}, "pages.0: Input should be a valid integer"),
        ({"file": "a", "pages": "1"}, "pages: "),
        ({"file": "a", "fields": []}, "fields: Input should be a valid"),
        ({"file": "a", "group": 7}, "group: Input should be a valid string"),
    ],
)
def test_keys_of_a_record_are_checked(content: Mapping[str, Any], said: str) -> None:
    with pytest.raises(RecordFault) as refused:
        parse_record(content, INVOICE)
    assert said in str(refused.value)


_KEYS = st.sampled_from(
    ["line_items", "quantity", "gross_amount", "seller_bank_account", "bic", "a.b", ""]
) | st.text(max_size=5)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(fields=st.dictionaries(_KEYS, _JSON, max_size=4), keys=st.dictionaries(_KEYS, _JSON, max_size=2))
def test_any_record_is_truth_or_is_refused(fields: dict[str, Any], keys: dict[str, Any]) -> None:
    content = {"file": "a", "fields": fields, "implied": keys, "exhaustive": True}
    try:
        found = truth_of(parse_record(content, INVOICE), INVOICE)
    except RecordFault:
        return
    assert all(wanted.kind in FieldType for wanted in found.values.values())
