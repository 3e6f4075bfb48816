"""The shipped fixtures are what the script writes."""

from pathlib import Path

import pymupdf
import pytest
from make_fixtures import write_fixtures
from synthesis.expected import FIXTURES, load_expected


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fixtures")
    write_fixtures(folder)
    return folder


def _seen(path: Path) -> object:
    """Return what a reader sees; compression and the like may change with the library's version."""
    if path.suffix != ".pdf":
        return path.read_bytes()
    with pymupdf.open(path) as file:  # type: ignore[no-untyped-call]  # PyMuPDF has no annotations here
        pages = [
            (page.rect, [(*map(round, word[:4]), word[4]) for word in page.get_text("words")])
            for page in file
        ]
        return pages, [file.embfile_get(name) for name in file.embfile_names()]


def test_the_fixtures_are_what_the_script_writes(written: Path) -> None:
    shipped = {path.name for path in FIXTURES.iterdir() if path.is_file()} - {"README.md"}
    assert {path.name for path in written.iterdir()} == shipped
    assert [name for name in sorted(shipped) if _seen(written / name) != _seen(FIXTURES / name)] == []


def test_they_come_out_byte_for_byte_the_same(written: Path, tmp_path: Path) -> None:
    write_fixtures(tmp_path)
    different = [
        path.name for path in written.iterdir() if path.read_bytes() != (tmp_path / path.name).read_bytes()
    ]
    assert not different


def test_they_are_small_enough_to_travel_in_the_package() -> None:
    assert sum(path.stat().st_size for path in FIXTURES.iterdir()) < 2_000_000


def test_the_readme_names_every_fixture() -> None:
    readme = (FIXTURES / "README.md").read_text(encoding="utf-8")
    for expected in load_expected():
        assert expected.name in readme, expected.name
