"""Numbers, dates, references and texts are read by their labels, and look-alikes are not."""

import pytest
from engines.layout.pages import block, field, first, grid, page, read, text_of, value_of

FIRM = block("Alderbrook Joinery Ltd", "12 Quarry Road", "Ludlow SY8 1AZ", x=50, top=40)
TITLE = "INVOICE @50,110,18"


@pytest.mark.parametrize(
    "printed",
    [
        "Invoice No: AJ-20417",
        "INVOICE NUMBER AJ-20417",
        "Invoice # AJ-20417",
        "Our invoice no.: AJ-20417",
        "Rechnungs-Nr.: AJ-20417",
        "Rechnungsnummer AJ-20417",
        "Facture n° AJ-20417",
        "N° de facture : AJ-20417",
        "Factuurnummer: AJ-20417",
        "发票号码：AJ-20417",
        "Invoice AJ-20417",
        "Rechnung Nr. AJ-20417",
    ],
)
def test_the_invoice_number_is_read_in_any_wording(printed: str) -> None:
    assert field("invoice_number", FIRM, f"{printed} @50,150") == "AJ-20417"


def test_the_number_stands_right_of_below_or_behind_its_label() -> None:
    assert field("invoice_number", FIRM, "Invoice No @350,150", "20417 @460,150") == "20417"
    assert field("invoice_number", FIRM, "Invoice No @350,150", "20417 @350,165") == "20417"
    assert field("invoice_number", FIRM, "Invoice No: 20417 @350,150") == "20417"


def test_a_row_of_labels_gives_each_field_what_stands_under_it() -> None:
    reading = read(
        page(
            FIRM,
            TITLE,
            grid(
                "50 180 310 440",
                "Invoice No | Invoice Date | Customer No | Due Date",
                "20417 | 05/03/2026 | 88123 | 04/04/2026",
                top=150,
            ),
        )
    )
    assert text_of(reading, "invoice_number") == "20417"
    assert text_of(reading, "issue_date") == "05/03/2026"
    assert text_of(reading, "due_date") == "04/04/2026"


def test_values_under_right_aligned_labels_are_told_apart() -> None:
    labels = ("Rechnungsnummer @>450,150", "Kundennummer @>545,150")
    assert field("invoice_number", FIRM, *labels, "4711 @>450,164", "88123 @>545,164") == "4711"


def test_values_beside_a_column_of_labels_are_told_apart() -> None:
    labels = block("Customer No", "Invoice No", "Date", x=50, top=150)
    values = block("88123", "4711", "5.3.2026", x=200, top=150)
    reading = read(page(FIRM, labels, values))
    assert text_of(reading, "invoice_number") == "4711"
    assert text_of(reading, "issue_date") == "5.3.2026"


def test_a_number_right_behind_a_sign_is_read() -> None:
    assert field("invoice_number", FIRM, "INVOICE #INV-0042 @50,150") == "INV-0042"


def test_the_date_of_an_order_is_neither_the_order_number_nor_the_issue_date() -> None:
    reading = read(
        page(FIRM, TITLE, "Your PO: 4500012345 dated 01.03.2026 @50,150", "Date: 05.03.2026 @350,150")
    )
    assert text_of(reading, "purchase_order_number") == "4500012345"
    assert value_of(reading, "issue_date") == "2026-03-05"
    assert field("purchase_order_number", FIRM, TITLE, "Order date: 01.03.2026 @50,150") is None


def test_the_last_day_of_a_discount_is_not_the_due_date() -> None:
    assert field("due_date", FIRM, TITLE, "2 % Skonto bis 15.03.2026 @50,600") is None
    both = "2 % Skonto bis 15.03.2026, netto bis 04.04.2026 @50,600"
    assert field("due_date", FIRM, TITLE, both) == "04.04.2026"


@pytest.mark.parametrize(
    "sentence",
    [
        "Bitte überweisen Sie den Betrag bis zum 04.04.2026 auf unser Konto.",
        "Terms: Net 30. Payment is due by 04.04.2026.",
    ],
)
def test_the_due_date_is_found_in_a_sentence(sentence: str) -> None:
    assert field("due_date", FIRM, TITLE, f"{sentence} @50,600") == "04.04.2026"


