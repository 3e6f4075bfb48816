"""A tokenizer for llguidance whose tokens are the bytes, and one that ends the answer."""


class Bytes:
    """What `llguidance.TokenizerWrapper` takes."""

    eos_token_id = 256
    bos_token_id = None
    special_token_ids = (256,)
    tokens = (*(bytes([value]) for value in range(256)), b"<end>")

    def __call__(self, text: bytes | str) -> list[int]:
        """Return the text's bytes."""
        return list(text if isinstance(text, bytes) else text.encode())
