import pytest

from extractor.documents.text_layer import Fill, PrintedWord, Rectangle, TextLayer
from extractor.pages.geometry import Box
from extractor.pages.legibility import is_picture, is_shown, readable_words
from extractor.pages.word import Word


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


def _layer(*images: Rectangle) -> TextLayer:
    fills = tuple(Fill(order=0, box=box, colour=None, is_rectangle=True) for box in images)
    return TextLayer(width=100, height=100, words=(), orders=(), fills=fills, styles=frozenset())


def test_a_page_without_words_is_read_from_its_picture() -> None:
    assert is_picture(_layer(), [])
    assert not is_picture(_layer(), _words("Total"))


@pytest.mark.parametrize(("side", "is_scan"), [(70.6, False), (70.8, True)])
def test_a_stamp_over_an_image_of_half_the_page_is_no_text_layer(side: float, is_scan: bool) -> None:  # noqa: FBT001
    assert is_picture(_layer((0, 0, side, side)), _words("PAID", "2026-03-05")) == is_scan


@pytest.mark.parametrize(("letters", "is_scan"), [(120, True), (121, False)])
def test_more_words_than_a_stamp_has_are_a_text_layer(letters: int, is_scan: bool) -> None:  # noqa: FBT001
    assert is_picture(_layer((0, 0, 100, 100)), _words("x" * letters)) == is_scan


def test_a_small_logo_or_a_coloured_ground_makes_no_scan() -> None:
    ground = Fill(order=0, box=(0, 0, 100, 100), colour=(255, 255, 255), is_rectangle=True)
    layer = TextLayer(width=100, height=100, words=(), orders=(), fills=(ground,), styles=frozenset())
    assert not is_picture(layer, _words("Total"))


@pytest.mark.parametrize(
    ("hidden", "shown"), [(["Total", "99.00"], True), (["Total", "9", "x"], False), ([], True)]
)
def test_hidden_words_that_the_picture_shows_are_its_transcript(hidden: list[str], shown: bool) -> None:  # noqa: FBT001
    words = [Word(text=text, box=Box(0, 0, 1, 1)) for text in ("Total:", "150.00")]
    assert is_shown(_words(*hidden), words) == shown
