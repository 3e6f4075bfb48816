"""Whatever words a page holds, it can be read, and every value is proven by its boxes."""

from collections.abc import Sequence
from random import Random

from engines.layout.pages import SPEC, page, read, unproven, width_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor.pages.page import Page

_PHRASES = (
    *(
        "Invoice No: 4711",
        "Invoice No",
        "Date",
        "Invoice Date: 5.3.2026",
        "Rechnung 4711 vom 5.3.2026",
        "CREDIT NOTE",
    ),
    *(
        "Total",
        "Subtotal",
        "VAT 19%",
        "VAT",
        "Grand Total: 119.00",
        "Total net (excl. VAT)",
        "Amount due 50.00",
        "Paid",
    ),
    *(
        "100.00",
        "19.00",
        "119.00",
        "€ 1.234,56",
        "(3.00)",
        "-5.00",
        "100.",
        "00",
        "19 % 200.00 38.00",
        "= 18.00",
    ),
    *(
        "Bill to:",
        "Ship to",
        "Seller: Nordwind GmbH",
        "Seller Company Ltd",
        "Nordwind GmbH",
        "Hafenstr. 9",
        "20457 Hamburg",
    ),
    *(
        "Nordwind GmbH · Hafenstr. 9 · 20457 Hamburg",
        "www.nordwind.example",
        "Tel. 040 123",
        "VAT ID: DE136695976",
    ),
    *(
        "Description",
        "Qty",
        "Unit Price",
        "Unit",
        "price",
        "Amount",
        "2 pcs",
        "Oak board",
        "1 Oak board",
        "AB-0146",
        "3",
    ),
    *("IBAN: DE02 1203 0000 0000 2020 51", "BIC: BYLADEM1001", "Bank: Elbkontor", "Account No: 123456 7"),
    *(
        "Payment terms: 30 days net,",
        "within 30 days",
        "Remarks: left at",
        "Serial no: 88",
        "PO-3333",
        "Order No: B-77",
    ),
    *(
        "名称：青禾有限公司",
        "名",
        "称：云岭有限公司",
        "纳税人识别号：91310000MA1FL0XK5T",
        "开户行及账号：云岭银行 4400123456789012",
    ),
    *(
        "购",
        "买",
        "方",
        "备",
        "注",
        "合计",
        "¥100.00",
        "价税合计（大写）",
        "壹佰圆整",
        "（小写）¥113.00",
        "备注：合同编号 HT-1",
    ),
    *(
        "项目名称",
        "数量",
        "单价",
        "金额",
        "税率",
        "税额",
        "13%",
        "#",
        ":",
        "\u2014",
        "x" * 45,
        "I\u0307",
        "\ufb01n",
        "½",
        "٣",
    ),
)
_PHRASE = st.sampled_from(_PHRASES) | st.text(
    st.characters(exclude_categories=["C"]), min_size=1, max_size=8
).filter(lambda text: bool(text.split()) and "\u2116" not in text)
_ROW = st.tuples(
    st.sampled_from([14.0, 14.0, 16.0, 28.0, 60.0]),  # from the row above
    st.lists(st.tuples(_PHRASE, st.sampled_from([4.0, 9.0, 20.0, 60.0, 150.0])), min_size=1, max_size=5),
)


def _set(number: int, rows: Sequence[tuple[float, Sequence[tuple[str, float]]]]) -> Page:
    """Set rows below each other, phrases side by side with gaps, nothing over anything else."""
    prints, top = [], 20.0
    for step, phrases in rows:
        top, left = top + step, 40.0
        for phrase, gap in phrases:
            text = " ".join(phrase.split())
            prints.append(f"{text} @{left:.2f},{top:.2f}")
            left += width_of(text) + gap
    return page(*prints, number=number, width=1500.0, height=1500.0)


_PAGES = st.lists(st.lists(_ROW, max_size=14), min_size=1, max_size=2).map(
    lambda pages: [_set(number, rows) for number, rows in enumerate(pages, 1)]
)
_SOUP = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_SOUP
@given(_PAGES)
@example([page("PO @50,100")])
@example([page("Total @50,100", "Total @50,120")])
@example([page("Invoice No: 4711 @40,34", "Description @40,48", ":AS @40,62")])
def test_any_words_can_be_read_and_every_value_stands_in_its_boxes(pages: list[Page]) -> None:
    assert unproven(read(*pages), pages) == []


@_SOUP
@given(_PAGES)
def test_rows_of_any_words_have_a_cell_and_only_columns_of_the_spec(pages: list[Page]) -> None:
    reading = read(*pages)
    for name, rows in reading.tables.items():
        for row in rows:
            assert row.cells
            assert set(row.cells) <= set(SPEC.fields[name].columns)


@_SOUP
@given(_PAGES, st.randoms())
def test_the_order_in_which_words_come_does_not_change_what_is_read(
    pages: list[Page], random: Random
) -> None:
    shuffled = []
    for each in pages:
        words = list(each.words)
        random.shuffle(words)
        shuffled.append(Page(number=each.number, width=each.width, height=each.height, words=tuple(words)))
    assert read(*shuffled) == read(*pages)


@_SOUP
@given(_PAGES)
def test_net_and_gross_never_come_from_the_same_printed_amount(pages: list[Page]) -> None:
    reading = read(*pages)
    net, gross, due = (reading.candidates.get(name) for name in ("net_amount", "gross_amount", "amount_due"))
    if not net or not gross or (due and due[0].evidence == gross[0].evidence):
        return
    if gross[0].score >= net[0].score:  # else the only total of a document that says it is untaxed
        assert (net[0].text, net[0].evidence) != (gross[0].text, gross[0].evidence)
