"""Texts of several lines: what goes on below, and what begins above."""

import re
from collections.abc import Callable, Iterable

from extractor.engines.layout.cells import ALIGNED, LINE_GAP, Cell, joined_lines
from extractor.engines.layout.labelled import LabelledSheet, has_colon
from extractor.engines.layout.open_ends import ends_open
from extractor.engines.layout.term_words import DAY, DAYS, EARLY, is_whole
from extractor.engines.layout.wrapped_labels import LEVEL
from extractor.engines.layout.zones import Zone
from extractor.engines.reading import Evidence
from extractor.pages.geometry import Box
from extractor.values.dates import find_dates, looks_like_date

_MOST_LINES = 12
_CENTRED = 2.0  # points
_NEAR = 0.35  # of the page's width: a label's value stands no farther
_MARGIN = 2.0  # of a line's height, between columns
_OTHER_PRINT = 0.08  # of the height
_CJK_FROM = "\u2e80"
_DAY = re.compile(rf"{DAY}\b|[天日]", re.IGNORECASE)
_SHARE = re.compile(r"\d{1,2}(?:[.,]\d+)?\s?%")
_YEAR = re.compile(r"(?:19|20)\d\d\b(?![-/.]\d)")
_NUMBERED_FACT = re.compile(r"[\u2e80-\u9fff]{1,6}(?:号|号码|编号|代码)\s?[A-Za-z0-9/.-]+")
_LAST_WORD = re.compile(r"[^\W\d_]{5,}(?<!nr)(?<!no)(?<!ref)\.", re.IGNORECASE)  # of a sentence
_ORDINAL = re.compile(r"\s\d{1,2}\.$")
_BEHIND_DAYS = "内前后起"
_CLAUSE_ENDS = ("，", "、", "；")
_OPEN_BEFORE_NUMBER = re.compile(r"(?:[迟于至到自在为]|\b(?:EUR|USD|GBP|CHF|CNY|RMB)|[€£¥])$")
_PAID = re.compile(r"(?:付清|付款|支付|到期|结清)$")  # the verb that ends a Chinese sentence of terms
_REST = re.compile(  # of a Chinese sentence: its last characters, before a sign or at its end
    rf"[\u2e80-\u9fff]{{1,4}}[；。，]|[\u2e80-\u9fff]{{1,12}}。$|{_PAID.pattern}"
)
_JOINS = "至到给入并且或"
_NUMBER = re.compile(r"(?<!\d)(?!\d\d?\s?/\s?100)(?<!/)(?<!/\s)\d")  # but "86/100"
_LEAD = 4  # characters of a word before what is known of a label: "Our ..."
_DATE_END = 10  # characters of a date before its line breaks off
_SENTENCE_END = re.compile(r"(?:(?<!\s\d)(?<!\s\d\d)\.|[。;；])\s*$")  # but "by the 13."
_AMOUNT_END = re.compile(  # in words
    r"(?:[整正]|[壹贰叁肆伍陆柒捌玖拾佰仟万][圆元角分]"
    r"|\d\d?/100|(?:\d\d? )?\b(?:cent(?:s|esimi|imes|imos|avos)?|c[ée]ntimos|paise|pence|fils|rappen|sen)"
    r"|\bonly)\s*$",
    re.IGNORECASE,
)

_THANKS = re.compile(  # or a request: another sentence
    r"\W*(?:thank|thanks|we (?:thank|appreciate)|(?:vielen|besten|herzlichen) dank|wir (?:danken|bedanken)"
    r"|merci|nous vous remerci|(?:wij|we) danken|(?:hartelijk )?dank|bedankt|(?:muchas )?gracias|agradec"
    r"|le agradec|grazie|(?:la|vi) ringrazi|obrigad|感谢|谢谢|请(?:汇|付|将|按|转)"
    r"|[顺敬]?(?:祝|颂|此致)|敬礼)",
    re.IGNORECASE,
)


