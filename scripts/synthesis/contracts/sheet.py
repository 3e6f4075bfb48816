"""Pages in one or two columns under way, and the place of each term."""

from synthesis.canvas import BOLD_OF, Canvas, Face, wrap
from synthesis.contract_sheet import TermTruth

_GUTTER = 22.0


class Sheet:
    """Text flows down a column, then to the next, then to the next page."""

    def __init__(self, *, face: Face, size: float, margin: float, columns: int) -> None:
        """Start with an empty page."""
        self.canvas = Canvas(face=face)
        self.face, self.size, self.margin = face, size, margin
        self.columns, self.column = columns, 0
        self.y = self.top = margin
        self._lowest = 0.0  # where the columns before this one end
        self.places: dict[str, TermTruth] = {}

    @property
    def width(self) -> float:
        """Return the width of a line."""
        whole = self.canvas.paper.width - 2 * self.margin
        return (whole - _GUTTER * (self.columns - 1)) / self.columns

    @property
    def left(self) -> float:
        """Return where lines begin."""
        return self.margin + self.column * (self.width + _GUTTER)

    def begin_columns(self, columns: int) -> None:
        """Set what follows in so many columns, below what stands there."""
        self.columns, self.column, self.top = columns, 0, self.y

    def end_columns(self) -> None:
        """Go on below the columns, over the whole width."""
        self.y = max(self.y, self._lowest)
        self.columns, self.column = 1, 0

    def make_room(self, height: float) -> None:
        """Go to the next column or page unless so much fits."""
        if self.y + height <= self.canvas.paper.height - self.margin:
            return
        self._lowest = max(self._lowest, self.y)
        if self.column + 1 < self.columns:
            self.column += 1
        else:
            self.new_page()
        self.y = self.top

    def new_page(self) -> None:
        """Go on to a fresh page."""
        self.canvas.new_page()
        self.column = 0
        self._lowest = 0.0
        self.y = self.top = self.margin

    def write(self, text: str, *, indent: float = 0.0, is_bold: bool = False) -> None:
        """Write wrapped lines."""
        face = BOLD_OF[self.face] if is_bold else self.face
        for line in wrap(text, width=self.width - indent, size=self.size, face=face):
            self.make_room(self.size * 1.5)
            self.canvas.text(self.left + indent, self.y, line, size=self.size, face=face)
            self.y += self.size * 1.45

    def note(self, terms: tuple[str, ...], clause: str | None, *, sentence: str | None = None) -> None:
        """Remember that these terms stand here."""
        for term in terms:
            self.places[term] = TermTruth(clause=clause, page=self.canvas.page_number, sentence=sentence)
