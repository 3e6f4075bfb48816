"""Run the stages in order: a file in, assessments out; invoices and a contract in, checks out."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TypeAlias

from extractor.assessment.assessment import Assessment, Review
from extractor.cascade.part import AUTO, assess_part, milliseconds_since
from extractor.cascade.settings import vision_engine, vision_settings
from extractor.documents.document import Document, MediaType
from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.documents.opening import open_document
from extractor.engines.codes.engine import has_invoice_code
from extractor.engines.einvoice.engine import has_einvoice
from extractor.engines.registry import make_engine
from extractor.errors import ConfigurationError, InvalidSpec, PageUnreadable, SeveralContracts
from extractor.extraction.extraction import DocumentReference, Extraction, Part
from extractor.field_specs.load import load_spec
from extractor.field_specs.recognition import CONTRACT, INVOICE, OTHER, recognise
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.parts.contracts import part_contracts
from extractor.parts.parting import one_part, part_pages
from extractor.reconciliation.check import Reconciliation
from extractor.reconciliation.policy import Policy, load_policy
from extractor.reconciliation.reconcile import reconcile as compare
from extractor.values.text import squeeze

_READS_WORDS = (AUTO, "layout")  # engines that see nothing in a picture

Source: TypeAlias = str | Path | bytes


def extract(
    source: Source,
    *,
    spec: str | Path = AUTO,
    engine: str = AUTO,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Assessment, ...]:
    """Read a file into typed fields, each with its place, and check it against itself.

    `source` is a path, or the file's bytes; `name` is what the result calls it (by
    default the path, or "upload"). `spec` is "auto" (told by content), a shipped
    spec's name or the path of a spec file. `engine` is "auto" (embedded XML where there
    is some, the page's words, and codes on it; then the vision engine that EXTRACTOR_VISION_ENGINE
    names, for what is missing or unsure) or one engine's name. A file can hold several
    invoices: there is one assessment for each, with its pages (`part`), usually one.
    Boxes are in PDF points on the upright page, origin top left; page numbers are the
    file's. Confidences are 0..1, timings milliseconds; the time that reading the file
    took is shared out by pages.

    Raises:
        NotFound: there is no such file.
        DocumentError: nothing can be said about the file (type, damage, password, limits, no words).
        SpecError: the spec is unknown or wrong.
        EngineError: the engine is unknown or could not do its work.
        ConfigurationError: a variable of the environment is wrong.
    """
    started = perf_counter()
    chosen = None if spec == AUTO else _reading_spec(spec)
    vision = vision_engine() if engine == AUTO else None
    document = open_document(source, name=name, limits=limits)
    pages = read_pages(document)
    _require_readable(document, pages, engine=engine)
    told = chosen.name if chosen else recognise(pages, document).spec
    is_one = len(pages) <= 1 or has_einvoice(document)
    is_contract = told == CONTRACT if chosen is None else chosen.reading == "clauses"
    if is_one or not is_contract:
        parts = one_part(pages) if is_one else part_pages(pages, chosen or load_spec(INVOICE))
    else:
        parts = part_contracts(pages)
    read = milliseconds_since(started)
    assessed = []
    for index, part in enumerate(parts, 1):
        numbered = Part(index=index, of=len(parts), pages=tuple(page.number for page in part.pages))
        timings = {"read": read * len(part.pages) / len(pages) if pages else read}
        if chosen is None and len(parts) > 1:
            told = recognise(part.pages, document).spec
        used = chosen or _spec_for(told, document, part.pages)
        assessed.append(
            _assess_other(document, numbered, timings)
            if used is None
            else assess_part(
                document, part, used, numbered=numbered, engine=engine, vision=vision, timings=timings
            )
        )
    return tuple(assessed)


def reconcile(
    invoices: Source | Assessment | Iterable[Source | Assessment],
    contract: Source | Assessment,
    *,
    policy: Policy | Path | str | None = None,
) -> Reconciliation:
    """Compare invoices with one contract; every mismatch cites both sides.

    Each side is a path, bytes, or an assessment that `extract` returned. Several
    invoices count together where the contract caps a quantity or a total. `policy` is a
    policy, the path of one, or None for the shipped default. Differences are billed
    less agreed, in the invoice's currency.

    Raises:
        ConfigurationError: no invoice was given, or the policy is wrong.
        SeveralContracts: the file of the contract holds several, and the invoices do not tell which.
        ExtractorError: a document cannot be read; see `extract`.
    """
    given = [invoices] if isinstance(invoices, str | Path | bytes | Assessment) else list(invoices)
    if not given:
        raise ConfigurationError("give at least one invoice")
    in_force = policy if isinstance(policy, Policy) else load_policy(None if policy is None else Path(policy))
    billed = [part for invoice in given for part in _assessed(invoice, "invoice")]
    agreed = _contract_of(billed, _assessed(contract, "contract"))
    return compare(billed, agreed, policy=in_force)


def check_names(*, spec: str | Path, engine: str) -> None:
    """Refuse a spec or an engine that `extract` would refuse, before there is a document.

    Raises:
        SpecError: the spec is unknown or wrong.
        UnknownEngine: there is no engine of that name.
        EngineUnavailable: what the engine needs is not installed.
        ConfigurationError: EXTRACTOR_VISION_ENGINE names no vision engine.
    """
    if spec != AUTO:
        _reading_spec(spec)
    if engine == AUTO:
        vision_settings()
    else:
        make_engine(engine)


def _reading_spec(name: str | Path) -> Spec:
    """Return a spec of what documents say; one of questions is for `ask`."""
    spec = load_spec(name)
    if spec.reading == "question":
        raise InvalidSpec(f"{spec.name} is answered, not extracted: use `extractor ask --spec {name}`")
    return spec


def _assessed(source: Source | Assessment, spec: str) -> tuple[Assessment, ...]:
    return (source,) if isinstance(source, Assessment) else extract(source, spec=spec)


def _contract_of(billed: Sequence[Assessment], contracts: Sequence[Assessment]) -> Assessment:
    """Return the one contract of a file, of several the one whose number all invoices name."""
    if len(contracts) == 1:
        return contracts[0]
    named = {squeeze(str(bill.extraction.leaf("contract_number").value or "")) for bill in billed}
    meant = [each for each in contracts if {squeeze(_number_of(each))} == named]
    if len(meant) == 1:
        return meant[0]
    held = "; ".join(
        f"{_number_of(each)} on pages {each.extraction.part.pages[0]} to {each.extraction.part.pages[-1]}"
        for each in contracts
    )
    raise SeveralContracts(
        f"the file holds {len(contracts)} contracts ({held}): give the one the invoices are for"
    )


def _number_of(contract: Assessment) -> str:
    return str(contract.extraction.leaf("contract_number").value or "one without a number")


def _require_readable(document: Document, pages: Sequence[Page], *, engine: str) -> None:
    """Refuse a document that the engine can read nothing from, with the way out."""
    has_text = document.media_type is MediaType.XML or any(page.words or page.codes for page in pages)
    if has_text or engine not in _READS_WORDS or has_einvoice(document):
        return
    advice = [f"page {page.number} cannot be read: {page.advice}" for page in pages if page.advice]
    raise PageUnreadable("; ".join(advice) or "no page has any words on it: the document is blank")


def _spec_for(recognised: str, document: Document, pages: Sequence[Page]) -> Spec | None:
    """Return the spec of what was recognised, None where that is neither an invoice nor a contract."""
    if recognised == OTHER and not has_einvoice(document) and not has_invoice_code(pages):
        return None
    return load_spec(INVOICE if recognised == OTHER else recognised)


def _assess_other(document: Document, part: Part, timings: dict[str, float]) -> Assessment:
    """Return an assessment without fields: the pages are neither an invoice nor a contract."""
    extraction = Extraction(
        source=document.source,
        document=DocumentReference(
            id=document.id, page_count=document.page_count, media_type=document.media_type
        ),
        part=part,
        spec=OTHER,
        engine=AUTO,
        fields={},
        witnesses={},
    )
    review = Review(required=True, reasons=("NOT_RECOGNISED",))
    return Assessment(extraction=extraction, findings=(), review=review, timings_ms=timings)
