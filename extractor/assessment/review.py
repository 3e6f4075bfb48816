"""What a person must look at: one list of rules on values that are not sure or not proven.

A document passes where nothing contradicts it, the totals are proven by sums, ids by a
check digit or a form that is one country's alone, and every value is sure enough.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractor.assessment.confidence import doubts
from extractor.assessment.features import has_legal_form, known_values
from extractor.assessment.misfits import misfits
from extractor.assessment.settings import ReviewSettings
from extractor.engines.layout.labelled import has_letters
from extractor.engines.layout.lexicon import Lexicon, between
from extractor.engines.layout.spec_labels import labels_for
from extractor.extraction.extraction import Extraction, Group, Leaf
from extractor.field_specs.spec import FieldType, Spec
from extractor.pages.page import Page
from extractor.pages.word import Origin
from extractor.validation.figures import printed
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.proofs import Proof, Proofs
from extractor.validation.rule import finding, readable

_PAYMENT_FIELDS = (
    "net_amount",
    "tax_amount",
    "gross_amount",
    "amount_due",
    "seller_bank_account",
    "seller_tax_id",
    "due_date",
    "currency",
)
_KNOWN_ANYWAY = frozenset({"buyer_name"})  # required, but the buyer's own people read the invoice
_TOTALS = ("net_amount", "tax_amount", "gross_amount")
_ITEMS, _REMARKS = "line_items", "remarks"
_IDS = ("seller_tax_id", "buyer_tax_id")
_ACCOUNT = "seller_bank_account"
_SHORTEST_ID = 8
_NAMED = {  # the score of a value that its label or its place names: a guess is lower
    "invoice_type": 0.42,
    "invoice_number": 0.5,
    "issue_date": 0.6,
    "due_date": 0.4,
    "seller_name": 0.8,
    "seller_tax_id": 0.5,
    "seller_bank_account": 0.5,
    "buyer_name": 0.59,
    "payment_terms": 0.48,
}
_LEADS = {  # of the score, over the next candidate that says another thing
    "invoice_number": 0.05,
    "issue_date": 0.2,
    "due_date": 0.2,
    "seller_tax_id": 0.2,
    "payment_terms": 0.06,
    "purchase_order_number": 0.05,
}
_UNDER_A_HEAD = 0.75  # the score of cells; that of others is less
_FACTS = frozenset(
    {
        "amount_in_words",
        "due_date",
        "invoice_number",
        "issue_date",
        "payment_terms",
        "purchase_order_number",
        "remarks",
    }
)
_TELLING = 6  # letters of a label that begins no name
_HEADS, _MOSTLY = 3, 0.6  # labels; of a text's letters
_TEXTS = frozenset({FieldType.TEXT, FieldType.NAME, FieldType.ADDRESS})
_OF_IDS = frozenset({Proof.CHECK_DIGIT, Proof.FORM, Proof.SECOND})
_BY_FIGURES = frozenset({Proof.SUM, Proof.WORDS, Proof.SECOND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What review is decided on. The extraction carries its confidence."""

    extraction: Extraction
    spec: Spec
    findings: Sequence[Finding]
    proofs: Proofs
    settings: ReviewSettings
    pages: Sequence[Page] = ()

    def is_named(self, field: str) -> bool:
        """Say whether a finding that needs a person is about the field or a value in it."""
        return any(_field_of(each) == field and needs_person(each, self) for each in self.findings)


def unsure(case: Case) -> Iterator[Finding]:
    """Yield a finding for what nobody should rely on without looking, one a field."""
    named: set[str] = set()
    for rule in _RULES:
        for each in rule(case):
            field = _field_of(each)
            if field not in named and not case.is_named(field):
                named.add(field)
                yield each


def needs_person(each: Finding, case: Case) -> bool:
    """Say whether a finding sends the document to a person.

    All do but one: an id that is read for certain, and printed with a wrong check digit.
    It stays a finding; a person could only read the same.
    """
    if each.code is not FindingCode.TAX_ID_CHECKSUM or case.settings.tax_id != "form" or each.field is None:
        return True
    leaf = case.extraction.leaf(each.field)
    is_of_form = Proof.FORM in case.proofs.get(each.field, frozenset()) or leaf.is_stored
    return doubts(each, leaf, path=each.field) or not is_of_form


