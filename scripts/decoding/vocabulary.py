"""Qwen2.5's own tokenizer, built offline from the vocabulary file in the package `dashscope`.

Nothing of that package is imported: `pip install --no-deps dashscope` is enough.
"""

from base64 import b64decode
from importlib.util import find_spec
from pathlib import Path

from synthesis.qwen_checkpoint import SPECIAL_TOKENS
from tokenizers.pre_tokenizers import ByteLevel
from transformers import Qwen2Tokenizer

LOGITS = 151_936  # of the released models: more than there are tokens
# In the order of their ids, behind the vocabulary.
_SPECIAL = (
    *SPECIAL_TOKENS,
    "<tool_call>",
    "</tool_call>",
    "<|fim_prefix|>",
    "<|fim_middle|>",
    "<|fim_suffix|>",
    "<|fim_pad|>",
    "<|repo_name|>",
    "<|file_sep|>",
)


def vocabulary_file() -> Path | None:
    """Return the vocabulary file of the installed package, or None where it is not installed."""
    package = find_spec("dashscope")
    for folder in package.submodule_search_locations or () if package else ():
        path = Path(folder) / "resources" / "qwen.tiktoken"
        if path.is_file():
            return path
    return None


def tokenizer_from(path: Path) -> Qwen2Tokenizer:
    """Build the tokenizer from a file of lines: a token in base64, and its rank."""
    lines = (line.split() for line in path.read_bytes().splitlines() if line.strip())
    ranks = {b64decode(token): int(rank) for token, rank in lines}
    written = _alphabet()

    def spelled(token: bytes) -> str:
        return "".join(written[value] for value in token)

    merges = [
        (spelled(left), spelled(right))
        for token, rank in sorted(ranks.items(), key=lambda entry: entry[1])
        if len(token) > 1
        for left, right in [_merged_of(token, rank, ranks)]
    ]
    vocabulary = {spelled(token): rank for token, rank in ranks.items()}
    tokenizer = Qwen2Tokenizer(vocab=vocabulary, merges=merges, eos_token=_SPECIAL[0], pad_token=_SPECIAL[0])
    tokenizer.add_special_tokens({"additional_special_tokens": list(_SPECIAL[1:])})
    tokenizer.eos_token = _SPECIAL[2]
    return tokenizer


def _alphabet() -> dict[int, str]:
    """Return what each byte is written as: printable Latin-1 as itself, the rest from U+0100 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = (value for value in range(256) if value not in printable)
    alphabet = {value: chr(value) for value in printable}
    alphabet |= {value: chr(0x100 + index) for index, value in enumerate(others)}
    if set(alphabet.values()) != set(ByteLevel.alphabet()):
        raise ValueError("the tokenizers library writes bytes in another alphabet")
    return alphabet


def _merged_of(token: bytes, rank: int, ranks: dict[bytes, int]) -> tuple[bytes, bytes]:
    """Return the two tokens that this one was merged of: what the merges before it leave."""
    parts = [token[index : index + 1] for index in range(len(token))]
    while len(parts) > 2:  # noqa: PLR2004 - a merge is of two
        pairs = [ranks.get(parts[at] + parts[at + 1], rank) for at in range(len(parts) - 1)]
        at = min(range(len(pairs)), key=pairs.__getitem__)
        if pairs[at] >= rank:
            raise ValueError(f"the vocabulary has no merge that makes {token!r}")
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    left, right = parts
    return left, right
