"""The seller's address is read behind the name, under it, and apart from it."""

import pytest
from engines.layout.pages import block, field, page, read, text_of

NUMBERS = ["INVOICE @400,210,18", "Invoice no: 4711 @50,250", "Date: 5 March 2026 @50,265"]
BUYER = block("Bill to:", "Marlow Fabrication Inc.", "77 Foundry St", "Salem, OR 97301", x=50, top=140)


def address(*head: str | list[str], foot: list[str] | None = None) -> str | None:
    return field("seller_address", *head, BUYER, NUMBERS, foot or [])


@pytest.mark.parametrize(
    "lines",
    [
        ("Quillon Ltd", "VAT No. GB 123 4567 82", "9 Harbour Road", "Bristol BS1 4QA"),
        ("Quillon Ltd", "Tel. 0117 496 0112", "9 Harbour Road", "Bristol BS1 4QA"),
        ("Quillon Ltd", "Makers of fine lamps", "9 Harbour Road", "Bristol BS1 4QA", "Tel. 0117 496 0112"),
        ("Quillon Ltd", "9 Harbour Road", "Bristol BS1 4QA", "0117 496 0112 33"),
        ("Quillon Ltd", "9 Harbour Road", "Bristol BS1 4QA", "Ph 0117 496 0112"),
    ],
)
def test_trade_phone_and_ids_are_no_part_of_the_address(lines: tuple[str, ...]) -> None:
    assert address(block(*lines, x=50, top=30)) == "9 Harbour Road Bristol BS1 4QA"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Quillon Ltd · 9 Harbour Road · Bristol BS1 4QA", "9 Harbour Road · Bristol BS1 4QA"),
        ("Quillon Ltd · Master joiners · 9 Mill Ring 3 · 24105 Kiel", "9 Mill Ring 3 · 24105 Kiel"),
        ("Quillon Ltd · 9 Mill Ring 3 · 24105 Kiel · Germany", "9 Mill Ring 3 · 24105 Kiel · Germany"),
        ("Quillon Ltd | 9 Ring 3, Salida, CO 81201 | (719) 555-0144", "9 Ring 3, Salida, CO 81201"),
        ("Quillon Ltd | 9 Ring 3, Salida, CO 81201 | License #88213", "9 Ring 3, Salida, CO 81201"),
    ],
)
def test_a_sender_line_holds_more_than_the_address(line: str, expected: str) -> None:
    assert address(f"{line} @50,30") == expected


def test_registers_and_accounts_are_no_post_code() -> None:
    line = "Quillon GmbH · HRB 4410 KI · 9 Mill Ring 3 · 24105 Kiel"
    assert address(f"{line} @50,30") == "9 Mill Ring 3 · 24105 Kiel"


@pytest.mark.parametrize(
    ("town", "country", "expected"),
    [
        ("24105 Kiel", "Germany", "9 Mill Lane 24105 Kiel Germany"),
        ("24105 Kiel", "Open daily", "9 Mill Lane 24105 Kiel"),
        ("Ballarat VIC 3350", "Australia", "9 Mill Lane Ballarat VIC 3350 Australia"),
        ("Auckland 0627", "New Zealand", "9 Mill Lane Auckland 0627 New Zealand"),
        ("Singapore 408933", "Open daily", "9 Mill Lane Singapore 408933"),
        ("Vancouver BC V6C 1T2", "Canada", "9 Mill Lane Vancouver BC V6C 1T2 Canada"),
    ],
)
def test_the_country_under_the_town_belongs_to_the_address(town: str, country: str, expected: str) -> None:
    assert address(block("Quillon Ltd", "9 Mill Lane", town, country, x=50, top=30)) == expected


def test_where_there_are_no_post_codes_the_country_ends_the_address() -> None:
    line = "Unit 12, 38 Foundry Road, Kwun Tong, Hong Kong"
    assert address(block("Quillon Ltd", line, "Tel: 2555 0188", x=50, top=30)) == line
    line = "香港九龍新填地街210號"
    assert address(block("永光五金有限公司", line + " 電話：2555 0133", x=50, top=30)) == line


