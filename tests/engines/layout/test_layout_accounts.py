"""The seller's account: number, bank and BIC; the buyer's never."""

from collections.abc import Mapping

import pytest
from engines.layout.pages import block, page, read

IBAN = "DE02 1203 0000 0000 2020 51"
OTHER_IBAN = "DE02 5001 0517 0137 0750 30"


def account(*prints: str | list[str]) -> Mapping[str, str] | None:
    found = read(page(*prints)).candidates.get("seller_bank_account", ())
    return {name: part.text for name, part in found[0].parts.items()} if found else None


@pytest.mark.parametrize("iban", [IBAN, IBAN.replace(" ", ""), "FR14 2004 1010 0505 0001 3M02 606"])
def test_an_iban_needs_no_label(iban: str) -> None:
    assert account(f"{iban} @50,780") == {"account": iban}


def test_iban_bank_and_bic_on_lines_of_their_own_belong_together() -> None:
    lines = block("Bank: Elbkontor Privatbank", f"IBAN: {IBAN}", "BIC: BYLADEM1001", x=50, top=760)
    assert account(lines) == {"account": IBAN, "bank": "Elbkontor Privatbank", "bic": "BYLADEM1001"}


def test_iban_bank_and_bic_on_one_line_belong_together() -> None:
    line = f"Bank: Elbkontor Privatbank, IBAN: {IBAN}, BIC: BYLADEM1001 @50,760,8"
    assert account(line) == {"account": IBAN, "bank": "Elbkontor Privatbank", "bic": "BYLADEM1001"}


def test_values_beside_their_labels_belong_together() -> None:
    assert account(
        block("Bank", "Account no", "SWIFT", x=50, top=700),
        block("Ludlow Trust Bank", "0042 1177 90", "BARCGB22", x=160, top=700),
    ) == {"account": "0042 1177 90", "bank": "Ludlow Trust Bank", "bic": "BARCGB22"}


def test_bank_and_number_of_a_fapiao_stand_in_one_text() -> None:
    found = account(
        "销售方 @v40,500",
        "名称：云岭照明有限公司 @60,500",
        "开户行及账号：云岭农商银行城南支行 4400123456789012 @60,530",
    )
    assert found == {"account": "4400123456789012", "bank": "云岭农商银行城南支行"}


def test_the_buyers_account_is_not_taken() -> None:
    buyer = block("Bill to", "Ostrach Hotels plc", "Leeds LS1 4AP", f"IBAN: {OTHER_IBAN}", x=50, top=140)
    assert account(buyer) is None
    found = account(buyer, f"IBAN: {IBAN} @50,780")
    assert found is not None
    assert found["account"] == IBAN


def test_the_buyers_account_of_a_fapiao_is_not_taken() -> None:
    found = account(
        "购买方 @v40,100",
        "名称：青禾五金有限公司 @60,100",
        "开户行及账号：青禾村镇银行 3100987654321098 @60,118",
        "销售方 @v40,500",
        "名称：云岭照明有限公司 @60,500",
        "开户行及账号：云岭农商银行城南支行 4400123456789012 @60,518",
    )
    assert found is not None
    assert found["account"] == "4400123456789012"


def test_several_accounts_are_all_candidates_each_once() -> None:
    lines = block(f"IBAN: {IBAN}", f"IBAN: {OTHER_IBAN}", f"IBAN {IBAN.replace(' ', '')}", x=50, top=740)
    found = read(page(lines)).candidates["seller_bank_account"]
    assert [each.text for each in found] == [IBAN, OTHER_IBAN]


def test_an_account_number_has_at_least_six_digits() -> None:
    assert account("Account No: 123456 @50,780") == {"account": "123456"}
    assert account("Account No: 12345 @50,780") is None


@pytest.mark.parametrize(
    "line", ["Phone: 0884 1234567", "Customer No: 88123456", "VAT No: GB123456789", "Invoice No: 20417001"]
)
def test_another_number_is_no_account(line: str) -> None:
    assert account(f"{line} @50,780") is None


