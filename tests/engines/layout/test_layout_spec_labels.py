"""The lexicons of a spec hold every spelling, under names that tell what it labels."""

from extractor.engines.layout.spec_labels import NOTHING, labels_of
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType, Spec

SPEC = Spec(
    name="docket",
    title={"en": "Docket"},
    recognise={"en": ("Docket", "Gate pass")},
    parties={"seller": {"en": ("Sender",)}, "other": {"en": ("Drop-off",)}},
    distractors={"en": ("Lorry No",)},
    fields={
        "number": FieldSpec(type=FieldType.IDENTIFIER, labels={"en": ("Docket No",), "de": ("Beleg",)}),
        "kind": FieldSpec(
            type=FieldType.CHOICE,
            labels={"en": ("Kind",)},
            choices={"entry": ("Gate pass",), "exit": ("Release",)},
        ),
        "account": FieldSpec(
            type=FieldType.ACCOUNT,
            columns={
                "account": ColumnSpec(type=FieldType.IDENTIFIER, labels={"en": ("IBAN",)}),
                "bank": ColumnSpec(type=FieldType.TEXT, labels={"en": ("Bank",)}),
            },
        ),
        "loads": FieldSpec(
            type=FieldType.TABLE,
            labels={"en": ("Loads",)},
            columns={"name": ColumnSpec(type=FieldType.TEXT, labels={"en": ("Load",)})},
            distractors={"en": ("Pos",)},
        ),
    },
)
LABELS = labels_of(SPEC)


def names(text: str) -> tuple[str, ...]:
    return tuple(name for hit in LABELS.fields.find(text) for name in hit.names)


def test_a_field_is_found_by_its_label_of_any_language() -> None:
    assert names("Docket No") == names("BELEG:") == ("number",)


def test_members_of_a_structured_field_carry_both_names() -> None:
    assert names("IBAN") == ("account.account",)
    assert names("Bank") == ("account.bank",)


def test_headings_of_parties_and_look_alikes_carry_their_own_names() -> None:
    assert names("Sender") == ("party:seller",)
    assert names("Drop-off") == ("party:other",)
    assert names("Lorry No") == (NOTHING,)


def test_columns_are_looked_up_in_their_table_and_not_among_the_fields() -> None:
    assert names("Load") == ()
    (hit,) = LABELS.tables["loads"].find("LOAD")
    assert hit.names == ("name",)
    assert LABELS.tables["loads"].find("Pos")[0].names == (NOTHING,)


def test_kinds_are_titles_too() -> None:
    assert [hit.names for hit in LABELS.titles.find("Release")] == [("title",)]
    assert LABELS.choices["kind"].find("Gate pass")[0].names == ("entry",)


def test_a_whole_label_is_one_of_a_field_or_of_a_column() -> None:
    assert LABELS.is_label("docket-no")
    assert LABELS.is_label("Load")
    assert not LABELS.is_label("Docket No 7")
    assert LABELS.begins_label("Docket")
    assert not LABELS.begins_label("Dockyard")
    assert LABELS.is_heading("Load")
    assert not LABELS.is_heading("docket-no")
