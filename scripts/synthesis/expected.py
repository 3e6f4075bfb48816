"""What `fixtures/*.expected.json` say, for the tests that hold the program to it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "fixtures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What one `expected.json` says. `contract` is None for a single invoice."""

    name: str
    contract: dict[str, Any] | None
    invoices: tuple[dict[str, Any], ...]
    deviations: tuple[dict[str, Any], ...]

    def path(self, entry: dict[str, Any]) -> Path:
        """Return where the entry's document lies."""
        return FIXTURES / str(entry["file"])


def load_expected() -> tuple[Expected, ...]:
    """Return what is expected of each shipped pair and single, by name."""
    found = []
    for path in sorted(FIXTURES.glob("*.expected.json")):
        written = json.loads(path.read_text(encoding="utf-8"))
        found.append(
            Expected(
                name=path.name.removesuffix(".expected.json"),
                contract=written.get("contract"),
                invoices=tuple(written["invoices"]),
                deviations=tuple(written["expected"]),
            )
        )
    return tuple(found)
