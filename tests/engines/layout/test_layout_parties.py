"""Seller and buyer: name, tax id and address of each go to the right party."""

import pytest
from engines.layout.pages import block, field, first, grid, page, read, text_of, width_of

SELLER = ("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg")
BUYER = ("Ostrach Hotelbetriebe AG", "Am Markt 4", "88356 Ostrach")
SELLER_ID, BUYER_ID = "DE136695976", "DE811569869"


def parties(*prints: str | list[str]) -> dict[str, str | None]:
    reading = read(page(*prints))
    names = [f"{side}_{kind}" for side in ("seller", "buyer") for kind in ("name", "tax_id")]
    return {name: text_of(reading, name) for name in names}


def test_headings_side_by_side_give_each_party_its_name_and_tax_id() -> None:
    assert parties(
        block("Seller", *SELLER, f"VAT ID: {SELLER_ID}", x=50, top=100),
        block("Bill to", *BUYER, f"VAT ID: {BUYER_ID}", x=320, top=100),
    ) == {
        "seller_name": SELLER[0],
        "seller_tax_id": SELLER_ID,
        "buyer_name": BUYER[0],
        "buyer_tax_id": BUYER_ID,
    }


def test_headings_below_each_other_do_so_too() -> None:
    assert parties(
        block("Rechnungsempfänger:", *BUYER, f"USt-IdNr.: {BUYER_ID}", x=50, top=100),
        block("Rechnungssteller:", *SELLER, f"USt-IdNr.: {SELLER_ID}", x=50, top=250),
    ) == {
        "seller_name": SELLER[0],
        "seller_tax_id": SELLER_ID,
        "buyer_name": BUYER[0],
        "buyer_tax_id": BUYER_ID,
    }


def test_captions_of_a_fapiao_give_each_party_its_own() -> None:
    assert parties(
        "购买方信息 @v40,100",
        "名称：青禾五金有限公司 @60,105",
        "统一社会信用代码/纳税人识别号：91310000MA1FL0XK5T @60,135,7",
        "销售方信息 @v310,100",
        "名称：云岭照明有限公司 @330,105",
        "统一社会信用代码/纳税人识别号：91440300MA5EQ3XC2B @330,135,7",
    ) == {
        "seller_name": "云岭照明有限公司",
        "seller_tax_id": "91440300MA5EQ3XC2B",
        "buyer_name": "青禾五金有限公司",
        "buyer_tax_id": "91310000MA1FL0XK5T",
    }


def test_a_spaced_label_beside_a_caption_is_read() -> None:
    found = parties(
        "购买方 @v40,100",
        "名 @60,100",
        "称：青禾五金有限公司 @95,100",
        "纳税人识别号：91310000MA1FL0XK5T @60,118",
        "销售方 @v40,500",
        "名 @60,500",
        "称：云岭照明有限公司 @95,500",
        "纳税人识别号：91440300MA5EQ3XC2B @60,518",
    )
    assert found["buyer_name"] == "青禾五金有限公司"
    assert found["seller_name"] == "云岭照明有限公司"
    assert found["buyer_tax_id"] == "91310000MA1FL0XK5T"
    assert found["seller_tax_id"] == "91440300MA5EQ3XC2B"


def test_labels_in_words_need_no_block() -> None:
    assert parties(
        f"Seller: {SELLER[0]} @50,100",
        f"Buyer: {BUYER[0]} @50,140",
        f"Seller VAT No: {SELLER_ID} @50,180",
        f"Buyer VAT No: {BUYER_ID} @50,220",
    ) == {
        "seller_name": SELLER[0],
        "seller_tax_id": SELLER_ID,
        "buyer_name": BUYER[0],
        "buyer_tax_id": BUYER_ID,
    }


def test_an_unlabelled_tax_id_in_the_footer_is_the_sellers() -> None:
    found = parties(
        block(*SELLER, x=50, top=40),
        block("Bill to", *BUYER, x=50, top=140),
        f"Amtsgericht Hamburg HRB 4711 {SELLER_ID} @50,800",
    )
    assert found["seller_tax_id"] == SELLER_ID
    assert found["buyer_tax_id"] is None


