"""Write `fixtures/`: invented invoices and contracts with what they say and what is wrong with them.

    python scripts/make_fixtures.py [FOLDER]

The same files come out byte for byte every time. What is expected of a reader is written from
the values that were drawn, never from what the extractor made of them.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from synthesis import shipped_de, shipped_en, shipped_factur_x, shipped_singles, shipped_ubl, shipped_zh
from synthesis.contract import draw_contract
from synthesis.contract_truth import Term, terms_of
from synthesis.shipped import Deviation, ShippedInvoice, ShippedPair, ShippedSingle
from synthesis.truth import Truth

PAIRS: tuple[ShippedPair, ...] = (
    shipped_en.CLEAN,
    shipped_en.DEVIATING,
    shipped_de.CLEAN,
    shipped_de.DEVIATING,
    shipped_zh.CLEAN,
    shipped_zh.DEVIATING,
)
SINGLES: tuple[ShippedSingle, ...] = (
    shipped_singles.TWO_PAGES,
    shipped_singles.CONTRADICTING,
    shipped_factur_x.FACTUR_X,
    shipped_ubl.UBL,
)

_Json = Mapping[str, object]


def main() -> None:
    """Write the fixtures into the folder named, by default that of the repository."""
    default = Path(__file__).parent.parent / "fixtures"
    write_fixtures(Path(sys.argv[1]) if len(sys.argv) > 1 else default)


def write_fixtures(folder: Path) -> None:
    """Write every file into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    index = {
        "pairs": [_write_pair(folder, pair) for pair in PAIRS],
        "singles": [_write_single(folder, single) for single in SINGLES],
    }
    _write_json(folder / "demo.json", index)
    _write_json(folder / "manifest.json", {"documents": list(_manifest(folder))})


def _manifest(folder: Path) -> Iterator[_Json]:
    """Yield a record for each document, as `extractor evaluate` reads them."""
    for path in sorted(folder.glob("*.expected.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if "contract" in expected:
            terms = {name: term["value"] for name, term in expected["contract"]["terms"].items()}
            if "agreed_discount" in terms:
                terms["agreed_discount"] = {"percent": terms["agreed_discount"]}
            yield {"file": expected["contract"]["file"], "spec": "contract", "fields": terms}
        for invoice in expected["invoices"]:
            unscored = invoice["unscored"]
            printed = {name: value for name, value in invoice["fields"].items() if name not in unscored}
            tables = {"line_items": invoice["line_items"], "tax_breakdown": invoice["tax_breakdown"]}
            yield {
                "file": invoice["file"],
                "spec": "invoice",
                "fields": printed | tables,
                "implied": {name: invoice["fields"][name] for name in unscored if invoice["fields"][name]},
            }


def _write_pair(folder: Path, pair: ShippedPair) -> _Json:
    contract = f"{pair.name}_contract.pdf"
    drawn = draw_contract(pair.contract, pair.contract_style)
    (folder / contract).write_bytes(drawn.content)
    names = [
        f"{pair.name}_invoice.pdf" if len(pair.invoices) == 1 else f"{pair.name}_invoice_{number}.pdf"
        for number, _ in enumerate(pair.invoices, start=1)
    ]
    for name, invoice in zip(names, pair.invoices, strict=True):
        (folder / name).write_bytes(invoice.content)
    deviations = [_deviation(deviation) for deviation in pair.deviations]
    terms: Mapping[str, Term] = terms_of(pair.contract, drawn)
    expected = f"{pair.name}.expected.json"
    _write_json(
        folder / expected,
        {
            "contract": {"file": contract, "terms": terms},
            "invoices": [_invoice(name, shipped) for name, shipped in zip(names, pair.invoices, strict=True)],
            "expected": deviations,
        },
    )
    return {
        "name": pair.name,
        "title": pair.title,
        "contract": contract,
        "invoices": names,
        "expected": deviations,
        "expected_file": expected,
    }


def _write_single(folder: Path, single: ShippedSingle) -> _Json:
    name, expected = f"{single.name}.{single.suffix}", f"{single.name}.expected.json"
    (folder / name).write_bytes(single.invoice.content)
    deviations = [_deviation(deviation) for deviation in single.deviations]
    _write_json(folder / expected, {"invoices": [_invoice(name, single.invoice)], "expected": deviations})
    return {
        "name": single.name,
        "title": single.title,
        "file": name,
        "expected": deviations,
        "expected_file": expected,
    }


def _deviation(deviation: Deviation) -> _Json:
    written = {
        "kind": "finding" if deviation.is_finding else "mismatch",
        "invoice": deviation.invoice,
        "code": deviation.code,
        "field": deviation.field,
        "clause": deviation.clause,
        "agreed": deviation.agreed,
        "billed": deviation.billed,
    }
    return {name: value for name, value in written.items() if value is not None}


def _invoice(name: str, shipped: ShippedInvoice) -> _Json:
    truth: Truth = shipped.truth
    return {
        "file": name,
        "fields": dict(truth.fields),
        "tax_breakdown": list(truth.tax_breakdown),
        "line_items": list(truth.line_items),
        "unscored": sorted(truth.unscored),
    }


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
