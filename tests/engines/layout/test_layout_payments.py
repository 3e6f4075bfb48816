"""Terms and due dates in sentences and in lines of several facts."""

import pytest
from engines.layout.pages import block, field


@pytest.mark.parametrize(
    ("printed", "terms"),
    [
        ("Mietvertrag MV-26-11 · Baustelle Seon · Konditionen: 30 Tage netto", "30 Tage netto"),
        ("Order 4711 | Payment within 21 days | Ref. AB", "Payment within 21 days"),
        (
            "Zahlbar in 30 Tagen netto – Skonto 2% in 8 Tagen",
            "Zahlbar in 30 Tagen netto – Skonto 2% in 8 Tagen",
        ),
        ("60 days after B/L date", "60 days after B/L date"),
        ("30 jours fin de mois", "30 jours fin de mois"),
        ("Automatische incasso 14 dagen", "Automatische incasso 14 dagen"),
        ("Bonifico bancario 60 gg d.f.f.m.", "Bonifico bancario 60 gg d.f.f.m."),
        ("Pagamento a vista fattura mediante bonifico.", "Pagamento a vista fattura mediante bonifico."),
        ("Zahlbar sofort nach Erhalt.", "Zahlbar sofort nach Erhalt."),
        ("Payment due upon receipt.", "Payment due upon receipt."),
        ("Transferencia a 30 días", "Transferencia a 30 días"),
        ("Gelieve binnen 30 dagen over te maken.", "Gelieve binnen 30 dagen over te maken."),
        (
            "Payment within 14 days of invoice. BACS to Quast Bank, sort code 20-45-77, account no. 40918826",
            "Payment within 14 days of invoice",
        ),
    ],
)
def test_terms_are_cut_out_of_their_line(printed: str, terms: str) -> None:
    assert field("payment_terms", f"{printed} @50,600") == terms


@pytest.mark.parametrize(
    "printed",
    [
        "Rental 12 days · Site Leeds",
        "Delivered 60 days ago",
        "Goods can be returned within 30 days",
        "Thank you for the prompt delivery on receipt of our letter",
        "Machine hire for 3 days from Monday",
        "Ware sofort nach Erhalt prüfen und Mängel melden",
    ],
)
def test_days_without_a_word_of_paying_are_no_terms(printed: str) -> None:
    assert field("payment_terms", f"{printed} @50,600") is None


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Condição Pagamento", "60 dias"),
        ("Cond. pago", "60 días"),
        ("Condizione pagamento", "60 giorni"),
        ("Terms of delivery and payment", "60 days net"),
        ("Betaalvoorwaarden", "60 dagen"),
    ],
)
def test_labels_of_terms_without_small_words(label: str, value: str) -> None:
    assert field("payment_terms", f"{label} @50,200", f"{value} @50,213") == value


@pytest.mark.parametrize(
    "printed",
    [
        "Den Betrag buchen wir am 13.10.2026 von Ihrem Konto ab.",
        "Der Betrag wird am 13.10.2026 abgebucht.",
        "Het factuurbedrag wordt rond 13-10-2026 automatisch van uw rekening afgeschreven.",
        "Le montant sera prélevé le 13/10/2026.",
        "El importe se cargará en su cuenta el 13/10/2026.",
        "L'importo verrà addebitato il 13/10/2026.",
        "O valor será debitado em 13/10/2026.",
        "The amount will be debited on 13/10/2026.",
    ],
)
def test_the_day_of_the_debit_is_the_due_date(printed: str) -> None:
    assert field("due_date", f"{printed} @50,600") in {"13.10.2026", "13-10-2026", "13/10/2026"}


@pytest.mark.parametrize(
    "printed",
    [
        "Der Betrag wurde am 13.10.2026 abgebucht.",
        "Le montant a été prélevé le 13/10/2026.",
        "The amount was debited on 13/10/2026.",
        "Wir buchen Ihre Reise am 13.10.2026 gern um.",
    ],
)
def test_money_that_was_taken_is_due_no_more(printed: str) -> None:
    assert field("due_date", f"{printed} @50,600") is None


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("Net 20", "Thank you for your custom."),
        ("Zahlung innerhalb 30 Tagen netto", "Unsere Bankverbindung:"),
        ("Paiement à 30 jours", "Merci de votre confiance."),
        ("Transferencia a 20 días", "Gracias por su compra."),
    ],
)
def test_terms_end_with_their_line_where_the_next_one_would_have_fitted(line: str, below: str) -> None:
    long = "This page has other lines at the same edge that show how wide its text is set @50,700"
    assert field("payment_terms", f"Terms: {line} @50,600", f"{below} @50,614", long) == line