def is_key(name: str, spec: Spec) -> bool:
    """Say whether what is paid, to whom and for what hangs on the field."""
    return (spec.fields[name].required or name in _PAYMENT_FIELDS) and name not in _KNOWN_ANYWAY


def _unproven_totals(case: Case) -> Iterator[Finding]:
    for name in _TOTALS:
        leaf = case.extraction.leaf(name)
        if name not in case.spec.fields or leaf.value is None or leaf.is_stored:
            continue
        if not case.proofs.get(name, frozenset()) & _BY_FIGURES:
            yield _unsure(name, f"{readable(name)} {printed(leaf)} is proven by no sum on the document.")


def _unproven_items(case: Case) -> Iterator[Finding]:
    rows = case.extraction.rows(_ITEMS)
    has_total = any(case.extraction.leaf(name).value is not None for name in _TOTALS)
    if not rows or not has_total or _ITEMS in case.proofs:
        return
    if not any(leaf.is_stored for row in rows for leaf in row.members.values()):
        yield _unsure(_ITEMS, f"The {len(rows)} line items do not add up to a total of the document.")


def _unproven_ids(case: Case) -> Iterator[Finding]:
    """Yield ids of no country's form; a short one of the buyer is mostly its number with the seller."""
    for name in _IDS:
        leaf = case.extraction.leaf(name)
        is_short = name != _IDS[0] and len(str(leaf.value)) < _SHORTEST_ID
        if leaf.value is None or leaf.is_stored or is_short:
            continue
        if not case.proofs.get(name, frozenset()) & _OF_IDS:
            yield _unsure(name, f"{readable(name)} {printed(leaf)} is of no country's form.")


def _unnamed_values(case: Case) -> Iterator[Finding]:
    """Yield values that no label names and no place: right mostly, and nothing says which are not."""
    for name, least in _NAMED.items():
        value = case.extraction.fields.get(name)
        leaves = value.members.values() if isinstance(value, Group) else (value,)
        for leaf in leaves:
            if (
                isinstance(leaf, Leaf)
                and leaf.value is not None
                and not leaf.is_stored
                and leaf.score < least
            ):
                yield _unsure(name, f"{readable(name)} {printed(leaf)} is named by no label or title.")
                break


def _close_seconds(case: Case) -> Iterator[Finding]:
    """Yield values over which another candidate is hardly behind."""
    for name, least in _LEADS.items():
        leaf = case.extraction.fields.get(name)
        if not isinstance(leaf, Leaf) or leaf.value is None or leaf.is_stored or _is_entered(leaf):
            continue
        if leaf.margin < least:
            yield _unsure(name, f"{readable(name)} {printed(leaf)} is hardly ahead of another candidate.")


def _items_without_head(case: Case) -> Iterator[Finding]:
    """Yield items whose columns no head names: sums prove their amounts, and nothing their texts."""
    cells = [
        leaf
        for row in case.extraction.rows(_ITEMS)
        for leaf in row.members.values()
        if leaf.value is not None
    ]
    if (
        cells
        and not any(leaf.is_stored for leaf in cells)
        and max(leaf.score for leaf in cells) < _UNDER_A_HEAD
    ):
        yield _unsure(_ITEMS, "No head names the columns of the line items.")


