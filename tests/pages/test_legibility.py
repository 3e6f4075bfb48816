import pytest

from extractor.documents.text_layer import PrintedWord
from extractor.pages.legibility import readable_words


def _words(*texts: str) -> list[PrintedWord]:
    return [PrintedWord(10 * index, 0, 10 * index + 9, 9, text) for index, text in enumerate(texts)]


def _read(*texts: str) -> list[str]:
    return [word.text for word in readable_words(_words(*texts))]


@pytest.mark.parametrize("text", ["Rechnung", "発票", "¥1,234.56", "№", "–", "éà", "كشف", "🙂", "1"])
def test_what_stands_for_characters_is_kept(text: str) -> None:
    assert _read(text, "Total") == [text, "Total"]


@pytest.mark.parametrize("text", ["\ufffd\ufffd", "\ue001", "\uf0b7", "\x01\x02", "\U000f0001", "\uffff"])
def test_words_of_nothing_but_lost_characters_are_left_out(text: str) -> None:
    assert _read("Total", text, "100.00") == ["Total", "100.00"]


def test_a_word_with_a_lost_character_is_kept_as_it_is() -> None:
    assert _read("Stra\ufffde", "Nummer", "10") == ["Stra\ufffde", "Nummer", "10"]


def test_a_page_of_which_half_is_lost_has_no_words() -> None:
    assert _read("Total", "\ue001\ue002\ue003\ue004\ue005") == []
    assert _read("Totals", "\ue001\ue002\ue003\ue004\ue005") == ["Totals"]


def test_a_page_of_lost_characters_has_no_words() -> None:
    assert _read("\ufffd\ufffd\ufffd", "\ufffd") == []
    assert _read("\ufffd", ":") == []


def test_a_page_of_signs_alone_has_no_words_unless_it_has_few() -> None:
    assert _read("-" * 20) == []
    assert _read("-" * 19) == ["-" * 19]


def test_a_page_without_words_stays_so() -> None:
    assert _read() == []
