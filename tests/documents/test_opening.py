import hashlib
import io
import pickle
from pathlib import Path

import pytest
from drawn_pdf import drawn_pdf, pymupdf, says
from PIL import Image
from plain_pdf import plain_pdf

from extractor import errors
from extractor.documents.document import MediaType
from extractor.documents.limits import Limits
from extractor.documents.opening import open_document
from extractor.errors import (
    DamagedDocument,
    DocumentTooLarge,
    EncryptedDocument,
    ExtractorError,
    NotFound,
    UnsupportedDocument,
)


def _picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **saving: object) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size).save(stream, kind, **saving)
    return stream.getvalue()


def _broken(content: bytes) -> bytes:
    return content[: len(content) // 2]


def test_the_id_is_the_hash_of_the_content() -> None:
    content = plain_pdf(["Invoice"])
    document = open_document(content)
    assert document.id == "sha256:" + hashlib.sha256(content).hexdigest()
    assert document.content == content
    assert document.page_count == 1
    assert document.media_type is MediaType.PDF


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_picture_that_is_cut_off_is_refused_whole(kind: str) -> None:
    noise = Image.effect_noise((400, 300), 90)
    stream = io.BytesIO()
    noise.convert("RGB").save(stream, kind)
    assert open_document(stream.getvalue()).page_count == 1
    with pytest.raises(DamagedDocument, match="cut off"):
        open_document(_broken(stream.getvalue()))


def test_attachments_are_counted() -> None:
    with pymupdf.open(stream=plain_pdf(["Invoice"]), filetype="pdf") as file:
        file.embfile_add("terms.txt", b"1. These terms", filename="terms.txt")
        content = bytes(file.tobytes())
    assert open_document(content).attachment_count == 1
    assert open_document(plain_pdf(["Invoice"])).attachment_count == 0
    assert open_document(_picture("PNG")).attachment_count == 0


def test_the_content_is_not_in_the_repr() -> None:
    assert "content" not in repr(open_document(plain_pdf(["Invoice"])))


def test_a_document_is_called_what_the_caller_calls_it(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(plain_pdf(["Invoice"]))
    assert open_document(path).source == str(path)
    assert open_document(str(path)).source == str(path)
    assert open_document(path, name="inbox/7").source == "inbox/7"
    assert open_document(path.read_bytes()).source == "upload"
    assert open_document(path.read_bytes(), name="b.pdf").source == "b.pdf"


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [
        (_picture("PNG"), MediaType.PNG, 1),
        (_picture("JPEG"), MediaType.JPEG, 1),
        (_picture("JPEG", mode="CMYK"), MediaType.JPEG, 1),
        (_picture("TIFF"), MediaType.TIFF, 1),
        (_picture("TIFF", mode="I;16"), MediaType.TIFF, 1),
        (
            _picture("TIFF", save_all=True, append_images=[Image.new("RGB", (9, 9)) for _ in range(2)]),
            MediaType.TIFF,
            3,
        ),
        (_picture("WEBP"), MediaType.WEBP, 1),
        (plain_pdf(["one"], ["two"], []), MediaType.PDF, 3),
        (b"<?xml version='1.0'?><Invoice/>", MediaType.XML, 0),
    ],
)
def test_pages_are_counted(content: bytes, media_type: MediaType, pages: int) -> None:
    document = open_document(content)
    assert (document.media_type, document.page_count) == (media_type, pages)


def test_as_many_bytes_as_allowed_are_read_and_one_more_is_not(tmp_path: Path) -> None:
    content = plain_pdf(["Invoice"])
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    for source in (content, path):
        open_document(source, limits=Limits(max_bytes=len(content)))
        with pytest.raises(DocumentTooLarge, match="MiB"):
            open_document(source, limits=Limits(max_bytes=len(content) - 1))


def test_as_many_pages_as_allowed_are_read_and_one_more_is_not() -> None:
    content = plain_pdf(*[["page"]] * 3)
    assert open_document(content, limits=Limits(max_pages=3)).page_count == 3
    with pytest.raises(DocumentTooLarge, match="the file has 3 pages; the limit is 2"):
        open_document(content, limits=Limits(max_pages=2))


def test_an_image_with_too_many_frames_is_refused() -> None:
    content = _picture("TIFF", save_all=True, append_images=[Image.new("RGB", (9, 9)) for _ in range(2)])
    open_document(content, limits=Limits(max_pages=3))
    with pytest.raises(DocumentTooLarge):
        open_document(content, limits=Limits(max_pages=2))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_as_many_pixels_as_allowed_are_read_and_one_more_is_not(kind: str) -> None:
    content = _picture(kind, (60, 40))
    open_document(content, limits=Limits(max_pixels=2400))
    with pytest.raises(DocumentTooLarge, match="2400 pixels"):
        open_document(content, limits=Limits(max_pixels=2399))


def test_every_frame_of_an_image_is_held_to_the_limit_of_pixels() -> None:
    content = _picture("TIFF", (9, 9), save_all=True, append_images=[Image.new("RGB", (60, 40))])
    open_document(content, limits=Limits(max_pixels=2400))
    with pytest.raises(DocumentTooLarge, match="2400 pixels"):
        open_document(content, limits=Limits(max_pixels=2399))


def test_a_picture_of_a_billion_pixels_is_refused_before_it_is_decoded() -> None:
    header = _picture("PNG", (1, 1))
    size = (40_000).to_bytes(4, "big") * 2
    with pytest.raises((DocumentTooLarge, DamagedDocument)):
        open_document(header[:16] + size + header[24:])


def test_a_page_as_long_as_allowed_is_read_and_a_longer_one_is_not() -> None:
    content = drawn_pdf(lambda page: page.set_mediabox(pymupdf.Rect(0, 0, 100, 300)))
    open_document(content, limits=Limits(max_page_points=300))
    with pytest.raises(DocumentTooLarge, match="page 1 is larger"):
        open_document(content, limits=Limits(max_page_points=299))


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no file"):
        open_document(tmp_path / "none.pdf")


def test_a_folder_is_not_read_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="cannot be read"):
        open_document(tmp_path)


