"""Which lines a text of several lines has: those above, those below, and where it ends."""

from collections.abc import Callable

import pytest
from engines.layout.pages import block, field, labelled, width_of

from extractor.engines.layout.wrapped_text import whole_text, words_may_go_on
from extractor.engines.layout.zones import Zone, zones

WIDE = "a text that fills the whole width of its column here @50,60"  # how far lines reach


def below(line: str, *lines: str, may_go_on: Callable[[str, str], bool | None] | None = None) -> str:
    """Return the text that begins with a line, above others, in a wide column."""
    page = labelled(WIDE, block(line, *lines, x=50, top=100, step=14))
    cell = page.sheet.rows[1][0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    return whole_text(page, zone, may_go_on=may_go_on)[0]


def words_below(line: str, *lines: str) -> str:
    """Return an amount in words that begins with a line."""
    return below(line, *lines, may_go_on=words_may_go_on)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Please pay within", "Thirty days"),
        ("Keep dry,", "Handle with care"),
        ("Paid in full", "on Friday"),
        ("Net price", "(without freight)"),
        ("Net price (taxes paid", "Freight and tolls)"),  # the bracket is still open
        ("Zahlbar ohne", "Abzug"),
        ("Pagar sin", "Descuento"),
        ("Betaal zonder", "Korting"),
        ("3% discount until", "1 September 2024"),
        ("Descuento hasta", "Septiembre"),
        ("Skonto =", "EUR 12.00"),
        ("Pronto pagamento", "2,00% em 8 dias"),
        ("1.5% discount until 6", "Jun 2025 (60.30), net"),  # a date breaks off
        ("2% discount, 最迟", "2025/07/06 付清"),
    ],
)
def test_a_text_goes_on_where_its_words_or_the_next_ones_say_so(line: str, following: str) -> None:
    assert below(line, following) == f"{line} {following}"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Paid in full", "Handle with care"),
        ("Net price (all in)", "Freight is free"),
        ("Paid in full.", "Handle with care"),
    ],
)
def test_a_text_ends_where_the_next_line_would_have_fitted(line: str, following: str) -> None:
    assert below(line, following) == line


FULL = "Goods remain the property of Alder Ltd until the day of payment"


@pytest.mark.parametrize(
    "thanks", ["Thank you", "We thank you", "Vielen Dank", "Merci", "Hartelijk dank", "Gracias", "Obrigado"]
)
def test_thanks_are_no_part_of_a_text_even_behind_a_full_line(thanks: str) -> None:
    assert below(FULL, thanks) == FULL
    assert below(FULL, "Anderson") == f"{FULL} Anderson"


def test_an_amount_in_words_does_not_go_on_with_the_terms() -> None:
    printed = ["Amount in words: Tausend Euro @50,100", "netto 30 Tage @50,114"]
    assert field("amount_in_words", *printed) == "Tausend Euro"
    printed[1] = "und zehn Cent @50,114"
    assert field("amount_in_words", *printed) == "Tausend Euro und zehn Cent"


@pytest.mark.parametrize(("below_it", "goes_on"), [("Only", True), ("Alder Ltd", False)])
def test_an_amount_in_words_may_end_with_only(below_it: str, *, goes_on: bool) -> None:
    line = f"{FULL} Twenty Pence"
    assert (words_below(line, below_it) != line) is goes_on


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Mille deux cents euros et", "50 centimes"),
        ("Eintausendzweihundert Euro und", "50 Cent"),
        ("one thousand euros and", "fifty cents (EUR 1,200.50)"),
    ],
)
def test_an_amount_in_words_goes_on_with_its_smaller_unit(line: str, following: str) -> None:
    assert words_below(line, following) == f"{line} {following}"


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Payment by bank transfer only", "within 30 days of invoice date"),
        ("We charge interest of 8 per cent", "per year"),
        ("For members only", "and friends"),
        ("Please pay within 30", "days to our account IBAN: DE89 3704"),
    ],
)
def test_other_texts_go_on_behind_cents_and_before_a_label(line: str, following: str) -> None:
    assert below(line, following) == f"{line} {following}"


