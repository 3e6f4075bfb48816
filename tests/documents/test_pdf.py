import gc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from drawn_pdf import both, drawn_pdf, pymupdf, says
from numpy.typing import NDArray
from plain_pdf import plain_pdf

from extractor.documents.drawing import Mark, joined
from extractor.documents.pdf import PdfFile, Raster
from extractor.documents.text_layer import PrintedWord
from extractor.errors import DamagedDocument, EncryptedDocument, NotFound

_DPI = 144
_SCALE = _DPI / 72

Change = Callable[[Any], object]


def _nothing(page: Any) -> None:  # noqa: ANN401 - as PyMuPDF has it
    del page


def _turn(degrees: int) -> Change:
    return lambda page: page.set_rotation(degrees)


def _crop(*sides: float) -> Change:
    return lambda page: page.set_cropbox(pymupdf.Rect(sides))


def _move_origin(left: float, bottom: float) -> Change:
    """Return what gives the page a MediaBox whose lower left corner is there."""
    return lambda page: page.parent.xref_set_key(
        page.xref, "MediaBox", f"[{left} {bottom} {left + 595} {bottom + 842}]"
    )


_PAGES: dict[str, Change] = {
    "plain": _nothing,
    "turned by 90": _turn(90),
    "turned by 180": _turn(180),
    "turned by 270": _turn(270),
    "cropped": _crop(50, 60, 400, 500),
    "cropped and turned by 90": both(_crop(50, 60, 400, 500), _turn(90)),
    "cropped and turned by 180": both(_crop(50, 60, 400, 500), _turn(180)),
    "cropped and turned by 270": both(_crop(50, 60, 400, 500), _turn(270)),
    "negative origin": _move_origin(-40, -70),
    "odd origin": _move_origin(33.5, 21.25),
    "odd origin and turned by 90": both(_move_origin(33.5, 21.25), _turn(90)),
    "odd origin and turned by 270": both(_move_origin(-33.5, 21.25), _turn(270)),
}


def _page(change: Change) -> bytes:
    content = drawn_pdf(both(says("Alpha", 110, 140), says("Omega-7", 210, 330, fontsize=18)))
    file = pymupdf.open(stream=content, filetype="pdf")  # changed afterwards: drawing would follow the change
    change(file[0])
    return bytes(file.tobytes())


def _pixels(raster: Raster) -> NDArray[np.int16]:
    flat = np.frombuffer(raster.rgb, dtype=np.uint8)
    return flat.reshape(raster.height, raster.width, 3).astype(np.int16)


def _part(pixels: NDArray[np.int16], box: tuple[float, ...], margin: float = 0.0) -> NDArray[np.int16]:
    x0, y0, x1, y1 = box
    return pixels[
        max(int((y0 - margin) * _SCALE), 0) : int((y1 + margin) * _SCALE) + 1,
        max(int((x0 - margin) * _SCALE), 0) : int((x1 + margin) * _SCALE) + 1,
    ]


def _texts(content: bytes, number: int = 1) -> list[str]:
    with PdfFile(content) as file:
        return [word.text for word in file.layer(number).words]


@pytest.mark.parametrize("change", _PAGES.values(), ids=_PAGES.keys())
def test_the_ink_of_a_page_lies_in_its_words_boxes(change: Change) -> None:
    with PdfFile(_page(change)) as file:
        words = file.layer(1).words
        pixels = _pixels(file.render(1, dpi=_DPI))
        width, height = file.page_size(1)
    assert sorted(word.text for word in words) == ["Alpha", "Omega-7"]
    assert pixels.shape[:2] == pytest.approx((height * _SCALE, width * _SCALE), abs=1)
    ink = (pixels < 128).all(axis=2)
    inside = np.zeros_like(ink)
    for word in words:
        own = _part(pixels, word[:4])
        assert (own < 128).any(), word
        x0, y0, x1, y1 = (round(side * _SCALE) for side in word[:4])
        inside[y0 - 1 : y1 + 1, x0 - 1 : x1 + 1] = True
    assert not (ink & ~inside).any()


