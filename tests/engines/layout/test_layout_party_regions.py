"""Each party's block is found: under its heading, beside its caption, or by where it stands."""

import pytest
from engines.layout.pages import block, field, labelled, width_of

from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.party_blocks import block_below
from extractor.engines.layout.party_regions import Region, find_regions, is_on_slip, side_of

SELLER = ("Alderbrook Joinery Ltd", "12 Quarry Road", "Ludlow SY8 1AZ")
BUYER = ("Ostrach Hotels plc", "4 Mill Lane", "Leeds LS1 4AP")


def regions(*prints: str | list[str]) -> dict[str, list[str]]:
    return {region.side: [span.text for span in region.lines] for region in find_regions([labelled(*prints)])}


def region_at(page: LabelledSheet, side: str) -> Region:
    return next(region for region in find_regions([page]) if region.side == side)


def test_blocks_under_headings_side_by_side_are_two_regions() -> None:
    found = regions(block("From", *SELLER, x=50, top=100), block("Bill to", *BUYER, x=320, top=100))
    assert found == {"seller": list(SELLER), "buyer": list(BUYER)}


@pytest.mark.parametrize(
    ("heading", "side"),
    [
        ("Bill To:", "buyer"),
        ("BILLED TO", "buyer"),
        ("Invoice to", "buyer"),
        ("Rechnungsempfänger:", "buyer"),
        ("Kunde", "buyer"),
        ("Facturé à :", "buyer"),
        ("Seller:", "seller"),
        ("Lieferant", "seller"),
        ("Ship To:", "other"),
        ("Lieferadresse:", "other"),
        ("Remit to:", "payee"),
        ("Käufer/Leistungsempfänger:", "buyer"),
    ],
)
def test_a_heading_tells_whose_block_it_is(heading: str, side: str) -> None:
    assert regions(block(heading, *BUYER, x=50, top=100)) == {side: list(BUYER)}


def test_a_block_may_begin_beside_its_heading() -> None:
    found = regions("Bill to: @50,100", block(*BUYER, x=120, top=100))
    assert found == {"buyer": list(BUYER)}


def test_a_block_may_begin_in_the_cell_of_its_heading() -> None:
    found = regions(block("Customer: Ostrach Hotels plc", "4 Mill Lane", "Leeds LS1 4AP", x=50, top=100))
    assert found == {"buyer": ["Ostrach Hotels plc", "4 Mill Lane", "Leeds LS1 4AP"]}


def test_a_heading_with_a_number_beside_is_the_numbers_label() -> None:
    edge = 50 + width_of("Customer")
    below = block("Your message", "Site K", x=50, top=113)
    close, far = f"943288 @{edge + 2.0 * 13 - 0.1},100", f"943288 @{edge + 2.0 * 13 + 0.1},100"
    assert regions("Customer @50,100", close, below) == {}
    assert regions("Customer @50,100", far, below) != {}
    numbered = f"Invoice No @{edge + 20},86"  # the number is its own label's
    assert regions(numbered, "Customer @50,100", f"943288 @{edge + 20},100", below) != {}


def test_a_name_that_begins_with_a_label_is_no_heading() -> None:
    assert regions(block("Seller Company Ltd", "12 Quarry Road", x=50, top=100)) == {}
    assert regions(block("Customer Care Ltd", "12 Quarry Road", x=50, top=100)) == {}


def test_a_block_ends_at_a_gap_wider_than_a_line() -> None:
    height = 13.0
    last = 100 + 14 + height  # the bottom of the first line under the heading
    near, far = last + height - 0.1, last + height + 0.1
    heading = block("Bill to", "Ostrach Hotels plc", x=50, top=100)
    assert regions(heading, f"4 Mill Lane @50,{near}")["buyer"] == ["Ostrach Hotels plc", "4 Mill Lane"]
    assert regions(heading, f"4 Mill Lane @50,{far}")["buyer"] == ["Ostrach Hotels plc"]


def test_a_block_ends_where_the_documents_own_values_begin() -> None:
    found = regions(block("Bill to", *BUYER, "Invoice No: 4711", x=50, top=100))
    assert found["buyer"] == list(BUYER)


def test_a_block_keeps_the_partys_ids_and_contacts() -> None:
    found = regions(block("Bill to", *BUYER, "VAT No: GB123456789", x=50, top=100))
    assert found["buyer"][-1] == "VAT No: GB123456789"


def test_a_block_ends_at_the_next_heading() -> None:
    found = regions(block("Bill to", *BUYER, "Ship to", "Ostrach Stores", "9 Dock Road", x=50, top=100))
    assert found == {"buyer": list(BUYER), "other": ["Ostrach Stores", "9 Dock Road"]}


def test_a_block_has_one_left_edge_right_edge_or_middle() -> None:
    for edge in ("", ">", "|"):
        page = labelled(block(*SELLER, x=300, top=100, edge=edge))
        assert [cell.text for cell in block_below(page, page.sheet.rows[0][0])] == list(SELLER)


def test_a_line_off_the_blocks_edges_is_not_of_it() -> None:
    page = labelled("Alderbrook Joinery Ltd @50,100", "Thank you @130,114")
    assert len(block_below(page, page.sheet.rows[0][0])) == 1


def test_a_heading_and_its_translation_head_one_block() -> None:
    region = region_at(labelled(block("Bill To 客户:", *BUYER, x=50, top=100)), "buyer")
    assert [line.text for line in region.lines] == list(BUYER)


def test_one_line_of_name_and_address_is_a_block() -> None:
    region = region_at(labelled("From: Esther Marlow, 4 Mill Row, Frome, BA11 3DL @50,100"), "seller")
    assert region.lines[0].text == "Esther Marlow, 4 Mill Row, Frome, BA11 3DL"


