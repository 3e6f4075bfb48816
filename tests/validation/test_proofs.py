"""What proves a value: sums, check digits, forms, terms, words, second readings; and what does not."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from invoice_record import SPEC, extraction, leaf, line, rows

from extractor.extraction.extraction import ABSENT, FieldValue, Group, State
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin, Word
from extractor.validation.proofs import Proof, Proofs, prove

TOTALS = ("net_amount", "tax_amount", "gross_amount")


def proven(
    fields: Mapping[str, FieldValue] | None = None, /, *, pages: tuple[Page, ...] = (), **more: FieldValue
) -> Proofs:
    return prove(extraction({**(fields or {}), **more}), spec=SPEC, pages=pages)


def by_sum(proofs: Proofs, *names: str) -> set[str]:
    return {name for name in names or TOTALS if Proof.SUM in proofs.get(name, frozenset())}


@pytest.mark.parametrize(("gross", "holds"), [("119.01", True), ("119.02", False), ("118.99", True)])
def test_net_and_tax_and_gross_prove_each_other_to_the_cent(gross: str, *, holds: bool) -> None:
    assert by_sum(proven(gross_amount=leaf(Decimal(gross)))) == (set(TOTALS) if holds else set())


def test_without_tax_the_same_amount_twice_proves_nothing() -> None:
    fields = {
        "net_amount": leaf(Decimal(100)),
        "tax_amount": leaf(Decimal(0)),
        "gross_amount": leaf(Decimal(100)),
    }
    assert by_sum(proven(fields)) == set()
    lines = rows(line("2", "30.00", "60.00"), line("1", "40.00", "40.00"))
    assert by_sum(proven(fields, line_items=lines)) == set(TOTALS)


def test_lines_prove_a_gross_amount_that_stands_alone() -> None:
    alone = {"net_amount": ABSENT, "tax_amount": ABSENT}
    two = rows(line("1", "100.00", "100.00"), line("1", "19.00", "19.00"))
    assert by_sum(proven(alone, line_items=two)) == {"gross_amount"}
    assert by_sum(proven(alone)) == set()


def test_a_single_line_proves_the_total_only_where_its_own_figures_agree() -> None:
    alone = {"net_amount": ABSENT, "tax_amount": ABSENT}
    assert by_sum(proven(alone, line_items=rows(line("7", "17.00", "119.00")))) == {"gross_amount"}
    assert by_sum(proven(alone, line_items=rows({"net_amount": leaf(Decimal(119))}))) == set()


def test_a_breakdown_proves_tax_and_gross_where_no_net_amount_is_printed() -> None:
    row = {"rate": leaf(Decimal(19)), "base": leaf(Decimal(100)), "tax": leaf(Decimal(19))}
    assert by_sum(proven(net_amount=ABSENT, tax_breakdown=rows(row))) == {"tax_amount", "gross_amount"}
    wrong = {**row, "base": leaf(Decimal(101))}
    assert by_sum(proven(net_amount=ABSENT, tax_breakdown=rows(wrong))) == set()


def test_a_charge_that_is_printed_beside_the_lines_counts() -> None:
    words = [
        Word(text=text, box=Box(10 + 60 * place, 10, 60 + 60 * place, 20))
        for place, text in enumerate(("Freight", "5.00"))
    ]
    page = Page(number=1, width=500, height=500, words=tuple(words))
    assert by_sum(proven(gross_amount=leaf(Decimal("124.00")), pages=(page,))) == set(TOTALS)
    assert by_sum(proven(gross_amount=leaf(Decimal("124.00")))) == set()


@pytest.mark.parametrize(("freight", "holds"), [("39.66", True), ("39.67", False)])
def test_what_stands_beside_a_sum_proves_it_only_as_a_quarter_of_it_at_most(
    freight: str, *, holds: bool
) -> None:
    words = tuple(
        Word(text=text, box=Box(10 + 60 * place, 10, 60 + 60 * place, 20))
        for place, text in enumerate(("Freight", freight))
    )
    page = Page(number=1, width=500, height=500, words=words)
    gross = leaf(Decimal("119.00") + Decimal(freight))
    assert by_sum(proven(gross_amount=gross, pages=(page,))) == (set(TOTALS) if holds else set())


def test_the_amount_due_is_proven_by_a_proven_gross_amount_only() -> None:
    due = leaf(Decimal("119.00"))
    assert by_sum(proven(amount_due=due), "amount_due") == {"amount_due"}
    assert by_sum(proven(amount_due=due, tax_amount=leaf(Decimal(18))), "amount_due") == set()
    assert by_sum(proven(amount_due=leaf(Decimal(100))), "amount_due") == set()


def test_lines_are_proven_each_by_its_product_and_all_by_their_sum() -> None:
    proofs = proven(line_items=rows(line("2", "30.00", "60.00"), line("1", "41.00", "40.00")))
    assert by_sum(proofs, "line_items[0].net_amount", "line_items[0].quantity") == {
        "line_items[0].net_amount",
        "line_items[0].quantity",
    }
    assert by_sum(proofs, "line_items[1].net_amount") == set()
    assert by_sum(proofs, "line_items") == {"line_items"}


def test_lines_that_add_up_to_no_total_are_not_proven() -> None:
    assert "line_items" not in proven(line_items=rows(line("2", "30.00", "60.00"), line("1", "5.00", "5.00")))


@pytest.mark.parametrize(("tax", "holds"), [("19.01", True), ("19.02", False)])
def test_a_row_of_the_breakdown_is_proven_by_base_times_rate(tax: str, *, holds: bool) -> None:
    row = {"rate": leaf(Decimal(19)), "base": leaf(Decimal(100)), "tax": leaf(Decimal(tax))}
    cells = {f"tax_breakdown[0].{name}" for name in row}
    assert by_sum(proven(tax_breakdown=rows(row)), *cells) == (cells if holds else set())


def test_words_prove_the_gross_amount() -> None:
    said = {"amount_in_words": leaf("one hundred and nineteen")}
    assert Proof.WORDS in proven(said)["gross_amount"]
    assert Proof.WORDS not in proven(said, gross_amount=leaf(Decimal("119.01")))["gross_amount"]


@pytest.mark.parametrize(
    ("printed", "proof"),
    [
        ("DE136695976", {Proof.CHECK_DIGIT}),
        ("DE136695975", {Proof.FORM}),  # a wrong check digit, but nothing else looks like it
        ("58-8129701", {Proof.FORM}),
        ("4711081", set()),
    ],
)
def test_ids_are_proven_by_a_check_digit_or_a_form_of_their_own(printed: str, proof: set[Proof]) -> None:
    value = "".join(character for character in printed if character.isalnum())
    assert proven(seller_tax_id=leaf(value, text=printed)).get("seller_tax_id", frozenset()) == proof


@pytest.mark.parametrize(
    ("iban", "is_proven"), [("DE02120300000000202051", True), ("DE02120300000000202052", False)]
)
def test_accounts_are_proven_by_the_check_digits_of_an_iban(iban: str, *, is_proven: bool) -> None:
    account = Group(members={"account": leaf(iban)}, state=State.FOUND)
    assert (
        Proof.CHECK_DIGIT in proven(seller_bank_account=account).get("seller_bank_account", ())
    ) is is_proven


@pytest.mark.parametrize(("due", "is_proven"), [(date(2025, 4, 2), True), (date(2025, 4, 3), False)])
def test_the_days_of_the_payment_terms_prove_both_dates(due: date, *, is_proven: bool) -> None:
    proofs = proven(due_date=leaf(due), payment_terms=leaf("30 days net"))
    assert (Proof.TERM in proofs.get("issue_date", ())) is is_proven
    assert (Proof.TERM in proofs.get("due_date", ())) is is_proven


def test_a_second_reading_that_agrees_is_a_proof_and_one_that_does_not_is_none() -> None:
    made = extraction(witnesses={"invoice_number": (leaf("R1"),), "seller_name": (leaf("Other GmbH"),)})
    proofs = prove(made, spec=SPEC)
    assert proofs["invoice_number"] == {Proof.SECOND}
    assert "seller_name" not in proofs


def test_what_is_stored_as_data_or_labelled_twice_is_proven() -> None:
    proofs = proven(invoice_number=leaf("R-1", origin=Origin.XML), seller_name=leaf("A GmbH", repeats=1))
    assert proofs["invoice_number"] == {Proof.SECOND}
    assert proofs["seller_name"] == {Proof.REPEATED}


def test_nothing_read_proves_nothing() -> None:
    nothing: dict[str, FieldValue] = dict.fromkeys(
        ("invoice_number", "issue_date", "seller_name", "buyer_name", "currency", *TOTALS), ABSENT
    )
    assert proven(nothing) == {}


@pytest.mark.parametrize(("tax", "holds"), [("19.01", True), ("19.02", False)])
def test_a_lines_tax_is_proven_by_its_rate(tax: str, *, holds: bool) -> None:
    cells = {
        "net_amount": leaf(Decimal(100)),
        "tax_rate": leaf(Decimal(19)),
        "tax_amount": leaf(Decimal(tax)),
    }
    proofs = proven(line_items=rows(cells))
    paths = ("line_items[0].tax_rate", "line_items[0].tax_amount")
    assert by_sum(proofs, *paths) == (set(paths) if holds else set())


def test_a_price_that_is_the_amount_proves_no_other_quantity_than_one() -> None:
    for quantity, holds in (("1", True), ("300", False)):
        proofs = proven(line_items=rows(line(quantity, "1.57", "1.57")))
        assert bool(by_sum(proofs, "line_items[0].quantity")) is holds


@pytest.mark.parametrize(("printed", "is_of_form"), [("201/113/40209", True), ("201/113/4", False)])
def test_a_german_tax_offices_number_is_of_a_form_of_its_own(printed: str, *, is_of_form: bool) -> None:
    proofs = proven(seller_tax_id=leaf(printed.replace("/", ""), text=printed))
    assert (Proof.FORM in proofs.get("seller_tax_id", frozenset())) is is_of_form
