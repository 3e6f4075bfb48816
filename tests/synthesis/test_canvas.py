import pymupdf
import pytest
from synthesis.canvas import Canvas, Face, text_width, wrap


def _words(content: bytes) -> list[str]:
    with pymupdf.open(stream=content, filetype="pdf") as file:  # type: ignore[no-untyped-call]  # not annotated
        return [word[4] for page in file for word in page.get_text("words")]


@pytest.mark.parametrize("face", list(Face))
def test_what_is_drawn_can_be_read_back(face: Face) -> None:
    canvas = Canvas(face=face)
    canvas.text(50, 60, "Total £1,234.56 – 3 × 0.99 €")
    assert _words(canvas.content()) == ["Total", "£1,234.56", "–", "3", "×", "0.99", "€"]


def test_chinese_text_is_one_word_until_a_space() -> None:
    canvas = Canvas(face=Face.CJK)
    canvas.text(50, 60, "名 称：南京砺川食品有限公司 ⓧ壹圆整")
    assert _words(canvas.content()) == ["名", "称：南京砺川食品有限公司", "ⓧ壹圆整"]


def test_the_same_drawing_is_the_same_bytes() -> None:
    def drawn() -> bytes:
        canvas = Canvas()
        canvas.box(10, 10, 90, 90)
        canvas.text(50, 60, "once")
        canvas.new_page()
        canvas.paragraph(50, 60, "and again " * 30, width=200)
        return canvas.content(title="same")

    assert drawn() == drawn()


@pytest.mark.parametrize(
    "text", ["a line that is far too long for its cell", "不锈钢球阀（双面）DN25 PN16", "x" * 60]
)
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    lines = wrap(text, width=60, size=9, face=Face.CJK)
    assert len(lines) > 1
    assert all(text_width(line, size=9, face=Face.CJK) <= 60 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_closing_mark_does_not_start_a_line() -> None:
    lines = wrap("激光打印一体机（双面打印）自动输稿。" * 3, width=70, size=9, face=Face.CJK)
    assert not any(line[0] in "）。" for line in lines)