@pytest.mark.parametrize("above", ["Contact person: Jane Alder", "Delivery method: by courier"])
def test_the_value_of_the_label_above_is_no_beginning(above: str) -> None:
    label, value = above.split(": ")
    x = 50 + width_of("Delivery method: ")
    rows = [
        f"{above} @{x - width_of(label + ': '):g},100",
        f"Payment terms: net 30 days @{x - width_of('Payment terms: '):g},114",
    ]
    assert field("payment_terms", *rows) == "net 30 days"
    assert value


@pytest.mark.parametrize(
    ("line", "following", "goes_on"),
    [
        ("如有疑问，请于五个工作日内联系我", "司财务部。", True),
        ("45天净额，2024-01-23到", "期；7天内付款可享1.5%", True),
        ("最迟2025.03.25", "付清", True),
        ("最迟2025.03.25付清。", "司财务部。", False),
        ("最迟2025.03.25", "财务部", False),
        ("Pay in 14 days; 2% dis", "count in 7 days", True),
        ("Gelieve te betalen vóór", "27 januari 2024", True),
    ],
)
def test_what_breaks_off_goes_on(line: str, following: str, *, goes_on: bool) -> None:
    assert (below(line, following) != line) is goes_on


def test_two_rows_with_a_label_each_have_a_value_each() -> None:
    rows = ["Order no.: @50,100", "8886-EN @200,100", "Terms: @50,114", "Payable in 30 days @200,114"]
    assert field("payment_terms", *rows) == "Payable in 30 days"


def test_a_label_in_two_languages_has_one_value() -> None:
    rows = ["Conditions de règlement / @50,100", "Paiement @200,100", "Payment terms : @50,114"]
    assert field("payment_terms", *rows, "comptant @200,114") == "Paiement comptant"


@pytest.mark.parametrize(
    ("left", "said"), [("Fällig am", "netto 30 Tage"), ("Fällig am:", "Zahlung netto 30 Tage")]
)
def test_a_label_in_a_row_of_heads_is_no_line_of_its_value(left: str, said: str) -> None:
    heads = [f"{left} @50,100", "Zahlung @200,100"]
    assert field("payment_terms", *heads, "17.1.2026 @50,114", "netto 30 Tage @200,114") == said


def test_a_line_is_full_where_another_column_stands_beside_it() -> None:
    beside = ["Total: @300,100", "The longest line of all that begins at this edge of the page @50,400"]
    line = "Please pay us within the usual time"
    cell = ["Terms: @50,86", f"{line} @50,100", "Tolls are yours to pay @50,114"]
    apart = 50 + width_of(line) + 2.5 * 13
    close = [f"Total: @{apart:g},100", *beside[1:]]
    assert field("payment_terms", *cell, *close) == f"{line} Tolls are yours to pay"


@pytest.mark.parametrize("end", ["Rupees Nine and Ten Paise", "Twenty Pence", "Zehn Rappen", "Five Cents"])
def test_an_amount_in_words_ends_with_its_smaller_unit(end: str) -> None:
    line = f"{FULL} {end}"
    assert words_below(line, "Anderson") == words_below(line, "and friends") == line


