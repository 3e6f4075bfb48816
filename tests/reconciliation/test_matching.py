"""Which price-list row an invoice line is."""

from dataclasses import replace
from decimal import Decimal
from time import process_time

import pytest

from extractor.extraction.extraction import Group, State
from extractor.reconciliation.agreement import AgreedPrice
from extractor.reconciliation.bill import BilledLine
from extractor.reconciliation.check import Side
from extractor.reconciliation.likeness import wording_score
from extractor.reconciliation.matching import match_lines
from extractor.reconciliation.policy import MatchingPolicy
from extractor.reconciliation.wording import LineKind

SURE, UNSURE = 0.80, 0.60
POLICY = MatchingPolicy(sure=SURE, unsure=UNSURE)
Pair = tuple[str, str]


def price(index: int, description: str, specification: str = "", **changes: object) -> AgreedPrice:
    row = AgreedPrice(
        index=index,
        description=description,
        specification=specification,
        unit="pcs",
        price=Decimal(10),
        quantity=None,
        tax_rate=None,
        is_tax_included=None,
        price_side=Side(value=Decimal(10)),
        quantity_side=Side(value=None),
    )
    return replace(row, **changes)  # type: ignore[arg-type]  # named by the test


def line(index: int, description: str, specification: str = "", **changes: object) -> BilledLine:
    made = BilledLine(
        index=index,
        kind=LineKind.GOODS,
        description=description,
        specification=specification,
        code="",
        unit="pcs",
        quantity=Decimal(1),
        unit_price=Decimal(10),
        net=Decimal(10),
        tax_rate=None,
        cells=Group(members={}, state=State.FOUND),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # named by the test


@pytest.mark.parametrize(
    ("billed", "agreed"),
    [
        (("Safety gloves", "size 9"), ("Safety gloves", "size 9")),
        (("Gloves, safety, size 9", ""), ("Safety gloves", "size 9")),
        (("Safety gloves size 9", ""), ("Safety gloves", "size 9")),
        (("SAFETY GLOVES", "Size 9"), ("Safety gloves", "size 9")),
        (("Safety gloves", ""), ("Safety gloves", "size 9")),
        (("Feuchtraumleuchte LED", "1500 mm"), ("LED-Feuchtraumleuchte", "1500mm")),
        (("Project management, March 2025", "senior"), ("Project management", "senior")),
        (("Managed hosting October 2025", ""), ("Managed hosting", "4 vCPU, 16 GB")),
        (("Monitoring add-on", ""), ("Monitoring add-on per endpoint", "including alerts and reports")),
        (("Schraube M8x40", "verz. 100 St."), ("Schraube M8 x 40", "verz., 100 St.")),
        (("D r u c k  B r o s c h ü r e , 2 4  S e i t e n", ""), ("Druck Broschüre, 24 Seiten", "A5")),
        (("产品画册印刷", "A4 48页"), ("产品画册", "A4 48页")),
        (("彩色折页", "三折"), ("彩色折页", "三折")),
        (("彩色折页（三折）", ""), ("彩色折页", "三折")),
        (("铜芯电线", "BV2.5 100米"), ("铜芯电线", "BV2.5 100m")),
        (("网布 带头枕 办公椅", ""), ("办公椅", "网布带头枕")),
        (("办公椅", "网布带头枕"), ("网布带头枕办公椅", "")),
    ],
)
def test_the_same_article_in_other_words_is_sure(billed: Pair, agreed: Pair) -> None:
    assert wording_score(billed, agreed) >= SURE


@pytest.mark.parametrize(
    ("billed", "agreed"),
    [
        (("Hose clip", "25 mm"), ("Hose clip", "40 mm")),
        (("Wire red 2.5 mm²", "100 m"), ("Wire red 1.5 mm²", "100 m")),
        (("Wire red 2.5 mm²", "100 m"), ("Wire blue 2.5 mm²", "100 m")),
        (("Site survey", "first hour"), ("Cable gland", "M20 brass")),
        (("铝芯电线", "BV2.5 100m"), ("铜芯电线", "BV2.5 100m")),
        (("上门服务", "首小时"), ("双电源开关", "100A")),
        (("Anfahrtspauschale", ""), ("Wartung einschließlich Anfahrt und Prüfprotokoll", "")),
        (("Junior consultant", "per day"), ("Senior consultant", "per day")),
    ],
)
def test_another_article_is_never_sure(billed: Pair, agreed: Pair) -> None:
    assert wording_score(billed, agreed) < SURE


def test_alike_rows_go_to_alike_lines() -> None:
    sizes = ["0.75", "1.5", "2.5", "4", "6"]
    prices = [price(index, f"Wire red {size} mm²", "100 m coil") for index, size in enumerate(sizes)]
    lines = [line(index, f"Wire red {size} mm²", "100 m coil") for index, size in enumerate(reversed(sizes))]
    matches = match_lines(lines, prices, policy=POLICY)
    assert [matches[index].price.index for index in range(5)] == [4, 3, 2, 1, 0]
    assert all(match.score >= SURE for match in matches.values())


def test_two_deliveries_of_one_article_share_its_row() -> None:
    prices = [price(0, "Gravel 8/16"), price(1, "Sand 0/2")]
    lines = [line(0, "Gravel 8/16"), line(1, "Gravel 8/16"), line(2, "Sand 0/2")]
    matches = match_lines(lines, prices, policy=POLICY)
    assert [matches[index].price.index for index in range(3)] == [0, 0, 1]


def test_the_price_decides_between_rows_with_equal_words() -> None:
    prices = [price(0, "Support", price=Decimal(80)), price(1, "Support", price=Decimal(120))]
    (match,) = match_lines([line(0, "Support", unit_price=Decimal(120))], prices, policy=POLICY).values()
    assert match.price.index == 1


def test_an_article_code_in_the_row_is_as_good_as_words() -> None:
    prices = [price(0, "Pump", "art. QX-40712"), price(1, "Valve", "art. QX-40713")]
    (match,) = match_lines([line(0, "Förderaggregat", code="QX-40713")], prices, policy=POLICY).values()
    assert (match.price.index, match.score >= SURE) == (1, True)


@pytest.mark.parametrize(
    ("code", "description"),
    [("QX-40713", "Valve"), ("QX 40713", "Valve"), ("", "Valve QX-40713"), ("", "QX40713 Valve")],
)
def test_a_code_decides_between_rows_with_equal_words(code: str, description: str) -> None:
    prices = [price(0, "Valve", "art. QX-40712"), price(1, "Valve", "art. QX-40713", price=Decimal(99))]
    (match,) = match_lines([line(0, description, code=code)], prices, policy=POLICY).values()
    assert (match.price.index, match.score >= SURE) == (1, True)


def test_a_row_with_the_lines_code_is_found_among_hundreds() -> None:
    prices = [price(index, f"Pump {index:03d}", f"QX-{50_000 + index}") for index in range(300)]
    (match,) = match_lines([line(0, "Förderaggregat", code="QX-50217")], prices, policy=POLICY).values()
    assert match.price.index == 217


def test_a_piece_of_a_code_or_a_size_is_no_code() -> None:
    prices = [price(0, "Lamp", "4000K"), price(1, "Ladder", "QX-407133")]
    assert match_lines([line(0, "Hammer", code="4000")], prices, policy=POLICY) == {}
    assert match_lines([line(0, "Hammer", code="QX-40713")], prices, policy=POLICY) == {}


@pytest.mark.parametrize(
    ("changes", "is_sure"),
    [
        ({"unit_price": Decimal("81.37")}, True),
        ({"unit_price": Decimal("81.37"), "unit": None}, True),
        ({"unit_price": Decimal("81.38")}, False),
        ({"unit_price": Decimal("81.37"), "unit": "kg"}, False),
    ],
)
def test_near_words_at_just_the_price_and_unit_are_sure(changes: dict[str, object], *, is_sure: bool) -> None:
    rows = [price(0, "Pendelleuchte", "E27, 400 mm", price=Decimal("81.37"))]
    billed = replace(line(0, "Pendelleuchte Opalglas", "E27"), **changes)  # type: ignore[arg-type]  # named by the test
    (match,) = match_lines([billed], rows, policy=POLICY).values()
    assert (match.score >= SURE) is is_sure


def test_rows_that_words_and_price_cannot_tell_apart_are_a_question() -> None:
    prices = [price(0, "Cable", "2.5 mm²", price=Decimal(80)), price(1, "Cable", "4 mm²", price=Decimal(120))]
    (match,) = match_lines([line(0, "Cable", unit_price=Decimal(97))], prices, policy=POLICY).values()
    assert UNSURE <= match.score < SURE
    (match,) = match_lines([line(0, "Cable", unit_price=Decimal(120))], prices, policy=POLICY).values()
    assert match.price.index == 1


def test_a_line_in_other_words_at_just_a_rows_price_is_a_question() -> None:
    prices = [price(0, "Lattenrost Buche", price=Decimal("81.37")), price(1, "Matratze", price=Decimal(200))]
    lines = [line(0, "Federholzrahmen (Buche)", unit_price=Decimal("81.37")), line(1, "Matratze")]
    assert match_lines(lines, prices, policy=POLICY)[0].score == UNSURE
    assert 0 not in match_lines([replace(lines[0], unit_price=Decimal("81.40"))], prices, policy=POLICY)


@pytest.mark.parametrize(
    ("wording", "changes", "is_asked"),
    [
        ("Waiting time Quay Street", {}, True),
        ("Waiting time Quay Street", {"unit": None}, True),
        ("Waiting time Quay Street", {"unit": "kg"}, False),
        ("Waiting time Quay Street", {"unit_price": Decimal(49)}, False),
        ("Crane lift Quay Street", {}, False),
    ],
)
def test_a_row_at_a_round_price_is_asked_for_by_a_word_of_it(
    wording: str, changes: dict[str, object], *, is_asked: bool
) -> None:
    rows = [price(0, "Waiting beyond two hours", unit="hour", price=Decimal(48))]
    made = line(0, wording, unit="h", unit_price=Decimal(48))
    billed = replace(made, **changes)  # type: ignore[arg-type]  # named by the test
    assert [match.score for match in match_lines([billed], rows, policy=POLICY).values()] == (
        [UNSURE] if is_asked else []
    )


def test_an_article_number_before_the_name_is_no_part_of_it() -> None:
    prices = [price(0, "Klemmleuchte", "8 W"), price(1, "Werkbank", "2 m")]
    lines = [line(0, "N0004 Klemmleuchte"), line(1, "77-120 Werkbank"), line(2, "N0009", "Werkbank 2 m")]
    matches = match_lines(lines, prices, policy=POLICY)
    assert [matches[index].price.index for index in range(3)] == [0, 1, 1]
    assert all(match.score >= SURE for match in matches.values())


def test_lines_that_are_nothing_agreed_are_left_out() -> None:
    assert match_lines([line(0, "Callout visit")], [price(0, "Cable gland", "M20")], policy=POLICY) == {}
    assert match_lines([], [price(0, "Cable gland")], policy=POLICY) == {}
    assert match_lines([line(0, "Cable gland")], [], policy=POLICY) == {}


@pytest.mark.slow
def test_five_hundred_lines_are_matched_with_five_hundred_rows_in_two_seconds() -> None:
    names = [f"Bracket type {index:03d} {('zinc', 'steel', 'brass')[index % 3]}" for index in range(500)]
    prices = [price(index, name, f"{index % 90} mm") for index, name in enumerate(names)]
    lines = [line(index, name, f"{index % 90} mm") for index, name in enumerate(names)]
    started = process_time()
    matches = match_lines(lines, prices, policy=POLICY)
    assert process_time() - started < 2
    assert all(matches[index].price.index == index for index in range(500))