def test_a_bare_tax_id_label_outside_all_blocks_is_the_sellers() -> None:
    found = parties(
        block("Bill to", *BUYER, f"VAT ID: {BUYER_ID}", x=50, top=140), f"VAT ID: {SELLER_ID} @50,780"
    )
    assert found["seller_tax_id"] == SELLER_ID
    assert found["buyer_tax_id"] == BUYER_ID


def test_your_vat_number_is_the_buyers_wherever_it_stands() -> None:
    found = parties(
        block(*SELLER, x=50, top=40),
        f"Your VAT No: {BUYER_ID} @350,150",
        f"Our VAT No: {SELLER_ID} @350,170",
    )
    assert found["buyer_tax_id"] == BUYER_ID
    assert found["seller_tax_id"] == SELLER_ID


@pytest.mark.parametrize(
    ("seller", "buyer"),
    [
        ("From:", "To:"),
        ("Issued by", "Issued to"),
        ("Seller:", "Buyer:"),
        ("Lieferant", "Kunde"),
        ("Vendeur", "Client"),
    ],
)
def test_a_table_of_two_parties_is_read_column_by_column(seller: str, buyer: str) -> None:
    rows = [f"{left} | {right}" for left, right in zip((seller, *SELLER), (buyer, *BUYER), strict=True)]
    reading = read(page(grid("50 320", *rows, f"VAT: {SELLER_ID} | VAT: {BUYER_ID}", top=100)))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "buyer_name") == BUYER[0]
    assert text_of(reading, "seller_tax_id") == SELLER_ID
    assert text_of(reading, "buyer_tax_id") == BUYER_ID


def test_a_customer_vat_number_in_the_head_is_the_buyers() -> None:
    found = parties(
        block(*SELLER, x=50, top=40), f"Customer VAT No: {BUYER_ID} @350,140", f"VAT No: {SELLER_ID} @50,790"
    )
    assert found["buyer_tax_id"] == BUYER_ID
    assert found["seller_tax_id"] == SELLER_ID


def test_the_place_of_delivery_is_not_the_buyer() -> None:
    found = parties(
        block(*SELLER, x=50, top=40),
        block("Ship to", "Ostrach Lager Süd GmbH", "Dorfweg 1", "88367 Hohentengen", x=320, top=140),
        block("Bill to", *BUYER, x=50, top=140),
    )
    assert found["buyer_name"] == BUYER[0]


def test_a_payee_is_the_seller_only_if_nobody_else_is() -> None:
    payee = block("Remit to", "Nordwind Factoring AG", "Postfach 12", "20401 Hamburg", x=320, top=600)
    bill_to = block("Bill to", *BUYER, x=50, top=140)
    assert parties(payee, bill_to)["seller_name"] == "Nordwind Factoring AG"
    assert parties(block("Seller", *SELLER, x=50, top=40), payee, bill_to)["seller_name"] == SELLER[0]


def test_who_is_paid_on_a_payment_slip_is_not_the_buyer() -> None:
    reading = read(
        page(
            block("Alderbrook Joinery", "9 Mill Lane", "Leeds LS1 4AP", x=50, top=50),
            block("Saltmarsh Electrical", "4 Foundry Way", "Ripon HG4 1AA", x=400, top=50),
            block("To: Saltmarsh Electrical", "4 Foundry Way", "Ripon HG4 1AA", x=50, top=700),
            "Customer @300,700",
            "Alderbrook Joinery @400,700",
        )
    )
    assert text_of(reading, "buyer_name") == "Alderbrook Joinery"
    assert text_of(reading, "seller_name") == "Saltmarsh Electrical"


def test_an_address_is_the_lines_under_the_name_joined() -> None:
    address = field(
        "seller_address", block("Seller", *SELLER, "Tel: 040 123456", f"VAT ID: {SELLER_ID}", x=50, top=100)
    )
    assert address == "Hafenstraße 9 20457 Hamburg"


def test_an_address_has_evidence_line_by_line() -> None:
    reading = read(page(block("Seller", *SELLER, x=50, top=100)))
    boxes = reading.candidates["seller_address"][0].evidence.boxes
    assert [round(box.y0) for box in boxes] == [128, 142]


def test_a_name_ends_before_the_address_on_the_same_line() -> None:
    assert (
        field("seller_name", "Seller: Nordwind Lampen GmbH, Hafenstraße 9, 20457 Hamburg @50,100")
        == SELLER[0]
    )


