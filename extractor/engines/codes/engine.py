"""The codes engine: QR and DataMatrix codes in, what they say of the fields out."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from extractor.documents.document import Document
from extractor.engines.codes import atcud, epc, fapiao, gst_india, spayd, swiss, zatca
from extractor.engines.codes.claim import Claim
from extractor.engines.codes.printed import places_of
from extractor.engines.reading import Candidate, Evidence, Reading
from extractor.field_specs.spec import Spec
from extractor.pages.codes.code import PageCode
from extractor.pages.page import Page
from extractor.pages.word import Origin
from extractor.values.conventions import Conventions

_ACCOUNT = "seller_bank_account"
_Standard: TypeAlias = Callable[[PageCode], Iterator[Claim]]

_INVOICES: tuple[_Standard, ...] = (fapiao.read, atcud.read, zatca.read, gst_india.read)
_PAYMENTS: tuple[_Standard, ...] = (epc.read, swiss.read, spayd.read)  # of an invoice, a donation, a fee …


class CodesEngine:
    """Reads the codes that are of a standard for invoices or payments; others say nothing."""

    name = "codes"

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Return what the codes say of the spec's fields, each value at its code.

        Ids and accounts that a page also prints come a second time, where it prints them.
        """
        del document
        candidates: dict[str, list[Candidate]] = {}
        if spec.reading == "form":
            for page in pages:
                for code in page.codes:
                    for claim in chain.from_iterable(read(code) for read in (*_INVOICES, *_PAYMENTS)):
                        if claim.field in spec.fields:
                            found = candidates.setdefault(claim.field, [])
                            found.extend(_candidates(claim, code, page, pages))
        return Reading(
            engine=self.name,
            candidates={name: tuple(_best_first(found)) for name, found in candidates.items()},
            conventions=Conventions(decimal_mark="."),
        )


def has_invoice_code(pages: Sequence[Page]) -> bool:
    """Say whether a page bears a code that only invoices have; a payment code is none."""
    claims = (claim for page in pages for code in page.codes for read in _INVOICES for claim in read(code))
    return any(True for _ in claims)


def _candidates(claim: Claim, code: PageCode, page: Page, pages: Sequence[Page]) -> Iterator[Candidate]:
    evidence = Evidence(page=page.number, boxes=(code.box,), origin=Origin.CODE)
    yield _candidate(claim, claim.text, evidence)
    for place in places_of(claim, pages):
        where = Evidence(page=place.line.page, boxes=(place.line.box,), origin=place.origin)
        yield _candidate(claim, place.line.text, where)


def _candidate(claim: Claim, text: str, evidence: Evidence) -> Candidate:
    parts = {}
    if claim.field == _ACCOUNT:
        parts["account"] = Candidate(text=text, evidence=evidence, score=claim.certainty, value=claim.value)
        if claim.bic and evidence.origin is Origin.CODE:
            parts["bic"] = Candidate(text=claim.bic, evidence=evidence, score=claim.certainty)
    return Candidate(text=text, evidence=evidence, score=claim.certainty, value=claim.value, parts=parts)


def _best_first(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, surest first; what two codes say alike is said once."""
    once: dict[tuple[object, ...], Candidate] = {}
    for each in found:
        key = (each.value or each.text, each.score, each.evidence.origin is Origin.CODE or each.evidence)
        once.setdefault(key, each)
    return sorted(once.values(), key=lambda each: -each.score)
