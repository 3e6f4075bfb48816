"""Seller and buyer are found where no label names them."""

import pytest
from engines.layout.pages import block, field, first, page, read, text_of

from extractor.engines.reading import Reading

SELLER = ("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg")
BUYER = ("Ostrach Hotelbetriebe AG", "Am Markt 4", "88356 Ostrach")
SENDER = "Nordwind Lampen GmbH · Hafenstraße 9 · 20457 Hamburg @50,130,7"
WINDOW = block(*BUYER, x=50, top=145)
NUMBERS = ["RECHNUNG @50,250,18", "Rechnungs-Nr.: 4711 @380,250", "Datum: 5.3.2026 @380,265"]


@pytest.mark.parametrize(("x", "edge"), [(50, ""), (545, ">"), (297, "|")])
def test_a_letterhead_is_the_seller_wherever_it_is_aligned(x: int, edge: str) -> None:
    head = block(*SELLER, "Tel. 040 123456", "www.nordwind-lampen.example", x=x, top=30, edge=edge)
    reading = read(page(head, WINDOW, NUMBERS))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "seller_address") == "Hafenstraße 9 20457 Hamburg"


def test_a_sender_line_is_the_seller_and_the_window_below_the_buyer() -> None:
    reading = read(page(SENDER, WINDOW, NUMBERS))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "seller_address") == "Hafenstraße 9 · 20457 Hamburg"
    assert text_of(reading, "buyer_name") == BUYER[0]


@pytest.mark.parametrize(
    ("seller", "buyer"),
    [
        (
            ("Atelier Brume SARL", "14 rue des Lilas", "69003 Lyon", "Tél. 04 12 34 56 78"),
            ("Hôtel du Lac SAS", "2 quai Vert", "74000 Annecy"),
        ),
        (
            ("Cinder Peak Tools LLC", "410 Alder Ave", "Boise, ID 83702", "(208) 555-0142"),
            ("Marlow Fabrication Inc.", "77 Foundry St", "Salem, OR 97301"),
        ),
        (("Quillon & Partner", "Seestraße 2", "8002 Zürich", "mail@quillon.example"), BUYER),
        (SELLER, ("Jona Quellbach", "Am Markt 4", "88356 Ostrach")),
    ],
)
def test_firms_and_persons_of_any_country_are_told_apart(
    seller: tuple[str, ...], buyer: tuple[str, ...]
) -> None:
    reading = read(page(block(*seller, x=50, top=30), block(*buyer, x=320, top=145), NUMBERS))
    assert text_of(reading, "seller_name") == seller[0]
    assert text_of(reading, "buyer_name") == buyer[0]


def test_an_address_window_without_a_sender_line_is_the_buyer() -> None:
    head = block(*SELLER, "info@nordwind-lampen.example", x=380, top=30)
    reading = read(page(head, WINDOW, NUMBERS))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "buyer_name") == BUYER[0]


def test_the_firm_of_the_footer_is_the_seller_where_the_head_is_a_picture() -> None:
    footer = block(
        "Nordwind Lampen GmbH",
        "Hafenstraße 9, 20457 Hamburg",
        "USt-IdNr.: DE136695976",
        "www.nordwind-lampen.example",
        x=50,
        top=770,
        step=11,
        size=7,
    )
    reading = read(page(WINDOW, NUMBERS, footer))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "buyer_name") == BUYER[0]


def test_the_title_is_not_the_seller() -> None:
    reading = read(page("TAX INVOICE @50,30,24", block(*SELLER, "Tel. 040 123456", x=50, top=80), WINDOW))
    assert text_of(reading, "seller_name") == SELLER[0]


def test_the_buyer_under_a_heading_is_not_taken_for_the_seller() -> None:
    head = block("Quillon & Partner", "Seestraße 2", "8002 Zürich", x=350, top=30)
    reading = read(page(block("Bill to", *BUYER, x=50, top=30), head, NUMBERS))
    assert text_of(reading, "buyer_name") == BUYER[0]
    assert text_of(reading, "seller_name") != BUYER[0]