@pytest.mark.parametrize("name", ["Seller Company Ltd", "Customer First Ltd", "Client Earth Tools Ltd"])
def test_a_name_that_begins_with_a_label_stays_whole(name: str) -> None:
    prints = block("Seller", name, "12 Quarry Road", "Ludlow SY8 1AZ", x=50, top=100)
    assert field("seller_name", prints) == name


def test_a_contact_person_line_is_not_the_buyers_name() -> None:
    lines = block("Bill to", "Ostrach Hotels plc", "Attn: Accounts Payable", "Leeds LS1 4AP", x=50, top=100)
    assert field("buyer_name", lines) == "Ostrach Hotels plc"


def test_customer_number_and_phone_are_no_part_of_a_party() -> None:
    lines = block("Customer", *BUYER, "Customer No: 88123", "Tel: 07585 1234", x=50, top=100)
    reading = read(page(lines))
    assert text_of(reading, "buyer_name") == BUYER[0]
    assert text_of(reading, "buyer_tax_id") is None


CONSIGNEE = block("4. Consignee", "Norrhem Textil AB", "Industrivägen 8", "504 62 Borås", x=50, top=120)
EXPORTER = block("1. Exporter", "Pamir Tekstil A.Ş.", "Sanayi Cad. No: 22", "20065 Denizli", x=50, top=40)
OTHER_BOXES = (
    "2. Invoice number and date @300,40",
    "6. Country of Origin @50,200",
    "7. Destination @200,200",
)


def test_the_consignee_of_a_form_of_export_is_the_buyer_where_no_other_is_named() -> None:
    reading = read(page(EXPORTER, CONSIGNEE, OTHER_BOXES))
    assert text_of(reading, "seller_name") == "Pamir Tekstil A.Ş."
    assert text_of(reading, "seller_address") == "Sanayi Cad. No: 22 20065 Denizli"
    assert text_of(reading, "buyer_name") == "Norrhem Textil AB"
    best = first(reading, "buyer_name")
    assert best is not None
    assert best.score < 0.6  # a person looks: the goods may go elsewhere


def test_the_consignee_is_not_the_buyer_beside_one() -> None:
    buyer = block("5. Buyer", "Sundby Handel ApS", "Havnegade 4", "1058 København", x=300, top=120)
    assert field("buyer_name", EXPORTER, CONSIGNEE, OTHER_BOXES, buyer) == "Sundby Handel ApS"


def test_a_buyers_name_wrapped_over_two_lines_is_read_whole() -> None:
    block_of = block(
        "Bill to:",
        "Gesellschaft für Wasser",
        "und Umweltplanung mbH",
        "Am Markt 4",
        "88356 Ostrach",
        x=50,
        top=120,
    )
    assert field("buyer_name", block_of) == "Gesellschaft für Wasser und Umweltplanung mbH"
    two = block("Bill to:", "Quast Wasserbau GmbH", "Einkauf", "Am Markt 4", "88356 Ostrach", x=50, top=120)
    assert field("buyer_name", two) == "Quast Wasserbau GmbH"


def test_a_tax_id_keeps_its_country_printed_apart() -> None:
    assert field("seller_tax_id", "TVA/BTW BE 0403.170.701 @400,60") == "BE 0403.170.701"
    assert field("seller_tax_id", "N° TVA : BE 0403.170.701 @400,60") == "BE 0403.170.701"


def test_parties_of_an_italian_e_invoices_style_sheet_are_told_by_their_headings() -> None:
    seller = block(
        "Cedente/prestatore (fornitore)",
        "Denominazione: Quarello Impianti S.r.l.",
        "Identificativo fiscale ai fini IVA: IT01234567897",
        "Indirizzo: Via Roma 4",
        x=40,
        top=60,
    )
    buyer = block(
        "Cessionario/committente (cliente)",
        "Denominazione: Hotel Lago S.p.A.",
        "Identificativo fiscale ai fini IVA: IT09876543217",
        x=320,
        top=60,
    )
    found = parties(seller, buyer)
    assert found["seller_name"] == "Quarello Impianti S.r.l."
    assert found["seller_tax_id"] == "IT01234567897"
    assert found["buyer_name"] == "Hotel Lago S.p.A."
    assert found["buyer_tax_id"] == "IT09876543217"