def _labels_read(case: Case) -> Iterator[Finding]:
    """Yield texts that are a label and nothing more, and names that begin with one."""
    labels = labels_for(case.spec)
    known = (labels.fields, *labels.tables.values(), *labels.sums.values())
    for name, field in case.spec.fields.items():
        leaf = case.extraction.fields.get(name) if field.type in _TEXTS else None
        if not isinstance(leaf, Leaf) or leaf.value is None:
            continue
        text = leaf.text or ""
        is_head = name == _REMARKS and any(_is_of_labels(text, heads) for heads in labels.tables.values())
        is_text = field.type is FieldType.TEXT  # a sample's seller may be called "Seller Company"
        is_of_labels = is_head or (is_text and _has_nothing_but_labels(text, labels.fields))
        is_of_labels |= field.type is FieldType.NAME and _says_another_fact(text, labels.fields)
        is_of_labels |= any(_has_nothing_but_labels(text, heads) for heads in labels.tables.values())
        if is_of_labels or any(lexicon.knows(text) for lexicon in known):
            yield _unsure(name, f"{readable(name)} {printed(leaf)} is made of labels, or begins with one.")


def _says_another_fact(text: str, lexicon: Lexicon) -> bool:
    """Say whether a name is another fact with its label: "Amount in words eight euros"."""
    first = next(iter(lexicon.find(text)), None)
    is_label = first is not None and first.start == 0 and len(first.label) >= _TELLING
    is_firm = has_legal_form(text)  # "Invoice Ninja LLC"
    return is_label and not is_firm and first is not None and bool(_FACTS & set(first.names))


def _has_nothing_but_labels(text: str, lexicon: Lexicon) -> bool:
    """Say whether a text is several labels in a row: "Cod. cliente / Customer No."."""
    hits = lexicon.find(text)
    return len(hits) > 1 and not any(map(has_letters, between(text, hits)))


def _labelled_items(case: Case) -> Iterator[Finding]:
    """Yield an item whose text is a fact of the document, with its label: "Payment terms: 30 days"."""
    fields = labels_for(case.spec).fields
    for index, row in enumerate(case.extraction.rows(_ITEMS)):
        leaf = row.members.get("description")
        text = leaf.text or "" if leaf is not None and leaf.value is not None else ""
        hit = next(iter(fields.find(text)), None)
        fields_named = {name.partition(".")[0] for name in hit.names} if hit is not None else set()
        is_label = hit is not None and not hit.start and bool(fields_named & set(case.spec.fields))
        is_marked = hit is not None and text[hit.end :].lstrip().startswith((":", "："))
        is_of_bank = fields_named == {_ACCOUNT}
        if is_label and (is_marked or is_of_bank):
            yield _unsure(f"{_ITEMS}[{index}].description", f"A line item begins with a label: {text}.")
            return


def _is_of_labels(text: str, lexicon: Lexicon) -> bool:
    """Say whether most of a text is labels, three at least: the head of a table."""
    hits = lexicon.find(text)
    letters = sum(map(str.isalpha, text))
    return len(hits) >= _HEADS and sum(len(hit.label) for hit in hits) >= _MOSTLY * letters


def _misfits(case: Case) -> Iterator[Finding]:
    """Yield what does not fit together, but for what a person has entered."""
    found = list(misfits(case.extraction, case.pages, labels=labels_for(case.spec).fields))
    entered = {each.path for each in known_values(case.extraction) if _is_entered(each.leaf)} if found else ()
    yield from (_unsure(path, message) for path, message in found if path not in entered)


def _is_entered(leaf: Leaf) -> bool:
    return leaf.evidence is not None and leaf.evidence.origin is Origin.PERSON


def _unsure_values(case: Case) -> Iterator[Finding]:
    for each in known_values(case.extraction):
        least = case.settings.key_field if is_key(each.field, case.spec) else case.settings.any_value
        confidence = each.leaf.confidence
        if confidence is not None and confidence < least:
            shown = each.path.replace("_", " ").capitalize()
            yield _unsure(
                each.path, f"{shown} {printed(each.leaf)} is not sure (confidence {confidence:.2f})."
            )


_RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    _unproven_totals,
    _unproven_items,
    _unproven_ids,
    _unnamed_values,
    _close_seconds,
    _items_without_head,
    _labels_read,
    _labelled_items,
    _misfits,
    _unsure_values,
)


def _unsure(path: str, message: str) -> Finding:
    return finding(FindingCode.LOW_CONFIDENCE, path, message)


def _field_of(each: Finding) -> str:
    return (each.field or "").partition("[")[0]
