"""Read the lines in smaller print below an item's text: its code, or what specifies it.

Numbers of other papers and things (a batch, a delivery note, a customs code) are neither.
"""

import re
from collections.abc import Sequence

from extractor.engines.layout.cells import joined_lines
from extractor.engines.layout.tables.printed import PrintedCell
from extractor.engines.reading import Candidate, Evidence

_SCORE = 0.6
_CODE = re.compile(
    r"(?:art(?:icle|ikel|ículo|icolo|igo)?|item|product|produkt|sku|ref|réf|riferimento|referencia"
    r"|referência|cod|cód|código|codice|货号|貨號|编码|編碼|料号)"
    r"[-. ]*(?:(?:nr|no|number|nummer|code)(?![A-Z0-9])|n°|n\.º|编号)?[.:：]*\s*"
    r"(?P<code>(?=\S*\d)[A-Z0-9][A-Z0-9./-]+)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"serial|serie|série|matricola|batch|\blot\b|\blote\b|lotto|charge\b|partij|mhd|dluo|best before"
    r"|delivery|liefer|livraison|lever|pakbon|entrega|consegna|\bddt\b|guia"
    r"|order|auftrag|bestell|commande|pedido|ordine|encomenda"
    r"|quot|angebot|devis|offert|presupuesto|preventivo|orçamento"
    r"|customs|tariff|zoll|douani|goederencode|arancel|doganal|pautal|origin|ursprung|herkomst|origen|origem"
    r"|序列|批号|批號|有效期|送货|送貨|订单|訂單|报价|原产|海关|出库",
    re.IGNORECASE,
)


def details_of(lines: Sequence[PrintedCell]) -> dict[str, Candidate]:
    """Return the product code and the specification among the lines, as far as they are there."""
    found: dict[str, Candidate] = {}
    plain: list[PrintedCell] = []
    for line in lines:
        code = _CODE.fullmatch(line.text.strip())
        if code is not None:
            found.setdefault(
                "product_code", Candidate(text=code["code"], evidence=line.evidence, score=_SCORE)
            )
        elif not _REFERENCE.search(line.text):
            plain.append(line)
    if plain:
        first = plain[0].evidence
        boxes = tuple(box for line in plain for box in line.evidence.boxes)
        evidence = Evidence(page=first.page, boxes=boxes, origin=first.origin)
        text = joined_lines(line.text for line in plain)
        found["specification"] = Candidate(text=text, evidence=evidence, score=_SCORE)
    return found