def test_a_district_between_street_and_town_belongs_to_the_address() -> None:
    lines = ("Quillon Ltd", "9 Mill Lane", "Wairau Valley", "Auckland 0627")
    assert address(block(*lines, x=50, top=30)) == "9 Mill Lane Wairau Valley Auckland 0627"


def test_an_address_apart_from_the_name_passes_only_with_a_look() -> None:
    apart = block("9 Mill Lane", "Bristol BS1 4QA", "mail@quillon.example", x=545, top=30, edge=">")
    reading = read(page("Quillon Ltd @50,30,20", apart, BUYER, NUMBERS))
    assert text_of(reading, "seller_address") == "9 Mill Lane Bristol BS1 4QA"
    assert reading.candidates["seller_address"][0].score < 0.5


def test_the_legal_line_of_the_foot_holds_the_address() -> None:
    foot = ["SAS au capital de 50 000 € – 12 rue Basse 44190 Clisson – SIRET 812 345 678 00019 @50,800"]
    assert address("Quillon SAS @50,30,20", foot=foot) == "12 rue Basse 44190 Clisson"


def test_of_two_addresses_apart_none_is_taken() -> None:
    apart = block("9 Mill Lane", "Bristol BS1 4QA", x=400, top=30)
    assert address("Quillon Ltd @50,30,20", apart, foot=["4 High Road, Leeds LS1 4AP @50,800"]) is None


def test_the_address_of_a_buyer_without_a_heading_is_not_the_sellers() -> None:
    window = block("Ostrach Hotelbetriebe AG", "Am Markt 4", "88356 Ostrach", x=50, top=140)
    reading = read(page("Quillon Ltd @300,30,20", window, NUMBERS))
    assert text_of(reading, "buyer_name") == "Ostrach Hotelbetriebe AG"
    assert text_of(reading, "seller_address") is None


def test_an_invoice_number_is_no_address() -> None:
    assert address("Quillon Ltd @50,30,20", "Rechnung 250612 @400,60", "INV-250612 @400,80") is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("12 Residency Cross Road", "Pune 411 004, Maharashtra"),
            "12 Residency Cross Road Pune 411 004, Maharashtra",
        ),
        (("Av. Central, 490 - Sala 3", "Campinas - SP, CEP 13010-111"), None),
        (("Polígono Norte,", "nave 24", "41004 Sevilla"), "Polígono Norte nave 24 41004 Sevilla"),
        (
            ("Flat 5, 9 Wai Yip Street", "Kwun Tong", "Hong Kong"),
            "Flat 5, 9 Wai Yip Street Kwun Tong Hong Kong",
        ),
        (("Av. Los Alerces 134", "Providencia, Santiago"), None),
        (("Unit 4 Mill Park", "Cork T12 W8KP"), None),
    ],
)
def test_an_address_is_read_whole_in_any_country(lines: tuple[str, ...], expected: str | None) -> None:
    assert address(block("Quillon Ltd", *lines, x=50, top=30)) == (expected or " ".join(lines))


def test_a_line_of_the_sender_that_wraps_goes_on_below() -> None:
    head = block("Quillon Ltd / Inh. V. Gsell / Schlossgasse", "30/2 / 8010 Graz", x=50, top=30)
    assert address(head) == "Schlossgasse 30/2 / 8010 Graz"


def test_what_stands_under_a_name_without_a_number_is_no_street() -> None:
    assert address(block("Quillon Ltd", "Makers of fine lamps", "since many years", x=50, top=30)) is None


def test_an_address_label_in_nobodys_block_says_little() -> None:
    head = block("Quillon Ltd", "9 Harbour Road", "Bristol BS1 4QA", x=50, top=30)
    window = block(
        "To the attention of", "Company: Osric AG", "Address: 4 Elm St, Salem, OR 97301", x=320, top=60
    )
    found = read(page(head, window, NUMBERS))
    assert text_of(found, "seller_address") == "9 Harbour Road Bristol BS1 4QA"