@pytest.mark.parametrize("change", _PAGES.values(), ids=_PAGES.keys())
def test_a_mark_is_drawn_around_its_word(change: Change) -> None:
    content = _page(change)
    with PdfFile(content) as file:
        word = next(word for word in file.layer(1).words if word.text == "Omega-7")
        before = _pixels(file.render(1, dpi=_DPI))
        marked = file.annotated([Mark(page=1, box=word[:4], label="number", colour=(1.0, 0.0, 0.0))])
    with PdfFile(marked) as file:
        after = _pixels(file.render(1, dpi=_DPI))
    assert after.shape == before.shape
    changed = np.abs(after - before).max(axis=2) > 8
    middle = _part(after, word[:4])
    assert changed[_rows(word)].mean() > 0.9
    assert (middle[..., 0] - middle[..., 1] > 10).mean() > 0.5  # the frame's ground is reddish
    rows, columns = np.nonzero(changed)
    assert columns.min() >= (word.x0 - 2) * _SCALE
    assert rows.max() <= (word.y1 + 2) * _SCALE
    assert rows.min() >= (word.y0 - 10) * _SCALE  # the label stands above


def _rows(word: PrintedWord) -> tuple[slice, slice]:
    x0, y0, x1, y1 = (round(side * _SCALE) for side in word[:4])
    return slice(y0 + 1, y1 - 1), slice(x0 + 1, x1 - 1)


def test_a_rough_picture_is_as_large_and_as_dark_and_leaves_later_ones_their_colours() -> None:
    clip = (50.0, 50.0, 150.0, 130.0)
    content = drawn_pdf(lambda page: page.draw_rect((60, 60, 110, 120), fill=(0.9, 0.6, 0.0, 0.4), width=0))
    with PdfFile(content) as file:
        before = _pixels(file.render(1, dpi=_DPI, clip=clip))
        rough = _pixels(file.render_roughly(1, dpi=_DPI, clip=clip))
        after = _pixels(file.render(1, dpi=_DPI, clip=clip))
    assert (before == after).all()
    assert (before != rough).any()  # no profile was applied
    assert ((before.min(axis=2) < 128) == (rough.min(axis=2) < 128)).all()


def test_page_sizes_are_those_of_the_upright_cropped_page() -> None:
    with PdfFile(_page(_crop(50, 60, 400, 500))) as file:
        assert file.page_size(1) == pytest.approx((350, 440))
    with PdfFile(_page(both(_crop(50, 60, 400, 500), _turn(90)))) as file:
        assert file.page_size(1) == pytest.approx((440, 350))


def test_words_that_the_crop_cuts_off_are_left_out() -> None:
    content = _page(_crop(0, 0, 300, 200))  # Omega-7 stands below
    assert _texts(content) == ["Alpha"]


def test_words_outside_the_page_are_left_out() -> None:
    content = drawn_pdf(both(says("inside"), says("right", 700, 100), says("below", 72, 900)))
    assert _texts(content) == ["inside"]


def test_words_that_a_clip_cuts_off_whole_are_left_out() -> None:
    content = plain_pdf(["Alpha"], ["Beta"])
    clipped = content.replace(
        b"BT /F 11 Tf 18 TL 60 780 Td (Beta)", b"0 0 9 9 re W n BT/F 9 Tf 9 Td (Beta)", 1
    )
    assert _texts(clipped, 1) == ["Alpha"]
    assert _texts(clipped, 2) == []


def test_ligatures_fall_apart_into_letters() -> None:
    content = drawn_pdf(says("o\ufb03ce \ufb01nal", fontname="notos"))
    assert _texts(content) == ["office", "final"]


def test_a_word_is_not_torn_by_the_line_that_is_drawn_below_a_part_of_it() -> None:
    def underlined(page: Any) -> None:  # noqa: ANN401 - as PyMuPDF has it
        page.insert_text((72, 100), "Inv")
        page.draw_line((72, 102), (88, 102))
        page.insert_text((72 + pymupdf.get_text_length("Inv", fontsize=11), 100), "oice")

    with PdfFile(drawn_pdf(underlined)) as file:
        assert [word.text for word in file.layer(1).words] == ["Invoice"]


@pytest.mark.parametrize("degrees", [0, 90])
def test_the_layer_knows_what_is_painted_when_and_in_which_style(degrees: int) -> None:
    def draw(page: Any) -> None:  # noqa: ANN401 - as PyMuPDF has it
        page.insert_text((72, 100), "first")
        page.draw_rect(pymupdf.Rect(60, 200, 160, 240), fill=(1, 0, 0), color=None)
        page.insert_text((72, 300), "last", color=(0, 0, 1), fontsize=20)
        page.set_rotation(degrees)

    with PdfFile(drawn_pdf(draw)) as file:
        layer = file.layer(1)
        styles = file.word_styles(1)
    (fill,) = layer.fills
    assert (fill.colour, fill.is_rectangle) == ((255, 0, 0), True)
    upright = (60, 200, 160, 240) if degrees == 0 else (842 - 240, 60, 842 - 200, 160)
    assert fill.box == pytest.approx(upright)
    orders = {word.text: order for word, order in zip(layer.words, layer.orders, strict=True)}
    assert orders["first"] < fill.order <= orders["last"]
    assert {(style.colour, style.size) for style in layer.styles} == {((0, 0, 0), 11), ((0, 0, 255), 20)}
    assert {word.text: style.colour for word, style in styles.items()} == {
        "first": (0, 0, 0),
        "last": (0, 0, 255),
    }


