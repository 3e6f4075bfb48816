"""Words of a row that no wide gap parts are one run."""

from engines.layout.pages import LABELS, page, width_of, words_of

from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.tables.runs import run_of, runs_of
from extractor.pages.geometry import Box


def texts(*prints: str) -> list[str]:
    (row,) = sheet_of(page(*prints), LABELS).rows
    return [run.text for run in runs_of(row)]


def test_a_run_is_its_words_with_one_space_between_them() -> None:
    run = run_of(words_of("Oak board @50,100"))
    assert run.text == "Oak board"
    assert run.box == Box(50, 100, 50 + width_of("Oak board"), 113)


def test_a_gap_parts_runs_only_if_it_is_wider_than_0_55_word_heights() -> None:
    def count(gap: float) -> int:
        return len(texts("12 @50,100", f"34 @{50 + 11.12 + gap},100"))

    assert count(0.55 * 13 - 0.05) == 1
    assert count(0.55 * 13 + 0.05) == 2


def test_of_two_words_the_higher_one_counts() -> None:
    gap = 0.55 * 26 - 0.05
    assert texts("12 @50,100", f"34 @{50 + 11.12 + gap},94,20") == ["12 34"]


def test_cells_are_runs_of_their_own() -> None:
    assert texts("Oak board @50,100", "2 @300,100", "3.50 @400,100") == ["Oak board", "2", "3.50"]