def whole_text(
    page: LabelledSheet, zone: Zone, *, may_go_on: Callable[[str, str], bool | None] | None = None
) -> tuple[str, Evidence]:
    """Return a text with the lines that continue it below its first line.

    `may_go_on` is asked of the text and the next line where neither the last words of the one,
    nor small letters in the other, tell that they are one sentence; None: they are not, whatever these tell.
    """
    cells = [(zone.cell, zone.start, zone.end)]
    above = _begins_above(page, zone.cell, zone.start)
    while above is not None and len(cells) < _MOST_LINES:
        line, start = above
        cells.insert(0, (line, start, len(line.text)))
        above = _begins_above(page, line, start)
    if zone.end == len(zone.cell.text):
        for cell in _continuation(page, zone):
            said = joined_lines(each.text[start:end].strip() for each, start, end in cells)
            may = may_go_on(said, cell.text) if may_go_on is not None else True
            if may is None or not (may or _must_go_on(said, cell)):
                break
            cells.append((cell, 0, len(cell.text)))
    text = joined_lines(cell.text[start:end].strip() for cell, start, end in cells)
    boxes = tuple(box for cell, start, end in cells for box in cell.evidence(start, end).boxes)
    return text, Evidence(page=zone.cell.page, boxes=boxes, origin=zone.cell.words[0].origin)


def _continuation(page: LabelledSheet, zone: Zone) -> Iterable[Cell]:
    """Yield the cells that go on with a text: below it, close, and under its left edge."""
    left = (zone.cell.box.x0, zone.cell.box_of(zone.start, zone.end).x0)
    last = zone.cell
    for _ in range(_MOST_LINES - 1):
        below = next(iter(page.sheet.below(last.box, last.row, within=LINE_GAP * last.box.height)), None)
        if below is None:
            return
        is_of_another = _is_of_label_before(page, below)
        if _is_another_fact(page, below) or (is_of_another and not any(map(str.isalpha, below.text))):
            return
        if (is_of_another or page.starts_with_label(below)) and not _is_middle(last, below):
            return
        is_aligned = min(abs(below.box.x0 - edge) for edge in left) <= ALIGNED
        is_aligned = is_aligned or abs(below.box.centre_x - zone.cell.box.centre_x) <= _CENTRED
        if not is_aligned and _must_go_on(last.text.rstrip(), below):  # behind a label without a colon
            is_aligned = any(abs(below.box.x0 - word.box.x0) <= _CENTRED for word in zone.cell.words)
        if page.is_in_table(below) or not (is_aligned or abs(below.box.x1 - last.box.x1) <= ALIGNED):
            return
        height = last.words[-1].box.height  # a label in front may be bold
        if abs(below.words[0].box.height - height) > _OTHER_PRINT * height:
            return  # small print, or a heading
        if not _is_wrapped(page, last, below):
            return
        yield below
        last = below


