"""Run the stages in order: a file in, assessments out; invoices and a contract in, checks out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from extractor.assessment.assessment import Assessment, Review
from extractor.cascade.part import AUTO, assess_part, milliseconds_since
from extractor.cascade.settings import vision_engine, vision_settings
from extractor.documents.document import Document
from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.engines.reading import Engine, PartToRead, Reading, ReadsTogether
from extractor.engines.registry import make_engine
from extractor.errors import ConfigurationError, Conflict, ExtractorError, InvalidSpec
from extractor.extraction.extraction import DocumentReference, Extraction, Part
from extractor.field_specs.load import load_spec
from extractor.field_specs.recognition import OTHER
from extractor.field_specs.spec import Spec
from extractor.opened import FilePart, OpenedFile, Source, opened
from extractor.reconciliation.check import Reconciliation, Verdict
from extractor.reconciliation.joining import agreed_by
from extractor.reconciliation.ledger import Ledger
from extractor.reconciliation.ledger_file import FileLedger
from extractor.reconciliation.policy import Policy
from extractor.reconciliation.policy_file import load_policy
from extractor.reconciliation.reconcile import reconcile as compare
from extractor.reconciliation.recording import recorded

_MOST_ATTEMPTS = 5  # to append to a ledger that others append to
_T = TypeVar("_T")


def extract(
    source: Source,
    *,
    spec: str | Path | Spec = AUTO,
    engine: str = AUTO,
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Assessment, ...]:
    """Read a file into typed fields, each with its place, and check it against itself.

    `source` is a path, or the file's bytes; `name` is what the result calls it (by
    default the path, or "upload"). `spec` is "auto" (told by content), a shipped
    spec's name, the path of a spec file, or a spec. `engine` is "auto" (embedded XML where there
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
    chosen = None if spec == AUTO else _reading_spec(spec)
    vision = vision_engine() if engine == AUTO else None
    file = opened(source, chosen, engine=engine, is_seen=vision is not None, name=name, limits=limits)
    return tuple(_assessed_part(file.document, part, engine=engine, vision=vision) for part in file.parts)


def extract_together(
    sources: Sequence[Source], *, spec: str | Path = AUTO, engine: str, limits: Limits = DEFAULT_LIMITS
) -> list[tuple[Assessment, ...] | ExtractorError]:
    """Return for each file what `extract` returns or raises; no file spoils another's.

    An engine that reads pages of several documents in one pass (a vision model) is handed those of
    all files at once, and the time that it took is shared out by pages. Any other reads file by file.

    Raises:
        SpecError: the spec is unknown or wrong.
        EngineError: the engine is unknown, or what it needs is not installed.
        ConfigurationError: a variable of the environment is wrong.
    """
    chosen = None if spec == AUTO else _reading_spec(spec)
    made = None if engine == AUTO else make_engine(engine)
    if not isinstance(made, ReadsTogether):
        return [
            _outcome(partial(extract, source, spec=spec, engine=engine, limits=limits)) for source in sources
        ]
    files = [
        _outcome(partial(opened, source, chosen, engine=engine, is_seen=True, name=None, limits=limits))
        for source in sources
    ]
    asked = [
        PartToRead(document=file.document, pages=part.pages.pages, spec=part.spec)
        for file in files
        if not isinstance(file, ExtractorError)
        for part in file.parts
        if part.spec is not None
    ]
    started = perf_counter()
    outcomes = iter(made.read_together(asked))
    a_page = milliseconds_since(started) / max(1, sum(len(part.pages) for part in asked))
    return [
        file
        if isinstance(file, ExtractorError)
        else _assessed_file(file, outcomes, engine=engine, milliseconds_a_page=a_page)
        for file in files
    ]


def _assessed_file(
    file: OpenedFile, outcomes: Iterator[Reading | ExtractorError], *, engine: str, milliseconds_a_page: float
) -> tuple[Assessment, ...] | ExtractorError:
    """Assess a file whose parts were read already; return the error where one of them could not be."""
    assessed = []
    error: ExtractorError | None = None
    for part in file.parts:
        reading = None if part.spec is None else next(outcomes)
        if isinstance(reading, ExtractorError):
            error = error or reading
        elif error is None:
            part.timings["read"] += milliseconds_a_page * len(part.pages.pages) if reading else 0.0
            assessed.append(_assessed_part(file.document, part, engine=engine, reading=reading))
    return error or tuple(assessed)