@pytest.mark.parametrize(
    "line", ["General Contractors · ROC 298114", "MC-481120 · DOT 2214478", "Alvará 88411 PUB"]
)
def test_a_licence_is_no_line_of_the_address(line: str) -> None:
    head = block(
        "Quillon Builders", line, "9 Harbour Road", "Salem, OR 97301", "Tel. 503 555 0112", x=50, top=30
    )
    assert address(head) == "9 Harbour Road Salem, OR 97301"


def test_a_state_and_its_code_are_no_licence() -> None:
    head = block(
        "Quillon Builders LLC", "9 Harbour Road", "Yakima, WA 98902", "Tel. 503 555 0112", x=50, top=30
    )
    assert address(head) == "9 Harbour Road Yakima, WA 98902"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sole trader – 9 Harbour Road, Bristol BS1 4QA", "9 Harbour Road, Bristol BS1 4QA"),
        ("freie Lektorin, Uferweg 3, 10245 Berlin", "Uferweg 3, 10245 Berlin"),
        ("Orchard House, 9 Harbour Road, Bristol BS1 4QA", "Orchard House, 9 Harbour Road, Bristol BS1 4QA"),
    ],
)
def test_the_trade_before_an_address_is_no_part_of_it_and_a_building_is(line: str, expected: str) -> None:
    assert address(block("Quillon Ltd", line, "Tel. 0117 496 0112", x=50, top=30)) == expected


def test_a_state_of_brazil_follows_its_town_behind_a_dash() -> None:
    sender = "Oficinas Ribalta ME * Rua das Acácias, 7 * Campinas - SP, CEP 13010-111"
    foot = ["Oficinas Ribalta ME @50,800", "CNPJ: 36.752.557/0001-26 @50,700"]
    assert address(f"{sender} @50,40", foot=foot) == "Rua das Acácias, 7 * Campinas - SP, CEP 13010-111"


def test_a_phone_between_street_and_town_ends_the_address() -> None:
    line = "Quillon Ltd · Mill Ring 3 · Tel. 0117 496 0112 · Westbay"
    assert address(f"{line} @50,30") == "Mill Ring 3"
    assert address("Quillon Ltd · Mill Ring 3 · Westbay @50,30") == "Mill Ring 3 · Westbay"


def test_a_town_may_stand_before_its_post_code() -> None:
    line = "Quillon Ltd · 9 Harbour Road · Bristol · BS1 4QA @50,30"
    assert address(line) == "9 Harbour Road · Bristol · BS1 4QA"


@pytest.mark.parametrize("fact", ["Firmenbuchgericht 24105 Wels", "Matric. 4711"])
def test_courts_and_registers_are_no_part_of_the_address(fact: str) -> None:
    assert (
        address(f"Quillon GmbH · {fact} · 9 Mill Ring 3 · 24105 Kiel @50,30") == "9 Mill Ring 3 · 24105 Kiel"
    )


def test_an_address_ends_before_the_capital_of_the_firm() -> None:
    line = "Quillon SARL · 9 rue Verte 3 · 69003 Lyon au capital de 10 000 euros @50,30"
    assert address(line) == "9 rue Verte 3 · 69003 Lyon"


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("W www.quillon.example", "9 Harbour Road, Bristol BS1 4QA"),
        ("Managing Director: Ann Cole", "9 Harbour Road, Bristol BS1 4QA"),
        ("Iscr. R.E.A. n. MI-716", "9 Harbour Road, Bristol BS1 4QA"),
        ("England", "9 Harbour Road, Bristol BS1 4QA, England"),
    ],
)
def test_a_label_that_follows_is_no_part_of_the_address(behind: str, expected: str) -> None:
    assert address(f"Quillon Ltd, 9 Harbour Road, Bristol BS1 4QA, {behind} @50,30") == expected


