"""Tell names from the other lines of a party's block: streets, contacts, ids."""

import re
from functools import lru_cache

from extractor.values.countries import US_STATES
from extractor.values.names import comparable_name, without_legal_form

_CONTACT = re.compile(
    r"(?<!\S)(?:(?:e-?)?mail |correo |courriel |posta )?\S*@"
    r"|\b(?:w\s+)?www\.|https?:|\b(?:tel|telefon|telef|telefone|phone|fax|telefax|mobile?|e-?mail|web|homepage|internet|tél)\b"
    r"|\b(?:ph|fon|cell|tlf|telephone|t[ée]l[ée]phone|t[ée]l[ée]copie(?:ur)?|telefoon|tel[ée]fono|tfno|telf|correo|courriel|gsm|mob|cel|celular"
    r"|m[óo]vil|site|sito|pec|portable|natel|handy|te?lm)\b\.?\s*[:+(\d]|(?:电话|手机|传真|邮箱|電話|傳真|联系方式|联系人|聯繫)"
    r"|^[tfmp]\s*(?:[:.]{1,2}\s*[+(\d]|:|\s[+(0])"
    r"|(?<=[\s,·|;])[tfmp]\s?[.:]{0,2}\s*(?:\+\s?\d|\(?0\d)|\(\d{3}\) ?\d{3}-\d{4}"
    r"|^\W*\(?\d(?:[\s()/.-]{0,2}\d){8,}$",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"(?:^|[\s,])(?:[A-Z]{1,3}[- ])?\d{4,6}\s+[^\W\d]"  # 80333 München, D-63571 …
    r"|[^\W\d]\s*,?\s+(?:[A-Z]{2}\s+)?\d{5}(?:\d|-\d{4})?\b"  # Redmond WA 98052, Singapore 408933
    r"|\b(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)\s+\d{4}\b|[^\W\d]\s+0\d{3}$"  # Ballarat VIC 3350, Auckland 0627
    r"|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b"  # V6C 1T2
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"  # SY8 1AZ
    r"|\b\d{4}\s?[A-Z]{2}\b"  # 1012 AB
    r"|(?:[^\W\d]\s+[-–]\s*|[a-z][-–])\d{6}\b"  # Bengaluru - 560099
    r"|\b(?:\d{4}-\d{3}|\d{2}-\d{3}|\d{3} \d{2})\s+[^\W\d]"  # 4700-789 Braga
    r"|[^\W\d][ ,–-]+\d{3} \d{3}\b|\b(?:CEP:? ?)?\d{5}-\d{3}\b"  # Pune 411 004, CEP 13010-111
    r"|\b(?:[AC-FHKNPRTV-Y]\d\d|D6W) ?[0-9AC-FHKNPRTV-Y]{4}\b"  # Cork T12 W8KP
    r"|(?:省|市|[区區]|[县縣]|香港|九龍|新界)[^\s]{0,30}(?:路|街|道|巷|村|[镇鎮])[^\s]{0,10}\d+\s*(?:[号號]|室|[楼樓])"
)
_DIGIT = re.compile(r"\d")  # every post code has some
_STREET = re.compile(
    r"\b(?:street|st\.|road|rd\.|avenue|ave\.?|lane|drive|suite|floor|unit|building|park|p\.?\s?o\.?\s?box)\b"
    r"|(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring)\s*\d|\b(?:rue|boulevard|avenue|place|chemin|via|calle|rua)\b"
    r"|(?:省|市|区|县).{0,30}(?:路|街|道|号|室|楼|村|镇)",
    re.IGNORECASE,
)
_NUMBERED_STREET = re.compile(  # words that also begin names: a house number behind tells
    r"(?:chauss[ée]e|quai|impasse|all[ée]e|corso|viale|piazza|largo|avenida|avda?\.?|av\.|paseo|plaza|travessa"
    r"|estrada|pra[çc]a|\w+(?:straat|laan|plein|gracht|kade|steenweg|dreef|dijk)|\w+weg)\b.*\d|av\. \w",
    re.IGNORECASE,
)
_HOUSE_FIRST = re.compile(  # "60 quai de la Fonderie"
    r"\d+[a-z]?(?: (?:bis|ter))?,? (?:quai|impasse|all[ée]e|cours|square|chauss[ée]e|route|place)\b",
    re.IGNORECASE,
)
_STREET_OPENING = re.compile(
    r"\s*(?:c/|calle|avda?\b|av\.|avenida|plaza|paseo|pol[íi]gono|rua|travessa|largo|pra[çc]a|estrada"
    r"|zona industrial|via|viale|corso|piazza|rue|quai|chemin|all[ée]e|impasse|boulevard|za\b|zac\b|zi\b)",
    re.IGNORECASE,
)
_FIRST_PART = re.compile(
    r"\s+[-–—·•●|*]\s+|\s*[●•|·]\s*|,\s+(?=\S*\d)|[;；]|\s*[(（](?=.{0,6}(?:seller|buyer|卖方|买方|甲方|乙方))"
    r"|\s*[(\[](?=[^)\]]{0,20}\d[\d.-]{4,}[^)\]]{0,4}[)\]])"  # (779763-K), (Company No. 113825-W)
)
_TOWN = re.compile(  # "New York, NY": of the US, Canada, Australia
    rf"[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*,? (?:{US_STATES}|AB|BC|MB|N[BLS]|ON|PE|QC|SK|NSW|VIC|QLD|TAS)"
)
_FORMS_LIKE_STATES = (" AB", " CO", " NV", " SC")  # of Sweden, the Netherlands and others
_COLON_INSIDE = re.compile(r"\S\s*[:：]\s*\S")
_SALUTATION = re.compile(
    r"\W*\d+\W+(?:\w+\W+)?\d+\W*$|.*\s(?:to|by|for|from|an|von|für|à)$|"
    r"(?:(?:herrn?|frau|mrs?|ms|mme|mr|monsieur|madame|messrs|firma|an|to|先生|女士)\W*$)"
    r"|(?:eheleute|familie|herrn? und frau|mr\.? (?:and|&) mrs|m\.? et mme|sig(?:\.ra|nora?)?|señora?)\W*$"
    r"|(?:attn|attention|z\.?\s?hd|c/o|à l[’']attention|t\.?a\.?v|(?:alla )?c\.\s?a)\b",
    re.IGNORECASE,
)
_OF_A_FIRM = re.compile(  # before a name, or on the line above it
    r"\s*(?:firma|messrs|m/s|spett\.?(?:le|\.)|sres|señores|exm[oa]s?\.?(?:\s*\(?s\)?)?(?:\s*srs?\.?)?"
    r"|(?:an|to|à|aan|para|a|alla)(?=\s*:?\s*$))[\s.:]*",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(
    r"\s*(?:(?:herrn?|frau|mrs?|ms|miss|mme|mlle|mm?\.|monsieur|madame|mademoiselle"
    r"|de heer|mevrouw|dhr|mevr|mw"
    r"|señora?|sra?|don|doña|d[ªa]\.|sig(?:\.ra|nora?|\.)|egregio|gentile|gent\.ma|senhora?|ilm[oa]\.?)\b\.?"
    r"(?:\s+(?:und|and|et|en|y|e|&)\s+(?:herrn?|frau|mrs?|mme|madame))?(?:\s+|$)){1,2}"
    r"(?:(?:dr|prof|dipl)\.\s+)*",
    re.IGNORECASE,
)
_SENDER_PARTS = re.compile(r"\s+[-–—/*]\s+|\s*[·•●|]\s*|,\s+")
_DASH = re.compile(r"\s+[-–—]\s+")
_POINT = re.compile(r"\s*[●•|·]\s*")
_ONE_WORD = re.compile(r"[A-ZÀ-Ý][^\W\d_]+(?:-[A-ZÀ-Ý][^\W\d_]+)?")
_PARTNERS = re.compile(rf"{_ONE_WORD.pattern}(?: [·•] {_ONE_WORD.pattern}){{1,3}}")
_BEHIND_FORM = re.compile(  # what a name with its legal form is followed by on the same line
    r"\.?\s+/\s+|\.?\s+(?=(?:registered|reg\.|company (?:no|reg)|incorporated in|handelsregister|hr[ab]\b"
    r"|amtsgericht|sitz\b|gesch[äa]ftsf|inh\.|inhaber|fn \d|r\.?c\.?s\b|au capital|capital soc|siret?n?\b"
    r"|directors?\b|managing director|gesch[äa]ftsf|vorstand|g[ée]rant|président|bestuur|directie"
    r"|administrador|amministrator|gerente|inscrit|reg\. imp|iscr|cap\. soc|rea\b"
    r"|kvk|btw|vat\b|ust-?id|uid\b|tva\b|nif\b|cif\b|nipc|p\.? ?iva|contribuinte"
    r"|matriculada|registo comercial))",
    re.IGNORECASE,
)
_FORM_IN_FRONT = re.compile(
    r"(?:SASU?|S\.A\.S\.U?\.?|SARL|S\.A\.R\.L\.|EURL|SCI|SNC|SELARL|SCP|SCOP|ASBL|VZW|PT|UAB|SIA|OOO|AB)"
    r" [A-ZÀ-Ý\d]"
)
_ATTENTION = re.compile(  # a line under a name that is written to: for whose attention, which department
    r"\W*(?:(?:attn|attention|fao|att)\b|for the attention|accounts (?:payable|dept|department)|z\.?\s?hd\b"
    r"|(?:abt\.|abteilung|dept\.?|department|afd\.|afdeling|rep\.|reparto|v/ ?r[ée]f)"
    r"|zu händen|kreditoren|rechnungsprüfung|rechnungseingang|à l[’']att"
    r"|service (?:achats|comptab|fournisseurs|ressources)"
    r"|comptabilité|t\.?a\.?v\b|ter attentie|(?:crediteuren|crediteurenadministratie)\b|a la at(?:ención|t)"
    r"|a/a\b|(?:dpto\.?|departamento) |c\.\s?a\.\s|alla (?:c\.? ?a\b|cortese att)|all[’']att|ufficio "
    r"|a/c\b|ao cuidado|(?:à|a/) atenção|contabili(?:dad|dade|tà)\b|财务部|收件人)",
    re.IGNORECASE,
)
_ISSUED_BY = re.compile(
    r"(?:tax )?(?:invoice|bill|credit note|statement|rechnung|facture|factuur|factura|fattura|fatura)"
    r" (?:from|of|by|von|der|de|van|di|da)\s+(?=[A-ZÀ-Ý])",
    re.IGNORECASE,
)
_SHORTEST_TRADED = 20  # characters
_FORM_BEHIND = re.compile(
    r"(?:lda|ltda|inc|ltd|llc|llp|corp|co|s\.?a|s\.?l|gmbh|ag|plc|limited)\b\.?", re.IGNORECASE
)
_COMMA = re.compile(r",\s+|，")
_TRADED = re.compile(  # "Fern Catering is a trading name of Polder Foods Ltd"
    r"\b(?:is|are) (?:the |a )?(?:registered )?"
    r"(?:trading (?:name|style)|trade ?name|trademark|brand|business name)s? of\s+"
    r"|\b(?:ist|sind) (?:eine? )?(?:eingetragene )?(?:marken?|handelsnamen?|geschäftsbezeichnung) (?:der"
    r"|von)\s+"
    r"|\best (?:une marque|un nom commercial|une enseigne|l[’']enseigne|le nom commercial)"
    r"(?: déposée| commerciale)? (?:de la société |de |du )"
    r"|\bis een (?:handelsnaam|merk|merknaam) van\s+"
    r"|\bes (?:una marca(?: comercial| registrada)?|un nombre comercial|el nombre comercial) de\s+"
    r"|\bè un (?:marchio(?: registrato| commerciale)?|nome commerciale) di\s+"
    r"|\bé uma (?:marca(?: comercial| registada)?|designação comercial) d[aeo]\s+",
    re.IGNORECASE,
)
_OF_REGISTER = re.compile(
    r"\W*(?:iscr\.|matric\.|r\.?e\.?a\.?\s|hr[ab]\s|kvk\b|c\.?r\.?c\.?\s|r\.?c\.?s\.?\s).*\d", re.IGNORECASE
)
_OF_DATES = re.compile(r"(?:date|datum|data|fecha) (?:of|de[rs]?|du|van|d[iao]) ", re.IGNORECASE)
_MONTH = re.compile(r"[^\W\d_]{3,10}\.? (?:de )?(?:19|20)\d\d")  # "juin 2023": the end of a period
_TITLE = re.compile(r"(?:发票|账单|通知单|结算单|收据|报价单)$")
_CODE = re.compile(r"[(\[][A-Za-z]{2,3}[)\]]")
_LONGEST = 90
_SHORTEST = 2
_MOST_TEXTS = 1024  # that are remembered: the lines of a page are asked about several times


@lru_cache(_MOST_TEXTS)
def is_name(text: str) -> bool:
    """Say whether a text may be the name of a person or firm."""
    letters = sum(map(str.isalpha, text))
    digits = sum(map(str.isdigit, text))
    if not _SHORTEST <= len(text.strip()) <= _LONGEST or letters < _SHORTEST or digits > letters:
        return False
    if _CODE.fullmatch(text) or _TITLE.search(text):
        return False  # "(RM)" over a column, "商业发票"
    if (
        _SALUTATION.match(text)
        or _OF_DATES.match(text)
        or _MONTH.fullmatch(text)
        or _OF_REGISTER.match(text)
        or _COLON_INSIDE.search(text)
        or is_contact(text)
        or (
            has_post_code(text) and not (text[:1].isalpha() and has_legal_form(text))
        )  # "Turnverein 1884 e. V."
        or (
            _TOWN.fullmatch(text) is not None
            and ("," in text or not (has_legal_form(text) or text.endswith(_FORMS_LIKE_STATES)))
        )
        or text.rstrip().endswith((":", "：", "!"))
    ):
        return False
    is_street = _STREET.search(text) is not None or _NUMBERED_STREET.match(text) is not None
    is_street = is_street or _HOUSE_FIRST.match(text) is not None
    return not is_street or has_legal_form(text)


@lru_cache(_MOST_TEXTS)
def has_legal_form(text: str) -> bool:
    """Say whether a text carries a company's legal form: GmbH, Ltd, 有限公司 ..."""
    name = comparable_name(text)
    return bool(name) and (without_legal_form(name) != name or _FORM_IN_FRONT.match(text) is not None)


@lru_cache(_MOST_TEXTS)
def has_registration(text: str) -> bool:
    """Say whether a line tells how a firm is registered: court, number, capital, VAT id."""
    return _BEHIND_FORM.search(f" {text}") is not None


def is_contact(text: str) -> bool:
    """Say whether a line holds a phone number, an e-mail or a web address."""
    return contact_at(text) is not None


@lru_cache(_MOST_TEXTS)
def contact_at(text: str) -> int | None:
    """Return where a line's first phone number, e-mail or web address begins."""
    match = _CONTACT.search(text)
    return match.start() if match else None


def is_address(text: str) -> bool:
    """Say whether a line looks like part of a postal address."""
    return has_post_code(text) or _STREET.search(text) is not None


def address_form(text: str) -> int:
    """Return how long the form of address is that a line begins with: "Frau", "M. et Mme ". 0 if none."""
    match = _OF_A_FIRM.match(text)
    if match is None and not has_legal_form(text):
        match = _OF_A_PERSON.match(text)
    return match.end() if match else 0


def issued_by(text: str) -> int:
    """Return how long the words are that lead to a name: "Invoice from ". 0 if none."""
    match = _ISSUED_BY.match(text)
    return match.end() if match else 0


def is_attention(text: str) -> bool:
    """Say whether a line is for someone's attention, or names a department: "Attn: Ms Cole", "t.a.v. ..."."""
    return _ATTENTION.match(text) is not None


def is_sender_line(text: str) -> bool:
    """Say whether a line is a sender's: name, street and town in one, parted by signs."""
    if not any(map(str.isdigit, text)):
        return False
    parts = [part for part in _SENDER_PARTS.split(text) if any(c.isalnum() for c in part)]
    signed = _POINT.split(text)
    return len(parts) > 2 or (len(signed) > 1 and is_address(signed[1]))  # noqa: PLR2004


@lru_cache(_MOST_TEXTS)
def has_post_code(text: str) -> bool:
    """Say whether a line holds a post code with its town."""
    return _DIGIT.search(text) is not None and _POSTAL.search(text) is not None


@lru_cache(_MOST_TEXTS)
def name_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the characters of the name at the start of a text: before a separator.

    A comma parts the name from what follows only if the rest looks like an address
    ("Acme, Inc." is one name), a dash only if the legal form does not stand behind it.
    """
    while start < end and not (text[start].isalnum() or text[start] in "\"'„“«(（*"):
        start += 1
    stop = _end_of_part(text, start, end)
    traded = _TRADED.search(text, start, stop) if stop - start > _SHORTEST_TRADED else None
    if traded is not None and has_legal_form(text[traded.end() : stop]):
        start = traded.end()
    for comma in _COMMA.finditer(text, start, stop):
        rest = text[comma.end() : stop]
        if _FORM_BEHIND.match(rest):
            continue  # "Unipessoal, Lda., Rua das Oliveiras"
        is_street = is_address(rest) or _STREET_OPENING.match(rest) is not None
        if is_street or is_contact(rest) or any(character.isdigit() for character in rest):
            stop = comma.start()
            break
    for behind in _BEHIND_FORM.finditer(text, start, stop):
        if has_legal_form(text[start : behind.start()]):
            stop = behind.start() + (
                behind[0].startswith(".") and _ends_in_point(text, start, behind.start())
            )
            break
    return start, start + len(text[start:stop].rstrip(" ,;，；:："))


def _end_of_part(text: str, start: int, end: int) -> int:
    """Return where the first part of a text ends that a sign parts from the rest.

    A dash or a point stands within a name whose legal form stands behind it, and points between the
    names of partners: "Kern · Lautenschlag PartG mbB", "Kern · Lautenschlag · Roth".
    """
    if _PARTNERS.fullmatch(text, start, end):
        return end
    for mark in _FIRST_PART.finditer(text, start, end):
        following = _FIRST_PART.search(text, mark.end(), end)
        behind = text[mark.end() : following.start() if following else end]
        goes_on = (
            (
                _DASH.fullmatch(mark[0])
                or (_POINT.fullmatch(mark[0]) and _ONE_WORD.fullmatch(text, start, mark.start()))
            )
            and has_legal_form(behind)
            and not has_legal_form(text[start : mark.start()])
        )
        if not goes_on or is_address(behind):
            return mark.start()
    return end


def _ends_in_point(text: str, start: int, end: int) -> bool:
    """Say whether the point behind a name is its legal form's: "S.A.", not "Ltd"."""
    return "." in text[start:end].rsplit(maxsplit=1)[-1]
