"""How clauses are numbered: the heading's number, the provision's, and how both are cited."""

from collections.abc import Mapping

_CHINESE_DIGITS = "零一二三四五六七八九"

NUMBERINGS: Mapping[str, Mapping[str, tuple[str, str, str]]] = {  # heading, provision, citation
    "en": {
        "decimal": ("{n}. {heading}", "{n}.{i}", "{n}.{i}"),
        "article": ("Article {n} – {heading}", "{n}.{i}", "{n}.{i}"),
        "section": ("Section {n}. {heading}", "({letter})", "Section {n}"),
        "lettered": ("{n}. {HEADING}", "({letter})", "{n}"),
        "clause": ("Clause {n}: {heading}", "{n}.{i}", "{n}.{i}"),
        "bare": ("{n}    {heading}", "{n}.{i}", "{n}.{i}"),
    },
    "de": {
        "paragraph": ("§ {n} {heading}", "({i})", "§ {n} Abs. {i}"),
        "counted": ("§ {n} {heading}", "{i}.", "§ {n} Nr. {i}"),
        "artikel": ("Artikel {n} {heading}", "({i})", "Artikel {n} Abs. {i}"),
        "ziffer": ("{n}. {heading}", "{n}.{i}", "{n}.{i}"),
        "bare": ("{n}    {heading}", "{n}.{i}", "{n}.{i}"),
    },
    "zh": {
        "article": ("第{zh}条 {heading}", "{n}.{i}", "{n}.{i}"),
        "counted": ("第{zh}条 {heading}", "{i}、", "{n}.{i}"),
        "bracketed": ("第{zh}条 {heading}", "（{zhi}）", "{n}.{i}"),
        "chinese": ("{zh}、{heading}", "{i}.", "{n}.{i}"),
        "items": ("{zh}、{heading}", "（{zhi}）", "{n}.{i}"),
        "decimal": ("{n}. {heading}", "{n}.{i}", "{n}.{i}"),
    },
}


def heading_of(language: str, numbering: str, count: int, heading: str) -> str:
    """Return a clause's heading with its number."""
    form = NUMBERINGS[language][numbering][0]
    return form.format(n=count, zh=chinese(count), heading=heading, HEADING=heading.upper())


def label_of(language: str, numbering: str, count: int, index: int) -> tuple[str, str]:
    """Return a provision's number as printed, and what it is cited by."""
    _, label, citation = NUMBERINGS[language][numbering]
    parts = {"n": count, "i": index, "letter": chr(96 + index), "zhi": chinese(index)}
    return label.format(**parts), citation.format(**parts)


def chinese(count: int) -> str:
    """Return a number below 100 as Chinese contracts count; a higher one in figures."""
    if count >= 100:  # noqa: PLR2004 - as said
        return str(count)
    tens, ones = divmod(count, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{_CHINESE_DIGITS[tens]}十"
    return lead + (_CHINESE_DIGITS[ones] if ones or not lead else "")