def _is_of_label_before(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether the next cell to the left is a label, known or not, that waits for its value."""
    if not cell.column:
        return False
    left = page.sheet.rows[cell.row][cell.column - 1]
    if cell.box.x0 - left.box.x1 > _NEAR * page.sheet.page.width:
        return False
    if abs(left.box.centre_y - cell.box.centre_y) > LEVEL * left.box.height:
        return False  # a heading half a line off, with its value below
    return left.text.endswith((":", "：")) or (page.starts_with_label(left) and page.waits(left))


def _is_behind_label(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a label stands next to the left of a cell, or the first line of one."""
    is_begun = bool(cell.column) and page.lexicon.begins(page.sheet.rows[cell.row][cell.column - 1].text)
    return is_begun or _is_of_label_before(page, cell)


def _is_head(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a label stands in a row of heads, without colons: its value stands below."""
    left = page.sheet.rows[cell.row][cell.column - 1]
    goes_on = left.text.endswith((":", "：", "/"))
    return page.lexicon.knows(cell.text) and page.lexicon.knows(left.text) and not goes_on


def _is_translated_below(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether the label left of a cell goes on below in another language: "Conditions /"."""
    return bool(cell.column) and page.sheet.rows[cell.row][cell.column - 1].text.endswith("/")


def _is_another_fact(page: LabelledSheet, cell: Cell) -> bool:
    """Say whether a line begins with a label and its colon, or is a number: "贵司参考号LA/f"."""
    has_label = any(has_colon(cell, hit) and hit.start <= _LEAD for hit in page.hits_of(cell))
    return has_label or _NUMBERED_FACT.fullmatch(cell.text) is not None


def words_may_go_on(said: str, below: str) -> bool | None:
    """Say whether an amount in words may go on: in the same case as it began, with its smaller unit, "Only".

    None: it has ended, or a number follows that is none of a smaller unit.
    """
    if _AMOUNT_END.fullmatch(below) is not None:
        return True  # "Only", "50 centimes"
    if _AMOUNT_END.search(said) or (_NUMBER.search(below) and not ends_open(said)):
        return None
    return said.isupper() and below.isupper()


def _begins_above(page: LabelledSheet, cell: Cell, start: int) -> tuple[Cell, int] | None:
    """Return the line above that a text begins on, and where: "Half of it in" over "45 days".

    It ends with what joins, or the line goes on with a small letter; in Chinese, where lines
    break off anywhere, it tells a number of days. A label may stand before it on its line.
    """
    text = cell.text[start:]
    if start and not text[:1].islower():
        return None  # behind its label
    box = cell.box_of(start, len(cell.text))
    is_labelled = start > 0 or _is_of_label_before(page, cell)
    for above in page.sheet.above(cell):
        if is_labelled and _is_of_label_before(page, above) and not _is_translated_below(page, above):
            continue  # they have a label each
        begin = _beside_label(above, box) if start else _aligned_start(page, above, cell)
        is_close = box.y0 - above.box.y1 < LINE_GAP * box.height
        if is_close and begin is not None and _is_begun(above.text[begin:].rstrip(), text):
            return above, begin
    return None


def _beside_label(above: Cell, box: Box) -> int | None:
    """Return where a text begins that stands beside the first line of a label, in line with its second."""
    for index, (word, start) in enumerate(zip(above.words, above.starts, strict=True)):
        if abs(word.box.x0 - box.x0) <= _CENTRED:
            is_labelled = index > 0 and above.words[index - 1].text.endswith((":", "："))
            return None if is_labelled else start
    return None


def _aligned_start(page: LabelledSheet, above: Cell, cell: Cell) -> int | None:
    """Return where a text begins on a line above that lines up with a cell, None if it is a label's."""
    is_within = above.text.rstrip().endswith(",") or above.text[:1].islower()  # a text
    is_within = is_within or (
        cell.text[:1].islower() and _is_behind_label(page, above) and not _is_head(page, above)
    )
    is_within = is_within or EARLY.match(above.text) is not None
    is_labelled = (page.starts_with_label(above) and not is_within) or any(
        has_colon(above, hit) for hit in page.hits_of(above)
    )
    if not is_labelled:
        edges = (above.box.x0 - cell.box.x0, above.box.x1 - cell.box.x1)
        is_centred = abs(above.box.centre_x - cell.box.centre_x) <= _CENTRED
        return 0 if is_centred or min(map(abs, edges)) <= ALIGNED else None
    for before, word, start in zip(above.words, above.words[1:], above.starts[1:], strict=False):
        if before.text.endswith((":", "：")) and abs(word.box.x0 - cell.box.x0) <= _CENTRED:
            return start
    return None


def _is_begun(above: str, text: str) -> bool:
    """Say whether a line is the beginning of a text that the one below it goes on with."""
    if above.endswith(_CLAUSE_ENDS) or _break_off(above, text):
        return True
    if _SENTENCE_END.search(above) or _AMOUNT_END.search(above) or above.endswith((":", "：")):
        return False
    first = text[:1]
    if first > _CJK_FROM:
        is_told = DAYS.search(above) is not None or (is_whole(above) and not looks_like_date(above))
        return above[-1:] > _CJK_FROM and is_told
    is_open = above.endswith((",", "-", "&")) or ends_open(above)
    is_open = is_open or (above[-1:].isdigit() and _DAY.match(text) is not None)
    return is_open or (first.islower() and (above[-1:].isalpha() or above.endswith("%")))


def _is_middle(line: Cell, below: Cell) -> bool:
    """Say whether a line goes on with a text for all its labels: "21 days from" over "date of invoice"."""
    text = line.text.rstrip()
    is_chinese = below.words[0].text[0] > _CJK_FROM  # a label there is one
    if is_chinese and (
        EARLY.match(below.text) or below.text[0] in _BEHIND_DAYS or _break_off(text, below.text)
    ):
        return True  # "…前付款" over "优惠2%", "7天" over "内付款"
    return not is_chinese and not text.endswith(".") and _must_go_on(text, below)


def _is_wrapped(page: LabelledSheet, line: Cell, below: Cell) -> bool:
    """Say whether a line broke off for want of room, so that the next one goes on with it.

    It did if it ends with a word that joins, or the next one begins small. Else it must be
    full: beside it the next word would not have fitted into the column.
    """
    first = below.words[0]
    text = line.text.rstrip()
    is_chinese = first.text[0] > _CJK_FROM
    if not is_chinese and _must_go_on(text, below):
        return True
    if _ORDINAL.search(text):  # "until the 24." over "October"
        return True
    if _SENTENCE_END.search(text) or _THANKS.match(below.text) or below.text.rstrip().endswith((":", "：")):
        return False
    if is_chinese and (_REST.match(below.text) or below.text[0] in _BEHIND_DAYS):
        return True
    if is_chinese and _PAID.search(text) and is_whole(text) and below.text[0] not in _JOINS:
        return False
    width = line.box.height / 2 if is_chinese else first.box.width
    return line.box.x1 + width > _column_edge(page, line, below)


def _must_go_on(text: str, below: Cell) -> bool:
    """Say whether a line ends with what joins, or the next one begins small, with a bracket or a percentage.

    Chinese lines break off anywhere: they go on unless a sign ends them.
    """
    first = below.words[0].text
    is_open = text.endswith((*_CLAUSE_ENDS, ",", "-", "&", "/", ";")) or ends_open(text)
    is_open = is_open or _break_off(text, below.text)
    is_open = is_open or (_REST.match(below.text) is not None and _SENTENCE_END.search(text) is None)
    is_open = is_open or (first[:1].isdigit() and _OPEN_BEFORE_NUMBER.search(text) is not None)
    is_open = is_open or _brackets(text, "(（") > _brackets(text, ")）") or text.endswith("%")
    is_open = is_open or (_YEAR.match(first) is not None and text[-1:].isalpha())  # "by 30 March" over "2024"
    is_open = is_open or (
        text[-1:].isdigit() and _DAY.match(below.text) is not None
    )  # "within 30" over "days"
    is_open = is_open or (text[-1:].isalpha() and _LAST_WORD.fullmatch(below.text) is not None)
    is_share = _SHARE.match(below.text) is not None and _SENTENCE_END.search(text) is None
    is_chinese = (
        text[-1:] > _CJK_FROM and text[-1:].isalpha() and first[:1] > _CJK_FROM and first[:1].isalpha()
    )
    is_share = is_share or (first.startswith("%") and text[-1:].isdigit())
    return is_open or first[:1].islower() or first.startswith(("(", "（", "=")) or is_share or is_chinese


def _break_off(text: str, below: str) -> bool:
    """Say whether a date, or a word of terms, breaks off with a line: "until 6" over "June 2025"."""
    whole, seam = joined_lines((text, below)), len(text)
    if any(each.start() < seam < each.end() for word in (DAYS, EARLY) for each in word.finditer(whole)):
        return True
    return any(map(str.isdigit, text[-_DATE_END:])) and any(
        each.start < seam < each.end for each in find_dates(whole, is_day_first=None)
    )


def _brackets(text: str, signs: str) -> int:
    return sum(map(text.count, signs))


def _column_edge(page: LabelledSheet, line: Cell, below: Cell) -> float:
    """Return how far right the lines reach that begin where one does, up to what stands beside it."""
    beside = [each.box.x0 for cell in (line, below) for each in page.sheet.right_of(cell)[:1]]
    free = min(beside, default=page.sheet.page.width) - _MARGIN * line.box.height
    widest = max(
        cell.box.x1
        for cell in page.sheet.cells
        if abs(cell.box.x0 - line.box.x0) <= ALIGNED and not page.is_in_item(cell)
    )
    return min(widest, max(free, line.box.x1))