@pytest.mark.parametrize(
    "other",
    [
        "Customer No: 88123",
        "Customer number 88123",
        "Kundennummer: 88123",
        "Kunden-Nr. 88123",
        "N° client : 88123",
        "客户编号：88123",
        "Delivery note no: 88123",
        "Lieferschein-Nr.: 88123",
        "Quote No: 88123",
        "Phone: 0884 88123",
        "Company reg no: 88123",
        "HRB 88123",
    ],
)
def test_another_number_is_never_the_invoice_number(other: str) -> None:
    assert field("invoice_number", FIRM, TITLE, f"{other} @50,150") is None
    assert field("invoice_number", FIRM, f"{other} @50,150", "Invoice No: 20417 @50,170") == "20417"


@pytest.mark.parametrize(
    "other",
    [
        "Delivery Date: 01.02.2026",
        "Lieferdatum: 01.02.2026",
        "Date of supply 01.02.2026",
        "Order date: 01.02.2026",
        "Leistungszeitraum: 01.02.2026 - 28.02.2026",
        "Date de livraison : 01.02.2026",
        "交货日期：2026年2月1日",
    ],
)
def test_another_date_is_never_the_issue_date(other: str) -> None:
    both = read(page(FIRM, TITLE, f"{other} @350,150", "Invoice date: 05.03.2026 @350,170"))
    assert value_of(both, "issue_date") == "2026-03-05"
    assert field("issue_date", FIRM, TITLE, f"{other} @350,150") is None
    assert field("due_date", FIRM, TITLE, f"{other} @350,150") is None


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Invoice date: 5 March 2026", "2026-03-05"),
        ("Rechnungsdatum: 05.03.2026", "2026-03-05"),
        ("Datum: 5. März 2026", "2026-03-05"),
        ("Date de facture : 5 mars 2026", "2026-03-05"),
        ("开票日期：2026年3月5日", "2026-03-05"),
        ("Date 2026-03-05", "2026-03-05"),
        ("Factuurdatum: 05-03-2026", "2026-03-05"),
    ],
)
def test_the_issue_date_is_read_in_any_wording(printed: str, day: str) -> None:
    assert value_of(read(page(FIRM, f"{printed} @350,150")), "issue_date") == day


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Purchase Order: PO-3333", "PO-3333"),
        ("PO No. 3333", "3333"),
        ("Your order no: 45-001", "45-001"),
        ("Bestellnummer: B-77", "B-77"),
        ("Ihre Bestellung Nr. 45001", "45001"),
        ("订单号：DD2026001", "DD2026001"),
    ],
)
def test_the_order_number_is_read(printed: str, number: str) -> None:
    assert field("purchase_order_number", FIRM, TITLE, f"{printed} @50,150") == number


def test_a_code_that_looks_like_a_label_is_a_value() -> None:
    reading = read(page(FIRM, "Invoice No: PO-3333 @50,150", "Order No: DATE-9 @50,170"))
    assert text_of(reading, "invoice_number") == "PO-3333"
    assert text_of(reading, "purchase_order_number") == "DATE-9"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Contract No: C-2026/14", "C-2026/14"),
        ("Vertragsnummer: V-881", "V-881"),
        ("合同编号：HT-2026-08", "HT-2026-08"),
    ],
)
def test_the_contract_number_is_read(printed: str, number: str) -> None:
    assert field("contract_number", FIRM, TITLE, f"{printed} @50,150") == number


@pytest.mark.parametrize(
    "printed",
    [
        "Due date: 04.04.2026",
        "Payable by 04.04.2026",
        "Fällig am 04.04.2026",
        "Zahlbar bis 04.04.2026",
        "Échéance : 04.04.2026",
    ],
)
def test_the_due_date_is_read_and_is_not_the_issue_date(printed: str) -> None:
    reading = read(page(FIRM, TITLE, "Invoice date: 05.03.2026 @350,150", f"{printed} @50,600"))
    assert value_of(reading, "due_date") == "2026-04-04"
    assert value_of(reading, "issue_date") == "2026-03-05"


@pytest.mark.parametrize(
    ("printed", "terms"),
    [
        ("Payment terms: 30 days net", "30 days net"),
        ("Payment terms 30 days net", "30 days net"),
        ("Zahlungsbedingungen: 14 Tage netto", "14 Tage netto"),
        ("付款条件：收到发票后30天内付款", "收到发票后30天内付款"),
    ],
)
def test_payment_terms_are_the_text_behind_their_label(printed: str, terms: str) -> None:
    assert field("payment_terms", FIRM, TITLE, f"{printed} @50,600") == terms