def test_terms_go_on_where_the_line_was_full() -> None:
    lines = ("Terms: Payment is due without any deduction within 30 days of", "Receipt of this invoice")
    assert field("payment_terms", f"{lines[0]} @50,600", f"{lines[1]} @50,614") == (
        "Payment is due without any deduction within 30 days of Receipt of this invoice"
    )


@pytest.mark.parametrize(
    ("printed", "terms"),
    [
        ("Payment is due upon receipt. Late amounts bear interest.", "Payment is due upon receipt."),
        ("31.05.2026 – 30 days end of month. Bank: Crown", "30 days end of month."),
        (
            "Zahlbar in 30 Tagen. Bei Zahlung in 10 Tagen 2 % Skonto.",
            "Zahlbar in 30 Tagen. Bei Zahlung in 10 Tagen 2 % Skonto.",
        ),
    ],
)
def test_of_several_sentences_those_that_tell_the_terms_count(printed: str, terms: str) -> None:
    assert field("payment_terms", f"Payment terms: {printed} @50,600") == terms


@pytest.mark.parametrize(
    "sentence",
    [
        "Please pay by 4 April 2026",
        "Bitte überweisen Sie den Betrag bis zum 4. April 2026",
        "Paiement par virement avant le 4 avril 2026",
        "Pagável até 04-04-2026",
        "Bonifico bancario entro il 04.04.2026",
    ],
)
def test_a_sentence_that_asks_to_pay_by_a_date_tells_terms(sentence: str) -> None:
    assert field("payment_terms", f"{sentence} @50,600") == sentence


@pytest.mark.parametrize("line", ["Pay by: 4 April 2026", "Paid on 4 April 2026", "Valid until 4 April 2026"])
def test_a_labelled_date_or_another_one_does_not(line: str) -> None:
    assert field("payment_terms", f"{line} @50,600") is None


def test_a_decimal_comma_does_not_part_a_discount_from_its_date() -> None:
    terms = "Desconto de pronto pagamento 1,5% até 18-10-2026, líquido até 12-11-2026"
    assert field("due_date", f"{terms} @50,600") != "18-10-2026"


@pytest.mark.parametrize(
    ("printed", "terms"),
    [
        (
            "Règlement par virement sous 30 jours : IBAN FR76 4255 9008 2135",
            "Règlement par virement sous 30 jours",
        ),
        (
            "Zahlbar innerhalb von 21 Tagen auf unser Konto DE02 1203 0000 0000",
            "Zahlbar innerhalb von 21 Tagen",
        ),
        ("Payment is due fifteen (15) days after receipt of this bill", None),
        ("Payment within 30 days of the statement of account", None),
    ],
)
def test_terms_end_before_the_account_to_pay_to(printed: str, terms: str | None) -> None:
    assert field("payment_terms", f"{printed} @50,600") == (terms or printed)


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("Le montant de la facture sera prélevé sur votre compte le", "18/10/2026."),
        ("Bitte überweisen Sie den Betrag bis spätestens", "18.10.2026 auf unser Konto."),
        ("Votre compte sera débité à partir du", "18/10/2026."),
    ],
)
def test_a_date_to_pay_by_may_begin_the_next_line(line: str, below: str) -> None:
    assert field("due_date", f"{line} @50,600", f"{below} @50,613") is not None
    assert field("due_date", f"{line} @50,600", f"Lot {below} @50,613") is None


def test_an_ordinal_at_the_end_of_a_line_does_not_end_the_terms() -> None:
    below = ["Zahlbar in 30 Tagen netto bis zum 24. @50,600", "Oktober 2026, 3 % Skonto in 8 Tagen @50,613"]
    assert (
        field("payment_terms", below)
        == "Zahlbar in 30 Tagen netto bis zum 24. Oktober 2026, 3 % Skonto in 8 Tagen"
    )