def test_a_name_that_repeats_in_the_footer_is_likelier_the_sellers() -> None:
    head = block("Quillon & Partner", "Seestraße 2", "8002 Zürich", "Tel. 044 123 45 67", x=350, top=30)
    footer = "Quillon & Partner @50,800"
    alone, again = (read(page(head, WINDOW, NUMBERS, *more)) for more in ([], [footer]))
    assert text_of(again, "seller_name") == "Quillon & Partner"
    scores = [
        next(each.score for each in reading.candidates["seller_name"] if each.text == "Quillon & Partner")
        for reading in (alone, again)
    ]
    assert scores[1] > scores[0]


def test_a_block_in_the_lower_half_is_no_address_window() -> None:
    head = block(*SELLER, "info@nordwind-lampen.example", x=380, top=30)
    assert field("buyer_name", head, NUMBERS, block(*BUYER, x=50, top=500)) is None


def test_a_slogan_or_a_thank_you_is_not_the_seller() -> None:
    reading = read(
        page(
            "We light your rooms @50,30,16",
            block(*SELLER, "Tel. 040 123456", x=380, top=30),
            WINDOW,
            "Thank you for your order @50,700",
        )
    )
    assert text_of(reading, "seller_name") == SELLER[0]


def test_what_is_guessed_from_the_layout_scores_below_what_is_labelled() -> None:
    guessed = read(page(SENDER, WINDOW, NUMBERS)).candidates["seller_name"][0]
    named = read(page("Seller: Nordwind Lampen GmbH @50,130", WINDOW, NUMBERS)).candidates["seller_name"][0]
    assert guessed.score < named.score


def test_an_empty_page_has_no_parties() -> None:
    reading = read(page())
    assert not reading.candidates


def score_of(reading: Reading, name: str) -> float:
    best = first(reading, name)
    assert best is not None
    return best.score


def test_a_logo_that_nothing_confirms_is_unsure() -> None:
    head = [
        "brightleaf @50,30,28",
        *block("12 Quarry Lane", "Leeds LS1 4AB", "hi@brightleaf.example", x=50, top=70),
    ]
    assert score_of(read(page(head, WINDOW, NUMBERS)), "seller_name") <= 0.5
    again = read(page(head, WINDOW, NUMBERS, "Please make cheques payable to Brightleaf. @50,700"))
    assert text_of(again, "seller_name") == "brightleaf"
    assert score_of(again, "seller_name") > 0.6


def test_the_legal_name_in_the_foot_counts_more_than_the_logo() -> None:
    foot = "Brightleaf Design v.o.f. | Kleine Singel 41b | 5611 JS Eindhoven | KvK 17288043 @50,780,8"
    reading = read(page("brightleaf @50,30,28", WINDOW, NUMBERS, foot))
    assert text_of(reading, "seller_name") == "Brightleaf Design v.o.f."
    assert text_of(reading, "seller_address") == "Kleine Singel 41b | 5611 JS Eindhoven"


def test_a_name_wrapped_in_the_letterhead_is_read_whole() -> None:
    head = [
        "H. Quill Plumbing @50,40,24",
        "& Heating Ltd @50,74",
        *block("Unit 7", "Malton YO17 7DP", x=50, top=88),
    ]
    reading = read(page(head, WINDOW, NUMBERS))
    assert text_of(reading, "seller_name") == "H. Quill Plumbing & Heating Ltd"
    best = first(reading, "seller_name")
    assert best is not None
    assert len(best.evidence.boxes) == 2


def test_the_logo_is_not_the_buyer_beside_its_own_legal_name() -> None:
    head = ["Nordwind Lampen @50,25,26", SENDER]
    reading = read(page(head, WINDOW, NUMBERS))
    assert text_of(reading, "buyer_name") == BUYER[0]


def test_a_buyer_at_the_top_right_is_not_the_seller_of_the_letterhead() -> None:
    head = [
        "Nordwind Lampen @50,40,18",
        "Nordwind Lampen GmbH · Hafenstraße 9 · 20457 Hamburg @50,64",
        "CHE-123.456.788 MWST @50,78",
    ]
    slip = block(BUYER[0], "Am Markt 4", "88356 Ostrach", x=300, top=660)
    reading = read(page(head, block(*BUYER, x=545, top=40, edge=">"), NUMBERS, slip))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "buyer_name") == BUYER[0]


