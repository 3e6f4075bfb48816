"""Clauses: the manners of numbering, nesting, and what is no clause."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from extractor.engines.contract.clauses import Clause, segment
from extractor.engines.contract.columns import with_tables
from extractor.engines.contract.margins import text_of
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word

Draw = Callable[..., tuple[Page, ...]]


def clauses_of(pages: tuple[Page, ...]) -> tuple[Clause, ...]:
    text = text_of(pages)
    return segment(with_tables(text.lines), right_edges=text.right_edges, pitches=text.pitches)


def numbers_of(pages: tuple[Page, ...]) -> list[str]:
    return [clause.number for clause in clauses_of(pages)]


@pytest.mark.parametrize(
    ("paragraphs", "numbers"),
    [
        (
            ("1. Scope", "1.1 The goods.", "1.2 The rest.", "2. Price", "2.1 Fixed."),
            ["1", "1.1", "1.2", "2", "2.1"],
        ),
        (
            ("1 Scope", "1.1 The goods.", "1.1.1 All.", "1.1.2 None.", "2 Price"),
            ["1", "1.1", "1.1.1", "1.1.2", "2"],
        ),
        (
            ("4. Payment", "4.1 Terms.", "4.2 Rules:", "    (a) first;", "    (b) second.", "4.3 More."),
            ["4", "4.1", "4.2", "4.2(a)", "4.2(b)", "4.3"],
        ),
        (
            ("Article 1 Scope", "Scope text.", "Article 2 Price", "2.1 Fixed.", "ARTICLE 3 TERM"),
            ["Article 1", "Article 2", "2.1", "Article 3"],
        ),
        (
            ("Section 1. Scope", "(a) One.", "(b) Two.", "Section 2. Price", "(a) Three."),
            ["Section 1", "Section 1(a)", "Section 1(b)", "Section 2", "Section 2(a)"],
        ),
        (("Clause 1: Scope", "Text.", "Clause 2: Price"), ["Clause 1", "Clause 2"]),
        (("para. 1 Text here.", "para. 2 More text."), ["para. 1", "para. 2"]),
        (("(1) One.", "(2) Two.", "(3) Three."), ["(1)", "(2)", "(3)"]),
        (
            ("4. Payment", "4.1 Fixed.", "9. Termination", "9.1 At will.", "13. Law"),
            ["4", "4.1", "9", "9.1", "13"],
        ),
        (("4. Payment", "4.1 Fixed.", "14. Termination"), ["4", "4.1"]),
        (("4. Payment", "4.1 Boxes of", "9. boxes, each"), ["4", "4.1"]),
        (("§ 1 Preise", "Fest.", "Anlage 1 zum Rahmenvertrag - Preisblatt"), ["§ 1", "Anlage 1"]),
        (("1. Prices", "Fixed.", "Schedule 2 to the Supply Agreement"), ["1", "Schedule 2"]),
        (("1. Prices", "Fixed.", "Schedule 2 to the Supply Agreement applies"), ["1"]),
        (
            ("1. Term", "Fixed.", "AMENDMENT No. 1", "1. The term is longer."),
            ["1", "AMENDMENT No. 1", "AMENDMENT No. 1, 1"],
        ),
        (
            (
                "三、租金",
                "1、租金按月计算，每月由承租方按照本合同附件所列的标准以转账方式支付给出租方，不得拖欠或者扣减。",
                "2、押金另付。",
            ),
            ["三、", "三、1", "三、2"],
        ),
        (("I. Scope", "Text.", "II. Price", "III. Term"), ["I", "II", "III"]),
        (
            ("1. Duties", "(i) one;", "(ii) two;", "(iii) three.", "2. Rights"),
            ["1", "1(i)", "1(ii)", "1(iii)", "2"],
        ),
        (
            ("§ 1 Gegenstand", "(1) Eins.", "(2) Zwei.", "§ 2 Preise", "(1) Drei.", "a) vier", "b) fünf"),
            [
                "§ 1",
                "§ 1 Abs. 1",
                "§ 1 Abs. 2",
                "§ 2",
                "§ 2 Abs. 1",
                "§ 2 Abs. 1 lit. a",
                "§ 2 Abs. 1 lit. b",
            ],
        ),
        (("§ 1 Gegenstand", "Abs. 1 Eins.", "Abs. 2 Zwei."), ["§ 1", "§ 1 Abs. 1", "§ 1 Abs. 2"]),
        (
            ("Artikel 1 Gegenstand", "(1) Eins.", "Artikel 2 Preise"),
            ["Artikel 1", "Artikel 1 Abs. 1", "Artikel 2"],
        ),
        (
            ("Ziffer 1 Gegenstand", "Ziffer 1.1 Eins.", "Ziffer 1.2 Zwei."),
            ["Ziffer 1", "Ziffer 1.1", "Ziffer 1.2"],
        ),
        (
            ("第一条 标的", "货物。", "第二条 价款", "2.1 单价。", "2.2 总价。"),
            ["第一条", "第二条", "2.1", "2.2"],
        ),
        (
            ("第一条 标的", "（一）货物。", "（二）服务。", "第二条 价款"),
            ["第一条", "第一条（一）", "第一条（二）", "第二条"],
        ),
        (("第一条第一款 标的。", "第一条第二款 数量。"), ["第一条第一款", "第一条第二款"]),
        (
            ("一、标的", "1、货物。", "2、服务。", "二、价款", "（一）单价。", "（二）总价。"),
            ["一、", "一、1", "一、2", "二、", "二、（一）", "二、（二）"],
        ),
        (
            ("第一章 总则", "第一条 标的", "第二章 价款", "第二条 单价"),
            ["第一章", "第一条", "第二章", "第二条"],
        ),
        (("1. Scope", "Annex A", "Price list", "Annex B: Plan"), ["1", "Annex A", "Annex B"]),
        (
            ("1. Scope", "Schedule 1 – Prices", "1. Goods", "2. Work"),
            ["1", "Schedule 1", "Schedule 1, 1", "Schedule 1, 2"],
        ),
        (("1. Scope", "Anlage 2", "Preise", "1. Ware"), ["1", "Anlage 2", "Anlage 2, 1"]),
        (("一、标的", "附件一：价格表", "一、单价"), ["一、", "附件一", "附件一, 一、"]),
    ],
)
def test_clause_numbers_are_given_in_full(
    draw: Draw, paragraphs: tuple[str, ...], numbers: list[str]
) -> None:
    assert numbers_of(draw(*paragraphs)) == numbers


def test_what_stands_before_the_first_clause_is_the_preamble(draw: Draw) -> None:
    clauses = clauses_of(draw("Supply Agreement", "Between A Ltd and B Ltd", "1. Scope", "1.1 The goods."))
    assert clauses[0].number == "Preamble"
    assert clauses[0].text == "Supply Agreement\nBetween A Ltd and B Ltd"


def test_a_clause_knows_its_heading_and_its_parents(draw: Draw) -> None:
    clause = clauses_of(draw("1. Scope", "2. Payment", "2.1 Invoices. They are paid at once."))[-1]
    assert clause.number == "2.1"
    assert clause.heading == "Invoices"
    assert clause.parent == "2"
    assert clause.headings == ("Payment", "Invoices")


def test_a_table_of_contents_is_no_clause(draw: Draw) -> None:
    pages = draw(
        "Supply Agreement",
        "Contents",
        "1. Scope ........................ 2",
        "2. Price ........................ 3",
        "\f1. Scope",
        "1.1 The goods.",
        "2. Price",
    )
    assert numbers_of(pages) == ["Preamble", "1", "1.1", "2"]


def test_a_table_of_contents_without_dots_is_no_clause(draw: Draw) -> None:
    pages = draw(
        "Rahmenvertrag",
        "Inhaltsverzeichnis",
        "1 Gegenstand\t\t\t\t2",
        "2 Preise\t\t\t\t3",
        "\f1 Gegenstand",
        "Text.",
        "2 Preise",
    )
    assert numbers_of(pages) == ["Preamble", "1", "2"]


def test_running_heads_and_page_numbers_are_removed(draw: Draw) -> None:
    pages = draw("1. Scope", "1.1 The goods are sold\fas they stand.", "1.2 More.\fLast words.")
    marked = [
        replace(
            page,
            words=(
                *moved(draw("Confidential draft of Larkfield")[0], -60),
                *page.words,
                *moved(draw(f"Page {page.number} of 3")[0], 700),
            ),
        )
        for page in pages
    ]
    text = "\n".join(clause.text for clause in clauses_of(tuple(marked)))
    assert "Confidential" not in text
    assert "Page" not in text
    assert "The goods are sold as they stand." in text


def moved(page: Page, by: float) -> tuple[Word, ...]:
    boxes = [Box(word.box.x0, word.box.y0 + by, word.box.x1, word.box.y1 + by) for word in page.words]
    return tuple(replace(word, box=box) for word, box in zip(page.words, boxes, strict=True))


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "The parties refer to Section 9 and to Annex C of the master agreement, which stay in "
            "force as they are now."
        ),
        "Goods are delivered in lots of 12. The lots are numbered from 1. to 40. and marked with the order.",
        (
            "Der Vertrag richtet sich im Übrigen nach § 7 Abs. 2 der Allgemeinen Bedingungen und nach "
            "Ziffer 9.3 daraus."
        ),
        (
            "18 Chandler Street is where the goods are delivered to; nobody else may receive them on "
            "the Buyer's behalf."
        ),
    ],
)
def test_a_reference_inside_a_sentence_is_no_clause(draw: Draw, sentence: str) -> None:
    assert numbers_of(draw("1. Scope", f"1.1 {sentence}", "1.2 Further.")) == ["1", "1.1", "1.2"]


def test_a_number_left_of_its_text_is_its_number(draw: Draw) -> None:
    pages = draw("1.\tScope", "1.1\tThe goods.", "1.2\tThe rest of it.")
    assert numbers_of(pages) == ["1", "1.1", "1.2"]
    assert clauses_of(pages)[1].text == "The goods."


def test_a_number_tight_before_its_text_takes_nothing_with_it(draw: Draw) -> None:
    clauses = clauses_of(draw("一、价款", "（一）单价 12.50 元，含税。", "（二）总价 80.00 元。"))
    assert [clause.number for clause in clauses] == ["一、", "一、（一）", "一、（二）"]
    assert [sentence.text for sentence in clauses[1].sentences()] == ["单价 12.50 元,含税。"]


def test_signatures_are_no_part_of_the_last_clause(draw: Draw) -> None:
    clauses = clauses_of(
        draw("1. Scope", "1.1 The goods.", "______________\t\t______________", "A Ltd\t\tB Ltd")
    )
    assert [clause.number for clause in clauses] == ["1", "1.1", "Signatures"]


def test_two_columns_are_read_one_after_the_other(draw: Draw) -> None:
    clauses = clauses_of(draw("Buyer: Alder Ltd|Seller: Birch Ltd", "VAT ID: GB1|VAT ID: GB2", "1. Scope"))
    assert clauses[0].text.split("\n") == [
        "Buyer: Alder Ltd",
        "VAT ID: GB1",
        "Seller: Birch Ltd",
        "VAT ID: GB2",
    ]