def test_terms_under_their_label_win_over_what_stands_beside_it() -> None:
    beside = block("Gefactureerd aan:", "Bruinsloot Verpakking BV", "Lindelaan 62", x=306, top=126, step=12)
    under = block("Betaling:", "Tot 22-6-2026 2% korting, netto tot 5-7-2026", x=34, top=150, step=12)
    assert field("payment_terms", beside, under) == "Tot 22-6-2026 2% korting, netto tot 5-7-2026"


def test_a_sentence_keeps_the_words_that_a_label_shares() -> None:
    assert field("payment_terms", "Payment due within 14 days @50,600") == "Payment due within 14 days"
    assert field("payment_terms", "Payment due within: 14 days @50,600") == "14 days"


def test_the_way_of_paying_before_the_terms_is_a_label() -> None:
    assert field("payment_terms", "Modalità di pagamento 60 giorni @50,600") == "60 giorni"
    by_bank = "bonifico bancario a 60 giorni"
    assert field("payment_terms", f"Modalità di pagamento {by_bank} @50,600") == by_bank
    in_words = "Modalità di pagamento come da accordi"
    assert field("payment_terms", f"Condizioni di pagamento: {in_words} @50,600") == in_words


def test_a_colon_behind_the_terms_is_no_part_of_them() -> None:
    assert field("payment_terms", "Bitte überweisen Sie bis zum 24.07.2014: @50,600") == (
        "Bitte überweisen Sie bis zum 24.07.2014"
    )


def test_a_period_is_no_term() -> None:
    period = "付款期限 @50,600", "2024年02月01日 – 2024年02月27日 @150,600"
    assert field("payment_terms", *period, "30天内付款 @50,650") == "30天内付款"


@pytest.mark.parametrize(
    ("printed", "terms"),
    [
        ("Payment within 21 days; Contract no. 4711", "Payment within 21 days"),
        ("Payable 2% within 7 days; 30 days net", "2% within 7 days; 30 days net"),
    ],
)
def test_a_semicolon_parts_terms_from_another_fact_only(printed: str, terms: str) -> None:
    assert field("payment_terms", f"{printed} @50,600") == terms


@pytest.mark.parametrize(
    ("line", "below"),
    [
        ("Payable within 20 days; discount of 2% if within 5", "days"),
        ("Desconto de 2% para pagamento em 7 dias; líquido a 30", "dias"),
    ],
)
def test_a_semicolon_before_a_word_of_the_terms_parts_nothing(line: str, below: str) -> None:
    assert field("payment_terms", *block(line, below, x=50, top=600)) == f"{line} {below}"


def test_days_in_brackets_are_the_end_of_what_stands_above() -> None:
    assert field("payment_terms", "(payable in 10 days) @50,600") is None
    assert field("payment_terms", "payable in 10 days @50,600") == "payable in 10 days"


def test_a_day_with_its_days_in_brackets_keeps_the_word_of_paying() -> None:
    by_day = "Payable on 4 April 2026 (30 days)"
    assert field("payment_terms", f"{by_day} @50,600") == by_day


@pytest.mark.parametrize(("printed", "terms"), [("Net 30", "Net 30"), ("Net 31", None), ("Net 30.00", None)])
def test_net_and_a_usual_number_of_days_alone_are_terms(printed: str, terms: str | None) -> None:
    assert field("payment_terms", f"{printed} @50,600") == terms


def test_a_line_that_goes_on_tells_terms_as_a_whole() -> None:
    printed = ["Desconto de 1,5 % para pagamento em 8 @50,400", "dias; líquido a 45 dias @50,413"]
    assert field("payment_terms", *printed) == "Desconto de 1,5 % para pagamento em 8 dias; líquido a 45 dias"


def test_a_row_of_what_stands_beside_parts_no_text() -> None:
    printed = ["Please pay the amount in @50,400", "Subtotal @400,406", "30 days @50,413"]
    assert field("payment_terms", *printed) == "Please pay the amount in 30 days"


def test_a_discount_is_part_of_chinese_terms() -> None:
    lines = block("付款条件：三月二十一日前付款", "优惠2%，最迟三月二十四日付清", x=50, top=100, step=14)
    assert field("payment_terms", lines) == "三月二十一日前付款优惠2%，最迟三月二十四日付清"
