"""Texts that break off with a word that joins: a line that ends so goes on in the next."""

import re

_OPEN_END = re.compile(  # articles and prepositions: a line that ends with one goes on
    r"(?:=|(?<![\w-])(?:the|a|of|to|by|for|from|with|within|in|on|and|or|after|before|until|till|upon|bei|beim|bij|um|und|oder|ab|von|vom|nach|bis|zum|zur|mit|innerhalb"
    r"|der|die|das|den|dem|de|du|des|la|le|les|et|ou|à|au|aux|dans|sous|pour|par|avant|v[oó][oó]r|van|het|een|en|binnen|na|met|ohne|abzüglich|zuzüglich|zzgl|minus|less|moins|menos|meno|zonder|without|sans|sin|senza|sem"
    r"|tot|op|el|los|las|del|y|con|para|por|desde|antes|il|lo|gli|di|da|dal|dalla|e|entro|al|alla|o|os|as|do|dos"
    r"|em|até|após|no|na|hasta|fino|jusqu['’]au|otherwise|sonst|sinon|anders|altrimenti|senão))$",
    re.IGNORECASE,
)


def ends_open(text: str) -> bool:
    """Say whether a text ends with a word that joins, so that it must go on."""
    return _OPEN_END.search(text.rstrip()) is not None