def test_a_house_number_before_its_street_is_no_post_code() -> None:
    line = "Quillon Inc. – 1800 Industrial Pkwy – Portland, OR 97205"
    assert address(f"{line} @50,30") == "1800 Industrial Pkwy – Portland, OR 97205"


def test_a_street_of_two_parts_begins_with_the_first() -> None:
    lines = block(
        "Quillon Ltda. - Av. Industrial, 210 - Sala 3", "Campinas - SP, CEP 13010-111", x=50, top=30
    )
    assert address(lines) == "Av. Industrial, 210 - Sala 3 Campinas - SP, CEP 13010-111"


def test_the_senders_line_under_the_letterhead_is_no_second_address() -> None:
    sender = "Quillon GmbH | Mill Ring 9 | 24105 Kiel"
    lines = block("Mill Ring 9", "24105 Kiel", "Germany", sender, x=50, top=48)
    assert address("Quillon GmbH @50,34,14", lines) == "Mill Ring 9 24105 Kiel Germany"


def test_a_dash_at_the_end_of_a_line_is_kept() -> None:
    lines = block(
        "Quillon Ltda.", "Av. Industrial, 210 -", "Sala 3", "Campinas - SP, CEP 13010-111", x=50, top=30
    )
    assert address(lines) == "Av. Industrial, 210 - Sala 3 Campinas - SP, CEP 13010-111"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Pune 411 004,", "Maharashtra"), "9 Mill Lane Pune 411 004 Maharashtra"),
        (("Pune 411 004", "Maharashtra"), "9 Mill Lane Pune 411 004"),  # perhaps another thing
        (("Ahmedabad, Gujarat", "380009"), "9 Mill Lane Ahmedabad, Gujarat 380009"),
    ],
)
def test_a_state_or_the_code_alone_may_end_an_address(lines: tuple[str, str], expected: str) -> None:
    assert address(block("Quillon Ltd", "9 Mill Lane", *lines, x=50, top=30)) == expected


@pytest.mark.parametrize(
    ("end", "is_one"), [("3幢", True), ("幢501室", True), ("12层", True), ("联系电话", False)]
)
def test_the_house_may_end_a_chinese_address(end: str, *, is_one: bool) -> None:
    lines = block("云岭照明有限公司", "成都市高新区滨江东路91号", end, x=50, top=30)
    assert (address(lines) or "").endswith(end) is is_one


@pytest.mark.parametrize(
    "lines",
    [
        ("Mill Ring 9", "14513 Teltow"),
        ("9 Harbour Road, Telford", "TF3 4AB Shropshire"),
        ("12 avenue du Président Wilson", "75116 Paris"),
        ("9 Director Street", "Bristol BS1 4QA"),
        ("Unit 4 Enterprise Site", "Bristol BS1 4QA"),
        ("Calle Correo", "9, 48005 Bilbao"),
    ],
)
def test_streets_and_towns_may_hold_words_of_contacts_and_offices(lines: tuple[str, str]) -> None:
    assert address(block("Quillon Ltd", *lines, x=50, top=30)) == " ".join(lines)


@pytest.mark.parametrize(
    "behind",
    ["Vorstand: A. Cole", "Gérant: A. Cole", "Company Reg. No. 4711", "Mail", "BTW-nr. NL47", "UID CHE-1"],
)
def test_what_follows_the_town_is_cut(behind: str) -> None:
    assert (
        address(f"Quillon Ltd, 9 Harbour Road, Bristol BS1 4QA, {behind} @50,30")
        == "9 Harbour Road, Bristol BS1 4QA"
    )


def test_a_number_under_the_town_is_no_code() -> None:
    assert (
        address(block("Quillon GmbH", "Mill Ring 9", "24105 Kiel", "471102", x=50, top=30))
        == "Mill Ring 9 24105 Kiel"
    )


def test_of_two_towns_the_first_counts() -> None:
    assert (
        address("Quillon GmbH · Mill Ring 9 · 24105 Kiel · 20095 Hamburg @50,30")
        == "Mill Ring 9 · 24105 Kiel"
    )
