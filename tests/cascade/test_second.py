"""What holds where a second engine agrees, differs, or says nothing: both sides of each rule."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import invoice_record
import pytest

from extractor.cascade.second import Merged, still_doubted, unconfirmed, unsupported, with_second
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import (
    ABSENT,
    Extraction,
    FieldValue,
    Group,
    Leaf,
    State,
    Table,
)
from extractor.pages.geometry import Box
from extractor.pages.word import Origin
from extractor.validation.finding import FindingCode
from extractor.validation.proofs import Proof, Proofs, prove
from extractor.validation.rule import finding

SPEC = invoice_record.SPEC
SUM = frozenset({Proof.SUM})


def leaf(
    value: str | Decimal,
    *,
    score: float = 0.95,
    confidence: float | None = None,
    origin: Origin = Origin.TEXT_LAYER,
) -> Leaf:
    boxes = () if origin is Origin.MODEL else (Box(1, 1, 9, 9),)
    return replace(
        invoice_record.leaf(value, score=score),
        evidence=Evidence(page=1, boxes=boxes, origin=origin),
        engine="second" if confidence is None else "layout",
        confidence=confidence,
    )


def first(value: str | Decimal, *, confidence: float = 0.80, origin: Origin = Origin.TEXT_LAYER) -> Leaf:
    return leaf(value, score=0.7, confidence=confidence, origin=origin)


def extraction(fields: Mapping[str, FieldValue], *, is_whole: bool) -> Extraction:
    absent: dict[str, FieldValue] = dict.fromkeys(SPEC.fields, ABSENT) if is_whole else {}
    return replace(invoice_record.extraction(), engine="layout", fields={**absent, **fields})


def merge(
    mine: Mapping[str, FieldValue],
    theirs: Mapping[str, FieldValue],
    *,
    proofs: Proofs | None = None,
    proven_then: Proofs | None = None,
) -> Merged:
    return with_second(
        extraction(mine, is_whole=True),
        extraction(theirs, is_whole=False),
        spec=SPEC,
        proofs=proofs or {},
        prove=lambda _: proven_then or {},
    )


def rows(*amounts: str, confidence: float | None = None) -> Table:
    members = [
        {
            "description": leaf("Pump", confidence=confidence),
            "net_amount": leaf(Decimal(each), confidence=confidence),
        }
        for each in amounts
    ]
    return Table(rows=tuple(Group(members=each, state=State.FOUND) for each in members), state=State.FOUND)


def test_two_engines_that_agree_make_a_value_surer_and_prove_it() -> None:
    merged = merge({"invoice_number": first("INV-7")}, {"invoice_number": leaf("inv-7")})
    held = merged.extraction.leaf("invoice_number")
    assert (held.value, held.engine, held.repeats) == ("INV-7", "layout", 1)
    assert held.score == pytest.approx(1 - 0.3 * 0.05)
    assert merged.differences == ()
    assert Proof.SECOND in prove(merged.extraction, spec=SPEC)["invoice_number"]


def test_two_engines_that_differ_are_a_mismatch_and_prove_nothing() -> None:
    merged = merge({"invoice_number": first("INV-7")}, {"invoice_number": leaf("INV-8")})
    assert [(each.code, each.field) for each in merged.differences] == [
        (FindingCode.WITNESS_MISMATCH, "invoice_number")
    ]
    assert "invoice_number" not in prove(merged.extraction, spec=SPEC)


@pytest.mark.parametrize("proof", [Proof.SUM, Proof.CHECK_DIGIT, Proof.WORDS, Proof.TERM])
def test_a_proven_value_is_never_replaced_and_the_difference_is_told(proof: Proof) -> None:
    merged = merge(
        {"gross_amount": first(Decimal(120), confidence=0.1)},
        {"gross_amount": leaf(Decimal(121), score=1.0)},
        proofs={"gross_amount": frozenset({proof})},
        proven_then={"gross_amount": SUM},
    )
    assert merged.extraction.leaf("gross_amount").value == 120
    assert len(merged.differences) == 1


def test_a_stored_value_is_never_replaced() -> None:
    stored = first(Decimal(120), confidence=0.1, origin=Origin.XML)
    merged = merge({"gross_amount": stored}, {"gross_amount": leaf(Decimal(121), score=1.0)})
    assert merged.extraction.leaf("gross_amount").value == 120
    assert len(merged.differences) == 1


@pytest.mark.parametrize(("said", "held"), [("20", 121), ("21", 120)])
def test_an_unproven_value_gives_way_where_proven_ones_were_read_the_same(said: str, held: int) -> None:
    """The second reads nine proven cells, and the tenth as the first does or not."""
    cells = rows(*["20"] * 10, confidence=0.99)
    proofs = {f"line_items[{index}].net_amount": SUM for index in range(10)}
    merged = merge(
        {"gross_amount": first(Decimal(120), confidence=0.9), "line_items": cells},
        {"gross_amount": leaf(Decimal(121)), "line_items": rows(*["20"] * 9, said)},
        proofs=proofs,
    )
    assert merged.extraction.leaf("gross_amount").value == held
    assert merged.differences[0].field == "gross_amount"


def test_how_sure_an_engine_says_it_is_replaces_nothing() -> None:
    mine = {"gross_amount": first(Decimal(120), confidence=0.1)}
    merged = merge(mine, {"gross_amount": leaf(Decimal(121), score=1.0)})
    assert merged.extraction.leaf("gross_amount").value == 120
    assert len(merged.differences) == 1


def test_of_texts_that_say_the_same_the_better_readings_end_is_shown() -> None:
    mine = {"payment_terms": first("60 days net, 3 % discount within 7 days Regards", confidence=0.8)}
    shorter = leaf("60 days net, 3 % discount within 7 days")
    theirs: dict[str, FieldValue] = {"payment_terms": shorter, "line_items": rows(*["20"] * 10)}
    for proven, is_shorter in ((10, True), (0, False)):
        merged = merge(
            {**mine, "line_items": rows(*["20"] * 10, confidence=0.99)},
            theirs,
            proofs={f"line_items[{index}].net_amount": SUM for index in range(proven)},
        )
        assert (merged.extraction.leaf("payment_terms").value == shorter.value) is is_shorter
        assert merged.differences == ()


def test_cells_that_the_second_engine_leaves_out_stay_and_those_it_alone_has_are_filled() -> None:
    mine, theirs = rows("50", "70", confidence=0.9), rows("50", "70")
    bare = Group(members={"net_amount": theirs.rows[0].members["net_amount"]}, state=State.FOUND)
    quantity = replace(
        theirs.rows[1], members={**theirs.rows[1].members, "quantity": leaf(Decimal(2), score=0.9)}
    )
    merged = merge({"line_items": mine}, {"line_items": replace(theirs, rows=(bare, quantity))})
    shown = merged.extraction.rows("line_items")
    assert [row.members["description"].value for row in shown] == ["Pump", "Pump"]
    assert shown[1].members["quantity"].value == 2
    (told,) = unconfirmed(merged, {}, engine="qwen")
    assert told.field == "line_items[1].quantity"
    assert list(unconfirmed(merged, {"line_items[1].quantity": SUM}, engine="qwen")) == []


def test_rows_that_only_the_fuller_reading_has_are_shown_and_the_difference_is_told() -> None:
    mine = {"line_items": rows("50", "70", confidence=0.9)}
    doubt = finding(FindingCode.LOW_CONFIDENCE, "line_items[1].net_amount", "Not sure.")
    fuller = merge(mine, {"line_items": rows("30", "50", "70")})
    shown = fuller.extraction.rows("line_items")
    assert [row.members["net_amount"].value for row in shown] == [30, 50, 70]
    assert [row.members["net_amount"].engine for row in shown] == ["second", "layout", "layout"]
    assert [each.field for each in fuller.differences] == ["line_items"]
    assert list(still_doubted(fuller, [doubt], {})) == []  # the row of 70, which both have
    shorter = merge(mine, {"line_items": rows("70")})
    assert [row.members["net_amount"].value for row in shorter.extraction.rows("line_items")] == [50, 70]
    assert [each.field for each in shorter.differences] == ["line_items"]


def test_what_money_hangs_on_and_the_second_engine_does_not_find_is_in_doubt_unless_proven() -> None:
    mine = {"currency": first("HKD", confidence=0.99), "remarks": first("Thank you", confidence=0.99)}
    merged = merge(mine, {})
    (told,) = unsupported(merged, {}, asked=SPEC, engine="qwen")
    assert (told.code, told.field) == (FindingCode.LOW_CONFIDENCE, "currency")
    assert list(unsupported(merged, {"currency": SUM}, asked=SPEC, engine="qwen")) == []
    assert list(unsupported(merged, {}, asked=SPEC.only(["remarks"]), engine="qwen")) == []
    found = merge(mine, {"currency": leaf("HKD")})
    assert list(unsupported(found, {}, asked=SPEC, engine="qwen")) == []


def test_a_value_that_a_sum_proves_replaces_an_unproven_one_however_unsure_the_engine_was() -> None:
    mine = {"gross_amount": first(Decimal(120))}
    theirs = {"gross_amount": leaf(Decimal(121), score=0.1)}
    assert merge(mine, theirs).extraction.leaf("gross_amount").value == 120
    merged = merge(mine, theirs, proven_then={"gross_amount": SUM})
    assert merged.extraction.leaf("gross_amount").value == 121
    assert len(merged.differences) == 1


def test_a_value_that_does_not_stand_on_the_page_replaces_nothing() -> None:
    merged = merge(
        {"gross_amount": first(Decimal(120), confidence=0.1)},
        {"gross_amount": leaf(Decimal(121), score=1.0, origin=Origin.MODEL)},
        proven_then={"gross_amount": SUM},
    )
    assert merged.extraction.leaf("gross_amount").value == 120
    assert len(merged.differences) == 1


def test_what_only_the_second_engine_has_is_taken_and_needs_a_proof() -> None:
    merged = merge({}, {"seller_tax_id": leaf("DE136695976")})
    assert merged.extraction.leaf("seller_tax_id").value == "DE136695976"
    assert merged.differences == ()
    (told,) = unconfirmed(merged, {}, engine="qwen")
    assert (told.code, told.field) == (FindingCode.LOW_CONFIDENCE, "seller_tax_id")
    assert "qwen alone" in told.message
    proven = {"seller_tax_id": frozenset({Proof.CHECK_DIGIT})}
    assert list(unconfirmed(merged, proven, engine="qwen")) == []
    repeated = {"seller_tax_id": frozenset({Proof.REPEATED})}
    assert len(list(unconfirmed(merged, repeated, engine="qwen"))) == 1


def test_rows_that_only_the_second_engine_has_go_to_a_person_even_where_they_add_up() -> None:
    merged = merge({}, {"line_items": rows("50", "70")})
    assert len(merged.extraction.rows("line_items")) == 2
    assert len(list(unconfirmed(merged, {"line_items": SUM}, engine="qwen"))) == 1


def test_nothing_from_the_second_engine_changes_nothing() -> None:
    mine = {"gross_amount": first(Decimal(120))}
    merged = merge(mine, {"gross_amount": ABSENT})
    assert merged.extraction.leaf("gross_amount") == mine["gross_amount"]
    assert (merged.differences, merged.filled, merged.compared) == ((), {}, frozenset())


def test_a_doubt_stays_until_a_second_reading_or_a_proof_settles_it() -> None:
    doubt = finding(FindingCode.LOW_CONFIDENCE, "currency", "Currency is not sure.")
    other = finding(FindingCode.DATE_ORDER, "currency", "Not a doubt.")
    silent = merge({"currency": first("EUR")}, {})
    assert list(still_doubted(silent, [doubt, other], {})) == [doubt]
    assert list(still_doubted(silent, [doubt], {"currency": SUM})) == []
    answered = merge({"currency": first("EUR")}, {"currency": leaf("EUR")})
    assert list(still_doubted(answered, [doubt], {})) == []


def test_a_doubt_about_one_cell_is_settled_by_that_cell_alone() -> None:
    doubts = [
        finding(FindingCode.LOW_CONFIDENCE, f"line_items[{index}].net_amount", "Not sure.")
        for index in (0, 1)
    ]
    theirs = rows("50", "70")
    bare = Group(members={"description": theirs.rows[1].members["description"]}, state=State.FOUND)
    merged = merge(
        {"line_items": rows("50", "70", confidence=0.5)},
        {"line_items": Table(rows=(theirs.rows[0], bare), state=State.FOUND)},
    )
    assert list(still_doubted(merged, doubts, {})) == [doubts[1]]


def test_rows_that_differ_are_told_with_the_cell_and_rows_too_many_with_the_table() -> None:
    mine = {"line_items": rows("50", "70", confidence=0.99)}
    (cell,) = merge(mine, {"line_items": rows("50", "71")}).differences
    assert cell.field == "line_items[1].net_amount"
    (table,) = merge(mine, {"line_items": rows("50", "70", "1")}).differences
    assert table.field == "line_items"
    assert merge(mine, {"line_items": rows("50", "70")}).differences == ()


def test_rows_that_add_up_replace_rows_that_do_not_but_no_rows_that_do() -> None:
    mine, theirs = {"line_items": rows("50", "7", confidence=0.9)}, {"line_items": rows("50", "70")}
    replaced = merge(mine, theirs, proven_then={"line_items": SUM}).extraction.rows("line_items")
    assert [row.members["net_amount"].value for row in replaced] == [50, 70]
    kept = merge(mine, theirs, proofs={"line_items": SUM}, proven_then={"line_items": SUM})
    assert [row.members["net_amount"].value for row in kept.extraction.rows("line_items")] == [50, 7]
    assert len(kept.differences) == 1


def test_accounts_are_compared_by_their_number_and_a_bank_alone_is_set_beside_nothing() -> None:
    def account(**members: Leaf) -> Group:
        return Group(members=members, state=State.FOUND)

    mine = {"seller_bank_account": account(account=first("DE89370400440532013000"), bank=first("Bank A"))}
    same = merge(mine, {"seller_bank_account": account(account=leaf("0532013000"))})
    assert same.differences == ()
    assert Proof.SECOND in prove(same.extraction, spec=SPEC)["seller_bank_account"]
    (other,) = merge(mine, {"seller_bank_account": account(account=leaf("0532013001"))}).differences
    assert other.field == "seller_bank_account"
    (unlike,) = merge(
        {"seller_bank_account": account(bank=first("Bank A", confidence=0.99))},
        {"seller_bank_account": account(account=leaf("0532013001"))},
    ).differences
    assert unlike.field == "seller_bank_account"
