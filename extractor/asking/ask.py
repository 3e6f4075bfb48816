"""Ask a question about files under a policy: read what is given, ask, judge the answer."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

from extractor.asking.decision import Decision, Said
from extractor.asking.form import answer_shape, leaf_rule
from extractor.asking.given import Given, GivenText, page_texts, spoken_texts
from extractor.asking.policy import Policy, policy_of
from extractor.asking.question import question_about
from extractor.asking.rules import objections_to
from extractor.documents.document import Document
from extractor.documents.limits import DEFAULT_LIMITS, Limits
from extractor.documents.opening import open_document
from extractor.documents.pdf import Raster
from extractor.engines.qwen.answer import PrintedText, read_answer
from extractor.engines.qwen.completion import Completion, PageQuestion
from extractor.engines.qwen.probability import Probabilities
from extractor.engines.reading import Scalar
from extractor.engines.registry import make_engine
from extractor.errors import (
    ConfigurationError,
    InvalidSpec,
    PageUnreadable,
    UnknownEngine,
    UnsupportedDocument,
)
from extractor.extraction.interpretation import interpret
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import FieldSpec, FieldType, Source, Spec
from extractor.pages.reading import read_pages
from extractor.values.conventions import Conventions, infer_conventions

DEFAULT_ENGINE = "qwen"

_MAX_IMAGES = 16
_MAX_QUESTION = 8_000  # characters
_HALF = re.compile("[\ud800-\udfff]")  # also bytes of a command line that were none of its encoding


@runtime_checkable
class Answerer(Protocol):
    """An engine that can be shown pictures and asked anything."""

    @property
    def name(self) -> str:
        """The engine's name, as a decision tells it."""
        ...

    def show(self, document: Document) -> list[Raster]:
        """Return the document's pages as the model is shown them."""
        ...

    def answer(self, questions: Sequence[PageQuestion], *, about: Sequence[str]) -> list[Completion]:
        """Answer the questions, whole; `about` is what errors call each."""
        ...


def ask(
    files: str | Path | bytes | Iterable[str | Path | bytes],
    question: str,
    *,
    spec: str | Path,
    policy: str | Path | bytes | None = None,
    engine: str | Answerer = DEFAULT_ENGINE,
    limits: Limits = DEFAULT_LIMITS,
) -> Decision:
    """Answer a question about files by a spec of questions, and hold the answer to the spec's rules.

    `files` are photos or documents, as paths or bytes; their pages are shown together. `policy`
    is a document with numbered clauses. `engine` is the name of a vision engine, or one.
    Whatever breaks a rule is an objection in the decision, never an error.

    Raises:
        NotFound: there is no such file.
        DocumentError: a file cannot be read or shown, or the policy has no words.
        SpecError: the spec is unknown or wrong, or none of questions.
        ConfigurationError: nothing is asked, too much is or what is no text, or there are too many pages.
        EngineError: the engine is unknown, not installed, or could not do its work.
    """
    asked = _asking_spec(spec)
    if not question.strip() or len(question) > _MAX_QUESTION:
        raise ConfigurationError(f"ask something, in at most {_MAX_QUESTION} characters")
    if _HALF.search(question):
        raise ConfigurationError("the question holds half a character: is it in another encoding?")
    answerer = _answerer(engine)
    given_files = [files] if isinstance(files, str | Path | bytes) else list(files)
    documents = [open_document(file, limits=limits) for file in given_files]
    rules = None if policy is None else open_document(policy, limits=limits)
    given = _given(documents, question, rules, answerer)
    asking = question_about(given, asked)
    (completion,) = answerer.answer([asking], about=["the question"])
    answer = _said(completion, given, asked)
    return Decision(
        spec=asked.name,
        engine=answerer.name,
        question=question,
        files=tuple(document.source for document in documents),
        policy=None if rules is None else rules.source,
        answer=answer,
        objections=objections_to(answer, given=given, spec=asked),
    )


def _asking_spec(name: str | Path) -> Spec:
    spec = load_spec(name)
    if spec.reading != "question":
        raise InvalidSpec(
            f'{spec.name} asks no question (reading = "{spec.reading}"): use `extractor extract`'
        )
    return spec


def _answerer(engine: str | Answerer) -> Answerer:
    made = make_engine(engine) if isinstance(engine, str) else engine
    if not isinstance(made, Answerer):
        raise UnknownEngine(
            f"the engine {made.name} reads print and answers no questions; {DEFAULT_ENGINE} does"
        )
    return made


def _given(documents: Sequence[Document], question: str, rules: Document | None, answerer: Answerer) -> Given:
    if not documents:
        raise ConfigurationError("give at least one file")
    page_count = sum(document.page_count for document in documents)
    if page_count > _MAX_IMAGES:
        raise ConfigurationError(
            f"the files have {page_count} pages; a question is about {_MAX_IMAGES} at most"
        )
    images: list[Raster] = []
    texts: list[GivenText] = []
    for document in documents:
        if document.page_count == 0:
            raise UnsupportedDocument(f"{document.source} has no pages that could be shown")
        images += answerer.show(document)
        texts += page_texts(read_pages(document), source=Source.FILES, name=document.source)
    texts += spoken_texts(question)
    policy: Policy | None = None
    if rules is not None:
        pages = read_pages(rules)
        if not any(page.words for page in pages):
            raise PageUnreadable(f"{rules.source} has no words, so nothing can be cited from it")
        policy = policy_of(pages, source=rules.source)
        texts += page_texts(pages, source=Source.POLICY, name=rules.source)
    return Given(question=question, texts=tuple(texts), images=tuple(images), policy=policy)


def _said(completion: Completion, given: Given, spec: Spec) -> Mapping[str, Said | None]:
    """Read the answer: what each field means and where it stands."""
    found = read_answer(completion.text, answer_shape(spec))
    probabilities = Probabilities(completion)
    conventions = infer_conventions(row.text for text in given.texts for row in text.rows)
    said: dict[str, Said | None] = dict.fromkeys(spec.fields)
    for name, field in spec.fields.items():
        text = found[name]
        if not isinstance(text, PrintedText) or not text.text.strip():
            continue
        is_citation = name in spec.rules.cites
        is_copied = not field.decided and not is_citation
        may_wrap = leaf_rule(field).may_wrap
        said[name] = Said(
            text=text.text,
            value=_value(text.text, field, conventions),
            probability=probabilities.of(text),
            places=tuple(given.places_of(text.text, field.sources, may_wrap=may_wrap)) if is_copied else (),
            clause=given.policy.find(text.text) if is_citation and given.policy is not None else None,
        )
    return said


def _value(text: str, field: FieldSpec, conventions: Conventions) -> Scalar | None:
    if field.decided and field.type is FieldType.CHOICE:
        return text if text in field.choices else None
    return interpret(text, field, conventions=conventions)
