"""Names are told from streets, towns, contacts and titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.names import (
    has_legal_form,
    has_post_code,
    has_registration,
    is_address,
    is_contact,
    is_name,
    is_sender_line,
    issued_by,
    name_span,
)


@pytest.mark.parametrize(
    "text",
    [
        "Alderbrook Joinery Ltd",
        "Nordwind Lampen GmbH & Co. KG",
        "Quill & Sons, Inc.",
        "青禾五金有限公司",
        "Atelier Brume SARL",
        "Studio 54 Lighting B.V.",
        "Park Lane Stationers Ltd",  # a street's words, but a legal form
        "M. Patrick Quill",  # no mobile number
        "ab",
    ],
)
def test_firms_and_persons_are_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "Eheleute",
        "M. 0412 555 907",
        "T +44 117 496 0112",
        "Herr und Frau",
        "Mr & Mrs",
        "Ph 0412 555 907",
        "(719) 555-0144",
        "12 Quarry Road",
        "Hafenstraße 9",
        "14 rue des Lilas",
        "80333 München",
        "Redmond WA 98052",
        "Tel: 030 1234567",
        "info@alderbrook.example",
        "www.alderbrook.example",
        "Invoice No: 4711",
        "Bill to:",
        "4711-0815",
        "60 quai de la Fonderie",
        "Iscr. Reg. Imp. Como 4711",
        "HRB 4711 Kiel",
        "a",
        "(RM)",
        "",
        "浙江省杭州市西湖区文三路100号",
    ],
)
def test_streets_towns_contacts_and_labelled_values_are_no_names(text: str) -> None:
    assert not is_name(text)


def test_a_name_has_at_most_90_characters() -> None:
    assert is_name("a" * 90)
    assert not is_name("a" * 91)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("Alder Ltd", True),
        ("Alder Ltd.", True),
        ("Nordwind GmbH", True),
        ("青禾五金有限公司", True),
        ("Brume SAS", True),
        ("Thank you for your order", False),
        ("Alder", False),
    ],
)
def test_a_legal_form_tells_a_firm(text: str, *, has: bool) -> None:
    assert has_legal_form(text) is has


@pytest.mark.parametrize("text", ["Phone +44 1632 960001", "a@b.example", "电话：0571-88880000", "Fax 12 34"])
def test_phone_mail_and_web_are_contacts(text: str) -> None:
    assert is_contact(text)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("80333 München", True),
        ("D-63571 Gelnhausen", True),
        ("Ludlow SY8 1AZ", True),
        ("1012 AB Amsterdam", True),
        ("Redmond, WA 98052", True),
        ("Invoice 2026", False),
        ("Hafenstraße 9", False),
    ],
)
def test_a_post_code_stands_with_its_town(text: str, *, has: bool) -> None:
    assert has_post_code(text) is has
    assert is_address(text) or not has


def test_a_sender_line_holds_name_street_and_town() -> None:
    assert is_sender_line("Nordwind GmbH · Hafenstraße 9 · 20457 Hamburg")
    assert is_sender_line("Nordwind GmbH, Hafenstraße 9, 20457 Hamburg")
    assert is_sender_line("Nordwind GmbH - Hafenstraße 9 - 20457 Hamburg")
    assert not is_sender_line("Nordwind GmbH · Hamburg")
    assert not is_sender_line("Lamps, shades, bulbs")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nordwind GmbH · Hafenstraße 9 · 20457 Hamburg", "Nordwind GmbH"),
        ("Nordwind GmbH, Hafenstraße 9", "Nordwind GmbH"),
        ("Quill, Inc.", "Quill, Inc."),
        ("Quill & Sons, Inc., 12 Quarry Road", "Quill & Sons, Inc."),
        ("Serralva Lamas Unipessoal, Lda., Rua das Oliveiras, 36", "Serralva Lamas Unipessoal, Lda."),
        (": Alder Ltd", "Alder Ltd"),
        ("青禾五金有限公司（卖方）", "青禾五金有限公司"),
        ("Alder Ltd;", "Alder Ltd"),
        ("Alder Ltd - Tools", "Alder Ltd"),
        ("Meyer-Landrut AG", "Meyer-Landrut AG"),
    ],
)
def test_a_name_ends_before_what_is_none(text: str, name: str) -> None:
    start, end = name_span(text, 0, len(text))
    assert text[start:end] == name


@given(st.text(max_size=60))
def test_a_name_lies_within_its_text(text: str) -> None:
    start, end = name_span(text, 0, len(text))
    assert 0 <= start <= end <= len(text)
    is_name(text)


@pytest.mark.parametrize(
    "town", ["New York, NY", "Redmond WA", "Salt Lake City, UT", "Vancouver, BC", "Ballarat VIC"]
)
def test_a_town_with_its_state_is_no_name(town: str) -> None:
    assert not is_name(town)


@pytest.mark.parametrize("name", ["Acme, Inc", "Alder & Sons, AG", "Miller NY Bakers", "Nova"])
def test_a_name_with_capitals_behind_a_comma_stays_one(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "number", ["(779763-K)", "(Company No. 113825-W)", "[201801012345]", "(Co. Reg. 590150-A)"]
)
def test_a_number_of_registration_ends_a_name(number: str) -> None:
    text = f"Alder Timber Sdn Bhd {number}"
    assert text[slice(*name_span(text, 0, len(text)))] == "Alder Timber Sdn Bhd"


@pytest.mark.parametrize("text", ["Alder Timber (M) Sdn Bhd", "Hotel Krone (Bern)", "Studio 54 (2020)"])
def test_other_brackets_belong_to_the_name(text: str) -> None:
    assert text[slice(*name_span(text, 0, len(text)))] == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hill & Dale Heating Ltd. Registered in England & Wales no. 01234567.", "Hill & Dale Heating Ltd"),
        ("Vía Verde Viajes, S.A. Inscrita en el Registro Mercantil", "Vía Verde Viajes, S.A."),
        ("Kontor Datenwerk e.U. / Inh. Veronika Quast / Gasse 3", "Kontor Datenwerk e.U."),
        ("Atelier Brume SARL au capital de 8 000 €", "Atelier Brume SARL"),
        ("Ave Quatro – Indústria de Malhas, Lda.", "Ave Quatro – Indústria de Malhas, Lda."),
        ("Ave Quatro – Rua do Sol 4", "Ave Quatro"),
        ("Ave Malhas Lda – Fios e Tecidos Lda", "Ave Malhas Lda"),  # two firms
        ("Company Registered Office Ltd", "Company Registered Office Ltd"),  # the form stands behind
    ],
)
def test_a_name_goes_as_far_as_its_legal_form(text: str, name: str) -> None:
    start, end = name_span(text, 0, len(text))
    assert text[start:end] == name


@pytest.mark.parametrize("form", ["e. K.", "e.V.", "e.U.", "v.o.f.", "A.Ş.", "NV/SA", "GbR", "Snc", "d.o.o."])
def test_legal_forms_of_smaller_firms_are_known(form: str) -> None:
    assert has_legal_form(f"Quast {form}")


@pytest.mark.parametrize("text", ["SAS Brume et Fils", "SARL Lenoir", "ASBL Les Tilleuls"])
def test_a_legal_form_may_stand_in_front(text: str) -> None:
    assert has_legal_form(text)
    assert not has_legal_form(text.split(" ", 1)[1])


@pytest.mark.parametrize("name", ["Quast Security NV", "Norrhem Textil AB"])
def test_a_legal_form_is_no_state(name: str) -> None:
    assert is_name(name)
    assert not is_name(name.replace(" Security ", ", ").replace(" Textil ", ", "))


def test_a_line_of_the_register_is_told_from_an_address() -> None:
    assert has_registration("HRB 20811 Lüneburg")
    assert has_registration("KvK 17288043")
    assert not has_registration("Sankt-Anna-Weg 4, 20457 Hamburg")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kern · Lautenschlag Steuerberater PartG mbB", "Kern · Lautenschlag Steuerberater PartG mbB"),
        ("Kern · Lautenschlag · Roth", "Kern · Lautenschlag · Roth"),
        ("Atelier Brume · Architectes", "Atelier Brume"),
        ("Nordwind Lampen GmbH · Hafenstraße 9 · 20457 Hamburg", "Nordwind Lampen GmbH"),
        ("Kern · Seestraße 2 · 20457 Hamburg", "Kern"),
    ],
)
def test_points_stand_between_the_names_of_partners(text: str, name: str) -> None:
    assert text[slice(*name_span(text, 0, len(text)))] == name


@pytest.mark.parametrize(
    "line", ["Chaussée de Namur 18", "Corso della Fonderia 34", "Molenlaan 7", "Av. Industrial"]
)
def test_a_street_with_its_number_is_no_name(line: str) -> None:
    assert not is_name(line)


@pytest.mark.parametrize(
    "name", ["Corso Consulting", "Plaza Hotel", "Morissac Textiles SC", "Volvik Lastvagnar AB"]
)
def test_words_that_also_open_streets_and_forms_that_are_states_begin_names(name: str) -> None:
    assert is_name(name)


def test_thanks_and_attentions_are_no_names() -> None:
    assert not is_name("Thank you!")
    assert not is_name("c.a. G. Pradella")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Novalange S.A., Crédit Armorin", "Novalange S.A., Crédit Armorin"),
        ("Novalange S.A.,", "Novalange S.A."),
        ("Novalange Ltd,", "Novalange Ltd"),
        ("Novalange Ltd :", "Novalange Ltd"),
    ],
)
def test_the_point_of_a_legal_form_is_kept_and_a_comma_is_not(text: str, name: str) -> None:
    assert text[slice(*name_span(text, 0, len(text)))] == name


def test_a_name_ends_before_its_street() -> None:
    text = "Valmora Ferretería S.A., C/ Tejedores, 88, 48005 Bilbao"
    start, end = name_span(text, 0, len(text))
    assert text[start:end] == "Valmora Ferretería S.A."


@pytest.mark.parametrize(
    "line", ["Date of supply", "Datum der Lieferung", "Data di consegna", "Fecha de envío"]
)
def test_the_label_of_a_date_is_no_name(line: str) -> None:
    assert not is_name(line)
    assert is_name("Data Delft BV")


@pytest.mark.parametrize(
    ("text", "name"),
    [("Invoice from Alder Ltd", "Alder Ltd"), ("Alder Ltd", "Alder Ltd"), ("Invoice from", "Invoice from")],
)
def test_the_words_that_lead_to_a_name_are_none_of_it(text: str, name: str) -> None:
    assert text[issued_by(text) :] == name
