"""The numbers that clauses carry, in the manners of English, German and Chinese contracts."""

import re
from dataclasses import dataclass
from enum import StrEnum

from extractor.engines.contract.counts import chinese_count, roman_value

_MAX_ANNEX_LINE = 90  # characters
_MAX_TITLE_WORDS = 12
_ZH = "零〇一二三四五六七八九十百\\d"


class Style(StrEnum):
    """How a number is written. Numbers of one style count on among themselves."""

    ANNEX = "annex"
    CHAPTER = "chapter"
    ARTICLE = "article"  # Article 7, Section 3, Artikel 3, Ziffer 4, Clause 5, para. 14
    PARAGRAPH = "paragraph"  # § 5
    SUBPARAGRAPH = "subparagraph"  # Abs. 2
    ZH_ARTICLE = "zh_article"  # 第五条
    ZH_ITEM = "zh_item"  # 第二款
    ZH_COUNT = "zh_count"  # 五、
    ZH_BRACKET = "zh_bracket"  # （二）
    DECIMAL = "decimal"  # 4.2, 4.2.1
    COUNT = "count"  # 4. or 4) or 4、
    BARE = "bare"  # 4 and a gap
    BRACKET = "bracket"  # (2)
    LETTER = "letter"  # (a) or a)
    ROMAN = "roman"  # (iv)
    CAPITAL = "capital"  # A.
    CAPITAL_ROMAN = "capital_roman"  # IV.
    CIRCLED = "circled"  # ②


