"""The contract under way: its pages, and where each term has come to stand."""

from dataclasses import dataclass

from synthesis.canvas import BOLD_OF, Canvas, Face, wrap
from synthesis.contract_record import ContractRecord

MARGIN = 62.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractStyle:
    """How the clauses are numbered, and which wording of each provision is taken."""

    numbering: str = (
        "decimal"  # decimal: 4.2; article: Article 4, 4.2; paragraph: § 4 (2); chinese: 四、（二）
    )
    wording: int = 0  # counts through the wordings of a provision
    face: Face = Face.SANS
    size: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TermTruth:
    """Where one term stands. `clause` is None for what stands before the first clause.

    `sentence` is the provision that fixes it, as drawn from `page` on; None outside clauses.
    """

    clause: str | None
    page: int
    sentence: str | None = None


class Sheet:
    """Pages of prose under way, and the place of each term."""

    def __init__(self, record: ContractRecord, style: ContractStyle) -> None:
        """Start with an empty page."""
        self.record = record
        self.style = style
        self.canvas = Canvas(face=style.face)
        self.y = MARGIN
        self.places: dict[str, TermTruth] = {}

    @property
    def width(self) -> float:
        """Return the width of a line."""
        return self.canvas.paper.width - 2 * MARGIN

    def make_room(self, height: float) -> None:
        """Go to a new page unless so much fits on this one."""
        if self.y + height > self.canvas.paper.height - MARGIN:
            self.canvas.new_page()
            self.y = MARGIN

    def write(
        self, text: str, *, x: float = MARGIN, size: float | None = None, is_bold: bool = False
    ) -> None:
        """Write wrapped lines from `x` to the right margin."""
        size = size or self.style.size
        face = BOLD_OF[self.style.face] if is_bold else self.style.face
        for line in wrap(text, width=MARGIN + self.width - x, size=size, face=face):
            self.make_room(size * 1.5)
            self.canvas.text(x, self.y, line, size=size, face=face)
            self.y += size * 1.5

    def note(self, terms: tuple[str, ...], clause: str | None, *, sentence: str | None = None) -> None:
        """Remember that these terms stand here."""
        for term in terms:
            self.places[term] = TermTruth(clause=clause, page=self.canvas.page_number, sentence=sentence)