def test_a_wrapped_text_goes_on_in_the_next_line() -> None:
    lines = block(
        "Payment terms: 2 % within 10 days, otherwise the whole amount",
        "within 30 days of the invoice date",
        x=50,
        top=600,
    )
    text = field("payment_terms", FIRM, TITLE, lines)
    assert text == ("2 % within 10 days, otherwise the whole amount within 30 days of the invoice date")


def test_a_text_does_not_swallow_the_next_label_below() -> None:
    lines = block("Remarks: Goods left at the gate-", "Due date: 4 April 2026", x=50, top=600)
    reading = read(page(FIRM, TITLE, lines))
    assert text_of(reading, "remarks") == "Goods left at the gate-"
    assert text_of(reading, "due_date") == "4 April 2026"


def test_the_amount_in_words_is_read() -> None:
    assert field("amount_in_words", FIRM, "Amount in words: Five hundred euros only @50,600") == (
        "Five hundred euros only"
    )
    assert field("amount_in_words", "价税合计（大写） @50,600", "壹万贰仟叁佰肆拾伍圆整 @200,600") == (
        "壹万贰仟叁佰肆拾伍圆整"
    )


def test_a_bare_number_in_a_partys_block_is_not_the_invoices() -> None:
    reading = read(
        page(
            block("Bill to:", "Ostrach Hotels Ltd", "No: 88123", "Leeds LS1 4AP", x=50, top=140),
            "Invoice No: 20417 @350,140",
        )
    )
    assert text_of(reading, "invoice_number") == "20417"


def test_a_term_in_a_row_of_labels_is_read_below_its_own() -> None:
    rows = grid("50 200 350", "Customer PO | Terms | Rep", "PX-118 | 2% 10 Net 30 | MB", top=150)
    assert field("payment_terms", FIRM, rows) == "2% 10 Net 30"


def test_an_amount_in_words_ends_in_only() -> None:
    words = "SWISS FRANCS SIXTEEN THOUSAND ONLY"
    assert field("amount_in_words", FIRM, f"SAY {words} @50,500") == words
    assert field("amount_in_words", FIRM, "SAY SWISS FRANCS @50,500") is None


def test_errors_excepted_are_no_amount_in_words() -> None:
    prints = ("Amount in words @50,500", "E. & O.E @400,500", "INR Fifty Thousand Only @50,514")
    assert field("amount_in_words", FIRM, *prints) == "INR Fifty Thousand Only"


def test_of_a_date_with_discount_and_one_without_the_second_is_due() -> None:
    line = "Zahlbar bis 22.09.2025 mit 2% Skonto oder bis 08.10.2025 netto. @50,500"
    assert field("due_date", FIRM, line) == "08.10.2025"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Ihre Bestellung vom 01.02.2026, Nr. 7781", "7781"),
        ("Your order of 1 February 2026, No. PO-7781", "PO-7781"),
        ("Votre commande du 01/02/2026, n° BC-9", "BC-9"),
        ("Ihre Bestellung vom 01.02.2026", None),
        ("Ihre Bestellung vom 01.02.2026, Liefertermin 12", None),
    ],
)
def test_a_number_stands_behind_its_date(printed: str, number: str | None) -> None:
    assert field("purchase_order_number", f"{printed} @50,250") == number


def test_a_date_whose_year_wrapped_is_read() -> None:
    assert (
        value_of(read(page("Fecha: 10 de septiembre de @50,80", "2025 @50,93")), "issue_date") == "2025-09-10"
    )


def test_a_number_on_the_next_line_is_no_year() -> None:
    assert first(read(page("Fecha: 10 de septiembre de @50,80", "3025 @50,93")), "issue_date") is None


def test_a_share_is_no_order_number() -> None:
    assert (
        field("purchase_order_number", "Condiciones de pago: 40 % con el pedido, 60 % antes @50,600") is None
    )


def test_a_column_head_is_no_label_of_a_text_beside_it() -> None:
    head = ["Parts @50,200", "Notes @180,200", "Qty @300,200", "Total @400,200"]
    assert field("remarks", head, "Oil filter @50,220") is None


