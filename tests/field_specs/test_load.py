from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import InvalidSpec, UnknownSpec
from extractor.field_specs.load import load_spec, parse_spec, shipped_specs
from extractor.field_specs.spec import FieldType
from extractor.values.text import squeeze

INVOICE_FIELDS = [
    "invoice_type",
    "invoice_code",
    "invoice_number",
    "issue_date",
    "due_date",
    "currency",
    "seller_name",
    "seller_tax_id",
    "seller_address",
    "seller_bank_account",
    "buyer_name",
    "buyer_tax_id",
    "purchase_order_number",
    "contract_number",
    "payment_terms",
    "net_amount",
    "tax_amount",
    "gross_amount",
    "amount_due",
    "amount_in_words",
    "tax_breakdown",
    "remarks",
    "line_items",
]
CONTRACT_TERMS = [
    "contract_number",
    "title",
    "parties",
    "seller_name",
    "seller_tax_id",
    "buyer_name",
    "buyer_tax_id",
    "signing_date",
    "effective_date",
    "expiry_date",
    "currency",
    "total_amount",
    "price_list",
    "tax_rate",
    "invoice_type_required",
    "payment_days",
    "payment_trigger",
    "agreed_discount",
    "early_payment_discount",
    "late_fee_rate",
    "bank_account",
    "milestones",
    "retention_rate",
    "retention_cap",
    "retention_release",
    "allowed_fees",
    "governing_law",
    "renewal_term",
    "termination_notice",
    "hours_per_day",
]

SMALL = """
name = "ticket"
title = {en = "Ticket"}
[fields.seat]
type = "identifier"
labels.en = ["Seat"]
"""


def test_the_invoice_has_its_23_fields_in_order() -> None:
    assert list(load_spec("invoice").fields) == INVOICE_FIELDS


def test_the_contract_has_all_its_terms_and_is_read_by_clauses() -> None:
    contract = load_spec("contract")
    assert set(contract.fields) == set(CONTRACT_TERMS)
    assert contract.reading == "clauses"


@pytest.mark.parametrize("name", ["invoice", "contract"])
def test_every_field_is_described_and_titled_in_three_languages(name: str) -> None:
    for field in load_spec(name).fields.values():
        assert field.description
        assert {"en", "zh", "de"} <= set(field.title)


def test_every_printed_invoice_field_has_labels_in_four_languages() -> None:
    for name, field in load_spec("invoice").fields.items():
        assert {"en", "zh", "de", "fr"} <= set(field.labels), name


def test_fields_of_the_standard_carry_its_code() -> None:
    fields = load_spec("invoice").fields
    assert [fields[name].code for name in ("invoice_number", "gross_amount", "line_items")] == [
        "BT-1",
        "BT-112",
        "BG-25",
    ]


def test_no_look_alike_is_also_a_label_of_a_field() -> None:
    invoice = load_spec("invoice")
    look_alikes = {squeeze(label) for group in invoice.distractors.values() for label in group}
    for name, field in invoice.fields.items():
        own = {squeeze(label) for label in field.all_labels()}
        if field.type is not FieldType.TABLE:
            own |= {squeeze(label) for column in field.columns.values() for label in column.all_labels()}
        assert not own & look_alikes, name


def test_no_heading_to_pass_over_is_also_a_heading_of_a_column() -> None:
    items = load_spec("invoice").fields["line_items"]
    passed_over = {squeeze(label) for group in items.distractors.values() for label in group}
    for name, column in items.columns.items():
        assert not {squeeze(label) for label in column.all_labels()} & passed_over, name


def test_shipped_specs_are_read_once() -> None:
    assert load_spec("invoice") is load_spec("invoice")
    assert set(shipped_specs()) >= {"invoice", "contract"}


def test_reading_the_largest_spec_takes_well_under_a_second() -> None:
    text = (Path(__file__).parents[2] / "field_specs" / "invoice.toml").read_text(encoding="utf-8")
    started = perf_counter()
    parse_spec(text, source="invoice.toml")
    assert perf_counter() - started < 0.5


def test_an_unknown_name_lists_those_that_are_known() -> None:
    with pytest.raises(UnknownSpec, match=r"'invoce'; known are after_sales, contract, invoice"):
        load_spec("invoce")


def test_a_file_that_is_not_there_is_an_unknown_spec(tmp_path: Path) -> None:
    with pytest.raises(UnknownSpec):
        load_spec(tmp_path / "none.toml")


