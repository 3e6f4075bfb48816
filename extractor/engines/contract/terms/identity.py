"""The contract's own number and title."""

import re
from collections.abc import Iterator, Sequence

from extractor.engines.contract.clauses import PREAMBLE, Clause
from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, WEAK, Found, Rule, Span, Statement

_MAX_TITLE = 110  # characters
_MAX_TITLE_WORDS = 14
_MAX_HEADLINE = 60  # characters
_OF_ANOTHER = re.compile(r"amend|addend|nachtrag|änderung|补充|变更|annex|anlage|附件|schedule|exhibit")
_MIN_NUMBER = 3  # characters
_MIN_TITLE = 2  # characters
_LABEL = re.compile(
    r"(?:(?P<named>(?:contract|agreement|framework(?:\s+agreement)?|order|deed|document|reference|"
    r"purchase\s+agreement)\s*(?:reference|ref\.?|no\.?|nos?\.|number|nr\.?|id|#)|(?:our\s+|"
    r"contract\s+)?ref(?:erence)?\.?(?:\s+no\.?)?|vertrag(?:s|snummer|s-?nr\.?|"
    r"snr\.?)?\s*-?\s*(?:nr\.?|nummer)?|(?:rahmen|kauf|liefer|werk|dienst|dienstleistungs|bau|service|"
    r"wartungs)vertrag\s*(?:nr\.?|nummer|no\.?)|kontrakt(?:nr|nummer)?\.?|vereinbarung\s*(?:nr\.?|"
    r"nummer)|aktenzeichen|az\.|geschäftszeichen|vertragskennung|vertragskennzeichen|contract|"
    r"agreement"
    r"|(?:合同|协议|合约|文件|项目合同)\s*(?:书)?\s*(?:编\s*号|号\s*码|号|序号|编码|登记号))|(?P<bare>numbered|no\.?|nr\.?|number|编\s*号|"
    r"nummer|ref\.?))"
    r"\s*(?:is|lautet|为)?\s*(?P<mark>[:：#=]|(?=\s))?\s*(?:no\.?\s*|nr\.?\s*|"
    r"#\s*)?(?:[【〖]\s*)?(?P<number>(?-i:[A-Z]{1,5}\s(?=\d))?[A-Za-z0-9\u4e00-\u9fff\[〔(]?[A-Za-z0-9][\w\-/.\[\]〔〕()#\u4e00-\u9fff+]{1,40})",
    re.IGNORECASE,
)
_PLAIN_WORD = re.compile(r"contract|agreement|vertrag|vertrags", re.IGNORECASE)
_DATE_LIKE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{4}|\d{4}年.*")
_FOREIGN = re.compile(
    r"vat|tax|ust|phone|tel|fax|account|konto|company|registration|registered|hrb|handelsregister|税|账|"
    r"电话|邮编|组织|信用代码|register|routing|sort|page|seite|ein\b|commission\s+file"
)
_TITLE = re.compile(
    r"agreement|contract|deed|\bterms\b|lease|memorandum|statement\s+of\s+work|undertaking|arrangement|"
    r"order\b|charter|amendment|addendum|licen[cs]e"
    r"|vertrag|vereinbarung|kontrakt|auftrag|nachtrag|bestellung|合\s*同|协\s*议|合\s*约|备忘录|约定书|订\s*单"
)
_NOT_TITLE = re.compile(
    r"^\s*(?:this|these|the\s+parties|whereas|between|dated|no\.|ref|exhibit|annex|schedule|page|"
    r"source:|execution\s+(?:copy|version)|draft|confidential\b|vertrag\s+\S*\d|合同编号|合同号|协议编号|编号|签)|@|"
    r"https?:|_{3,}",
    re.IGNORECASE,
)


_NEXT_LABEL = re.compile(r"签[约订署](?:日期|时间|地点).*$")  # read without a space before it


