"""What stands on every page of a document: its counter, and a head from the second page on."""

from dataclasses import dataclass
from random import Random

from synthesis.canvas import Canvas
from synthesis.chance import happens

_COUNTERS = {
    "en": ("Page {page} of {of}", "Page {page}/{of}", "Page: {page}", "{page} of {of}", "{page}/{of}"),
    "de": ("Seite {page} von {of}", "Seite {page}/{of}", "Seite {page}", "Blatt {page}", "{page} / {of}"),
    "fr": ("Page {page} sur {of}", "Page {page}/{of}", "Page n° {page}", "{page}/{of}"),
    "zh": (
        "第{page}页 共{of}页",
        "第 {page} 页，共 {of} 页",
        "共{of}页 第{page}页",
        "第{page}页",
        "页码：{page}/{of}",
    ),
    "nl": ("Pagina {page} van {of}", "Blad {page}", "Bladzijde {page}/{of}", "{page}/{of}"),
    "es": ("Página {page} de {of}", "Pág. {page}/{of}", "Hoja {page} de {of}", "{page}/{of}"),
    "it": ("Pagina {page} di {of}", "Pag. {page}/{of}", "Foglio {page}", "{page}/{of}"),
    "pt": ("Página {page} de {of}", "Pág. {page}/{of}", "Folha {page}/{of}", "{page}/{of}"),
}
_HEADS = {
    "en": "Invoice {number}",
    "de": "Rechnung {number}",
    "fr": "Facture {number}",
    "zh": "发票号码：{number}",
    "nl": "Factuur {number}",
    "es": "Factura {number}",
    "it": "Fattura {number}",
    "pt": "Fatura {number}",
}
_TOP, _BOTTOM = 22.0, 28.0  # points from the paper's edge
_MARGIN = 48.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How pages are counted. Empty texts draw nothing."""

    counter: str = ""
    head: str = ""
    align: str = "right"
    is_at_top: bool = False

    def draw(self, canvas: Canvas, number: str) -> None:
        """Write counter and head on each page of the canvas."""
        x = {"left": _MARGIN, "centre": canvas.paper.width / 2, "right": canvas.paper.width - _MARGIN}[
            self.align
        ]
        y = _TOP if self.is_at_top else canvas.paper.height - _BOTTOM
        canvas.on_every_page(x, y, lambda page, of: self.counter.format(page=page, of=of), align=self.align)
        canvas.on_every_page(
            _MARGIN, _TOP + 10, lambda page, _: self.head.format(number=number) if page > 1 else ""
        )


def random_paging(rng: Random, language: str) -> Paging:
    """Choose how pages are counted, if they are."""
    return Paging(
        counter=rng.choice(_COUNTERS[language]) if happens(rng, 0.6) else "",
        head=_HEADS[language] if happens(rng, 0.4) else "",
        align=rng.choice(("left", "centre", "right")),
        is_at_top=happens(rng, 0.3),
    )