_TOP_STYLES = frozenset(  # of a contract's highest clauses
    {
        Style.COUNT,
        Style.ARTICLE,
        Style.PARAGRAPH,
        Style.ZH_ARTICLE,
        Style.ZH_COUNT,
        Style.CHAPTER,
        Style.BARE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A clause number at the start of a line. `path` is what it counts: (4, 2) for 4.2."""

    style: Style
    path: tuple[int, ...]
    printed: str  # as a citation names it, brackets and trailing stops aside where they say nothing
    end: int  # of the marker in the line's text, white space after it included
    is_whole_line: bool = False


_ANNEX = re.compile(
    r"(?P<word>Annex|Appendix|Schedule|Exhibit|Attachment|Addendum|Amendment|Anhang|Anlage|Annexe|Nachtrag|Änderungsvereinbarung)"
    r"(?:\s+(?:No\.?|Nr\.?)?\s*(?P<id>[A-Z]{1,2}(?:[-.]?\d{1,2})?|\d{1,2}(?:\.\d{1,2})?[A-Z]?|[IVX]+))?"
    r"(?=$|[\s:.,;)(\-])",
    re.IGNORECASE,
)
_ZH_ANNEX = re.compile(
    rf"(?:附件|附表|附录|补充协议|变更协议)\s*(?:\((?P<bracketed>[{_ZH}]{{1,3}})\)|(?P<id>[{_ZH}A-Z]{{1,3}}))?(?=$|[\s::、.(《])"
)
_ORDINAL_AMENDMENT = re.compile(  # "1. Nachtrag", "Second Amendment"
    r"(?:(?P<count>\d{1,2})\.|(?P<word>first|second|third|erster|zweiter|dritter))\s+"
    r"(?:amendment|addendum|nachtrag|änderungsvereinbarung)\b(?!\w)",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "erster", "zweiter", "dritter")
_WORDED = re.compile(
    r"(?P<word>Article|Section|Sec\.|Clause|Artikel|Art\.|Ziffer|Ziff\.|Paragraph|Para\.|Item|Punkt|"
    r"Nummer)\s*"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?|[IVXLC]+\b)(?:\.(?!\d)|:|\)| ?-+)?(?=\s|$)",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"§\s*(?P<number>\d{1,3}[a-z]?)(?:\.|:)?(?=\s|$)(?:\s*(?:Abs\.|Absatz)\s*(?P<sub>\d{1,2})(?=\s|$))?"
)
_ABS = re.compile(r"(?:Abs\.|Absatz)\s*(?P<number>\d{1,2})[.:]?(?=\s|$)")
_CHAPTER = re.compile(
    rf"(?:第\s*(?P<zh>[{_ZH}]+)\s*(?:章|部分|编|节)|(?:Chapter|Part|Teil|Kapitel)\s+(?P<id>\d{{1,2}}|[IVX]+|[A-H]))"
    r"(?=$|[\s:.\-])",
    re.IGNORECASE,
)
_ZH_ARTICLE = re.compile(
    rf"第\s*(?P<number>[{_ZH}]+)\s*条\s*(?:第\s*(?P<item>[{_ZH}]+)\s*款)?(?=$|\s|[::、.]|(?![的规约中所第项款之至和及与或,]))"
)
_ZH_DECIMAL = re.compile(  # 第3.2条
    r"第\s*(?P<number>\d{1,3}(?:\.\d{1,3})+)\s*条(?=$|\s|[::、.]|(?![的规约中所第项款之至和及与或,]))"
)
_ZH_ITEM = re.compile(rf"第\s*(?P<number>[{_ZH}]+)\s*款(?=$|\s|[::、])")
_ZH_COUNT = re.compile(r"(?P<number>[零〇一二三四五六七八九十百]{1,4})\s*(?:、|\.(?!\d)|,)")
_ZH_BRACKET = re.compile(r"\(\s*(?P<number>[零〇一二三四五六七八九十百]{1,4})\s*\)\s*、?")
_DECIMAL = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,5})(?:\.(?!\d)|\)|:)?(?=\s|$|[\u4e00-\u9fff\"(])")
_COUNT = re.compile(r"(?P<number>\d{1,3})(?:\.(?!\d)|\)|、)")
_BARE = re.compile(r"(?P<number>\d{1,2})(?=\s|$)")
_BRACKET = re.compile(r"\(\s*(?P<number>\d{1,2})\s*\)")
_LETTER = re.compile(r"(?:\(\s*(?P<both>[a-z]{1,2})\s*\)|(?P<right>[a-z])\))(?=\s|$|[\u4e00-\u9fff])")
_ROMAN_SMALL = re.compile(r"(?:\(\s*(?P<both>[ivxl]{1,6})\s*\)|(?P<right>[ivxl]{1,6})[.)])(?=\s|$)")
_CAPITAL = re.compile(r"(?:\(\s*(?P<both>[A-Z])\s*\)|(?P<right>[A-Z])[.)])(?=\s|$)")
_CAPITAL_ROMAN = re.compile(r"(?P<number>[IVXL]{1,6})[.)](?=\s|$)")
_CIRCLED = re.compile(r"(?P<number>[①-⑳])")
_REFERENCE = re.compile(
    r"\s*(?:lists?|sets?|contains?|forms?|shall|is|are|describes?|specif|states?|hereto|above|below|"
    r"of\s+this|to\s+this"
    r"|nennt|enthält|ist|regelt|aufgeführt|bildet|gilt|sind|bleib|wird|attached|which|and\s|or\s|und\s|"
    r"oder\s|,)",
    re.IGNORECASE,
)


_OF_CONTRACT = re.compile(  # "Anlage 1 zum Rahmenvertrag - Preisblatt"
    r"\s*(?:zum|zur|to\s+the|to|of\s+the)\s+(?!this|these)[A-ZÄÖÜ](?!.*\b(?:shall|is|are|applies|sets|ist|sind|gilt|"
    r"gelten|wird|werden|enthält)\b)"
)


def markers(text: str) -> list[Marker]:
    """Return every reading of the number a line may begin with, the likeliest first."""
    found: list[Marker] = []
    for read in (_annex, _chapter, _worded, _sign, _chinese, _decimal, _counted, _lettered):
        found += read(text)
    return found


def top_counts(text: str) -> list[int]:
    """Return what a clause of the first level may count that begins on the line; none: no clause does."""
    return [each.path[0] for each in markers(text) if each.style in _TOP_STYLES and len(each.path) == 1]


def _made(style: Style, path: tuple[int, ...], printed: str, match: re.Match[str]) -> Marker:
    rest = match.string[match.end() :]
    end = match.end() + len(rest) - len(rest.lstrip())
    return Marker(style=style, path=path, printed=printed, end=end, is_whole_line=not rest.strip())


def _annex(text: str) -> list[Marker]:
    if (amendment := _ORDINAL_AMENDMENT.match(text)) and len(text) <= _MAX_ANNEX_LINE:
        word = (amendment["word"] or "").casefold()
        count = int(amendment["count"]) if amendment["count"] else _ORDINALS.index(word) % 3 + 1
        is_title = not _REFERENCE.match(text[amendment.end() :]) and not text.rstrip().endswith(
            (".", ";", "。")
        )
        return [_made(Style.ANNEX, (count,), amendment.group().strip(), amendment)] if is_title else []
    match = _ANNEX.match(text) or _ZH_ANNEX.match(text)
    if match is None or len(text) > _MAX_ANNEX_LINE or text.rstrip().endswith((";", ",", "。")):
        return []
    rest = text[match.end() :]
    if match["id"] is None and rest.strip() and rest.strip()[0] not in ":.-(" and not _is_title(rest):
        return []
    if _REFERENCE.match(rest) or not (_is_title(rest) or _OF_CONTRACT.match(rest)):
        return []
    identifier = match["id"] or match.groupdict().get("bracketed") or ""
    number = chinese_count(identifier) or roman_value(identifier)
    if number is None and identifier:
        number = ord(identifier[0].upper()) - 64
    return [_made(Style.ANNEX, (number or 0,), match.group().strip(), match)]


def _is_title(rest: str) -> bool:
    words = rest.strip(' :.-()"').split()
    return not words or (len(words) <= _MAX_TITLE_WORDS and not words[0][0].islower())


def _chapter(text: str) -> list[Marker]:
    match = _CHAPTER.match(text)
    if match is None:
        return []
    if match["zh"]:
        number = chinese_count(match["zh"])
    else:
        number = int(match["id"]) if match["id"].isdigit() else roman_value(match["id"])
        number = number or ord(match["id"][0].upper()) - 64
        if not _is_title(text[match.end() :]):
            return []
    return [_made(Style.CHAPTER, (number,), match.group().strip(), match)] if number else []


def _worded(text: str) -> list[Marker]:
    match = _WORDED.match(text)
    if match is None:
        return []
    number = match["number"]
    roman = roman_value(number) if number.isalpha() else None
    path = (roman,) if roman else tuple(int(part) for part in re.findall(r"\d+", number))
    if not path:
        return []
    word = match["word"]
    word = word.title() if word.isupper() else word
    return [_made(Style.ARTICLE, path, f"{word} {number}", match)]


def _sign(text: str) -> list[Marker]:
    if match := _SIGN.match(text):
        number = int(re.sub(r"\D", "", match["number"]))
        if match["sub"]:
            printed = f"§ {match['number']} Abs. {match['sub']}"
            return [_made(Style.PARAGRAPH, (number, int(match["sub"])), printed, match)]
        return [_made(Style.PARAGRAPH, (number,), f"§ {match['number']}", match)]
    if match := _ABS.match(text):
        return [_made(Style.SUBPARAGRAPH, (int(match["number"]),), match["number"], match)]
    return []


def _chinese(text: str) -> list[Marker]:
    if match := _ZH_DECIMAL.match(text):
        path = tuple(int(part) for part in match["number"].split("."))
        return [_made(Style.DECIMAL, path, f"第{match['number']}条", match)]
    if match := _ZH_ARTICLE.match(text):
        number, item = chinese_count(match["number"]), chinese_count(match["item"] or "")
        if number and item:
            return [
                _made(Style.ZH_ARTICLE, (number, item), f"第{match['number']}条第{match['item']}款", match)
            ]
        return [_made(Style.ZH_ARTICLE, (number,), f"第{match['number']}条", match)] if number else []
    for pattern, style, form in (
        (_ZH_ITEM, Style.ZH_ITEM, "第{}款"),
        (_ZH_COUNT, Style.ZH_COUNT, "{}、"),
        (_ZH_BRACKET, Style.ZH_BRACKET, "（{}）"),
    ):
        if match := pattern.match(text):
            number = chinese_count(match["number"])
            return [_made(style, (number,), form.format(match["number"]), match)] if number else []
    return []


def _decimal(text: str) -> list[Marker]:
    match = _DECIMAL.match(text)
    if match is None:
        return []
    path = tuple(int(part) for part in match["number"].split("."))
    return [_made(Style.DECIMAL, path, match["number"], match)]


def _counted(text: str) -> list[Marker]:
    if match := _BRACKET.match(text):
        return [_made(Style.BRACKET, (int(match["number"]),), match["number"], match)]
    if match := _COUNT.match(text):
        return [_made(Style.COUNT, (int(match["number"]),), match["number"], match)]
    if match := _CIRCLED.match(text):
        number = ord(match["number"]) - ord("①") + 1
        return [_made(Style.CIRCLED, (number,), str(number), match)]
    if match := _BARE.match(text):
        return [_made(Style.BARE, (int(match["number"]),), match["number"], match)]
    return []


def _lettered(text: str) -> list[Marker]:
    found: list[Marker] = []
    if match := _CAPITAL_ROMAN.match(text):
        number = roman_value(match["number"])
        found += [_made(Style.CAPITAL_ROMAN, (number,), match["number"], match)] if number else []
    if match := _CAPITAL.match(text):
        letter = match["both"] or match["right"]
        found.append(_made(Style.CAPITAL, (ord(letter) - 64,), letter, match))
    if match := _LETTER.match(text):
        letter = match["both"] or match["right"]
        if letter == letter[0] * len(letter):
            found.append(_made(Style.LETTER, (ord(letter[0]) - 96 + 26 * (len(letter) - 1),), letter, match))
    if match := _ROMAN_SMALL.match(text):
        letters = match["both"] or match["right"]
        number = roman_value(letters)
        found += [_made(Style.ROMAN, (number,), letters, match)] if number else []
    return found