def test_what_stands_beside_the_next_heading_is_not_of_the_first() -> None:
    page = labelled("From: @50,100", "Esther Marlow @100,100", "To: @50,114", "Quillon Ltd @100,114")
    assert [line.text for line in region_at(page, "seller").lines] == ["Esther Marlow"]
    assert [line.text for line in region_at(page, "buyer").lines] == ["Quillon Ltd"]


def test_a_heading_far_on_the_left_ends_no_block() -> None:
    page = labelled("From: @50,100", block("Esther Marlow", "4 Mill Row", x=400, top=100), "Bill to: @50,114")
    first = next(cell for cell in page.sheet.cells if cell.text == "Esther Marlow")
    assert len(block_below(page, first)) == 2


def test_captions_of_a_fapiao_embrace_what_stands_right_of_them() -> None:
    page = labelled(
        "购买方信息 @v40,100",
        "名称：青禾五金有限公司 @60,105",
        "销售方信息 @v300,100",
        "名称：云岭照明有限公司 @320,105",
    )
    buyer, seller = (region_at(page, side) for side in ("buyer", "seller"))
    left, right = page.sheet.rows[0]
    assert buyer.holds(left)
    assert not buyer.holds(right)
    assert seller.holds(right)
    assert not seller.holds(left)


def test_without_captions_the_left_name_is_the_buyers_and_the_right_one_the_sellers() -> None:
    page = labelled("名称：青禾五金有限公司 @60,105", "名称：云岭照明有限公司 @320,105")
    left, right = page.sheet.rows[0]
    assert region_at(page, "buyer").holds(left)
    assert region_at(page, "seller").holds(right)


def test_without_captions_the_upper_name_is_the_buyers_and_the_lower_one_the_sellers() -> None:
    page = labelled("名称：青禾五金有限公司 @60,105", "名称：云岭照明有限公司 @60,500")
    assert region_at(page, "buyer").holds(page.sheet.rows[0][0])
    assert region_at(page, "seller").holds(page.sheet.rows[1][0])


def test_a_region_holds_nothing_of_another_page() -> None:
    first, second = (labelled(block("Bill to", *BUYER, x=50, top=100), number=number) for number in (1, 2))
    region = region_at(first, "buyer")
    assert region.holds(first.sheet.rows[1][0])
    assert not region.holds(second.sheet.rows[1][0])


@pytest.mark.parametrize(
    ("label", "side"),
    [
        ("Seller VAT No", "seller"),
        ("Buyer VAT No", "buyer"),
        ("Bill to", "buyer"),
        ("名称", None),
        ("Total", None),
    ],
)
def test_a_label_alone_tells_a_side_only_if_its_words_do(label: str, side: str | None) -> None:
    _, hit = next(labelled(f"{label}: @50,100").labels())
    assert side_of(hit) == side


def test_an_empty_document_has_no_regions() -> None:
    assert find_regions([]) == []
    assert find_regions([labelled()]) == []


def test_the_values_of_other_labels_are_no_lines_of_a_partys_block() -> None:
    facts = ["Vendedor: @300,100", "A. Pradera @400,100", "Fecha de entrega: @300,113", "30-12-2025 @400,113"]
    assert all(
        "30-12-2025" not in line.text for region in find_regions([labelled(facts)]) for line in region.lines
    )


def test_a_column_of_labels_above_the_customers_tax_id_is_no_party() -> None:
    labels = block("Tour / Fahrer", "Ihre USt-IdNr.", x=320, top=150)
    values = block("4 / Lund", "DE811569869", x=450, top=150)
    window = block("Ostrach Hotelbetriebe AG", "Am Markt 4", "88356 Ostrach", x=50, top=140)
    head = block("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg", "Tel. 040 123456", x=380, top=30)
    assert field("buyer_name", head, window, labels, values) == "Ostrach Hotelbetriebe AG"


@pytest.mark.parametrize(("share", "is_slip"), [(0.34, False), (0.36, True)])
def test_the_holder_of_an_account_below_the_head_is_who_is_paid(share: float, *, is_slip: bool) -> None:
    sheet = labelled(f"Titular: Quillon SL @50,{share * 842:g}")
    cell, hit = next(sheet.labels())
    assert is_on_slip(sheet, cell, hit) is is_slip


@pytest.mark.parametrize(("share", "is_slip"), [(0.49, False), (0.51, True)])
def test_a_short_word_in_the_lower_half_is_one_of_a_slip(share: float, *, is_slip: bool) -> None:
    sheet = labelled(f"To: Quillon GmbH @50,{share * 842:g}")
    cell, hit = next(sheet.labels())
    assert is_on_slip(sheet, cell, hit) is is_slip


def test_a_recipient_that_stands_with_an_account_is_who_is_paid() -> None:
    account = block("Empfänger: Alderbrook Lampen GmbH", "IBAN: DE78 2366 1354 6349 7791 25", x=50, top=500)
    assert list(regions(account)) == ["payee"]
    assert list(regions(block("Empfänger: Alderbrook Lampen GmbH", "Am Heumarkt 4", x=50, top=500))) == [
        "buyer"
    ]
    beside = ("Empfänger: Alderbrook Lampen GmbH @50,500", "IBAN: DE78236613546349779125 @350,500")
    assert list(regions(*beside)) == ["payee"]


def test_a_number_over_another_label_is_no_partys_block() -> None:
    assert regions(block("DEBITOR", "47156", "UST-ID-NR.", "DE622642121", x=50, top=100)) == {}


def test_a_customers_number_heads_no_block() -> None:
    assert regions("DEBITOR: @50,100", block("1309", "Henrike Taubald", x=150, top=100)) == {}
