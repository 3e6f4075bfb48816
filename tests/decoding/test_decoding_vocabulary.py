from base64 import b64encode
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="the qwen extra is not installed")

from decoding.vocabulary import tokenizer_from, vocabulary_file


def written(folder: Path, *further: bytes) -> Path:
    """Write all bytes and further tokens, in the order of their ranks."""
    tokens = [*(bytes([value]) for value in range(256)), *further]
    lines = (f"{b64encode(token).decode()} {rank}" for rank, token in enumerate(tokens))
    path = folder / "small.tiktoken"
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    return path


def test_text_is_merged_in_the_order_of_the_ranks(tmp_path: Path) -> None:
    tokenizer = tokenizer_from(written(tmp_path, b"in", b"vo", b"ic", b"invo"))
    assert tokenizer("vo")["input_ids"] == [257]
    assert tokenizer("in vo")["input_ids"] == [256, 32, 257]
    assert tokenizer("invo")["input_ids"] == [259]


def test_a_token_without_a_merge_that_makes_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no merge"):
        tokenizer_from(written(tmp_path, b"abc"))


def test_bytes_of_any_script_survive(tmp_path: Path) -> None:
    tokenizer = tokenizer_from(written(tmp_path, "价".encode()[:2], "价".encode()))
    assert tokenizer("价é ")["input_ids"] == [257, 0xC3, 0xA9, 0x20]
    assert tokenizer.decode([257, 0xC3, 0xA9, 0x20]) == "价é "


def test_special_tokens_follow_the_vocabulary_and_the_answer_ends_with_qwens(tmp_path: Path) -> None:
    tokenizer = tokenizer_from(written(tmp_path))
    assert tokenizer.convert_tokens_to_ids("<|endoftext|>") == 256
    assert tokenizer.eos_token_id == tokenizer.convert_tokens_to_ids("<|im_end|>") == 258


def test_a_package_that_is_not_installed_has_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decoding.vocabulary.find_spec", lambda _name: None)
    assert vocabulary_file() is None