@pytest.mark.parametrize(
    ("lines", "terms"),
    [
        (("Vi preghiamo di", "pagare entro 45", "giorni."), "Vi preghiamo di pagare entro 45 giorni."),
        (("21 days from", "date of invoice"), "21 days from date of invoice"),
        (("Zahlbar in 30 Tagen", "netto ab heute"), "Zahlbar in 30 Tagen netto ab heute"),
    ],
)
def test_a_text_goes_on_with_words_that_are_labels_elsewhere(lines: tuple[str, ...], terms: str) -> None:
    below = [f"{line} @400,{100 + 13 * index}" for index, line in enumerate(lines)]
    assert field("payment_terms", "Payment terms: @300,100", below) == terms


def test_a_label_with_a_colon_ends_the_text_above_it() -> None:
    below = ["Payment in 30 days @400,100", "date: 5 March 2026 @400,113"]
    assert field("payment_terms", "Payment terms: @300,100", below) == "Payment in 30 days"


@pytest.mark.parametrize("beside", ["Currency", "BE0439552332"])
def test_another_label_or_an_id_is_no_text(beside: str) -> None:
    assert field("payment_terms", "Payment terms @50,300", f"{beside} @50,313") is None


@pytest.mark.parametrize("printed", ["Livré le : 25/12/2023", "Imprimé le: 16.12.2024"])
def test_a_short_label_that_ends_a_longer_one_names_no_date_of_issue(printed: str) -> None:
    assert field("issue_date", FIRM, "FACTURE @50,110,18", f"{printed} @50,200") is None


def test_a_letters_date_wins_over_the_day_of_printing() -> None:
    printed = ["INVOICE No. 4711 @50,200,18", "Print date 6 March 2024 @50,240"]
    assert field("issue_date", FIRM, printed, "Ludlow, 5 March 2024 @400,150") == "5 March 2024"


def test_the_day_of_a_date_is_no_reference() -> None:
    assert field("purchase_order_number", FIRM, "Purchase order: @50,150", "3 March 2026 @150,150") is None


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Fällig: 2 % Skonto bis 12.03.2026, netto bis 04.04.2026", "04.04.2026"),
        ("Due date: 2,5% discount until 12.03.2026; then 04.04.2026", "04.04.2026"),
        ("Due date: discount until 12.03.2026 net 04.04.2026", "12.03.2026"),  # no mark parts them
        ("Due date: 12.03.2026, discount until 04.04.2026", "12.03.2026"),
    ],
)
def test_the_day_due_follows_the_day_of_the_discount_behind_a_mark(printed: str, day: str) -> None:
    assert field("due_date", FIRM, f"{printed} @50,300") == day


@pytest.mark.parametrize("goods", ["Lot 12", "Batch 12", "Charge 12", "批号 12"])
def test_a_date_of_goods_is_none_of_the_document(goods: str) -> None:
    assert field("issue_date", FIRM, f"{goods} Date: 5.3.2026 @50,300") is None
    assert field("issue_date", FIRM, "Letter 12 Date: 5.3.2026 @50,300") == "5.3.2026"


def test_what_a_line_of_the_table_tells_of_its_item_is_no_field() -> None:
    columns, line = "50 >300 >400 >545", "planed, date: 5.3.2026"
    rows = ("Description | Qty | Price | Amount", "Oak board | 2 | 3.50 | 7.00", f"{line} |  |  | ")
    assert field("issue_date", FIRM, grid(columns, *rows, top=300)) is None
    assert field("issue_date", FIRM, f"{line} @50,332") == "5.3.2026"


@pytest.mark.parametrize(
    ("beside", "number"),
    [
        ("8000-321 Faro", "2025/11/113"),  # a post code and its town
        ("80003 Bad Neuhof", "2025/11/113"),
        ("8000-321", "8000-321"),
        ("80003 of 5 May 2026", "80003"),
    ],
)
def test_a_town_beside_a_label_is_no_number(beside: str, number: str) -> None:
    prints = ("Invoice No @50,100", f"{beside} @140,100", "2025/11/113 @50,116")
    assert field("invoice_number", *prints) == number


def test_a_number_behind_words_beside_a_label_is_another() -> None:
    prints = ("Purchase order @50,100", "within 30 days @200,100", "LN24-1581 @50,116")
    assert field("purchase_order_number", *prints) == "LN24-1581"


