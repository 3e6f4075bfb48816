from synthesis.canvas import Canvas

from .pages import overlaps, printed_words


def test_words_on_each_other_are_found_and_neighbours_are_not() -> None:
    canvas = Canvas()
    canvas.text(50, 60, "first")
    canvas.text(55, 63, "second")
    canvas.text(50, 72.5, "third")
    canvas.text(120, 60, "fourth")
    assert overlaps(printed_words(canvas.content())) == [("first", "second")]