def test_a_bank_with_its_account_is_not_the_seller() -> None:
    reading = read(page("Quastbank AG, IBAN DE89 3704 0044 0532 0130 00 @50,600", NUMBERS))
    assert text_of(reading, "seller_name") != "Quastbank AG"


@pytest.mark.parametrize("line", ["Brest, le 15 septembre 2025", "Soave, 15 giugno 2025"])
def test_a_place_before_a_date_is_not_the_seller(line: str) -> None:
    found = read(
        page(f"{line} @350,30", block("Docteur Maelle Korr", "6 rue du Puits", "29200 Brest", x=50, top=30))
    )
    assert text_of(found, "seller_name") == "Docteur Maelle Korr"


def test_a_firm_that_the_foot_registers_is_the_seller_and_not_the_one_in_the_window() -> None:
    window = block("Corrib Foods Ltd.", "Mahon Park", "Cork T12 W8KP", x=50, top=110)
    foot = "Glasheen Care Limited. Directors: N. Glasheen. Registered in Ireland. @50,800,8"
    found = read(page("Glasheen Care @100,40,20", window, "Invoice No. 4711 @320,110", foot))
    assert text_of(found, "seller_name") == "Glasheen Care Limited"
    assert text_of(found, "buyer_name") == "Corrib Foods Ltd."


def test_a_salesperson_under_vendor_is_not_the_seller() -> None:
    head = block("Montefino Obras S.L.", "Plaza Mayor 4", "46002 Valencia", x=50, top=40)
    found = read(page(head, "Vendedor @300,160", "J. Montarco @300,174"))
    assert text_of(found, "seller_name") == "Montefino Obras S.L."


def test_who_is_written_to_for_someones_attention_is_not_the_seller() -> None:
    head = block(
        "ILKA DORN", "Redaktion und Satz", "Uferweg 3, 10245 Berlin", "+49 30 5550 100", x=380, top=30
    )
    for line in (
        "t.a.v. Crediteurenadministratie",
        "z. Hd. Frau Lund",
        "Accounts Payable",
        "A la atención de M. Rey",
    ):
        reader = block("Polder Sensorics B.V.", line, "Dijkstraat 218", "5652 AM Eindhoven", x=50, top=130)
        reading = read(page(head, reader, NUMBERS))
        assert text_of(reading, "seller_name") == "ILKA DORN"
        assert text_of(reading, "buyer_name") == "Polder Sensorics B.V."


@pytest.mark.parametrize(
    ("first_line", "second_line", "size", "expected"),
    [
        ("FENWICK", "AUTOCENTRE", 18, "FENWICK AUTOCENTRE"),
        ("FENWICK", "makers of fine lamps", 9, "FENWICK"),  # a slogan in small print
        ("FENWICK", "Invoice", 18, "FENWICK"),  # the title
    ],
)
def test_a_logo_of_two_lines_in_one_size_is_one_name(
    first_line: str, second_line: str, size: int, expected: str
) -> None:
    logo = [f"{first_line} @50,20,18", f"{second_line} @50,46,{size}"]
    small = block("Unit 4, Kiln Lane Estate", "Stoke-on-Trent ST6 3DN", "VAT No. 794 7272 80", x=420, top=20)
    buyer = block(
        "Bill to:", "Mercia Tile Contracts Ltd", "12 Furlong Road", "Tunstall ST6 5UN", x=50, top=180
    )
    assert text_of(read(page(logo, small, buyer, NUMBERS)), "seller_name") == expected


@pytest.mark.parametrize(
    "says",
    [
        "is a trading name of",
        "ist eine Marke der",
        "est une marque de",
        "is een handelsnaam van",
        "es una marca de",
        "è un marchio di",
        "é uma marca da",
    ],
)
def test_the_seller_is_the_firm_that_trades_under_a_name(says: str) -> None:
    foot = f"Fern Catering {says} Polder Foods Ltd · Company no. 588214 · 4 Mill Ring 3, 24105 Kiel @50,790,7"
    assert field("seller_name", "Fern Catering @50,30,22", WINDOW, NUMBERS, foot) == "Polder Foods Ltd"