@pytest.mark.parametrize(
    ("printed", "number"),
    [("Your order 14 June 2025", None), ("Your order: 14 June", None), ("Your order: 14", "14")],
)
def test_the_day_of_a_date_is_no_number(printed: str, number: str | None) -> None:
    assert field("purchase_order_number", f"{printed} @50,100") == number


def test_a_date_beside_a_label_is_hardly_likelier_than_one_under_it() -> None:
    label, beside, under = "Due date @50,150", "27/12/2023 @120,150", "25/12/2023 @50,165"
    alone, rivalled = (first(read(page(label, *dates)), "due_date") for dates in ((beside,), (beside, under)))
    assert alone is not None
    assert rivalled is not None
    assert alone.text == rivalled.text == "27/12/2023"
    assert rivalled.score < 0.9 * alone.score
    assert field("due_date", label, "27/12/2023 @400,150", under) == "25/12/2023"


def test_a_date_that_ends_a_sentence_is_not_of_issue_where_the_lines_end_alike() -> None:
    said = ["cette facture avant @>400,100", "le 01.01.2025 @>400,113", "18.12.2024 @>400,160"]
    assert field("issue_date", *said) == "18.12.2024"
    assert field("issue_date", "le 01.01.2025 @>400,113", "18.12.2024 @>400,160") == "01.01.2025"


def test_an_article_is_no_label_inside_a_reference() -> None:
    assert field("issue_date", "LE/f @50,100", "06.05.2026 @120,100", "18.12.2024 @50,200") is None
    assert field("issue_date", "le @50,100", "06.05.2026 @120,100", "18.12.2024 @50,200") == "06.05.2026"


@pytest.mark.parametrize(("below", "number"), [("d'origine :", "9280-RL"), ("du client :", "927")])
def test_a_label_may_be_the_first_line_of_a_look_alike(below: str, number: str) -> None:
    prints = ("Numéro : 9280-RL @50,80", "Réf. facture @50,100", "927 @160,100", f"{below} @50,114")
    assert field("invoice_number", *prints) == number


def test_a_best_before_date_over_two_lines_is_of_the_goods() -> None:
    assert field("due_date", "Lotto 34452285, @50,100", "scadenza 02/03/2026 @50,114") is None
    assert field("due_date", "Banca 34452285, @50,100", "scadenza 02/03/2026 @50,114") == "02/03/2026"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("LE 02 avril 2024", None),  # a day
        ("12 June 2024", None),
        ("RE 12 vom 5.3.2026", "RE 12"),
        ("INV 7 dated 5 March 2026", "INV 7"),
        ("FA 12 Page 1 of 1", "FA 12"),
    ],
)
def test_a_day_with_its_article_is_no_number(printed: str, number: str | None) -> None:
    assert field("invoice_number", FIRM, f"Invoice number: {printed} @50,200") == number


@pytest.mark.parametrize(
    "sentence",
    [
        "Bitte zahlen Sie binnen 14 Tagen.",
        "Please pay 50 % within 14 days.",
        "Gelieve te betalen binnen 14 dagen",
    ],
)
def test_a_sentence_that_begins_with_a_label_is_read_whole(sentence: str) -> None:
    assert field("payment_terms", FIRM, f"{sentence} @50,600") == sentence


def test_a_town_with_its_province_is_no_number() -> None:
    beside = "Invoice number: @50,200", "40121 Bologna (BO) @300,200"
    assert field("invoice_number", FIRM, *beside) is None


@pytest.mark.parametrize(("behind", "is_sure"), [("", True), (" 1.5 %", False), (" 15 kg", True)])
def test_a_date_before_a_percentage_is_that_of_a_discount(behind: str, *, is_sure: bool) -> None:
    best = first(read(page("Zahlung bis @200,100", f"28.07.24{behind} @200,114")), "due_date")
    assert best is not None
    assert (best.score > 0.7) is is_sure


@pytest.mark.parametrize(("term", "said"), [("Zahlungsziel 21", "21 Tage"), ("Zahlungsziel", None)])
def test_terms_may_begin_with_a_label_of_payment_and_a_number(term: str, said: str | None) -> None:
    below = "Tage @200,114" if said else "Bitte prüfen @200,160"
    assert field("payment_terms", "Zahlungsbedingung: @50,100", f"{term} @200,100", below) == said
