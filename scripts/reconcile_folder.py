# SPDX-License-Identifier: Apache-2.0
"""Reconcile a folder of contracts and invoices, and write what was found as an Excel workbook.

    python scripts/reconcile_folder.py inbox/ --out reconciled.xlsx

The files may lie in any order: each is sorted by its kind, every amendment is laid on its
contract, and every invoice is put to its contract by contract number, parties and dates. A file
that cannot be read is listed, and never stops the rest. Copy this script and change what your
house does differently.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from workbook import Sheet, require_tables, write_workbook

import extractor

Read: TypeAlias = tuple[Path, tuple[extractor.Assessment, ...]]


@dataclass
class Inbox:
    """What the folder holds, by kind."""

    invoices: list[extractor.Assessment] = field(default_factory=list)
    contracts: list[extractor.Assessment] = field(default_factory=list)
    others: list[extractor.Assessment] = field(default_factory=list)
    failed: list[tuple[str, str, str]] = field(default_factory=list)  # file, code, message


def read(paths: Sequence[Path], folder: Path) -> Inbox:
    """Read every file; one that fails is kept with its reason."""
    inbox = Inbox()
    for path in told(paths):
        name = str(path.relative_to(folder))
        try:
            assessments = extractor.extract(path, name=name)
        except extractor.ExtractorError as error:
            inbox.failed.append((name, type(error).__name__, str(error)))
            continue
        except Exception as fault:  # noqa: BLE001 - one bad file must not stop the others
            inbox.failed.append((name, "Fault", f"{type(fault).__name__}: {fault}"))
            continue
        for assessment in assessments:
            kinds = {"invoice": inbox.invoices, "contract": inbox.contracts}
            kinds.get(assessment.extraction.spec, inbox.others).append(assessment)
    return inbox


def told(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the paths, and say on a terminal how far it is."""
    for number, path in enumerate(paths, 1):
        if sys.stderr.isatty():
            print(f"\r{number} of {len(paths)}  {path.name[:60]:60}", end="", file=sys.stderr)
        yield path
    if paths and sys.stderr.isatty():
        print(file=sys.stderr)


def sheets(inbox: Inbox, policy: extractor.Policy) -> list[Sheet]:
    """Pair and compare; return the workbook's sheets."""
    pairing = extractor.pair(inbox.invoices, inbox.contracts)
    summary = Sheet("Summary", ["Contract", "Invoice file", "Invoice number", "Date", "Seller", "Currency",
                                "Gross amount", "Verdict of the contract's invoices", "Mismatches",
                                "Questions", "Contradictions", "Paired because"])  # fmt: skip
    columns = ["Contract", "Invoice file", "Invoice number", "Check", "Severity", "Field", "Agreed", "Clause",
               "File of the clause", "Page of the clause", "Quote", "Billed", "Page of the invoice",
               "Difference", "What is wrong"]  # fmt: skip
    mismatches, questions = Sheet("Mismatches", columns), Sheet("Questions", columns)
    unpaired = Sheet("Unpaired", ["File", "Kind", "Number", "Date", "Gross amount", "Reason"])
    failed = Sheet("Failed files", ["File", "Error", "Message"])
    for pair in pairing.pairs:
        compared = extractor.reconcile(pair.invoices, pair.contract, policy=policy)
        for check in compared.checks:
            if check.state is extractor.CheckState.MISMATCH:
                mismatches.rows.append(check_row(check, compared))
            elif check.is_unsure:
                questions.rows.append(check_row(check, compared))
        for position, (invoice, reason) in enumerate(zip(pair.invoices, pair.reasons, strict=True)):
            own = [check for check in compared.checks if check.invoice == position]
            wrong = sum(check.state is extractor.CheckState.MISMATCH for check in own)
            asked = sum(check.is_unsure and check.state is not extractor.CheckState.MISMATCH for check in own)
            summary.rows.append(
                [pair.contract.source, invoice.source, value(invoice, "invoice_number"),
                 value(invoice, "issue_date"), value(invoice, "seller_name"), value(invoice, "currency"),
                 value(invoice, "gross_amount"), str(compared.verdict), wrong, asked, len(invoice.findings),
                 reason]
            )  # fmt: skip
    for each in pairing.unpaired:
        unpaired.rows.append(unpaired_row(each.document, each.reason))
    for document in inbox.others:
        unpaired.rows.append(unpaired_row(document, "it is neither an invoice nor a contract"))
    failed.rows.extend([list(each) for each in inbox.failed])
    return [summary, mismatches, questions, unpaired, failed]


def check_row(check: extractor.Check, compared: extractor.Reconciliation) -> list[object]:
    """Return one mismatch or question with both its places."""
    invoice = None if check.invoice is None else compared.invoices[check.invoice]
    agreed, billed = check.agreed, check.billed
    return [
        compared.contract.source,
        invoice.source if invoice else None,
        value(invoice, "invoice_number") if invoice else None,
        str(check.code),
        None if check.severity is None else str(check.severity),
        check.field,
        agreed.value if agreed else None,
        agreed.clause if agreed else None,
        (agreed.source or compared.contract.source) if agreed else None,
        agreed.evidence.page if agreed and agreed.evidence else None,
        agreed.quote if agreed else None,
        billed.value if billed else None,
        billed.evidence.page if billed and billed.evidence else None,
        check.difference,
        check.message,
    ]


def unpaired_row(document: extractor.Assessment, reason: str) -> list[object]:
    """Return what is known of a document without a counterpart."""
    kind = document.extraction.spec
    number = value(document, "contract_number" if kind == "contract" else "invoice_number")
    issued = value(document, "signing_date" if kind == "contract" else "issue_date")
    return [document.source, kind, number, issued, value(document, "gross_amount"), reason]


def value(document: extractor.Assessment, name: str) -> object:
    """Return a plain field's value, None where it is absent."""
    found = document.fields.get(name)
    return found.value if isinstance(found, extractor.Leaf) else None


def main() -> int:
    """Read, pair, compare, write; end with 1 where a person must look at anything."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folder", type=Path, help="contracts and invoices, in any order; read with subfolders"
    )
    parser.add_argument("--out", type=Path, default=Path("reconciled.xlsx"), help="the workbook to write")
    parser.add_argument("--policy", type=Path, help="tolerances of yours (see `extractor policy`)")
    arguments = parser.parse_args()
    require_tables(parser)
    if not arguments.folder.is_dir():
        parser.error(f"{arguments.folder} is no folder")
    try:
        policy = extractor.load_policy(arguments.policy)
    except extractor.ConfigurationError as error:
        parser.error(str(error))
    out = arguments.out.resolve()
    paths = sorted(
        path
        for path in arguments.folder.rglob("*")
        if path.is_file() and not path.name.startswith((".", "~$")) and path.resolve() != out
    )
    made = sheets(read(paths, arguments.folder), policy)
    try:
        write_workbook(out, made)
    except OSError as error:
        parser.error(f"{arguments.out} cannot be written: {error.strerror} (is it open in Excel?)")
    counts = ", ".join(f"{len(sheet.rows)} {sheet.title.lower()}" for sheet in made[1:])
    print(f"{len(paths)} files, {len(made[0].rows)} invoices compared: {counts}; wrote {arguments.out}")
    return 1 if any(sheet.rows for sheet in made[1:]) else 0


if __name__ == "__main__":
    sys.exit(main())
