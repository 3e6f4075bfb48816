"""Amendments that are documents of their own: what they change, and what is the contract's in them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.reading import Amendment, ChangeKind, Reading

Read = Callable[..., Reading]

_EN = (
    "First Amendment to the Supply Agreement",
    "Contract No. C-100",
    "This First Amendment is made on 12 June 2025 between Quill Ltd (the Supplier) and Pell plc (the Buyer).",
    "WHEREAS the parties entered into the Supply Agreement dated 1 March 2025.",
)


def amendment(reading: Reading) -> Amendment:
    assert reading.amendment is not None
    return reading.amendment


def changes(reading: Reading) -> list[tuple[ChangeKind, object, object, tuple[str, ...]]]:
    return [(each.kind, each.before, each.after.value, each.clauses) for each in amendment(reading).changes]


def test_a_contract_with_an_amendment_in_the_same_file_is_no_amendment(read: Read) -> None:
    reading = read(
        "Supply Agreement", "1. Payment", "1.1 Invoices are payable within 30 days of receipt.",
        "Amendment No. 1", "dated 15 August 2025", "1. From 1 September 2025 the cap is EUR 80,000.00.",
    )  # fmt: skip
    assert reading.amendment is None


def test_it_says_which_contract_it_changes_and_dates_itself(read: Read) -> None:
    reading = read(*_EN, "1. Start", "1.1 This Amendment takes effect on 1 July 2025.")
    said = amendment(reading)
    assert (said.title, said.number) == ("First Amendment", 1)
    assert said.contract_numbers == ("C-100",)
    assert said.contract_days == (date(2025, 3, 1),)
    assert [each.value for each in reading.candidates["signing_date"]] == [date(2025, 6, 12)]
    assert reading.candidates["effective_date"][0].value == date(2025, 7, 1)


@pytest.mark.parametrize(
    ("lines", "own"),
    [
        (("Amendment No. 2", "to Agreement No. C-100 of 1 March 2025", "1. Term", "London, 20 July 2025"),
         date(2025, 7, 20)),
        (("Nachtrag Nr. 1 zum Rahmenvertrag vom 1. März 2025", "Vertragsnummer C-100", "§ 1 Gegenstand",
          "Die Parteien haben am 01.03.2025 den Rahmenvertrag geschlossen.", "§ 2 Sonstiges",
          "Hamburg, den 20.07.2025"), date(2025, 7, 20)),
        (("补充协议", "甲乙双方于2025年3月1日签订了《采购合同》（合同编号：C-100）。", "第一条 其他",
          "签订日期：2025年7月20日"), date(2025, 7, 20)),
    ],
)  # fmt: skip
def test_the_contracts_day_is_not_the_amendments(read: Read, lines: tuple[str, ...], own: date) -> None:
    reading = read(*lines)
    assert date(2025, 3, 1) in amendment(reading).contract_days
    assert "C-100" in amendment(reading).contract_numbers
    dated = [
        each.value for name in ("signing_date", "expiry_date") for each in reading.candidates.get(name, ())
    ]
    assert dated == [own]


@pytest.mark.parametrize(
    ("sentence", "change"),
    [
        ("The price of copper wire is increased from EUR 12.00 to EUR 13.50 per kg.",
         (ChangeKind.AMOUNT, Decimal("12.00"), Decimal("13.50"), ())),
        ('In Section 4.2, the words "thirty (30) days" are replaced with "forty-five (45) days".',
         (ChangeKind.DAYS, Decimal(30), Decimal(45), ("section 4.2",))),
        ("In § 4 Abs. 2 werden die Worte „30 Tage“ durch „45 Tage“ ersetzt.",
         (ChangeKind.DAYS, Decimal(30), Decimal(45), ("§ 4 abs. 2",))),
        ("原合同第五条约定的付款期限由30日变更为45日。",
         (ChangeKind.DAYS, Decimal(30), Decimal(45), ("第五条",))),
        ('In Clause 7 the words "3 %" are replaced by "5 %".',
         (ChangeKind.RATE, Decimal(3), Decimal(5), ("clause 7",))),
        ('The reference in Clause 4.2 to "30 days" shall be read as a reference to "45 days".',
         (ChangeKind.DAYS, Decimal(30), Decimal(45), ("clause 4.2",))),
        ('The words "30 days" in Clause 4.2 are hereby deleted and the words "45 days" are substituted.',
         (ChangeKind.DAYS, Decimal(30), Decimal(45), ("clause 4.2",))),
        ("In § 5 Abs. 1 wird „31. März 2027“ durch „31. März 2028“ ersetzt.",
         (ChangeKind.DATE, date(2027, 3, 31), date(2028, 3, 31), ("§ 5 abs. 1",))),
        ('In Clause 8 the words "the laws of England" are replaced by "the laws of Scotland".',
         (ChangeKind.WORDS, "the laws of England", "the laws of Scotland", ("clause 8",))),
    ],
)  # fmt: skip
def test_what_is_replaced_is_told_with_the_clause(
    read: Read, sentence: str, change: tuple[object, ...]
) -> None:
    assert changes(read(*_EN, "1. Change", f"1.1 {sentence}")) == [change]


def test_a_figure_that_is_replaced_is_no_term_of_the_amendment(read: Read) -> None:
    reading = read(
        *_EN, "1. Payment",
        "1.1 The payment term is extended from 30 days to 45 days of receipt of the invoice.",
        "2. Price", "2.1 The price of copper wire is increased from EUR 12.00 to EUR 13.50 per kg.",
    )  # fmt: skip
    assert Decimal(30) not in [each.value for each in reading.candidates.get("payment_days", ())]
    assert "price_list" not in reading.tables


def test_a_sentence_with_a_day_of_its_own_keeps_it(read: Read) -> None:
    reading = read(
        *_EN, "1. Payment",
        "1.1 From 1 September 2025 each invoice is payable within 45 days of its receipt.",
        "2. Price", "2.1 The price of copper wire shall be EUR 13.50 per kg from 1 October 2025.",
    )  # fmt: skip
    days = reading.candidates["payment_days"][0]
    assert (days.value, days.since) == (Decimal(45), date(2025, 9, 1))
    (row,) = reading.tables["price_list"]
    assert row.cells["description"].text == "copper wire"
    assert row.cells["unit_price"].since == date(2025, 10, 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "The changes set out above apply with effect from 1 July 2025.",
        "Effective date of this Amendment: 1 July 2025",
        "This Amendment takes effect as of July 1, 2025 and amends the Agreement dated 1 March 2025.",
        "Die Änderungen gelten mit Wirkung ab dem 1. Juli 2025.",
        "Dieser Nachtrag tritt zum 1. Juli 2025 in Kraft.",
        "以上变更自2025年7月1日起执行。",
        "本补充协议自2025年7月1日起生效。",
    ],
)
def test_the_day_from_which_all_changes_hold_is_the_amendments_first(read: Read, sentence: str) -> None:
    reading = read(
        *_EN, "1. Payment", "1.1 Invoices are payable within 45 days.", "2. Start", f"2.1 {sentence}"
    )
    assert reading.candidates["effective_date"][0].value == date(2025, 7, 1)


def test_a_day_of_one_change_is_not_that_of_all(read: Read) -> None:
    reading = read(*_EN, "1. Payment", "1.1 From 1 July 2025 invoices are payable within 45 days.")
    assert "effective_date" not in reading.candidates


@pytest.mark.parametrize(
    ("line", "number"),
    [
        (
            "It amends the Master Supply Agreement No. K-2041/25 of the Customer dated 1 March 2025.",
            "K-2041/25",
        ),
        ("to the Supply Contract K-2041/25 of 1 March 2025", "K-2041/25"),
        ("zum Rahmenliefervertrag RV-2025-017 vom 1. März 2025", "RV-2025-017"),
        ("鉴于双方已签署编号为HT-2025-001的采购合同（合同编号：HT-2025-001）。", "HT-2025-001"),
    ],
)
def test_the_number_of_the_contract_is_known_in_running_text(read: Read, line: str, number: str) -> None:
    assert amendment(read("Amendment No. 1", line, "1. Payment", "1.1 Net 45 days.")).contract_numbers == (
        number,
    )


def test_a_numbered_title_is_no_clause(read: Read) -> None:
    said = amendment(
        read("1. Nachtrag", "zum Vertrag Nr. RV-2025-017", "§ 1 Preise", "(1) Die Preise bleiben.")
    )
    assert (said.title, said.number) == ("1. Nachtrag", 1)


def test_a_contract_called_the_agreement_lends_its_day_to_no_term(read: Read) -> None:
    reading = read(
        "First Amendment",
        'It amends the Supply Agreement No. C-100 dated 1 March 2025 (the "Agreement").',
        "1. Term", "1.1 All other terms of the Agreement remain in force until it ends.",
    )  # fmt: skip
    assert "expiry_date" not in reading.candidates


@pytest.mark.parametrize(
    "sentence",
    [
        "The payment period in Clause 4.2 is shortened by a further 5 days.",
        "Clause 9 is amended by the addition of EUR 500.00.",
        "Das Zahlungsziel in § 4 wird um weitere 15 Tage verlängert.",
        "付款期限延长15天。",
    ],
)
def test_a_change_that_no_rule_reads_is_told(read: Read, sentence: str) -> None:
    assert amendment(read(*_EN, "1. Change", f"1.1 {sentence}")).unread == (sentence,)


@pytest.mark.parametrize(
    "sentence",
    [
        "All other clauses of the Agreement dated 1 March 2025 remain unchanged.",
        "Clause 7 is deleted.",
        "Invoices are payable within 45 days.",
        "The price of copper wire is increased from EUR 12.00 to EUR 13.50 per kg.",
    ],
)
def test_what_is_read_or_has_no_figure_is_not_told(read: Read, sentence: str) -> None:
    assert amendment(read(*_EN, "1. Change", f"1.1 {sentence}")).unread == ()


@pytest.mark.parametrize(
    ("sentence", "before", "after"),
    [
        ("The retention of 5% in Clause 4.4 is raised to 8%.", Decimal(5), Decimal(8)),
        ("Der Einbehalt beträgt künftig 8 % statt 5 %.", Decimal(5), Decimal(8)),
        ("Statt innerhalb von 30 Tagen ist innerhalb von 45 Tagen zu zahlen.", Decimal(30), Decimal(45)),
        ('Clause 4.2: replace "30 days" with "45 days".', Decimal(30), Decimal(45)),
        ("In § 4 tritt an die Stelle von „30 Tagen“ die Angabe „45 Tagen“.", Decimal(30), Decimal(45)),
    ],
)
def test_old_and_new_are_told_apart(read: Read, sentence: str, before: Decimal, after: Decimal) -> None:
    found = changes(read(*_EN, "1. Change", f"1.1 {sentence}"))
    assert [(each[1], each[2]) for each in found] == [(before, after)]
