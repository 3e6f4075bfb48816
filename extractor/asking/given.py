"""What a question is about: the words that were given, and the pictures."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractor.asking.policy import Policy
from extractor.documents.pdf import Raster
from extractor.engines.placing import evidence_on
from extractor.engines.qwen.page_text import PageText, Strand, text_of
from extractor.engines.qwen.placement import Place, evidence_of
from extractor.engines.reading import Evidence
from extractor.field_specs.spec import Source
from extractor.pages.page import Page
from extractor.pages.placement import Placement

QUESTION = "question"  # what results call the asker's words
_LONGEST_LINE = 300  # characters of the asker's words that a span stays within


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenText:
    """The words of one page, or a line of what the asker says (which has no page)."""

    source: Source
    name: str
    page: int | None
    rows: tuple[Strand, ...] = field(repr=False)
    flows: tuple[Strand, ...] = field(repr=False)
    placement: Placement | None = None  # on the page as uploaded

    def strands(self, *, may_wrap: bool) -> tuple[Strand, ...]:
        """Return the flows for texts that may wrap, else the rows."""
        return self.flows if may_wrap else self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Where a copied text stands. `evidence` is None in the asker's words, which have no page."""

    source: Source
    name: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """All that was given: pictures, texts, and the policy where there is one."""

    question: str
    texts: tuple[GivenText, ...]
    images: tuple[Raster, ...] = field(repr=False)
    policy: Policy | None = None

    def of(self, sources: Iterable[Source]) -> list[GivenText]:
        """Return the texts of these sources, in the order given."""
        wanted = frozenset(sources)
        return [text for text in self.texts if text.source in wanted]

    def places_of(self, span: str, sources: Iterable[Source], *, may_wrap: bool) -> list[Printed]:
        """Return where a span stands word for word, one place a text."""
        return [
            found
            for text in self.of(sources)
            if (found := _printed(span, text, may_wrap=may_wrap)) is not None
        ]


def page_texts(pages: Sequence[Page], *, source: Source, name: str) -> Iterator[GivenText]:
    """Yield the words of each page that has some."""
    for page in pages:
        if page.words:
            text: PageText = text_of(page)
            yield GivenText(
                source=source,
                name=name,
                page=page.number,
                rows=text.rows,
                flows=text.flows,
                placement=page.placement,
            )


def spoken_texts(question: str) -> Iterator[GivenText]:
    """Yield the asker's words, a text a line; a long line in pieces."""
    for line in question.splitlines():
        for piece in textwrap.wrap(line, _LONGEST_LINE):
            strand = Strand(text=piece, words=(), pages=(), starts=(), squeezed=())
            yield GivenText(source=Source.QUESTION, name=QUESTION, page=None, rows=(strand,), flows=(strand,))


def _printed(span: str, text: GivenText, *, may_wrap: bool) -> Printed | None:
    for strand in text.strands(may_wrap=may_wrap):
        for stretch in strand.stretches(span):
            if text.page is None:
                return Printed(source=text.source, name=text.name)
            place = Place(words=strand.words[stretch], pages=strand.pages[stretch])
            evidence = evidence_of(place, page=text.page)
            if text.placement is not None:
                evidence = evidence_on(text.placement, evidence)
            return Printed(source=text.source, name=text.name, evidence=evidence)
    return None