def find_number(statement: Statement) -> Iterator[Found]:
    """Find the number by its label, above the first clause."""
    is_opening = statement.clause.number == PREAMBLE
    for match in _labels(statement.text):
        number = _NEXT_LABEL.sub("", match["number"]).strip(".,;:-")
        if "(" not in number:
            number = number.rstrip(")")
        start = match.start("number")
        if not re.search(r"\d", number) or _DATE_LIKE.fullmatch(number) or len(number) < _MIN_NUMBER:
            continue
        if re.search(r"[\u4e00-\u9fff]", number) and not re.match(
            r"[A-Za-z\u4e00-\u9fff]{0,8}[\[〔(]?\d", number
        ):
            continue
        before = statement.low[max(0, match.start() - 18) : match.end("number")]
        if _FOREIGN.search(before):
            continue
        is_plain_word = bool(_PLAIN_WORD.fullmatch((match["named"] or "").strip()))
        if (is_plain_word or match["bare"]) and not is_opening:
            continue
        if is_plain_word and not (re.search(r"[-/]", number) or re.search(r"[A-Za-z]", number)):
            continue
        score = (
            SURE if is_opening and match["named"] and not is_plain_word else LIKELY if is_opening else WEAK
        )
        yield Found(term="contract_number", span=Span(start=start, end=start + len(number)), score=score)


def labelled_numbers(text: str) -> Iterator[str]:
    """Yield the numbers that a line calls the contract's in so many words."""
    for match in _labels(text):
        number = match["number"].strip(".,;:-)")
        is_number = (
            bool(re.search(r"\d", number)) and len(number) >= _MIN_NUMBER and not _DATE_LIKE.fullmatch(number)
        )
        is_labelled = match.start() == 0 or (
            match["named"] and not _PLAIN_WORD.fullmatch(match["named"].strip())
        )
        before = text[: match.end()].casefold()
        if is_labelled and is_number and not _FOREIGN.search(before):
            yield number


def is_title(text: str) -> bool:
    """Say whether a line is the title of a contract, and not of an amendment or annex to one."""
    line = text.strip()
    return (
        _MIN_TITLE <= len(line) <= _MAX_HEADLINE
        and bool(_TITLE.search(line.casefold()))
        and not (
            _NOT_TITLE.search(line) or _OF_ANOTHER.search(line.casefold()) or re.search(r"[:.;,。]|\d", line)
        )
    )


def _labels(text: str) -> Iterator[re.Match[str]]:
    """Yield labels with what follows them, also where one begins inside another."""
    place = 0
    while match := _LABEL.search(text, place):
        yield match
        place = match.end() if re.search(r"\d", match["number"]) else match.start() + 1


def title_of(clauses: Sequence[Clause], statements: Sequence[Statement]) -> Iterator[tuple[Statement, Found]]:
    """Find the title: the first short line at the head that names a kind of contract."""
    tall = 0.0
    best: tuple[float, Statement] | None = None
    first = {id(clause) for clause in clauses[:2]}
    heads = [each for each in statements if id(each.clause) in first][:25]
    for place, statement in enumerate(heads):
        text = statement.text.strip()
        if (
            not _MIN_TITLE <= len(text) <= _MAX_TITLE
            or len(text.split()) > _MAX_TITLE_WORDS
            or not _TITLE.search(statement.low)
        ):
            continue
        is_leading = text.endswith((",", ";")) or (
            "," in text and text.endswith(":")
        )  # "…, agree as follows:"
        if _NOT_TITLE.search(text) or is_leading or ":" in text[:-1]:
            continue
        word = statement.sentence.passage.words[0].word
        tall = max(tall, word.box.height)
        weight = word.box.height - 0.35 * place
        if best is None or weight > best[0]:
            best = (weight, statement)
    if best is not None:
        end = len(best[1].text.rstrip())
        score = SURE if best[1].clause.number == PREAMBLE else POSSIBLE
        yield best[1], Found(term="title", span=Span(start=0, end=end), score=score)


RULES: tuple[Rule, ...] = (find_number,)
