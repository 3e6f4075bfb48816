"""What random weights say under the grammar: valid, verbatim, whole. What a checkpoint's passes save."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pymupdf
import torch
from build_random_checkpoint import build
from synthesis.contract_random import generate_contract

from decoding.answers import invoices
from extractor.documents.document import Document
from extractor.documents.opening import open_document
from extractor.engines.qwen.answer import Answer, PrintedText, read_answer
from extractor.engines.qwen.checkpoint import Checkpoint, load_checkpoint
from extractor.engines.qwen.completion import PageQuestion
from extractor.engines.qwen.generation import LocalCompleter
from extractor.engines.qwen.grammar import grammar_for
from extractor.engines.qwen.lookup import printed_on
from extractor.engines.qwen.page_text import PageText
from extractor.engines.qwen.prompt import SYSTEM
from extractor.engines.qwen.shape import Leaf, Members, Rows, Shape, shape_of
from extractor.engines.qwen.windows import overlapping_windows, page_windows
from extractor.errors import MalformedCompletion
from extractor.field_specs.load import load_spec
from extractor.pages.reading import open_file, read_pages

_DPI = 36  # random weights see nothing: a small image is as good
_MAX_PIXELS = 300_000
_MAX_ROWS = 60
_ROOM = 4096  # tokens, and twice as many the second time, as the engine does
_EVEN = 0.02  # times the random logits: as they come, one token has nearly all the probability
_PROMPT = "Read."  # the spec's own prompt is thousands of bytes, and each is a token here


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Counts over answers."""

    answers: int = 0
    valid: int = 0
    cut_off: int = 0
    leaves: int = 0
    verbatim: int = 0

    def __add__(self, other: "Told") -> "Told":
        """Return the counts of both."""
        return Told(
            answers=self.answers + other.answers,
            valid=self.valid + other.valid,
            cut_off=self.cut_off + other.cut_off,
            leaves=self.leaves + other.leaves,
            verbatim=self.verbatim + other.verbatim,
        )

    @property
    def is_faultless(self) -> bool:
        """Say whether all answers are valid and whole, and all leaves verbatim."""
        return self.valid == self.answers and self.verbatim == self.leaves and self.cut_off == 0

    @property
    def share_valid(self) -> float:
        """Return the share of answers that have the spec's form."""
        return self.valid / self.answers if self.answers else 0.0

    @property
    def share_verbatim(self) -> float:
        """Return the share of leaves whose very characters stand on their page."""
        return self.verbatim / self.leaves if self.leaves else 0.0


def random_answers(spec: str, *, documents: int, answers: int, is_shown: bool = False) -> Told:
    """Sample answers about every page of each document, from random weights.

    Of contracts each page is asked about with the foot of the page before, as the engine does.
    `is_shown` prints what each document came to.
    """
    shape = shape_of(load_spec(spec))
    completer = LocalCompleter(_random_checkpoint(), max_pixels=_MAX_PIXELS, temperature=1.0)
    told, faultless = Told(), 0
    for document in islice(_invoices() if spec == "invoice" else _contracts(), documents):
        of_document = Told()
        for question, text in _questions(document, shape, are_clauses=spec == "contract"):
            for _ in range(answers):
                of_document += _judged(completer, question, shape, text)
        if is_shown:
            print(f"  {document.source}: {of_document}", flush=True)
        told += of_document
        faultless += of_document.is_faultless
    print(
        f"{spec}: {told.answers} answers about {documents} documents, {told.leaves} leaves, "
        f"{told.cut_off} cut off; all valid, verbatim and whole in {faultless} of {documents} documents"
    )
    return told