@pytest.mark.parametrize("change", _PAGES.values(), ids=_PAGES.keys())
def test_text_is_taken_out_in_its_place_and_nowhere_else(change: Change) -> None:
    with PdfFile(_page(change)) as file:
        gone = next(word for word in file.layer(1).words if word.text == "Alpha")
        kept = next(word for word in file.layer(1).words if word.text == "Omega-7")
        before = _pixels(file.render(1, dpi=_DPI))
        after = _pixels(file.render_without_text(1, [gone[:4]], dpi=_DPI))
        assert [word.text for word in file.layer(1).words].count("Alpha") == 1  # the file itself is as it was
    assert (_part(after, gone[:4]) == 255).all()
    assert (_part(after, kept[:4]) == _part(before, kept[:4])).all()


def test_attachments_are_handed_out_by_name() -> None:
    file = pymupdf.open()
    file.new_page()
    file.embfile_add("factur-x.xml", b"<a/>", filename="factur-x.xml")
    file.embfile_add("notes.txt", b"x", filename="notes.txt")
    with PdfFile(bytes(file.tobytes())) as read:
        assert read.attachments() == {"factur-x.xml": b"<a/>", "notes.txt": b"x"}


def test_a_file_without_attachments_has_none() -> None:
    with PdfFile(plain_pdf(["Invoice"])) as file:
        assert not file.attachments()


def test_a_password_is_asked_for() -> None:
    locked = drawn_pdf(says("x"), encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="u", owner_pw="o")
    with pytest.raises(EncryptedDocument):
        PdfFile(locked)


def test_what_only_the_owner_may_change_can_be_read_and_marked() -> None:
    guarded = drawn_pdf(says("Invoice"), encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="o", permissions=0)
    with PdfFile(guarded) as file:
        assert [word.text for word in file.layer(1).words] == ["Invoice"]
        marked = file.annotated([Mark(page=1, box=(10, 10, 50, 30), label="x")])
    assert "Invoice" in _texts(marked)


@pytest.mark.parametrize("number", [-1, 0, 2, 1000])
def test_a_page_that_is_not_there_is_not_found(number: int) -> None:
    with PdfFile(plain_pdf(["Invoice"])) as file, pytest.raises(NotFound, match=f"no page {number}"):
        file.layer(number)


def test_a_page_that_is_only_counted_is_reported_by_its_number() -> None:
    with PdfFile(plain_pdf(["one"], ["two"]).replace(b"/Count 2", b"/Count 3")) as file:
        assert [word.text for word in file.layer(2).words] == ["two"]
        with pytest.raises(DamagedDocument, match="page 3 is damaged"):
            file.layer(3)


def test_a_page_whose_object_is_missing_has_no_words() -> None:
    content = plain_pdf(["one"], ["two"]).replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [4 0 R 99 0 R]")
    assert _texts(content, 1) == ["one"]
    assert _texts(content, 2) == []


def test_a_page_whose_content_is_garbage_has_the_words_before_it() -> None:
    content = plain_pdf(["Alpha"]).replace(b"ET\nendstream", b"<\xff\nendstream")
    assert _texts(content) == ["Alpha"]


def test_a_page_tree_that_holds_itself_is_refused() -> None:
    content = plain_pdf(["Invoice"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    with PdfFile(content) as file, pytest.raises(DamagedDocument):
        file.layer(1)


def test_pages_are_joined_in_order() -> None:
    whole = joined([plain_pdf(["one"], ["two"]), plain_pdf(["three"])])
    assert [_texts(whole, number) for number in (1, 2, 3)] == [["one"], ["two"], ["three"]]


@pytest.mark.slow
def test_memory_stays_flat_over_many_files() -> None:
    content = drawn_pdf(says("Invoice 100.00", fontname="notos"), says("more"))

    def read(count: int) -> int:
        for _ in range(count):
            with PdfFile(content) as file:
                for number in (1, 2):
                    file.layer(number)
        gc.collect()
        return _resident_bytes()

    before = read(200)
    assert read(800) <= before * 1.1


def _resident_bytes() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - no ordinary file
            return int(statm.read().split()[1]) * 4096
    except FileNotFoundError:
        return 0  # not Linux: nothing to compare
