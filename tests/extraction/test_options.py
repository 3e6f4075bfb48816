from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.reading import Candidate, Evidence, Reading, Scalar
from extractor.extraction.extraction import ABSENT, Leaf, State
from extractor.extraction.options import choose, leaf_of, options_of
from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.pages.geometry import Box
from extractor.pages.word import Origin

PLACE = Evidence(page=1, boxes=(Box(1, 2, 3, 4),))
XML = Evidence(page=None, origin=Origin.XML)
AMOUNT = ColumnSpec(type=FieldType.AMOUNT)
DAY = ColumnSpec(type=FieldType.DATE)


def candidate(
    text: str,
    score: float,
    *,
    value: Scalar | None = None,
    evidence: Evidence = PLACE,
    clause: str | None = None,
) -> Candidate:
    return Candidate(text=text, evidence=evidence, score=score, value=value, clause=clause)


def reading(*candidates: Candidate, engine: str = "layout") -> Reading:
    return Reading(engine=engine, candidates={"field": candidates})


def chosen(*readings: Reading, column: ColumnSpec = AMOUNT, clauses: bool = False) -> Leaf:
    return choose(options_of("field", column, readings), clauses=clauses).leaf


def test_nothing_read_is_absent() -> None:
    assert chosen() == ABSENT
    assert chosen(reading()) == ABSENT
    assert chosen(reading(candidate("  ", 0.9))) == ABSENT


def test_the_value_with_the_best_score_is_chosen_with_its_margin_to_the_next_value() -> None:
    leaf = chosen(reading(candidate("10.00", 0.9), candidate("10,00", 0.8), candidate("12.00", 0.5)))
    assert leaf.value == 10
    assert leaf.text == "10.00"
    assert leaf.state is State.FOUND
    assert leaf.score == pytest.approx(0.9)
    assert leaf.margin == pytest.approx(0.4)


def test_the_engines_own_value_holds_before_the_text() -> None:
    assert chosen(reading(candidate("1.234", 0.9, value=Decimal(1234)))).value == 1234


def test_a_derived_candidate_stays_derived() -> None:
    derived = Candidate(text="10.00", evidence=PLACE, score=0.5, is_derived=True)
    assert leaf_of(derived, AMOUNT, reading()).state is State.DERIVED


def test_text_that_is_no_value_is_unreadable() -> None:
    leaf = chosen(reading(candidate("31.02.2026", 0.9)), column=DAY)
    assert (leaf.value, leaf.state, leaf.text) == (None, State.UNREADABLE, "31.02.2026")


def test_an_unreadable_text_gives_way_unless_it_is_surer_by_three_tenths() -> None:
    other = candidate("05.03.2026", 0.6)
    assert chosen(reading(candidate("31.02.2026", 0.85), other), column=DAY).value == date(2026, 3, 5)
    assert chosen(reading(candidate("31.02.2026", 0.95), other), column=DAY).state is State.UNREADABLE


def test_two_engines_that_agree_are_surer_than_either() -> None:
    leaf = chosen(reading(candidate("10.00", 0.8)), reading(candidate("10,00 €", 0.5), engine="qwen"))
    assert leaf.value == 10
    assert leaf.score == pytest.approx(0.9)


def test_two_engines_that_disagree_are_less_sure_and_the_other_is_kept() -> None:
    choice = choose(
        options_of(
            "field",
            AMOUNT,
            [reading(candidate("10.00", 0.8)), reading(candidate("70.00", 0.6), engine="qwen")],
        )
    )
    assert choice.leaf.value == 10
    assert choice.leaf.score < 0.8
    assert choice.leaf.margin == pytest.approx(0.2)
    assert [leaf.value for leaf in choice.disputed] == [70]


def test_an_exact_value_takes_text_and_place_from_the_page_that_shows_it() -> None:
    leaf = chosen(
        reading(candidate("119.00", 1.0, evidence=XML), engine="einvoice"),
        reading(candidate("119,00 €", 0.4)),
    )
    assert (leaf.value, leaf.text, leaf.evidence) == (Decimal(119), "119,00 €", PLACE)
    assert leaf.engine == "einvoice"
    assert leaf.score == 1.0


def test_an_exact_value_holds_against_what_the_page_shows_and_that_is_kept() -> None:
    choice = choose(
        options_of(
            "field",
            AMOUNT,
            [
                reading(candidate("119.00", 1.0, evidence=XML), engine="einvoice"),
                reading(candidate("911,00", 0.9), candidate("119,00", 0.3)),
            ],
        )
    )
    assert (choice.leaf.value, choice.leaf.evidence) == (Decimal(119), XML)
    assert [leaf.value for leaf in choice.disputed] == [911]


def test_an_address_that_the_page_shows_without_its_country_is_shown() -> None:
    exact = reading(candidate("Quay Lane 2, 04109 Leipzig, DE", 1.0, evidence=XML), engine="einvoice")
    shown = reading(candidate("Quay Lane 2, 04109 Leipzig", 0.8))
    leaf = chosen(exact, shown, column=ColumnSpec(type=FieldType.ADDRESS))
    assert (leaf.value, leaf.text) == ("Quay Lane 2, 04109 Leipzig, DE", "Quay Lane 2, 04109 Leipzig")
    assert leaf.evidence == PLACE


def test_a_number_that_holds_another_is_not_the_same_number() -> None:
    exact = reading(candidate("2026-118", 1.0, evidence=XML), engine="einvoice")
    leaf = chosen(exact, reading(candidate("2026-11", 0.8)), column=ColumnSpec(type=FieldType.IDENTIFIER))
    assert leaf.evidence == XML


@pytest.mark.parametrize(("score", "accused"), [(0.5, 1), (0.49, 0)])
def test_a_reading_that_is_hardly_sure_accuses_nobody(score: float, accused: int) -> None:
    options = options_of(
        "field",
        AMOUNT,
        [
            reading(candidate("119.00", 1.0, evidence=XML), engine="einvoice"),
            reading(candidate("911,00", score)),
        ],
    )
    assert len(choose(options).disputed) == accused


@pytest.mark.parametrize(("score", "state"), [(0.81, State.CONTRADICTORY), (0.79, State.FOUND)])
def test_two_clauses_that_are_equally_sure_contradict_each_other(score: float, state: State) -> None:
    leaf = chosen(
        reading(candidate("30", 0.9, clause="4.2"), candidate("45", score, clause="7.1")), clauses=True
    )
    assert leaf.value == 30
    assert leaf.state is state
    assert [other.clause for other in leaf.also] == (["7.1"] if state is State.CONTRADICTORY else [])


def test_one_clause_does_not_contradict_itself_nor_another_that_says_the_same() -> None:
    same_clause = reading(candidate("30", 0.9, clause="4.2"), candidate("45", 0.9, clause="4.2"))
    same_value = reading(candidate("30", 0.9, clause="4.2"), candidate("30.0", 0.9, clause="7.1"))
    assert chosen(same_clause, clauses=True).state is State.FOUND
    assert chosen(same_value, clauses=True).state is State.FOUND