def test_a_spec_in_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ticket.toml"
    path.write_text(SMALL)
    assert load_spec(path).fields["seat"].type is FieldType.IDENTIFIER


def test_an_extending_spec_inherits_adds_and_overrides() -> None:
    spec = parse_spec(
        """
        name = "utility_bill"
        extends = "invoice"
        title.en = "Utility bill"
        [fields.due_date]
        required = true
        labels.en = ["Collected on"]
        [fields.meter_number]
        type = "identifier"
        labels.en = ["Meter"]
        """,
        source="mine",
    )
    assert list(spec.fields) == [*INVOICE_FIELDS, "meter_number"]
    due = spec.fields["due_date"]
    assert due.required
    assert due.labels["en"][0] == "Collected on"
    assert "Payment Due Date" in due.labels["en"]
    assert due.code == "BT-9"
    assert spec.title["zh"] == "发票"


def test_a_spec_extends_one_that_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "ticket.toml").write_text(SMALL)
    child = tmp_path / "concert.toml"
    child.write_text('name = "concert"\nextends = "ticket"\ntitle.en = "Concert"')
    assert list(load_spec(child).fields) == ["seat"]


def test_text_from_outside_opens_no_file_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ticket.toml").write_text(SMALL)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidSpec, match="no field spec 'ticket'"):
        parse_spec('name = "concert"\nextends = "ticket"\ntitle.en = "Concert"', source="posted")


def test_a_circle_of_specs_is_refused(tmp_path: Path) -> None:
    for name, parent in (("one", "two"), ("two", "one")):
        (tmp_path / f"{name}.toml").write_text(f'name = "{name}"\nextends = "{parent}"\ntitle.en = "x"')
    with pytest.raises(InvalidSpec, match="one -> two -> one goes in a circle"):
        load_spec(tmp_path / "one.toml")


def test_a_spec_cannot_extend_itself() -> None:
    with pytest.raises(InvalidSpec, match="circle"):
        parse_spec('name = "invoice"\nextends = "invoice"', source="mine")


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("name = ", "mine.toml: not valid TOML:"),
        ('name = "x"\ntitle.en = "X"', "mine.toml: fields: Field required"),
        (SMALL.replace("identifier", "colour"), "mine.toml: fields.seat.type: Input should be"),
        (SMALL + "labls = 3", "mine.toml: fields.seat.labls: Extra inputs are not permitted"),
        (SMALL.replace('"ticket"', '"My Ticket"'), "mine.toml: name: String should match pattern"),
        (SMALL.replace("identifier", "table"), "mine.toml: fields.seat: a table needs `columns`"),
        (SMALL.replace("identifier", "choice"), "mine.toml: fields.seat: a choice needs `choices`"),
        (SMALL + "choices.a = ['A']", "mine.toml: fields.seat: a field of type identifier has no choices"),
        (SMALL + "columns.a.type = 'text'", "fields.seat: a field of type identifier has no columns"),
        (
            SMALL.replace("identifier", "group") + "columns.a.type = 'account'",
            "mine.toml: fields.seat: columns.a: a column cannot be structured itself",
        ),
        (SMALL.replace("labels.en", "labels.english"), "fields.seat.labels.english: String should match"),
        (SMALL.replace('["Seat"]', '["(a|)"]'), "may stand for nothing at all"),
        ('name = "x"\nextends = "nothing"', "mine.toml: extends: there is no field spec 'nothing'"),
        ('name = "x"\nextends = "../../etc/passwd"', "extends: '../../etc/passwd' is not the name"),
        ('name = "x"\nextends = 3', "mine.toml: extends: 3 is not the name"),
    ],
)
def test_a_broken_spec_is_refused_with_file_field_and_reason(toml: str, reason: str) -> None:
    with pytest.raises(InvalidSpec) as refused:
        parse_spec(toml, source="mine.toml")
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes(b'name = "\xe4"')
    with pytest.raises(InvalidSpec, match="not UTF-8"):
        load_spec(path)


def test_a_file_of_a_megabyte_is_read_and_a_larger_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "big.toml"
    path.write_text(SMALL + "#" * (1_000_000 - len(SMALL)))
    assert load_spec(path).name == "ticket"
    path.write_text(SMALL + "#" * (1_000_001 - len(SMALL)))
    with pytest.raises(InvalidSpec, match="larger than"):
        load_spec(path)


@given(st.text(max_size=200))
def test_any_text_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InvalidSpec, match=r"\Aany: [^\n]+\Z"):
        parse_spec(text, source="any")
