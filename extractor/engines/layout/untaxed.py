"""Take the net amount for the gross one where the invoice says that it carries no tax.

An invoice under reverse charge or an exemption must say so (EN 16931 BR-AE-10, BR-E-10), and
many print one total only, "net".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.totals import DUE, GROSS, NET, TAX, Totals

_UNTAXED = re.compile(
    r"reverse charge|tax exempt|exempt from (?:vat|tax|gst)|not subject to (?:vat|gst)|outside the scope"
    r" of vat|zero[- ]rated"
    r"|steuerschuldnerschaft|übergang der steuerschuld|kleinunternehmer|steuerfrei|umsatzsteuerbefreit"
    r"|§\s?13b|§\s?19 ustg"
    r"|autoliquidation|exon[ée]r|non applicable|franchise en base|hors champ"
    r"|btw verlegd|verlegd naar|vrijgesteld van btw|btw-vrijgesteld|kleineondernemersregeling"
    r"|inversión del sujeto pasivo|exent[oa] de iva|operación exenta|no sujet[oa] a iva"
    r"|inversione contabile|reverse-charge|esente iva|esente da iva|fuori campo iva|non imponibile"
    r"|regime forfettario"
    r"|autoliquidação|isent[oa] de iva|regime de isenção|não sujeit[oa] a iva|免税|零税率",
    re.IGNORECASE,
)
_SCORE = 0.6


def with_untaxed_gross(totals: Totals, pages: Sequence[LabelledSheet]) -> Totals:
    """Add the net amount as the gross one where it is the only total, and the pages say why."""
    net = totals.chosen.get(NET)
    if net is None or {TAX, GROSS, DUE} & totals.chosen.keys():
        return totals
    if not any(_UNTAXED.search(cell.text) for page in pages for cell in page.sheet.cells):
        return totals
    gross = replace(net, name=GROSS, candidate=replace(net.candidate, score=_SCORE * net.candidate.score))
    return replace(totals, chosen={**totals.chosen, GROSS: gross})
