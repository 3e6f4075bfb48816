"""Assess one part of a document: read, combine, validate, assess.

Where a person would have to look, a second engine is asked first.
"""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from extractor.assessment.assess import assess
from extractor.assessment.assessment import Assessment
from extractor.assessment.settings import review_settings
from extractor.cascade.asked import narrowed
from extractor.cascade.second import still_doubted, unconfirmed, unsupported, with_second
from extractor.documents.document import Document
from extractor.engines.placing import placed
from extractor.engines.reading import Engine, Reading
from extractor.engines.registry import make_engine
from extractor.errors import DamagedDocument, EngineError
from extractor.extraction.citations import cited_invoices
from extractor.extraction.combine import combine
from extractor.extraction.extraction import Extraction, Part
from extractor.field_specs.spec import Spec
from extractor.pages.figures import printed_figures
from extractor.pages.page import Page
from extractor.parts.parting import PagesOfPart
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.proofs import Proofs, proofs_in, prove
from extractor.validation.rule import finding, subject_of
from extractor.validation.validate import findings_in

AUTO = "auto"


def assess_part(
    document: Document,
    part: PagesOfPart,
    spec: Spec,
    *,
    numbered: Part,
    engine: str,
    vision: Engine | None,
    timings: dict[str, float],
    reading: Reading | None = None,
    looks_like: str | None = None,
) -> Assessment:
    """Return the assessment of one part. `vision` is who `auto` may ask for what is missing or unsure.

    `reading` is what the engine that was chosen by name has read already, along with other documents.
    `looks_like` is what the part seems to be instead of what `spec` reads: a finding.

    Milliseconds are added to `timings`: "vision" only where the second engine was asked. Where it fails,
    the first reading stands, with the finding ENGINE_FAILED.

    Raises:
        EngineError: the engine that was chosen by name could not do its work.
        ConfigurationError: a setting of an engine is wrong, or a server refuses the key.
    """
    started = perf_counter()
    pages = part.pages
    used, found = _read(document, pages, spec, engine=engine) if reading is None else (engine, (reading,))
    readings = [placed(each, pages) for each in (*found, part.witness)]
    extraction = combine(readings, document=document, part=numbered, spec=spec, engine=used)
    extraction = replace(
        extraction,
        hidden_text_pages=tuple(page.number for page in pages if page.has_hidden_text),
        unreadable_pages={page.number: page.advice for page in pages if page.advice is not None},
        figures=printed_figures(pages) if spec.reading == "form" else (),
        cited_invoices=cited_invoices(line.text for page in pages for line in page.lines)
        if spec.reading == "form"
        else (),
    )
    timings["extract"] = milliseconds_since(started)
    started = perf_counter()
    findings, proofs = _validated(extraction, spec, pages)
    kind = [] if looks_like is None else [_another_kind(spec, looks_like)]
    findings = [*kind, *findings]
    timings["validate"] = milliseconds_since(started)
    first = _assessed(extraction, findings, proofs, spec=spec, pages=pages, timings=timings)
    asked = narrowed(spec, first) if vision is not None and pages and engine == AUTO else None
    if vision is None or asked is None:
        return first
    started = perf_counter()
    try:
        seen = placed(vision.read(document, pages, asked), pages)
    except (EngineError, DamagedDocument) as error:  # what was read without it is not lost
        timings["vision"] = milliseconds_since(started)
        failed = finding(
            FindingCode.ENGINE_FAILED,
            None,
            f"The engine {vision.name} was asked for {', '.join(asked.fields)}, and failed "
            f"({error.code}): {error}.",
        )
        return _assessed(
            extraction, findings, proofs, spec=spec, pages=pages, timings=timings, doubts=[failed]
        )
    timings["vision"] = milliseconds_since(started)
    second = combine([seen], document=document, part=numbered, spec=asked, engine=vision.name)
    merged = with_second(
        first.extraction,
        second,
        spec=spec,
        proofs=proofs,
        prove=lambda each: prove(each, spec=spec, pages=pages),
    )
    findings, proofs = _validated(merged.extraction, spec, pages)
    findings = [*kind, *findings]
    doubts = (
        *unconfirmed(merged, proofs, engine=vision.name),
        *still_doubted(merged, first.findings, proofs),
        *unsupported(merged, proofs, asked=asked, engine=vision.name),
    )
    told = [*findings, *merged.differences]
    return _assessed(merged.extraction, told, proofs, spec=spec, pages=pages, timings=timings, doubts=doubts)


def _read(
    document: Document, pages: Sequence[Page], spec: Spec, *, engine: str
) -> tuple[str, tuple[Reading, ...]]:
    """Return the name of the engine that leads, and the readings, the leading one first."""
    if engine != AUTO:
        return engine, (make_engine(engine).read(document, pages, spec),)
    readings = [make_engine("einvoice").read(document, pages, spec)]
    if not (readings[0].candidates or readings[0].tables):
        readings.clear()  # there is no e-invoice in it
    if pages or not readings:
        readings.append(make_engine("layout").read(document, pages, spec))
    if any(page.codes for page in pages):
        readings.append(make_engine("codes").read(document, pages, spec))
    return readings[0].engine, tuple(readings)


def _validated(extraction: Extraction, spec: Spec, pages: Sequence[Page]) -> tuple[list[Finding], Proofs]:
    subject = subject_of(extraction, spec=spec, pages=pages)
    return findings_in(subject), proofs_in(subject)


def _another_kind(spec: Spec, looks_like: str) -> Finding:
    return finding(
        FindingCode.DOCUMENT_KIND,
        None,
        f"It was read as {_named(spec.name)}, but looks like {_named(looks_like)}.",
    )


def _named(kind: str) -> str:
    return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"


def _assessed(
    extraction: Extraction,
    findings: Sequence[Finding],
    proofs: Proofs,
    *,
    spec: Spec,
    pages: Sequence[Page],
    timings: dict[str, float],
    doubts: Sequence[Finding] = (),
) -> Assessment:
    return assess(
        extraction,
        findings,
        proofs=proofs,
        spec=spec,
        timings_ms=timings,
        settings=review_settings(),
        doubts=doubts,
        pages=pages,
    )


def milliseconds_since(started: float) -> float:
    """Return the milliseconds since a reading of `perf_counter`."""
    return (perf_counter() - started) * 1000
