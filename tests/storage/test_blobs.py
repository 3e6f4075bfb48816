from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from extractor.errors import ConfigurationError, NotFound, SinkUnavailable
from extractor.storage.blobs import Blobs


@pytest.fixture(params=["file", "s3", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "file":
        return Blobs((tmp_path / "kept").as_uri())
    if request.param == "memory":
        return Blobs("memory:///")
    return Blobs(f"s3://documents/{tmp_path.name}", s3_endpoint=request.getfixturevalue("s3"))


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """Run a server that speaks S3, with one bucket."""
    server = pytest.importorskip("moto.server", reason="moto is not installed")
    import httpx  # noqa: PLC0415 - only beside moto

    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ACCESS_KEY_ID", "tests")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "tests")
        environment.setenv("AWS_DEFAULT_REGION", "us-east-1")
        httpx.put(f"{endpoint}/documents").raise_for_status()
        yield endpoint
    running.stop()


def adopted(blobs: Blobs, folder: Path, content: bytes, name: str) -> Path:
    path = folder / "incoming"
    path.write_bytes(content)
    blobs.adopt({name: path})
    return path


def test_a_file_is_taken_over(blobs: Blobs, tmp_path: Path) -> None:
    path = adopted(blobs, tmp_path, b"content", "ten/ab/abcd")
    assert not path.exists()
    assert blobs.get("ten/ab/abcd") == b"content"


def test_many_files_are_taken_over_at_once(blobs: Blobs, tmp_path: Path) -> None:
    files = {}
    for number in range(20):
        path = files[f"ten/{number:02}/a"] = tmp_path / f"{number}"
        path.write_bytes(b"%d" % number)
    blobs.adopt(files)
    assert [blobs.get(name) for name in files] == [b"%d" % number for number in range(20)]
    assert not any(path.exists() for path in files.values())


def test_it_is_said_what_is_there(blobs: Blobs, tmp_path: Path) -> None:
    adopted(blobs, tmp_path, b"content", "ten/ab/abcd")
    assert blobs.has("ten/ab/abcd")
    assert not blobs.has("ten/ab/abce")


def test_names_are_listed_by_folder(blobs: Blobs, tmp_path: Path) -> None:
    for name in ("one/a", "one/b/c", "two/a"):
        adopted(blobs, tmp_path, b"x", name)
    assert sorted(blobs.names("one")) == ["one/a", "one/b/c"]
    assert sorted(blobs.names()) == ["one/a", "one/b/c", "two/a"]


def test_a_content_is_deleted_only_if_it_is_old(blobs: Blobs) -> None:
    before = datetime.now(UTC) - timedelta(minutes=1)
    blobs.put("ten/a", b"x")
    assert list(blobs.names(before=before)) == []
    assert not blobs.delete_if_older("ten/a", before)
    later = before + timedelta(minutes=2)
    assert list(blobs.names(before=later)) == ["ten/a"]
    assert blobs.delete_if_older("ten/a", later)
    assert not blobs.delete_if_older("ten/a", later)
    assert not blobs.has("ten/a")


def test_what_is_not_there_is_said(blobs: Blobs) -> None:
    with pytest.raises(NotFound):
        blobs.get("ten/none")


def test_deleting_twice_is_deleting_once(blobs: Blobs) -> None:
    blobs.put("ten/a", b"x")
    blobs.delete("ten/a")
    blobs.delete("ten/a")
    with pytest.raises(NotFound):
        blobs.get("ten/a")


def test_a_store_says_whether_it_answers(blobs: Blobs) -> None:
    assert blobs.is_reachable()


def test_a_store_that_does_not_answer_is_an_error_that_a_retry_can_help(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    blobs = Blobs(folder.as_uri())
    folder.rmdir()
    folder.write_bytes(b"a file where the folder was")
    with pytest.raises(SinkUnavailable) as caught:
        adopted(blobs, tmp_path, b"content", "ten/ab/abcd")
    assert caught.value.is_retryable
    assert (tmp_path / "incoming").read_bytes() == b"content"


@pytest.mark.parametrize("url", ["ftp://x/y", "nonsense", "https://x"])
def test_other_stores_are_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="s3://"):
        Blobs(url)
