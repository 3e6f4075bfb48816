"""Names of two lines: which line below goes on with a name."""

import re

from extractor.engines.layout.names import has_legal_form, is_address, is_contact, is_name
from extractor.values.names import comparable_name, is_legal_form, without_legal_form

_OPEN_END = re.compile(
    r"(?:&|\s\+|\b(?:and|und|et|en|y|e|di|de|do|da|del|della|van|von|für|for|of|pour|para|per|voor))\s*$"
)
_PRACTICE = re.compile(
    r"(?:praxis|kanzlei|notariat|sozietät|praktijk|maatschap|notariskantoor)\b|\b(?:cabinet|étude|studio|surgery|clinic"
    r"|practice|chambers|bufete|despacho|cl[íi]nica|consultori[oa]|consultório|gabinete|escritório|ambulatorio)\b",
    re.IGNORECASE,
)
_WITH_TITLE = re.compile(
    r"(?:dres?\.|drs?\b|prof\b|dott|dra\b|ma[îi]tres?\b|mes?\b|mtre|avv|rechtsanw|ra\b|notar|stb\b|dipl)[^,;]*[^\W\d_]$",
    re.IGNORECASE,
)
_FOUNDED = re.compile(r"(?:1[5-9]|20)\d\d\s+")  # a year
_OPEN_START = re.compile(
    r"\s*(?:&|\+|(?:and|und|et|en|y|e|di|do|del|della|of|für|for|pour|para|per|voor)\b)\s"
)


def is_wrapped_name(line: str, below: str) -> bool:
    """Say whether a name goes on in the line below: "Hill Plumbing" over "& Heating Ltd".

    The line ends, or the next one begins, with a word that joins; or the legal form
    stands alone below; or a practice has its doctors' or lawyers' names there.
    """
    are_words = any(map(str.isalpha, line)) and any(map(str.isalpha, below))
    is_founded = _FOUNDED.match(below) is not None and not has_legal_form(line)
    if is_founded and is_legal_form(_FOUNDED.sub("", below)):
        return is_name(line)  # "Turnverein Winterthur" over "1884 e. V."
    if not are_words or any(map(str.isdigit, below)) or not _joins(line, below):
        return False
    if is_address(below) or is_contact(below) or (any(map(str.isdigit, line)) and is_address(line)):
        return False
    return is_name(f"{line} {below}")


def ends_open(name: str) -> bool:
    """Say whether a name ends with a word that joins, so that it must go on."""
    return _OPEN_END.search(name) is not None


def _joins(line: str, below: str) -> bool:
    if is_legal_form(below):
        return not has_legal_form(line)
    if has_legal_form(line):
        return _OPEN_END.search(line) is not None or _ends_form(line, below)
    is_practice = _PRACTICE.search(line) is not None and _WITH_TITLE.match(below) is not None
    return is_practice or _OPEN_END.search(line) is not None or _OPEN_START.match(below) is not None


def _ends_form(line: str, below: str) -> bool:
    """Say whether a legal form goes on below: "UG" over "(haftungsbeschränkt)"."""
    whole = comparable_name(f"{line} {below}")
    return without_legal_form(whole) == without_legal_form(comparable_name(line))