def test_sort_code_and_routing_number_are_not_the_account() -> None:
    for bank_code in ("Sort code: 12-34-56", "Routing number: 123000220"):
        lines = block("Bank: Ludlow Trust Bank", bank_code, "Account number: 0042117790", x=50, top=700)
        assert account(lines) == {"account": "0042117790", "bank": "Ludlow Trust Bank"}


def test_a_sort_code_before_the_number_is_cut_off() -> None:
    assert account("Please pay to Moorland Bank 04-00-44 41882093 @50,700") == {
        "account": "41882093",
        "bank": "Moorland Bank",
    }


def test_a_bsb_is_not_the_account() -> None:
    lines = block("Direct deposit: Bendale Bank", "BSB: 633-000", "Acc: 164 229 801", x=50, top=700)
    assert account(lines) == {"account": "164 229 801", "bank": "Bendale Bank"}


@pytest.mark.parametrize(("top", "is_read"), [(100, False), (700, True)])
def test_a_bare_account_number_in_the_head_is_the_customers(top: int, *, is_read: bool) -> None:
    assert (account(f"Account Number: 20-4471-093 @380,{top}") is not None) == is_read


def test_the_customers_account_is_not_the_sellers_on_the_slip_at_the_foot_either() -> None:
    assert account("Account Number: 20-4471-093 @380,100", "Account Number: 20-4471-093 @380,700") is None


@pytest.mark.parametrize("context", ["Moorland Bank", "Sort code 12-34-56", "BIC: BARCGB22"])
def test_an_account_number_in_the_head_with_a_bank_near_is_the_sellers(context: str) -> None:
    found = account(block(context, "Account Number: 20-4471-093", x=50, top=100))
    assert found is not None
    assert found["account"] == "20-4471-093"


def test_chinese_bank_and_account_on_lines_of_their_own_belong_together() -> None:
    lines = block(
        "户名：云岭照明有限公司", "开户行：云岭农商银行城南支行", "账号：4400 1234 5678 9012", x=50, top=700
    )
    assert account(lines) == {"account": "4400 1234 5678 9012", "bank": "云岭农商银行城南支行"}


def test_each_account_has_the_bank_that_stands_with_it() -> None:
    found = read(
        page(
            block("Bank: Elbkontor Privatbank", f"IBAN: {IBAN}", x=50, top=740),
            block("Bank: Moorbank", f"IBAN: {OTHER_IBAN}", x=320, top=740),
        )
    ).candidates["seller_bank_account"]
    assert [each.parts["bank"].text for each in found] == ["Elbkontor Privatbank", "Moorbank"]


def test_parts_stand_where_they_are_printed() -> None:
    lines = block("Bank: Elbkontor Privatbank", f"IBAN: {IBAN}", x=50, top=760)
    found = read(page(lines)).candidates["seller_bank_account"][0]
    assert [round(box.y0) for box in found.parts["bank"].evidence.boxes] == [760]
    assert [round(box.y0) for box in found.parts["account"].evidence.boxes] == [774]


def test_an_iban_wrapped_over_two_lines_of_a_sentence_is_one() -> None:
    lines = block(
        "Bitte überweisen Sie auf mein Konto DE02 1203", "0000 0000 2020 51 bei der Bank.", x=50, top=600
    )
    found = account(lines)
    assert found is not None
    assert found["account"] == IBAN
    glued = block(
        "Bitte überweisen Sie auf mein Konto DE02", "12030000000020 2051 bei der Bank.", x=50, top=600
    )
    assert account(glued) is not None


@pytest.mark.parametrize(
    "second",
    [
        "0000 0000 2020 52 bei der Bank.",
        "und danke",
        "0000 0000 2020",
    ],  # wrong check digits; no digits; too few
)
def test_two_lines_that_are_no_iban_together_are_none(second: str) -> None:
    assert account(block("Konto DE02 1203", second, x=50, top=600)) is None


def test_the_rest_of_an_iban_that_is_printed_in_part_is_no_account() -> None:
    assert account("IBAN: IT76 X375 6500 4049 9105 9143 SWIFT: XEPDIT2BXXX @50,700") is None


def test_the_number_of_a_branch_is_no_account() -> None:
    assert account("Banque: Caisse de l'Estrie, Transit / Institution: 92016-178 @50,700") is None
