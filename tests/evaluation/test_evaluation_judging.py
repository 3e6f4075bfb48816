"""Each value is right, wrong or missed, and what nothing is known of is not judged."""

from datetime import date
from decimal import Decimal

from judged_documents import assessment, leaf, truth

from extractor.evaluation.judging import Judged, Outcome, RowCount, judge

RIGHT, WRONG, MISSED = Outcome.RIGHT, Outcome.WRONG, Outcome.MISSED


def outcomes(judged: Judged) -> dict[str, Outcome]:
    assert len({each.path for each in judged.all}) == len(judged.all)
    return {each.path: each.outcome for each in judged.all}


def test_a_value_is_right_wrong_or_missed() -> None:
    wanted = {"invoice_number": "7", "issue_date": "2025-03-01", "gross_amount": "12.00"}
    read = assessment({"invoice_number": "7", "gross_amount": Decimal(13)})
    judged = outcomes(judge(truth(wanted), read))
    assert judged == {"invoice_number": RIGHT, "issue_date": MISSED, "gross_amount": WRONG}


def test_a_value_where_the_document_shows_none_is_wrong_and_not_shown() -> None:
    (judgement,) = judge(truth({"due_date": None}), assessment({"due_date": date(2025, 3, 1)})).all
    assert (judgement.outcome, judgement.is_shown, judgement.is_given) == (WRONG, False, True)
    assert judgement.read == "2025-03-01"
    assert judge(truth({"due_date": None}), assessment({})).all == ()


def test_what_nothing_is_known_of_is_not_judged() -> None:
    read = assessment({"invoice_number": "7", "due_date": date(2025, 3, 1)})
    assert set(outcomes(judge(truth({"invoice_number": "7"}), read))) == {"invoice_number"}


def test_without_a_result_all_that_is_shown_is_missed() -> None:
    wanted = {"invoice_number": "7", "due_date": None, "line_items": [{"quantity": "1", "unit": None}]}
    judged = judge(truth(wanted), None)
    assert outcomes(judged) == {"invoice_number": MISSED, "line_items[wanted 0].quantity": MISSED}
    assert judged.rows == {"line_items": RowCount(shown=1, read=0, right=0)}


def test_an_alternative_is_right_as_well() -> None:
    about = truth({"invoice_number": "RE-7"}, alternatives={"invoice_number": ["7", "8"]})
    assert outcomes(judge(about, assessment({"invoice_number": "8"}))) == {"invoice_number": RIGHT}
    assert outcomes(judge(about, assessment({"invoice_number": "9"}))) == {"invoice_number": WRONG}


def test_an_implied_value_counts_only_where_another_was_read() -> None:
    about = truth({}, implied={"amount_due": "12.00"})
    assert judge(about, assessment({})).all == ()
    assert judge(about, assessment({"amount_due": Decimal(12)})).all == ()
    (judgement,) = judge(about, assessment({"amount_due": Decimal(13)})).all
    assert (judgement.outcome, judgement.is_shown) == (WRONG, False)


def test_members_of_a_bank_account_are_judged_one_by_one() -> None:
    wanted = {"seller_bank_account": {"account": "DE1", "bic": "HBKXDEFF", "bank": None}}
    read = assessment({"seller_bank_account": {"account": "DE 1", "bank": "Hausbank"}})
    assert outcomes(judge(truth(wanted), read)) == {
        "seller_bank_account.account": RIGHT,
        "seller_bank_account.bic": MISSED,
        "seller_bank_account.bank": WRONG,
    }


def test_what_is_printed_without_being_a_value_of_the_type_is_compared_as_printed() -> None:
    wanted = {"line_items": [{"tax_rate": "免税", "quantity": "1"}]}
    read = assessment({"line_items": [{"tax_rate": leaf(None, text="免 税"), "quantity": Decimal(1)}]})
    assert set(outcomes(judge(truth(wanted), read)).values()) == {RIGHT}
    taken_for_0 = assessment(
        {"line_items": [{"tax_rate": leaf(Decimal(0), text="免税"), "quantity": Decimal(1)}]}
    )
    assert set(outcomes(judge(truth(wanted), taken_for_0)).values()) == {RIGHT}
    number = assessment({"line_items": [{"tax_rate": leaf(None, text="***"), "quantity": Decimal(1)}]})
    assert outcomes(judge(truth(wanted), number))["line_items[0].tax_rate"] is MISSED


def test_what_is_printed_does_not_make_a_wrong_value_right() -> None:
    read = assessment({"invoice_type": leaf("commercial", text="Receipt")})
    assert outcomes(judge(truth({"invoice_type": "receipt"}), read)) == {"invoice_type": WRONG}


def test_a_value_of_another_shape_is_missed() -> None:
    read = assessment({"line_items": "none", "seller_bank_account": "DE1", "invoice_number": {"a": "7"}})
    wanted = {"line_items": [{"quantity": "1"}], "seller_bank_account": "DE1", "invoice_number": "7"}
    judged = outcomes(judge(truth(wanted), read))
    assert judged["line_items[wanted 0].quantity"] is MISSED
    assert judged["invoice_number"] is MISSED


def test_rows_are_judged_cell_by_cell_whatever_their_order() -> None:
    wanted = {
        "line_items": [{"description": "Oak", "quantity": "1"}, {"description": "Ash", "quantity": "2"}]
    }
    read = assessment(
        {
            "line_items": [
                {"description": "Ash", "quantity": Decimal(3)},
                {"description": "Oak", "quantity": Decimal(1)},
            ]
        }
    )
    judged = judge(truth(wanted), read)
    assert outcomes(judged) == {
        "line_items[1].description": RIGHT,
        "line_items[1].quantity": RIGHT,
        "line_items[0].description": RIGHT,
        "line_items[0].quantity": WRONG,
    }
    assert judged.rows["line_items"] == RowCount(shown=2, read=2, right=1)


def test_a_row_too_many_is_wrong_in_the_columns_that_are_known() -> None:
    read = assessment(
        {"line_items": [{"quantity": Decimal(1)}, {"quantity": Decimal(9), "unit": "pc"}, {"unit": "pc"}]}
    )
    judged = judge(truth({"line_items": [{"quantity": "1"}]}), read)
    assert outcomes(judged) == {"line_items[0].quantity": RIGHT, "line_items[1].quantity": WRONG}
    assert judged.rows["line_items"] == RowCount(shown=1, read=3, right=1)


def test_a_row_too_many_is_not_wrong_where_not_all_rows_are_given() -> None:
    about = truth({"line_items": [{"quantity": "1"}, {"quantity": "2"}]}, incomplete=["line_items"])
    read = assessment({"line_items": [{"quantity": Decimal(9)}, {"quantity": Decimal(1)}]})
    assert sorted(outcomes(judge(about, read)).values()) == [MISSED, RIGHT]


def test_where_there_is_no_table_every_cell_is_wrong() -> None:
    read = assessment({"line_items": [{"quantity": Decimal(1), "unit": "pc"}]})
    assert sorted(outcomes(judge(truth({"line_items": None}), read)).values()) == [WRONG, WRONG]


def test_an_empty_cell_is_wrong_where_something_was_read() -> None:
    wanted = {"line_items": [{"quantity": "1", "unit": None}]}
    read = assessment({"line_items": [{"quantity": Decimal(1), "unit": "pc"}]})
    assert outcomes(judge(truth(wanted), read))["line_items[0].unit"] is WRONG
