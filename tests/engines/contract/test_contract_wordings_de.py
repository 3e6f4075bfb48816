"""German clauses, each wording invented: what they fix, and what they must not be taken for."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.reading import Reading

Read = Callable[..., Reading]

_FOUND: tuple[tuple[str, str, object], ...] = (
    ("payment_days", "Rechnungen sind innerhalb von 30 Tagen nach Rechnungsdatum ohne Abzug zahlbar.", 30),
    ("payment_days", "Das Zahlungsziel beträgt 45 Tage ab Zugang der Rechnung.", 45),
    ("payment_days", "Der Auftraggeber begleicht jede Rechnung binnen vierzehn Tagen nach deren Eingang.", 14),
    ("payment_days", "Die Vergütung wird 21 Kalendertage nach Abnahme fällig.", 21),
    ("payment_days", "Zahlungsbedingungen: 60 Tage netto ab Rechnungsstellung.", 60),
    ("payment_days", "Zahlbar innerhalb von 10 Tagen mit 2 % Skonto, innerhalb von 30 Tagen netto.", 30),
    ("payment_days", "Der Kaufpreis ist dreißig (30) Tage nach Lieferung zu zahlen.", 30),
    ("payment_days", "Die Zahlung erfolgt spätestens zwanzig Tage nach Erhalt einer prüffähigen Rechnung.", 20),
    ("payment_days", "Rechnungsbeträge sind zwei Wochen nach Rechnungserhalt auszugleichen.", 14),
    ("payment_trigger", "Rechnungen sind innerhalb von 30 Tagen nach Rechnungsdatum zahlbar.", "invoice_date"),
    ("payment_trigger", "Zahlbar binnen 30 Tagen ab Ausstellung der Rechnung.", "invoice_date"),
    ("payment_trigger", "Das Zahlungsziel beträgt 45 Tage ab Zugang der Rechnung.", "invoice_receipt"),
    ("payment_trigger", "Der Kunde zahlt 14 Tage nach Rechnungseingang.", "invoice_receipt"),
    ("payment_trigger", "Die Vergütung wird 21 Tage nach Abnahme fällig.", "acceptance"),
    ("payment_trigger", "Der Kaufpreis ist 30 Tage nach Lieferung zu zahlen.", "delivery"),
    ("payment_trigger", "Die Zahlung ist 10 Tage nach Vertragsschluss fällig.", "signing"),
    ("total_amount", "Die Gesamtvergütung beträgt 48.250,00 EUR zuzüglich Umsatzsteuer.", "48250.00"),
    ("total_amount", "Der Auftragswert ist auf höchstens 120.000,00 € netto begrenzt.", "120000.00"),
    ("total_amount", "Auftragssumme: EUR 9.480,50 (netto).", "9480.50"),
    ("total_amount", "Für die Leistungen wird ein Pauschalpreis von 37.400,00 Euro vereinbart.", "37400.00"),
    ("total_amount", "Die Summe aller Abrufe darf 64.000 EUR nicht überschreiten.", "64000"),
    ("total_amount", "Der Kaufpreis beläuft sich insgesamt auf 12.750,00 EUR.", "12750.00"),
    ("currency", "Alle Preise verstehen sich in Euro.", "EUR"),
    ("currency", "Vertragswährung ist der Schweizer Franken (CHF).", "CHF"),
    ("currency", "Abrechnungswährung: EUR.", "EUR"),
    ("tax_rate", "Hinzu kommt die gesetzliche Umsatzsteuer von derzeit 19 %.", 19),
    ("tax_rate", "Die Mehrwertsteuer wird mit 7 % berechnet.", 7),
    ("tax_rate", "Umsatzsteuersatz: 20 %.", 20),
    ("invoice_type_required", "Der Auftragnehmer stellt eine ordnungsgemäße Rechnung aus.", "commercial"),
    ("invoice_type_required", "Je Bauabschnitt legt der Unternehmer eine Abschlagsrechnung vor.", "partial"),
    ("invoice_type_required", "Abgerechnet wird mit einer prüffähigen Schlussrechnung.", "commercial"),
    ("agreed_discount", "Auf jede Rechnung wird ein Nachlass von 5 % gewährt.", 5),
    ("agreed_discount", "Der Lieferant räumt einen Rahmenrabatt in Höhe von 3,5 % auf alle Rechnungen ein.", "3.5"),
    ("agreed_discount", "Rabatt: 8 Prozent je Rechnung.", 8),
    ("early_payment_discount", "Bei Zahlung innerhalb von 10 Tagen gewährt der Lieferant 2 % Skonto.", 2),
    ("early_payment_discount", "3 % Skonto bei Zahlung binnen acht Tagen.", 3),
    ("early_payment_discount", "Zahlt der Kunde innerhalb von 14 Tagen, darf er 2,5 % Skonto abziehen.", "2.5"),
    ("retention_rate", "Von jeder Zahlung werden 5 % als Sicherheit einbehalten.", 5),
    ("retention_rate", "Der Auftraggeber behält einen Gewährleistungseinbehalt von 10 % ein.", 10),
    ("retention_rate", "Sicherheitseinbehalt: 7,5 % der jeweiligen Abschlagszahlung.", "7.5"),
    ("effective_date", "Dieser Vertrag tritt am 1. März 2025 in Kraft.", date(2025, 3, 1)),
    ("effective_date", "Die Laufzeit beginnt am 15.04.2024 und endet am 14.04.2026.", date(2024, 4, 15)),
    ("effective_date", "Vertragsbeginn: 01.07.2025.", date(2025, 7, 1)),
    ("effective_date", "Der Vertrag gilt ab dem 1. Januar 2025.", date(2025, 1, 1)),
    ("expiry_date", "Die Laufzeit beginnt am 15.04.2024 und endet am 14.04.2026.", date(2026, 4, 14)),
    ("expiry_date", "Der Vertrag läuft vom 01.05.2024 bis zum 30.04.2025.", date(2025, 4, 30)),
    ("expiry_date", "Die Vereinbarung ist bis zum 31. Dezember 2025 befristet.", date(2025, 12, 31)),
    ("expiry_date", "Der Vertrag hat eine Laufzeit von 24 Monaten ab dem 1. März 2025.", date(2027, 2, 28)),
    ("bank_account", "Zahlungen erfolgen auf das Konto DE89 3704 0044 0532 0130 00 bei der Talbank eG.", "DE89370400440532013000"),
    ("bank_account", "Bankverbindung des Auftragnehmers: Sparkasse Hügelland, IBAN DE89370400440532013000, BIC TALBDE33XXX.", "DE89370400440532013000"),
    ("bank_account", "Überweisungen gehen an Kontonummer 4711081500, Volksbank Moorheide.", "4711081500"),
    ("governing_law", "Es gilt deutsches Recht unter Ausschluss des UN-Kaufrechts.", "Deutschland"),
    ("governing_law", "Auf diesen Vertrag findet das Recht der Bundesrepublik Deutschland Anwendung.", "Bundesrepublik Deutschland"),
    ("governing_law", "Der Vertrag unterliegt österreichischem Recht.", "Österreich"),
    ("late_fee_rate", "Bei Verzug sind Zinsen in Höhe von 9 Prozentpunkten über dem Basiszinssatz zu zahlen.", "9 Prozentpunkten über dem Basiszinssatz"),
    ("late_fee_rate", "Der Verzugszins beträgt 6 % p. a.", "6 % p. a."),
    ("late_fee_rate", "Säumige Beträge werden mit 1 % pro Monat verzinst.", "1 % pro Monat"),
    ("renewal_term", "Der Vertrag verlängert sich stillschweigend um jeweils ein Jahr.", "jeweils ein Jahr"),
    ("renewal_term", "Er verlängert sich um weitere zwölf Monate, sofern er nicht gekündigt wird.", "weitere zwölf Monate"),
    ("termination_notice", "Die Kündigungsfrist beträgt drei Monate zum Monatsende.", "drei Monate"),
    ("termination_notice", "Beide Parteien können mit einer Frist von 90 Tagen schriftlich kündigen.", "90 Tagen"),
)  # fmt: skip

_ABSENT: tuple[tuple[str, str], ...] = (
    ("payment_days", "Mängel sind binnen 30 Tagen zu beheben."),
    ("payment_days", "Die Gewährleistungsfrist beträgt 24 Monate ab Abnahme."),
    ("payment_days", "Der Vertrag kann mit einer Frist von 30 Tagen gekündigt werden."),
    ("payment_days", "Einwände gegen die Rechnung sind binnen 10 Tagen nach Erhalt zu erheben; sie sind zu beanstanden."),
    ("payment_days", "Die Lieferung erfolgt innerhalb von 20 Tagen nach Bestellung."),
    ("payment_days", "Bei Zahlung innerhalb von 10 Tagen gewährt der Lieferant 2 % Skonto."),
    ("payment_days", "Der Einbehalt wird 30 Tage nach Ablauf der Gewährleistung ausgezahlt."),
    ("total_amount", "Die Haftung ist auf 500.000,00 EUR begrenzt."),
    ("total_amount", "Die Vertragsstrafe beträgt höchstens 10.000,00 EUR."),
    ("total_amount", "Der Stundensatz beträgt 95,00 EUR je Stunde."),
    ("tax_rate", "Der Verzugszins beträgt 6 % p. a."),
    ("agreed_discount", "Bei Zahlung innerhalb von 10 Tagen gewährt der Lieferant 2 % Skonto."),
    ("early_payment_discount", "Auf jede Rechnung wird ein Nachlass von 5 % gewährt."),
    ("retention_rate", "Auf jede Rechnung wird ein Nachlass von 5 % gewährt."),
    ("expiry_date", "Die Preise gelten bis zum 31.12.2025."),
    ("expiry_date", "Die Ware wird bis zum 30.06.2025 geliefert."),
    ("invoice_type_required", "Rechnungen sind 30 Tage nach Rechnungsdatum zahlbar."),
    ("late_fee_rate", "Bei Lieferverzug wird eine Vertragsstrafe von 0,5 % je Woche fällig."),
    ("renewal_term", "Die Kündigungsfrist beträgt drei Monate."),
)  # fmt: skip


@pytest.mark.parametrize(("term", "sentence", "value"), _FOUND)
def test_a_term_is_read_from_its_clause(read: Read, term: str, sentence: str, value: object) -> None:
    reading = read(
        "Rahmenvertrag", "§ 4 Vergütung und Laufzeit", f"(1) {sentence}", "(2) Nebenabreden bestehen nicht."
    )
    best = reading.candidates[term][0]
    expected = Decimal(value) if isinstance(value, int) or str(value).replace(".", "").isdigit() else value
    found = best.value if best.value is not None else best.text
    if isinstance(expected, Decimal) and term == "bank_account":
        expected = str(value)
    assert found == expected
    assert best.clause == "§ 4 Abs. 1"


@pytest.mark.parametrize(("term", "sentence"), _ABSENT)
def test_a_near_miss_is_no_term(read: Read, term: str, sentence: str) -> None:
    reading = read("Rahmenvertrag", "§ 4 Weiteres", f"(1) {sentence}", "(2) Nebenabreden bestehen nicht.")
    assert term not in reading.candidates