def test_a_next_line_that_needs_no_joining_is_asked_about() -> None:
    page = labelled(block(FULL, "Thirty days net", x=50, top=100))
    cell = page.sheet.rows[0][0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    asked: list[tuple[str, str]] = []

    def refuse(said: str, following: str) -> bool:
        asked.append((said, following))
        return False

    assert whole_text(page, zone, may_go_on=refuse)[0] == FULL
    assert asked == [(FULL, "Thirty days net")]
    assert whole_text(page, zone, may_go_on=lambda *_: True)[0] == f"{FULL} Thirty days net"


def test_what_must_go_on_is_not_asked_about() -> None:
    page = labelled(block("Please pay within", "Thirty days", x=50, top=100))
    cell = page.sheet.rows[0][0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    assert whole_text(page, zone, may_go_on=lambda *_: False)[0] == "Please pay within Thirty days"


@pytest.mark.parametrize(
    ("above", "text"),
    [
        ("Half of it in @200,101", "Half of it in 45 days"),
        ("Settled on our terms @200,101", "45 days"),  # ends with no word that joins
        ("Half of it in @204.1,101", "45 days"),  # out of line by more than three points
        ("Half of it in @200,85", "45 days"),  # further than 0.9 line heights above
        ("Due date: @200,101", "45 days"),
    ],
)
def test_a_text_beside_a_label_of_two_lines_begins_above(above: str, text: str) -> None:
    page = labelled(above, "Remarks: @50,114", "45 days @200,114")
    cell, hit = next(each for each in page.labels_of("remarks"))
    zone = next(zones(page, cell, hit, is_text=True))
    assert whole_text(page, zone)[0] == text


@pytest.mark.parametrize(
    ("said", "below", "may"),
    [
        ("MIL PESOS", "CON DIEZ CENTAVOS", True),
        ("MIL PESOS", "Rogamos abonen", False),
        ("Mil pesos", "Con diez", False),
        ("MIL PESOS", "CON 10/100", True),
        ("Ten Rupees and Ten Paise", "Only", True),
        ("MIL PESOS", "NET 30 DAYS", None),
        ("Tausend Euro", "netto 30 Tage", None),
    ],
)
def test_an_amount_in_words_goes_on_in_its_own_case(said: str, below: str, *, may: bool | None) -> None:
    assert words_may_go_on(said, below) is may


def terms_below(*prints: str) -> str | None:
    return field("payment_terms", *prints)


def test_a_text_goes_on_under_its_middle_and_under_the_word_that_it_began_with() -> None:
    centred = ["Payment terms @|100,60", "net 10 days within @|100,74", "the month of June @|100,88"]
    assert terms_below(*centred) == "net 10 days within the month of June"
    under_a_label = ["Payment terms 30 days net until @50,60", "17 December 2024 @120,74"]
    assert terms_below(*under_a_label) == "30 days net until 17 December 2024"


def test_a_label_in_larger_print_is_no_reason_to_end_the_text_behind_it() -> None:
    printed = ["Payment terms: @50,60,12", "30 days net from @140,60,10", "date of invoice @140,74,10"]
    assert terms_below(*printed) == "30 days net from date of invoice"


def test_a_line_beside_another_label_with_its_value_still_goes_on() -> None:
    x = 300 + width_of("Payment terms: ")
    below_it = [f"1 September 2024 @{x:.2f},74", "Date: 4 May 2024 @50,74"]
    beside = ["Payment terms: 3% discount until @300,60", *below_it]
    assert terms_below(*beside) == "3% discount until 1 September 2024"


def test_chinese_breaks_off_where_the_line_is_full() -> None:
    full = block("付款期限：八月三十一日前付款优", "惠2%，最迟九月十二日付清", x=50, top=60)
    assert terms_below(*full) == "八月三十一日前付款优惠2%，最迟九月十二日付清"


@pytest.mark.parametrize(
    ("above", "line", "goes_on"),
    [
        ("Bank transfer,", "30 days", True),
        ("Half of it in", "45 days", True),
        ("Please pay the amount", "within 45 days", True),
        ("Please pay.", "within 45 days", False),
        ("Terms:", "within 45 days", False),
        ("Please pay", "45 days", False),
        ("30天净额，三月三日", "到期；8天内付款可享2%折扣", True),
        ("杭州市滨江区", "到期；8天内付款可享2%折扣", False),
        ("2025-03-03到期；", "8天内付款可享2%折扣", True),
        ("2025年10月30", "日前付款优惠2%", True),
    ],
)
def test_a_text_begins_on_the_line_above_where_it_must(above: str, line: str, *, goes_on: bool) -> None:
    page = labelled(block(above, line, x=50, top=100, step=14))
    cell = page.sheet.rows[1][0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    said = whole_text(page, zone)[0]
    assert said.startswith(above) is goes_on


def test_a_text_may_begin_two_lines_above() -> None:
    page = labelled(block("The amount is", "please paid to us", "within 45 days", x=50, top=100, step=14))
    cell = page.sheet.rows[2][0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    assert whole_text(page, zone)[0] == "The amount is please paid to us within 45 days"


def test_the_first_line_may_be_a_label_where_another_names_it() -> None:
    left = ["Conditions de @50,100", "règlement: @50,113"]
    said = field("payment_terms", *left, "Règlement @200,100", "par virement @200,113", "à 21 jours @200,126")
    assert said == "Règlement par virement à 21 jours"


@pytest.mark.parametrize(("name", "expected"), [("岑若溪", "45天内付清"), ("", "45天内付清")])
def test_a_line_with_a_label_and_its_colon_is_another_fact(name: str, expected: str) -> None:
    assert below("45天内付清", f"我司联系人：{name}") == expected


def test_a_label_may_stand_before_the_line_above() -> None:
    page = labelled("Remark: please pay within @50,100", f"20 days @{50 + width_of('Remark: '):g},113")
    cell = page.sheet.rows[1][0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    assert whole_text(page, zone)[0] == "please pay within 20 days"


@pytest.mark.parametrize(
    ("line", "following", "goes_on"),
    [
        ("Payable in 20 days;", "Two percent", True),
        ("3% discount", "= EUR 456.10", True),
        ("On the account named", "Account.", True),
        ("Net in 30 days", "Customernr.", False),
        ("Net in 30 days", "Obs.", False),
        ("60 days", "2023-06-29", False),  # another fact's date, no year of this one
        ("30 March", "2024", True),
    ],
)
def test_signs_and_years_tell_whether_a_line_goes_on(line: str, following: str, *, goes_on: bool) -> None:
    assert (below(line, following) != line) is goes_on


@pytest.mark.parametrize(
    ("line", "following", "goes_on"),
    [
        ("2% in 7 days, otherwise", "Net in 45", True),
        ("货到14天付款", "贵司参考号LA/f", False),  # another fact, its label set before it
    ],
)
def test_a_line_may_be_another_fact(line: str, following: str, *, goes_on: bool) -> None:
    assert (below(line, following) != line) is goes_on


def test_a_label_further_left_has_its_value_between() -> None:
    terms = ["Terms: @250,100", "Please transfer the amount @320,100", "You may do so in 30 days. @320,114"]
    clerk = ["Clerk: @50,114", "Ms Alder @120,114"]
    assert field("payment_terms", *terms, *clerk) == "Please transfer the amount You may do so in 30 days."


def test_a_line_with_a_label_before_it_is_that_labels_though_the_text_is_open() -> None:
    page = labelled(WIDE, "Terms @50,100", "30 days net by @200,100", "Customer No: @50,114", "2050 @200,114")
    cell = page.sheet.rows[1][1]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=True)
    assert whole_text(page, zone)[0] == "30 days net by"


@pytest.mark.parametrize(
    ("above", "begins"), [("二〇二三年十一月二十二日", False), ("请于2024年3月31日", True)]
)
def test_a_day_alone_begins_no_text(above: str, *, begins: bool) -> None:
    page = labelled(block(above, "收到发票后20日内付款", x=50, top=100, step=14))
    cell = page.sheet.rows[1][0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    assert whole_text(page, zone)[0].startswith(above) is begins


@pytest.mark.parametrize(("count", "lines"), [(12, 12), (14, 12)])
def test_a_text_has_at_most_twelve_lines(count: int, lines: int) -> None:
    printed = [f"line {number}," for number in range(count)]
    assert len(below(*printed).split(", ")) == lines


@pytest.mark.parametrize(
    ("above", "line", "begins"),
    [
        ("8886-EN", "Paiement sous 8 jours", False),
        ("8886 en", "Paiement sous 8 jours", True),
        ("Escompte de 1,5 %", "pour paiement sous 8 jours", True),
        ("Escompte de 1,5 %", "Paiement sous 8 jours", False),
    ],
)
def test_a_word_that_joins_stands_alone(above: str, line: str, *, begins: bool) -> None:
    page = labelled(block(above, line, x=50, top=100, step=14))
    (cell,) = page.sheet.rows[1]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    assert whole_text(page, zone)[0].startswith(above) is begins


@pytest.mark.parametrize(
    ("following", "goes_on"),
    [("请汇款至以下账户", False), ("顺祝商祺", False), ("此致", False), ("付清全款", True)],
)
def test_a_request_is_another_sentence(following: str, *, goes_on: bool) -> None:
    line = "7天内付款享受2%折扣，10天内付清全款八月三十一日前后再行结算，逾期另计费用"
    assert (below(line, following) != line) is goes_on


@pytest.mark.parametrize(
    ("following", "goes_on"),
    [("商业承兑汇票", False), ("至以下账户", True), ("或按月结算", True), ("逾期加收利息。", True)],
)
def test_chinese_terms_end_with_the_verb_of_paying(following: str, *, goes_on: bool) -> None:
    line = "自开具发票之日起计算45天内付清"
    page = labelled(block(line, following, x=50, top=100, step=14))  # the line is the widest
    (cell,) = page.sheet.rows[0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    assert (whole_text(page, zone)[0] != line) is goes_on


@pytest.mark.parametrize(("off", "goes_on"), [(4.5, False), (4.6, True)])  # of 13 points, 0.35 is level
def test_a_heading_off_the_line_has_its_value_below(off: float, *, goes_on: bool) -> None:
    prints = ["Please pay by @200,100", f"Your reference @100,{114 + off}", "16.07.2026 @200,114"]
    page = labelled(*prints, "A. Blackwood @100,132")
    cell = page.sheet.rows[0][0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=False)
    assert (whole_text(page, zone)[0] == "Please pay by 16.07.2026") is goes_on


def test_a_label_far_to_the_left_is_another_columns() -> None:
    x = 300 + width_of("Terms: ")
    terms = ["Terms: Please transfer the amount @300,100", f"You may do so in 30 days. @{x:g},114"]
    whole = "Please transfer the amount You may do so in 30 days."
    assert field("payment_terms", *terms, "Bill to: @30,114") == whole


@pytest.mark.parametrize(("line", "goes_on"), [("2 % discount = EUR", True), ("2 % discount = AAA", False)])
def test_a_currency_stands_before_its_amount(line: str, *, goes_on: bool) -> None:
    assert (below(line, "75.71 until June") != line) is goes_on


@pytest.mark.parametrize(
    ("line", "following", "goes_on"),
    [
        ("The rest follows in three weeks", "% VAT", False),
        ("Discount of 2", "% in 8 days", True),
    ],
)
def test_a_sign_of_percent_goes_on_with_a_number_only(line: str, following: str, *, goes_on: bool) -> None:
    assert (below(line, following) != line) is goes_on


def test_days_go_on_beside_another_label() -> None:
    page = labelled("14天净额；7天 @200,100", "付款到期日 @100,114", "内付款可享1.5%折扣。 @200,114")
    (cell,) = page.sheet.rows[0]
    zone = Zone(cell=cell, start=0, end=len(cell.text), score=1.0, is_beside=True)
    assert whole_text(page, zone)[0] == "14天净额；7天内付款可享1.5%折扣。"