def print_saved_on(folder: Path, *, pages: int) -> None:
    """Print what drafts save this checkpoint on generated invoices, greedily, and whether all is the same."""
    checkpoint = load_checkpoint(str(folder), device="cpu", dtype="float32", max_pixels=_MAX_PIXELS)
    shape = shape_of(load_spec("invoice"))
    loops = [
        LocalCompleter(checkpoint, max_pixels=_MAX_PIXELS, temperature=0.0, is_fast=is_fast)
        for is_fast in (True, False)
    ]
    passes, are_same = [0, 0], []
    for document in islice(_invoices(), pages):
        question, _ = next(_questions(document, shape))
        fast, plain = (loop.complete([question], max_new_tokens=_ROOM)[0] for loop in loops)
        passes = [passes[0] + fast.passes, passes[1] + plain.passes]
        are_same.append(fast.text == plain.text and len(fast.tokens) == len(plain.tokens))
    print(
        f"{folder.name}: {passes[0]} passes for the plain loop's {passes[1]} ({passes[0] / passes[1]:.2f}), "
        f"output identical on {sum(are_same)} of {len(are_same)} pages"
    )


@lru_cache(maxsize=1)
def _random_checkpoint() -> Checkpoint:
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        checkpoint = load_checkpoint(folder, device="cpu", dtype="float32", max_pixels=_MAX_PIXELS)
    with torch.no_grad():
        checkpoint.model.lm_head.weight.mul_(_EVEN)
    torch.manual_seed(1)
    return checkpoint


def _judged(completer: LocalCompleter, question: PageQuestion, shape: Members, text: PageText) -> Told:
    (completion,) = completer.complete([question], max_new_tokens=_ROOM)
    if not completion.is_complete:
        (completion,) = completer.complete([question], max_new_tokens=2 * _ROOM)
    try:
        answer = read_answer(completion.text, shape)
        json.loads(completion.text)
    except (MalformedCompletion, ValueError):
        return Told(answers=1, cut_off=not completion.is_complete)
    leaves = list(_leaves(answer, shape))
    verbatim = sum(
        any(any(strand.occurrences(span)) for strand in text.strands(may_wrap=leaf.rule.may_wrap))
        for span, leaf in leaves
    )
    return Told(answers=1, valid=1, cut_off=not completion.is_complete, leaves=len(leaves), verbatim=verbatim)


def _leaves(answer: Answer, shape: Shape) -> Iterator[tuple[str, Leaf]]:
    if isinstance(answer, PrintedText) and isinstance(shape, Leaf):
        yield answer.text, shape
    elif isinstance(answer, tuple) and isinstance(shape, Rows):
        for row in answer:
            yield from _leaves(row, shape.row)
    elif isinstance(answer, Mapping) and isinstance(shape, Members):
        for name, member in answer.items():
            yield from _leaves(member, shape.members[name])


def _questions(
    document: Document, shape: Members, *, are_clauses: bool = False
) -> Iterator[tuple[PageQuestion, PageText]]:
    """Yield a question about each page that has words."""
    pages = [page for page in read_pages(document) if page.words]
    windows = overlapping_windows(pages) if are_clauses else page_windows(pages)
    with open_file(document) as file:
        for window in windows:
            page, foot = window.text.page, window.text.foot
            images = [file.render(page.number, dpi=_DPI)]
            printed = printed_on(page)
            if foot is not None:
                images.insert(0, window.foot_of(file.render(foot.number, dpi=_DPI)))
                printed = (*printed_on(foot), *printed)
            yield (
                PageQuestion(
                    image=images[0],
                    further_images=tuple(images[1:]),
                    system=SYSTEM,
                    prompt=_PROMPT,
                    grammar=grammar_for(shape, window.text, max_rows=_MAX_ROWS),
                    printed=printed,
                ),
                window.text,
            )


def _invoices() -> Iterator[Document]:
    for made in invoices():
        yield open_document(made.content, name=made.name)


def _contracts() -> Iterator[Document]:
    """Yield contracts of 1, 2, … 20, 1, … pages: generated ones bound together, and cut to length."""
    seed, length = 0, 0
    while True:
        length = length % 20 + 1
        with pymupdf.open() as bound:  # type: ignore[no-untyped-call]  # PyMuPDF carries no types
            while bound.page_count < length:
                made = generate_contract(seed, language=("en", "de", "zh")[seed % 3])
                with pymupdf.open(stream=made.content) as single:  # type: ignore[no-untyped-call]
                    bound.insert_pdf(single)
                seed += 1
            bound.select(range(length))
            yield open_document(bound.tobytes(), name=f"contract-{length:02}.pdf")
