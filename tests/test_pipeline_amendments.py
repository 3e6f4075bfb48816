"""A contract in several files: from the documents to the verdict, the drawing and the report."""

import json
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from plain_pdf import plain_pdf

import extractor
from extractor.cli.main import run
from extractor.delivery.annotate import annotate_reconciliation
from extractor.delivery.decoding import decode_assessment
from extractor.delivery.encoding import encode_assessment, encode_printed, encode_reconciliation
from extractor.delivery.report.language import Language
from extractor.delivery.report.page import report_html
from extractor.delivery.report.writing import report_of
from extractor.documents.opening import open_document
from extractor.errors import ConfigurationError, ForeignAmendment
from extractor.field_specs.load import load_spec
from extractor.pages.reading import read_pages
from extractor.reconciliation.policy_file import load_policy

FIXTURES = Path(__file__).parents[1] / "fixtures"
INVOICE, CONTRACT = FIXTURES / "en_clean_invoice.pdf", FIXTURES / "en_clean_contract.pdf"
HEAD = (
    "to the Framework Supply Agreement",
    "Contract No. FA-2025-0417",
    "between Brindlewick Instruments Ltd (the Supplier)",
    "and Quillmere Foods Limited (the Customer)",
)
CHEAPER = plain_pdf(
    [
        "First Amendment", *HEAD, "", "1. Prices",
        "The price of the pressure transmitter with display",
        "is reduced from GBP 186.50 to GBP 180.00 per piece.",
        "", "2. Start", "This Amendment takes effect on 1 August 2025.",
    ]
)  # fmt: skip
SLOWER = plain_pdf(
    [
        "Amendment No. 2", *HEAD, "", "1. Payment",
        'In Clause 3.1 the words "30 days" are replaced by "60 days".',
        "", "2. Start", "This Amendment takes effect on 1 October 2025.",
    ]
)  # fmt: skip


def mismatches(outcome: extractor.Reconciliation) -> list[extractor.Check]:
    return [check for check in outcome.checks if check.state is extractor.CheckState.MISMATCH]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, ...]:
    for name, content in (("cheaper.pdf", CHEAPER), ("slower.pdf", SLOWER)):
        (tmp_path / name).write_bytes(content)
    return CONTRACT, tmp_path / "cheaper.pdf", tmp_path / "slower.pdf"


def test_an_amended_price_is_cited_with_its_document_in_whatever_order(files: tuple[Path, ...]) -> None:
    cheaper = files[1]
    outcomes = [extractor.reconcile(INVOICE, order) for order in permutations(files)]
    for outcome in outcomes:
        (check,) = mismatches(outcome)
        assert check.code is extractor.CheckCode.UNIT_PRICE_MISMATCH
        assert check.agreed is not None
        assert (str(check.agreed.value), check.agreed.clause) == ("180.00", "First Amendment, 1")
        assert check.agreed.source == str(cheaper)
        assert outcome.contract.source == str(CONTRACT)
    assert len({str(outcome.checks) for outcome in outcomes}) == 1
    assert mismatches(extractor.reconcile(INVOICE, [CONTRACT, files[2]])) == []  # from October on


def test_terms_keep_both_versions_as_json(files: tuple[Path, ...]) -> None:
    contract = encode_reconciliation(extractor.reconcile(INVOICE, files))["contract"]
    assert isinstance(contract, dict)
    terms = json.loads(json.dumps(contract["terms"]))
    days = terms["payment_days"]
    assert (days["value"], days["since"], days["source"]) == ("60", "2025-10-01", str(files[2]))
    assert [(each["value"], each["clause"]) for each in days["earlier"]] == [("30", "3.1")]
    named = json.loads(json.dumps(contract["amendments"]))
    assert [(each["title"], each["since"]) for each in named] == [
        ("First Amendment", "2025-08-01"),
        ("Amendment No. 2", "2025-10-01"),
    ]


def test_a_kept_amendment_is_laid_on_like_one_that_was_read() -> None:
    (read,) = extractor.extract(SLOWER, spec="contract", name="slower.pdf")
    kept = decode_assessment(
        encode_assessment(read), spec=load_spec("contract"), printed=encode_printed(read)
    )
    assert encode_printed(kept) == encode_printed(read)
    days = extractor.reconcile(INVOICE, [CONTRACT, kept]).contract.fields["payment_days"]
    assert isinstance(days, extractor.Leaf)
    assert (str(days.value), days.since) == ("60", date(2025, 10, 1))


def test_pictures_of_an_amended_term_are_of_the_amendment(files: tuple[Path, ...]) -> None:
    outcome = extractor.reconcile(INVOICE, files)
    contents = {str(path): path.read_bytes() for path in (INVOICE, *files)}
    pages = read_pages(open_document(annotate_reconciliation(outcome, contents)))
    flagged = [
        page.number for page in pages if any("UNIT_PRICE_MISMATCH" in word.text for word in page.words)
    ]
    of_contract = len(read_pages(open_document(CONTRACT)))
    assert flagged == [1, 1 + of_contract + 1]
    made = report_of(
        outcome, contents, policy=load_policy(None), language=Language.ENGLISH,
        made_on=date(2026, 3, 5), version="0.1.0",
    )  # fmt: skip
    (entry,) = made.mismatches
    assert entry.agreed.heading == "Agreed (contract)"
    assert entry.agreed.where == "cheaper.pdf, First Amendment, 1, page 1"
    assert entry.agreed.picture is not None
    assert "cheaper.pdf (2025-08-01)" in report_html(made)


def test_the_command_takes_the_contract_and_its_amendments(
    files: tuple[Path, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    options = [each for path in files for each in ("--contract", str(path))]
    assert run(["reconcile", str(INVOICE), *options]) == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "amended by First Amendment" in shown
    assert "agreed 180.00, clause First Amendment, 1" in shown


def test_an_amendment_of_other_parties_is_refused_with_its_name() -> None:
    foreign = plain_pdf(["Amendment No. 1", "Contract No. X-9", "between Other Ltd (the Supplier)",
                         "and Another Ltd (the Customer)", "1. Payment within 45 days."])  # fmt: skip
    with pytest.raises(ForeignAmendment, match=r"Amendment No\. 1"):
        extractor.reconcile(INVOICE, [CONTRACT, foreign])


def test_an_amendment_alone_is_never_approved() -> None:
    outcome = extractor.reconcile(INVOICE, SLOWER)
    assert outcome.verdict is not extractor.Verdict.APPROVE
    asked = [check.message for check in outcome.checks if check.is_unsure]
    assert any("changes a contract that was not given" in message for message in asked)


def test_no_contract_is_an_error() -> None:
    with pytest.raises(ConfigurationError, match="give the contract"):
        extractor.reconcile(INVOICE, [])
