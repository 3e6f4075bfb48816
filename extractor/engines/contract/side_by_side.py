"""Text in two columns, read one column after the other."""

import re
from collections.abc import Sequence

from extractor.engines.contract.passages import casefolded, plain
from extractor.engines.contract.roles import PARTY_WORD
from extractor.pages.lines import Line, segments

_COLUMN_GAP = 2.5  # of the line's height: wider than any gap of justified text
_PAIR = 2
_MAX_LABEL = 30  # characters of a label at the left
_LABEL = re.compile(
    rf"{PARTY_WORD.pattern}|(?:registered\s+|company\s+|business\s+)?(?:name|address|office|seat|number|no\.?)|"
    r"(?:vat|tax|company|contract|agreement|registration|phone|fax|e-?mail|date|signed|ust|steuer|handels|"
    r"vertrags|telefon|umsatz)\S*(?:\s\S+){0,3}|anschrift|adresse|sitz|firma|datum|ort|contact(?:\s\w+)?|"
    r"[\u4e00-\u9fff]{2,8}(?:\([\u4e00-\u9fff]{1,6}\))?|\"[^\"]{2,40}\""
)


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """Part lines at wide gaps; where two columns run side by side, read one after the other."""
    ordered: list[Line] = []
    right: list[Line] = []
    for line in lines:
        parts = segments(line, gap=_COLUMN_GAP)
        is_pair = len(parts) == _PAIR and (not _is_label(parts[0]) or _is_label(parts[1]))
        is_pair = is_pair and not parts[1].text[0].islower()  # '"Term"     means …' is one sentence
        if right and not (is_pair and abs(parts[1].box.x0 - right[0].box.x0) < 2 * line.box.height):
            if len(parts) == 1 and line.box.x0 >= right[0].box.x0 - line.box.height:
                right.append(line)
                continue
            if not (len(parts) == 1 and line.box.x1 < right[0].box.x0 and not is_pair):
                ordered += right
                right = []
        if is_pair:
            ordered.append(parts[0])
            right.append(parts[1])
        elif len(parts) > _PAIR:
            ordered += parts
        else:
            ordered.append(line)
    return ordered + right


def _is_label(part: Line) -> bool:
    text = plain(part.text).strip()
    return len(text) <= _MAX_LABEL and (text.endswith(":") or bool(_LABEL.fullmatch(casefolded(text))))
