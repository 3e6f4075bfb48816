"""Names of companies, made comparable: legal forms, punctuation and widths aside."""

import re
from functools import lru_cache
from typing import Final

from extractor.values.text import fold, without_accents

# canonical -> spellings, folded, without points
_LEGAL_FORMS: Final = {  # "& k": the e of "e. K." is read as "and"
    "gmbh": "gmbh|mbh|gesellschaft mit beschränkter haftung|ges m b h|gesmbh|g m b h",
    "gmbh & co kg": "gmbh & co kg|gmbh u co kg|gmbh & co kommanditgesellschaft|gmbh & cie kg",
    "ggmbh": "ggmbh|gemeinnützige gmbh|gemeinnützige gesellschaft mit beschränkter haftung",
    "ag": "ag|aktiengesellschaft|a g",
    "kg": "kg|kommanditgesellschaft",
    "ohg": "ohg|offene handelsgesellschaft",
    "ug": "ug|ug haftungsbeschränkt|unternehmergesellschaft|unternehmergesellschaft haftungsbeschränkt",
    "ek": "e k|& k|ek|e kfm|eingetragener kaufmann|eingetragene kauffrau",
    "ltd": (
        "ltd|limited|private limited|pvt ltd|pvt limited|pte ltd|pty ltd|co ltd|company limited|pte limited"
        "|pty limited|private ltd|co limited|company ltd|sdn bhd|ltee|limitee"
    ),
    "inc": "inc|incorporated",
    "corp": "corp|corporation",
    "llc": "llc|l l c|limited liability company",
    "llp": "llp|l l p|limited liability partnership",
    "plc": "plc|public limited company",
    "dac": "dac|designated activity company",
    "clg": "clg|company limited by guarantee",
    "sa": "sa|s a|societe anonyme|sociedad anonima",
    "sas": "sas|s a s|societe par actions simplifiee|sasu",
    "sarl": "sarl|s a r l|s a rl|societe a responsabilite limitee",
    "sarls": "sarl s|sarls|s a r l s",
    "sagl": "sagl",
    "selarl": "selarl|s e l a r l",
    "senc": "senc|s e n c|sencrl|s e n c r l|s e n c r l s r l",
    "scop": "s coop|soc coop|scoop|sociedad cooperativa",
    "sadecv": "sa de cv|s a de c v|sapi de cv|s a p i de c v",
    "sderldecv": "s de rl de cv|s de r l de c v|s de rl|s de r l",
    "eireli": "eireli",
    "me": "me|mei|epp",
    "eirl": "eirl|e i r l",
    "srl": "srl|s r l|societa a responsabilita limitata",
    "spa": "spa|s p a|societa per azioni",
    "sl": "sl|s l|slu|s l u|sociedad limitada",
    "srls": "srls|s r l s",
    "snc": "snc|s n c",
    "scarl": "scarl|s c a r l|soc coop a r l|societa cooperativa",
    "eurl": "eurl|e u r l",
    "slp": "slp|s l p",
    "asbl": "asbl|a s b l",
    "vzw": "vzw|v z w",
    "sprl": "sprl|s p r l|bvba",
    "vof": "vof|v o f|vennootschap onder firma",
    "gbr": "gbr|gesbr",
    "eu": "e u|& u",
    "ev": "e v|& v",
    "eg": "eg|e g",
    "kgaa": "kgaa",
    "partg": "partg|partgmbb|partg mbb",
    "bv": "bv|b v|besloten vennootschap",
    "nv": "nv|n v|naamloze vennootschap",
    "ab": "ab|aktiebolag",
    "as": "as|a s|aktieselskab|aksjeselskap|anonim sirketi",
    "aps": "aps",
    "doo": "d o o|doo",
    "zrt": "zrt",
    "ltd sti": "ltd sti",
    "oy": "oy|osakeyhtiö",
    "spzoo": "sp z o o|sp z oo|spółka z ograniczoną odpowiedzialnością",
    "sro": "s r o|sro|spol s r o",
    "kft": "kft",
    "cv": "cv|c v|commanditaire vennootschap",
    "cvba": "cvba|c v b a|scrl|s c r l",
    "sci": "sci|s c i|societe civile immobiliere",
    "lda": "lda|limitada|ltda|unipessoal lda|unipessoal limitada|unipessoal ltda",
    "有限公司": "有限公司|有限责任公司",
    "股份有限公司": "股份有限公司|股份公司",
}
_CHINESE_PAIRS: Final = (("有限责任公司", "有限公司"), ("股份公司", "股份有限公司"))