def test_a_brand_in_a_name_is_part_of_it() -> None:
    head = block("The Brand of Kent Ltd", "9 Harbour Road", "Bristol BS1 4QA", x=50, top=30)
    assert field("seller_name", head, NUMBERS) == "The Brand of Kent Ltd"


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("société anonyme au capital de 84 000 €. RCS Quimper", "Brume Entreprises"),
        ("merci de votre visite", "SAS Chantier"),
    ],
)
def test_a_name_said_again_with_its_register_is_the_seller(behind: str, expected: str) -> None:
    window = block("SAS Chantier naval Keroual", "Quai Ouest 3", "29200 BREST", x=350, top=130)
    found = field(
        "seller_name",
        "Brume Entreprises @50,40",
        window,
        f"Brume Entreprises, {behind} @50,780,7",
    )
    assert found is not None
    assert found.startswith(expected)


BARE = [
    ["Ilka Dorn, freie Lektorin, Uferweg 3, 10245 Berlin, Tel. 030 55501 @50,40"],
    ["MALERBETRIEB LUND @50,30,20", "Uferweg 3 · 10245 Berlin · Tel. 030 55501 @50,60,8"],
    ["Ilka Dorn · Uferweg 3 · 10245 Berlin · IBAN DE02 1203 0000 0000 2020 51 @50,800,7"],
    ["Studio Fabbri @50,30,14", "Via Roma 3 - 41053 Maranello (MO) @50,50", "Partita IVA 09812540368 @50,62"],
    ["Fern Family Dental @50,30,16", "9 Harbour Road, Suite 4 @50,52", "Salida, CO 81201 @50,64"],
    ["Invoice from Fern & Lund, upholsterers of 9 Harbour Road, Bristol BS1 4QA @50,40"],
]


@pytest.mark.parametrize("head", BARE)
@pytest.mark.parametrize("x", [50, 350])
def test_a_firm_of_which_only_the_address_is_said_is_who_is_written_to(head: list[str], x: int) -> None:
    reading = read(page(head, block("Lerchenhof Betriebs GmbH", "Am Markt 4", "88356 Ostrach", x=x, top=140)))
    seller = text_of(reading, "seller_name")
    assert seller is not None
    assert head[0].removeprefix("Invoice from ").startswith(seller)
    assert text_of(reading, "buyer_name") == "Lerchenhof Betriebs GmbH"


@pytest.mark.parametrize("line", ["Tel. 040 123456", "USt-IdNr. DE136695976", "www.lerchenhof.example"])
def test_a_firm_that_tells_its_phone_or_id_is_the_seller_below_others_too(line: str) -> None:
    person = block("Jona Quellbach", "Am Markt 4", "88356 Ostrach", x=50, top=40)
    firm = block("Lerchenhof Betriebs GmbH", "Hafenstraße 9", "20457 Hamburg", line, x=350, top=120)
    assert field("seller_name", person, firm, NUMBERS) == "Lerchenhof Betriebs GmbH"


def test_a_firm_in_the_foot_whose_name_begins_like_the_logo_is_the_seller() -> None:
    logo, foot = "wendelstein @450,30,18", "Wendelstein Verpackungen AG @50,790"
    found = read(page(logo, foot, "Rechnung Nr. 4711 @50,150"))
    assert text_of(found, "seller_name") == "Wendelstein Verpackungen AG"


@pytest.mark.parametrize(
    ("logo", "seller"), [("Fontegrua Fattura", None), ("Fontegrua Lumi", "Fontegrua Lumi")]
)
def test_a_title_beside_a_logo_is_no_name(logo: str, seller: str | None) -> None:
    window = block("Destinatario:", *BUYER, x=320, top=145)
    assert field("seller_name", f"{logo} @50,30,20", window, "Fattura n. 4711 @50,250") == seller


@pytest.mark.parametrize("sign", ["•", "–", "·"])
def test_a_sign_over_a_large_word_is_a_logo(sign: str) -> None:
    reading = read(page(f"{sign} @50,30,20", "Quillon @50,56,20", "Total 5.00 @50,300"))
    assert text_of(reading, "seller_name") in (None, "Quillon")