def test_two_names_behind_latin_labels_are_not_told_apart_by_their_place() -> None:
    assert (
        field("buyer_name", "Ragione sociale: Quarello S.r.l. @50,60", "Ragione sociale: Lago S.p.A. @320,60")
        is None
    )


def test_an_address_behind_its_label_ends_before_ids() -> None:
    text = "Registered office: 1 Lake St, Leeds LS1 4AB. VAT no. GB 858 4198 77 @50,780"
    assert field("seller_address", text) == "1 Lake St, Leeds LS1 4AB"


@pytest.mark.parametrize(
    "label",
    ["Company", "Name", "Firma", "Société", "Nom", "Bedrijf", "Naam", "Razón social", "Ditta", "Empresa"],
)
def test_a_label_that_names_any_party_names_the_one_whose_block_it_stands_in(label: str) -> None:
    assert parties(
        block(*SELLER, f"VAT ID: {SELLER_ID}", x=320, top=40),
        block("Customer", f"{label}: {BUYER[0]}", BUYER[1], BUYER[2], f"VAT ID: {BUYER_ID}", x=50, top=160),
        "Invoice No. 4711 @50,300",
    ) == {
        "seller_name": SELLER[0],
        "seller_tax_id": SELLER_ID,
        "buyer_name": BUYER[0],
        "buyer_tax_id": BUYER_ID,
    }


def test_a_line_that_says_firm_alone_opens_the_address_of_the_buyer() -> None:
    found = parties(block(*SELLER, x=320, top=40), block("Firma", *BUYER, x=50, top=160))
    assert (found["seller_name"], found["buyer_name"]) == (SELLER[0], BUYER[0])


@pytest.mark.parametrize(("number", "is_sure"), [("DE136695976", True), ("DE136695977", False)])
def test_an_id_in_a_line_of_facts_is_surer_with_a_right_check_digit(number: str, *, is_sure: bool) -> None:
    facts = f"Amtsgericht Kassel HRB 4711 USt-IdNr. {number} Geschäftsführer T. Quast @50,800"
    best = first(
        read(page(block("Quast Lampen GmbH", "Am Wall 3", "34117 Kassel", x=50, top=40), facts)),
        "seller_tax_id",
    )
    assert best is not None
    assert (best.score > 0.6) is is_sure


def test_a_sales_person_over_a_reference_is_no_seller() -> None:
    person = block("Vendedor", "Rita Quintarrão", "Fatura de origem", "F20269618", x=280, top=60)
    seller = block("Sobreira Gráfica SA", "Largo do Mercado 16", "3000-456 Coimbra", x=50, top=130)
    assert field("seller_name", person, seller, "NIF: 528790358 @50,200") == "Sobreira Gráfica SA"


def test_initials_over_a_name_are_a_logo() -> None:
    seller = ["MS @50,40,18", *block("Marlene Strolin", "Seeweg 3", "3011 Bern", x=50, top=75)]
    buyer = block("Rechnungsempfänger:", *BUYER, x=50, top=160)
    assert field("buyer_name", seller, buyer) == BUYER[0]


def test_a_vat_id_goes_before_the_number_of_the_tax_office() -> None:
    seller = block(*SELLER, x=50, top=40)
    foot = ["Steuernr.: 201/113/40209 @50,780", f"USt-IdNr.: {SELLER_ID} @50,795"]
    found = read(page(seller, foot)).candidates["seller_tax_id"]
    assert found[0].text == SELLER_ID
    assert found[0].score - found[1].score > 0.2
    assert field("seller_tax_id", seller, foot[:1]) == "201/113/40209"


def test_an_id_that_a_label_gives_to_the_buyer_is_the_buyers() -> None:
    head = block(*SELLER, x=50, top=40)
    found = parties(head, "Rechnung Nr. 4711 @50,200,16", f"Kunde: {BUYER_ID} @50,240")
    assert (found["seller_tax_id"], found["buyer_tax_id"]) == (None, BUYER_ID)
    found = parties(head, "Rechnung Nr. 4711 @50,200,16", f"Wir danken. {SELLER_ID} @50,240")
    assert (found["seller_tax_id"], found["buyer_tax_id"]) == (SELLER_ID, None)


def test_a_name_behind_its_heading_goes_on_below_it() -> None:
    lines = ("Bill to: Van der Wiele", "Techniek Noord", "Transport BV", "Kade 9", "Utrecht")
    x = 50 + width_of("Bill to: ")
    printed = [f"{lines[0]} @50,100", *block(*lines[1:], x=x, top=114)]
    assert field("buyer_name", *printed) == "Van der Wiele Techniek Noord Transport BV"


