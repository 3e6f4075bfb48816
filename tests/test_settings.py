"""Settings of the service: what wins, and what is refused."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor.cli.settings import settings_command
from extractor.errors import ConfigurationError
from extractor.settings import load_settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PORT", "HOST", "DATABASE_URL", "SETTINGS_FILE", "DATA_DIR"):
        monkeypatch.delenv(f"EXTRACTOR_{name}", raising=False)


def written(folder: Path, text: str) -> Path:
    path = folder / "extractor.toml"
    path.write_text(text)
    return path


def test_arguments_win_over_the_environment_which_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, 'port = 1\nhost = "0.0.0.0"\nworkers = 7')
    monkeypatch.setenv("EXTRACTOR_PORT", "2")
    chosen = load_settings(file, workers=9)
    assert (chosen.port, chosen.host, chosen.workers) == (2, "0.0.0.0", 9)  # noqa: S104 - only a setting


def test_without_anything_all_is_kept_in_one_folder_by_one_process(tmp_path: Path) -> None:
    chosen = load_settings(data_dir=tmp_path)
    assert chosen.is_embedded
    assert chosen.database == f"sqlite:///{tmp_path / 'extractor.db'}"
    assert chosen.blobs == (tmp_path / "blobs").as_uri()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prot = 1", "EXTRACTOR_PROT"),
        ("port = 65536", "EXTRACTOR_PORT"),
        ("port = 1 2", "extractor.toml"),
        ('webhook_networks = ["ten"]', "EXTRACTOR_WEBHOOK_NETWORKS"),
    ],
)
def test_a_wrong_file_is_told_by_key(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        load_settings(written(tmp_path, text))


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such settings file"):
        load_settings(tmp_path / "none.toml")


def test_the_command_prints_settings_that_can_be_read_again_and_no_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXTRACTOR_DATABASE_URL", "postgresql://me:secret@db/x")
    monkeypatch.setenv("EXTRACTOR_PORT", "81")
    printed = CliRunner().invoke(settings_command, standalone_mode=False).output
    assert "secret" not in printed
    monkeypatch.delenv("EXTRACTOR_PORT")
    assert load_settings(written(tmp_path, printed)).port == 81