def _outcome(work: Callable[[], _T]) -> _T | ExtractorError:
    try:
        return work()
    except ExtractorError as error:
        return error


def reconcile(
    invoices: Source | Assessment | Iterable[Source | Assessment],
    contract: Source | Assessment | Iterable[Source | Assessment],
    *,
    policy: Policy | Path | str | None = None,
    ledger: Ledger | Path | str | None = None,
) -> Reconciliation:
    """Compare invoices with one contract; every mismatch cites both sides.

    Each side is a path, bytes, or an assessment that `extract` returned, or several of these. Several
    invoices count together where the contract caps a quantity or a total. Several documents of a
    contract are the contract and its amendments, in any order. `policy` is a
    policy, the path of one, or None for the shipped default. Differences are billed
    less agreed, in the invoice's currency. `ledger` has what was approved before, or is the path
    of a file of it: that counts as well, and the invoices are appended where the verdict is approve.

    Raises:
        ConfigurationError: no invoice or no contract was given, or the policy is wrong.
        SeveralContracts: several contracts were given, and the invoices do not tell which is meant.
        ForeignAmendment: an amendment was given that changes none of the contracts.
        LedgerUnusable: the ledger cannot be read or written; then nothing was appended.
        Conflict: others went on appending to the ledger; nothing of this was appended.
        ExtractorError: a document cannot be read; see `extract`.
    """
    given, documents = _listed(invoices), _listed(contract)
    if not given:
        raise ConfigurationError("give at least one invoice")
    if not documents:
        raise ConfigurationError("give the contract")
    in_force = policy if isinstance(policy, Policy) else load_policy(None if policy is None else Path(policy))
    book = FileLedger(ledger) if isinstance(ledger, Path | str) else ledger
    if book is not None:
        book.revision()  # a damaged one is refused before the documents are read
    billed = [part for invoice in given for part in _assessed(invoice, "invoice")]
    agreed = agreed_by(billed, [part for each in documents for part in _assessed(each, "contract")])
    if book is None:
        return compare(billed, agreed, policy=in_force)
    return _recorded(billed, agreed, in_force, book)


def _listed(given: Source | Assessment | Iterable[Source | Assessment]) -> list[Source | Assessment]:
    return [given] if isinstance(given, str | Path | bytes | Assessment) else list(given)


def _recorded(
    billed: Sequence[Assessment], agreed: Assessment, policy: Policy, ledger: Ledger
) -> Reconciliation:
    """Compare, and append what is approved; compare again where the ledger has changed meanwhile."""
    for attempt in range(1, _MOST_ATTEMPTS + 1):
        compared = compare(billed, agreed, policy=policy, ledger=ledger)
        if compared.verdict is not Verdict.APPROVE:
            return compared
        try:
            return recorded(compared, ledger, now=datetime.now(tz=UTC))
        except Conflict:
            if attempt == _MOST_ATTEMPTS:
                raise
    raise AssertionError("the last attempt returns or raises")


def read_together_by(engine: str) -> int:
    """Return how many files it is worth handing to `extract_together` at a time.

    Raises:
        UnknownEngine: there is no engine of that name.
        ConfigurationError: a variable of the environment is wrong.
    """
    made = None if engine == AUTO else make_engine(engine)
    return made.pages_together if isinstance(made, ReadsTogether) else 1


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


def _reading_spec(named: str | Path | Spec) -> Spec:
    """Return a spec of what documents say; one of questions is for `ask`."""
    spec = named if isinstance(named, Spec) else load_spec(named)
    if spec.reading == "question":
        raise InvalidSpec(f"{spec.name} is answered, not extracted: use `extractor ask --spec {spec.name}`")
    return spec


def _assessed(source: Source | Assessment, spec: str) -> tuple[Assessment, ...]:
    return (source,) if isinstance(source, Assessment) else extract(source, spec=spec)


def _assessed_part(
    document: Document,
    part: FilePart,
    *,
    engine: str,
    vision: Engine | None = None,
    reading: Reading | None = None,
) -> Assessment:
    """Read a part, unless that is done, and assess it."""
    if part.spec is None:
        return _assess_other(document, part.numbered, part.timings)
    return assess_part(
        document,
        part.pages,
        part.spec,
        numbered=part.numbered,
        engine=engine,
        vision=vision,
        timings=part.timings,
        reading=reading,
        looks_like=part.looks_like,
    )


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