@pytest.mark.parametrize(
    ("lines", "is_sure"),
    [
        (("University of Kowloon, Estates", "Office", "58 Voeux Road West 200"), False),
        (
            ("University of Kowloon", "Office", "58 Voeux Road West 200, Sheung Wan Bay"),
            True,
        ),  # it would have fitted
        (("Condomínio Largo do", "Mercado 5", "Rua das Lamas 9, 4000-123 Porto"), False),
        (("Ostrach Hotels AG Mitte Nord", "Reinhold Lamas", "Am Markt 4, 88356 Ostrach"), True),
    ],
)
def test_a_name_that_may_go_on_below_is_less_sure(lines: tuple[str, ...], *, is_sure: bool) -> None:
    found = first(read(page(block("Bill to", *lines, x=50, top=100))), "buyer_name")
    assert found is not None
    assert (found.score > 0.6) is is_sure


def test_a_street_with_its_number_and_a_dated_line_are_no_names() -> None:
    assert field("buyer_name", block("Bill to", "Viale Stazione, 6", "16121 Genova", x=50, top=100)) is None
    assert field("buyer_name", block("Bill to", "Your order of 28.01.2025", x=50, top=100)) is None


def test_a_name_with_a_year_and_a_legal_form_is_one() -> None:
    lines = ("Turnverein Kiel 1884 e. V.", "Am Markt 4", "24103 Kiel")
    assert field("buyer_name", block("Rechnung an", *lines, x=50, top=100)) == lines[0]


def test_the_last_word_of_a_sentence_heads_no_block() -> None:
    assert (
        field("buyer_name", block("Bitte geben Sie sie", "an.", "Haftung nach Gesetz", x=50, top=100)) is None
    )


def test_an_id_right_below_the_buyers_block_is_the_buyers_and_one_in_an_iban_is_nobodys() -> None:
    lines = ("Bill to", *BUYER, "Deutschland")
    reading = read(page(block(*lines, x=50, top=100), f"Register: {BUYER_ID} @50,172"))
    assert (text_of(reading, "buyer_tax_id"), text_of(reading, "seller_tax_id")) == (BUYER_ID, None)
    assert field("seller_tax_id", "IBAN: BE10 2209 4692 @50,700") is None


@pytest.mark.parametrize("line", ["东屿银行： 收款账号 4160", "IBAN DE02 1203 Kiel Hafen"])
def test_an_account_is_no_address(line: str) -> None:
    assert field("seller_address", block("Seller", SELLER[0], line, x=50, top=100)) is None


def test_what_stands_between_a_name_and_a_label_may_be_nothing() -> None:
    lines = block("Bill to", "Ostrach Hotels plc, Tel: 4711", "4 Mill Lane", "Leeds LS1 4AP", x=50, top=100)
    assert field("buyer_name", lines) == "Ostrach Hotels plc"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("Câmara Municipal de", "Porto", "Largo do Mercado"), "Câmara Municipal de Porto"),
        (("Irmãos Tavoral Unipessoal,", "Lda."), "Irmãos Tavoral Unipessoal, Lda."),
    ],
)
def test_a_name_goes_on_with_a_town_that_is_a_label_and_keeps_its_comma(
    lines: tuple[str, ...], name: str
) -> None:
    assert field("buyer_name", block("Bill to:", *lines, "4000-123 Porto", x=50, top=100)) == name


def test_a_legal_form_may_end_on_a_third_line() -> None:
    name = ("Sotoluz", "Distribuciones S.A.", "de C.V.")
    block_of_it = block("Bill to:", *name, "Calle Olmo 21", "44100 Jalisco", x=50, top=100)
    assert field("buyer_name", block_of_it) == "Sotoluz Distribuciones S.A. de C.V."


def test_a_heading_with_its_value_behind_has_none_beside_it() -> None:
    beside = "Verkoper / Our reference J. Wesselink @50,128"
    seller = block("Afzender", "Hoogveld B.V.", "Industrieweg 95", "9711 CD Groningen", x=290, top=86)
    assert field("seller_address", beside, seller) == "Industrieweg 95 9711 CD Groningen"
