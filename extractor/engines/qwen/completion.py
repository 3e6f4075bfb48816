"""What goes to a model and what comes back: the seam between asking and answering."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from extractor.documents.pdf import Raster


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuestion:
    """What is asked: a page's image (and others that go with it), the words, the grammar of the answer.

    `printed` are the pieces of print that an answer is likely to copy, in reading order.
    They make answering quicker where the completer can use them, and never change an answer.
    `schema` is the JSON Schema of the answer, for servers that take no grammar.
    """

    image: Raster
    system: str
    prompt: str
    grammar: str = field(repr=False)
    printed: tuple[str, ...] = field(default=(), repr=False)
    further_images: tuple[Raster, ...] = ()  # shown after the first, in this order
    schema: str = field(default="", repr=False)

    @property
    def images(self) -> tuple[Raster, ...]:
        """Return all images in the order shown."""
        return (self.image, *self.further_images)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One generated token: its bytes in the answer, and its probability's logarithm.

    The probability is among the tokens that the grammar allowed: 0.0 where it was forced.
    """

    start: int  # byte offsets into the answer in UTF-8
    end: int
    log_probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A model's answer to one question. `is_complete` is False where it was cut off."""

    text: str
    tokens: tuple[Token, ...] = ()  # empty where the model does not tell
    is_complete: bool = True
    passes: int = 0  # forward passes of the model; 0 where the model does not tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a completer has answered so far: of questions, and of the tokens and passes that this took.

    A pass goes over all questions that are answered together. Tokens and passes are 0 where
    the model does not tell.
    """

    questions: int = 0
    tokens: int = 0
    passes: int = 0

    def after(self, together: Sequence[Completion]) -> "Tally":
        """Return the tally with questions that were answered together."""
        return Tally(
            questions=self.questions + len(together),
            tokens=self.tokens + sum(len(each.tokens) for each in together),
            passes=self.passes + max((each.passes for each in together), default=0),
        )

    def since(self, earlier: "Tally") -> "Tally":
        """Return what came after an earlier tally of the same completer."""
        return Tally(
            questions=self.questions - earlier.questions,
            tokens=self.tokens - earlier.tokens,
            passes=self.passes - earlier.passes,
        )


class Completer(Protocol):
    """Anything that answers questions about pages, in process or on a server."""

    def complete(self, questions: Sequence[PageQuestion], *, max_new_tokens: int) -> list[Completion]:
        """Answer all questions, in order, each with at most so many tokens.

        Raises:
            EngineError: the model is not there or could not do its work.
        """
        ...