def test_a_password_for_opening_is_asked_for() -> None:
    locked = drawn_pdf(says("Invoice"), encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="u", owner_pw="o")
    with pytest.raises(EncryptedDocument, match="password"):
        open_document(locked)


@pytest.mark.parametrize("method", ["PDF_ENCRYPT_AES_256", "PDF_ENCRYPT_AES_128", "PDF_ENCRYPT_RC4_128"])
def test_a_password_for_changing_alone_does_not_stop_reading(method: str) -> None:
    guarded = drawn_pdf(says("Invoice"), encryption=getattr(pymupdf, method), owner_pw="o", permissions=0)
    assert open_document(guarded).page_count == 1


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_off_pdf_is_refused(share: float) -> None:
    content = drawn_pdf(says("Invoice"), says("more"))
    with pytest.raises(DamagedDocument):
        open_document(content[: int(len(content) * share)])


def test_a_pdf_without_pages_is_refused() -> None:
    with pytest.raises(DamagedDocument):
        open_document(plain_pdf())


def test_a_page_tree_that_holds_itself_is_refused() -> None:
    content = plain_pdf(["Invoice"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")
    with pytest.raises(DamagedDocument):
        open_document(content)


def test_garbage_in_the_cross_references_is_repaired() -> None:
    content = plain_pdf(["Invoice"])
    start = content.index(b"xref\n") + 5
    assert open_document(content[:start] + b"9 9\ngarbage" + content[start + 11 :]).page_count == 1


def test_a_pdf_after_junk_is_read() -> None:
    assert open_document(b"junk\r\n" * 20 + plain_pdf(["Invoice"])).page_count == 1


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_a_cut_off_image_is_refused_or_counted(kind: str) -> None:
    content = _picture(kind, (300, 300))
    with pytest.raises(DamagedDocument, match="damaged"):
        open_document(content[:20])


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"%PDF-1.7 nothing", plain_pdf(), _broken(drawn_pdf(says("x"))), b"\x89PNG\r\n\x1a\n"],
)
def test_every_refusal_travels_between_processes(content: bytes) -> None:
    with pytest.raises((UnsupportedDocument, DamagedDocument)) as refused:
        open_document(content)
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - our own bytes
    assert type(again) is type(refused.value)
    assert str(again) == str(refused.value)


_KINDS = [
    each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, ExtractorError)
]


@pytest.mark.parametrize("kind", _KINDS)
def test_every_error_keeps_its_message_when_pickled(kind: type[ExtractorError]) -> None:
    again = pickle.loads(pickle.dumps(kind("what is wrong")))  # noqa: S301 - our own bytes
    assert (type(again), str(again), again.code) == (kind, "what is wrong", kind.__name__)