@lru_cache(maxsize=1024)  # the texts of a page: each is compared with several others
def comparable_name(name: str) -> str:
    """Return the name for comparing: folded, one spelling a legal form, no punctuation."""
    folded = fold(name)
    words = _with_signs(_PUNCTUATION.sub(" ", without_accents(_APOSTROPHE.sub("", folded))))
    for spelling, canonical in _CHINESE_PAIRS:
        words = words.replace(spelling, canonical)
    words = _CHINESE_SPACE.sub("", words)
    shorter = _legal_form().sub(lambda match: _canonical()[match[0]], words)
    while shorter != words:  # "co co ltd": a form is only seen when the next one is short
        words, shorter = shorter, _legal_form().sub(lambda match: _canonical()[match[0]], shorter)
    return words


def name_similarity(a: str, b: str) -> float:
    """Return how alike two names of companies are, 0 to 1, the same either way round.

    1 is the same name but for legal form's spelling, punctuation, case and width.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - slow to import

    one, other = comparable_name(a), comparable_name(b)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    core, other_core = without_legal_form(one), without_legal_form(other)
    whole = fuzz.token_sort_ratio(one, other) / 100
    if not core or not other_core:
        return whole
    return min(0.99, (whole + 2 * fuzz.token_sort_ratio(core, other_core) / 100) / 3)


@lru_cache(maxsize=1024)  # as above
def without_legal_form(comparable: str) -> str:
    """Return a comparable name without its legal form. May be empty."""
    return " ".join(_trailing().sub("", comparable).split())


def is_legal_form(text: str) -> bool:
    """Say whether a text is a legal form and nothing more: "GmbH & Co. KG"."""
    behind = comparable_name(f"x {text}")  # a form ends a name
    return behind != "x" and without_legal_form(behind) == "x"


_PUNCTUATION = re.compile(r"[^\w&+]+|_")
_APOSTROPHE = re.compile(r"['’`´]")
_AND: Final = frozenset({"and", "und", "et", "y", "e", "en"})
_CHINESE_SPACE = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


def _with_signs(words: str) -> str:
    """Write "and" between words as "&", in any of the languages."""
    spaced = words.replace("&", " & ").replace("+", " & ").split()
    return " ".join(
        "&" if word in _AND and 0 < place < len(spaced) - 1 else word for place, word in enumerate(spaced)
    )


@lru_cache(maxsize=1)
def _canonical() -> dict[str, str]:
    forms: dict[str, str] = {}
    for canonical, spellings in _LEGAL_FORMS.items():
        for spelling in spellings.split("|"):
            forms[_with_signs(_PUNCTUATION.sub(" ", without_accents(spelling)))] = canonical
    return forms


@lru_cache(maxsize=1)
def _legal_form() -> re.Pattern[str]:
    longest_first = sorted((form for form in _canonical() if form.isascii()), key=len, reverse=True)
    return re.compile(rf"(?<= )(?:{'|'.join(map(re.escape, longest_first))})(?= |$)")


@lru_cache(maxsize=1)
def _trailing() -> re.Pattern[str]:
    forms = sorted(_LEGAL_FORMS, key=len, reverse=True)
    latin = "|".join(re.escape(form) for form in forms if form.isascii())
    chinese = "|".join(form for form in forms if not form.isascii())
    return re.compile(rf"(?:(?<= )(?:{latin})|(?:{chinese}))$")
