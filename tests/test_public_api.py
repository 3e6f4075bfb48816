"""What `import extractor` offers, and what it costs."""

import subprocess
import sys

import pytest

import extractor


@pytest.mark.parametrize("name", extractor.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(extractor, name) is not None
    assert name in dir(extractor)


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'ledger'"):
        extractor.ledger  # noqa: B018 - asking is the test


@pytest.mark.parametrize("statement", ["import extractor", "from extractor import extract, reconcile"])
def test_importing_does_not_import_what_is_heavy(statement: str) -> None:
    heavy = {"torch", "transformers", "outlines", "onnxruntime", "rapidocr", "cv2", "litestar", "click"}
    script = f"{statement}\nimport sys\nprint(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
