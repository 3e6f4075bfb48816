"""Read seller and buyer: name, tax id and address of each, from their blocks and labels."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.engines.layout.address_window import unlabelled_buyer
from extractor.engines.layout.cells import Cell
from extractor.engines.layout.header_fields import is_heading
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.letterhead import unlabelled_seller
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.loose_ids import loose_ids
from extractor.engines.layout.names import has_legal_form, has_post_code, is_contact, is_name, name_span
from extractor.engines.layout.party_blocks import LOOSE_GAP, Span, block_below, is_party, join_spans
from extractor.engines.layout.party_names import may_go_on, name_lines
from extractor.engines.layout.party_regions import Region, Side, is_on_slip, side_of
from extractor.engines.layout.picking import pick
from extractor.engines.layout.seller_address import address_apart, address_end
from extractor.engines.layout.zones import Zone, zones
from extractor.engines.reading import Candidate
from extractor.field_specs.spec import FieldSpec, Spec
from extractor.pages.geometry import union
from extractor.values.conventions import Conventions
from extractor.values.countries import is_country
from extractor.values.dates import find_dates
from extractor.values.identifiers import (
    CheckDigit,
    check_tax_id,
    country_of_tax_id,
    find_ibans,
    find_tax_ids,
    is_tax_office_number,
)

_KINDS = ("name", "tax_id", "address")
_IN_REGION, _BY_LABEL, _LOOSE = 0.96, 0.9, 0.7
_BLOCK_NAME, _BLOCK_ID, _BLOCK_ADDRESS = 0.93, 0.9, 0.85
_UNENDED = 0.6  # a name that may go on in the line below
_VALID = (
    0.85  # how near its label an id with a right check digit is taken to be, at least: in a line of facts
)
_AS_PAYEE = 0.6  # who is paid is mostly, but not always, the seller
_AS_CONSIGNEE = 0.6
_A_PERSON = 0.5  # a bare name under "Vendor": as likely the person who sold
_ADDRESS_LETTERS = 3
_SECOND_ID = 0.75
_OF_ACCOUNT = re.compile(r"账号|帳號|银行[:：]|銀行[:：]|\bIBAN\b")
_HOUSE_NUMBER = re.compile(
    r"\s*,?\s*(?:(?:lote?|nave|no?\.?|n[°º])\s*)?\d{1,4}\s?[A-Za-z]?"
)  # behind "Viale Stazione"
_LABEL_IN_LINE = re.compile(r"[:：]")


def read_parties(
    pages: Sequence[LabelledSheet], regions: Sequence[Region], spec: Spec, conventions: Conventions
) -> dict[str, tuple[Candidate, ...]]:
    """Return the candidates of `seller_…` and `buyer_…` name, tax id and address."""
    found: dict[str, list[Candidate]] = {}

    def take(candidates: Iterable[tuple[str, Candidate]]) -> None:
        for name, candidate in candidates:
            found.setdefault(name, []).append(candidate)

    for region in regions:
        take(_from_block(region))
    for page, cell, hit in _labels(pages, regions):
        take(_labelled(page, cell, hit, regions, spec, conventions))
    if not found.get("buyer_name"):
        for region in regions:
            take(_of_consignee(region))
    buyers = [each.text for each in found.get("buyer_name", ()) if each.score > _AS_CONSIGNEE]
    is_settled = any(each.score >= _BLOCK_ADDRESS for each in found.get("seller_address", ()))
    unlabelled = unlabelled_seller(pages, regions, not_these=buyers)
    take(each for each in unlabelled if each[0] != "seller_address" or not is_settled)
    take(unlabelled_buyer(pages, regions, not_these=_named(found)) if not buyers else ())
    take(loose_ids(pages, regions, found))
    if not buyers:
        _give_to_buyer(pages, found)
    if not found.get("seller_address"):
        buyers = [each.text for each in found.get("buyer_name", ())]
        take(address_apart(pages, regions, not_with=buyers))
    if "seller_tax_id" in found:
        found["seller_tax_id"] = list(_vat_ids_first(found["seller_tax_id"]))
    wanted = {f"{side}_{kind}" for side in ("seller", "buyer") for kind in _KINDS} & set(spec.fields)
    return {
        name: _ranked(each for each in found.get(name, ()) if _may_be(name, each.text)) for name in wanted
    }


def _named(found: Mapping[str, Sequence[Candidate]]) -> list[str]:
    """Return the seller's best name, and those of consignees."""
    sellers = _ranked(found.get("seller_name", ()))[:1]
    return [each.text for each in (*sellers, *found.get("buyer_name", ()))]


def _vat_ids_first(candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Lower what may be a number of the tax office where an id of a country's form is the seller's too."""
    are_second = [
        is_tax_office_number(each.text) or country_of_tax_id(each.text) is None for each in candidates
    ]
    for each, may_be_second in zip(candidates, are_second, strict=True):
        is_second = may_be_second and not all(are_second)
        yield replace(each, score=_SECOND_ID * each.score) if is_second else each


def _may_be(name: str, text: str) -> bool:
    """Say whether a name is more than a country, and an address more than a date, a number or an id."""
    if name.endswith("_address"):
        is_other = find_dates(text) or _OF_ACCOUNT.search(text)
        return sum(map(str.isalpha, text)) >= _ADDRESS_LETTERS and not is_other
    return not (name.endswith("_name") and (is_country(text) or find_dates(text)))


def _ranked(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda each: -each.score))


def _labels(
    pages: Sequence[LabelledSheet], regions: Sequence[Region]
) -> Iterator[tuple[LabelledSheet, Cell, Hit]]:
    """Yield the labels but for the headings of blocks that are read."""
    headed = {(each.page.sheet.page.number, *each.heading) for each in regions if each.heading}
    for page in pages:
        for cell, hit in page.labels():
            if (page.sheet.page.number, cell.row, cell.column) not in headed or not is_party(hit):
                yield page, cell, hit


def _give_to_buyer(pages: Sequence[LabelledSheet], found: dict[str, list[Candidate]]) -> None:
    """Take what stands in the block of a buyer whom no label names from the seller: ids are the buyer's."""
    for buyer in found.get("buyer_name", ())[:1]:
        first = buyer.evidence.boxes[0]
        page = next(page for page in pages if page.sheet.page.number == buyer.evidence.page)
        cell = next((cell for cell in page.sheet.cells if cell.box.contains_centre(first)), None)
        if cell is None:
            return
        block = union(line.box for line in block_below(page, cell, gap=LOOSE_GAP))
        for name in ("seller_tax_id", "seller_address"):
            theirs = [
                each
                for each in found.get(name, ())
                if each.evidence.page == buyer.evidence.page and block.contains_centre(each.evidence.boxes[0])
            ]
            if theirs:
                found[name] = [each for each in found[name] if each not in theirs]
            if theirs and name == "seller_tax_id":
                found.setdefault("buyer_tax_id", []).extend(theirs)


def _labelled(
    page: LabelledSheet, cell: Cell, hit: Hit, regions: Sequence[Region], spec: Spec, conventions: Conventions
) -> Iterator[tuple[str, Candidate]]:
    """Read a label such as "Tax id:" or "名称：" for the party in whose region it stands."""
    kinds = [kind for kind in _KINDS if any(name.endswith(f"_{kind}") for name in hit.names)]
    if not kinds or page.is_in_table(cell):
        return
    kind = kinds[0]
    if kind == "name" and (not is_heading(cell, hit) or is_on_slip(page, cell, hit)):
        return
    region = next((each for each in regions if each.holds(cell)), None)
    by_word = side_of(hit)
    side: Side | None = by_word
    score = _BY_LABEL
    if region is not None and (by_word is None or by_word == region.side or not _is_specific(hit, kind)):
        side, score = region.side, _IN_REGION
    elif by_word is None:
        side, score = ("seller", _LOOSE) if kind != "name" else (None, 0.0)
    elif kind == "address":
        score = _LOOSE  # "Address" is anyone's: a buyer's has no field of its own
    if side in {None, "other", "payee", "consignee"}:
        return
    name = f"{side}_{kind}"
    field = spec.fields.get(name)
    if field is None:
        return
    for zone in zones(page, cell, hit):
        candidate = _picked(zone, kind, field, conventions, score)
        if candidate is not None:
            yield name, candidate
            return


def _is_specific(hit: Hit, kind: str) -> bool:
    """Say whether the label names the party itself ("Your VAT No"), not only the kind."""
    return f"buyer_{kind}" in hit.names and f"seller_{kind}" not in hit.names


def _picked(
    zone: Zone, kind: str, field: FieldSpec, conventions: Conventions, score: float
) -> Candidate | None:
    if kind == "name":
        start, end = name_span(zone.cell.text, zone.start, zone.end)
        if not is_name(zone.cell.text[start:end]):
            return None
        return _candidate(Span(cell=zone.cell, start=start, end=end), score * zone.score)
    picked = pick(zone.text, field, conventions)
    if picked is None:
        return None
    start, end = zone.start + picked.start, zone.start + picked.end
    if kind == "address":
        end = min(end, address_end(zone.cell.text, start))
        if end <= start:
            return None
    nearness = zone.score
    if kind == "tax_id" and check_tax_id(zone.cell.text[start:end]) is CheckDigit.VALID:
        nearness = max(nearness, _VALID)
    return _candidate(Span(cell=zone.cell, start=start, end=end), score * nearness * picked.score)


def _candidate(span: Span, score: float) -> Candidate:
    return Candidate(text=span.text, evidence=span.cell.evidence(span.start, span.end), score=score)


def _from_block(region: Region) -> Iterator[tuple[str, Candidate]]:
    """Read a heading's block: the name first, then address lines; ids anywhere."""
    if region.side in {"other", "consignee"} or not region.lines:
        return
    side, weight = ("seller", _AS_PAYEE) if region.side == "payee" else (region.side, 1.0)
    found = list(read_block(region.page, region.lines))
    names = [candidate.text for kind, candidate in found if kind == "name"]
    is_person = not any(map(has_legal_form, names)) and not any(kind == "tax_id" for kind, _ in found)
    if side == "seller" and is_person and not any(has_post_code(line.text) for line in region.lines):
        weight *= _A_PERSON
    for kind, candidate in found:
        yield f"{side}_{kind}", replace(candidate, score=weight * candidate.score)


def _of_consignee(region: Region) -> Iterator[tuple[str, Candidate]]:
    """Read who gets the goods as the buyer: forms of export name no other."""
    if region.side == "consignee":
        for kind, candidate in read_block(region.page, region.lines):
            yield f"buyer_{kind}", replace(candidate, score=_AS_CONSIGNEE * candidate.score)


def read_block(page: LabelledSheet, lines: Sequence[Span]) -> Iterator[tuple[str, Candidate]]:
    """Yield the kinds ("name", "tax_id", "address") that a block of lines gives."""
    named = False
    address: list[Span] = []
    passed: tuple[Cell, ...] = ()  # that the name goes on in
    for line in lines:
        if any(line.cell is cell for cell in passed):
            continue
        for each in find_tax_ids(line.text):
            span = Span(cell=line.cell, start=line.start + each.start, end=line.start + each.end)
            yield "tax_id", _candidate(span, _BLOCK_ID)
        if page.starts_with_label(line.cell) and line.start == 0:
            continue
        if not named:
            name = name_lines(page, line)
            is_street = _HOUSE_NUMBER.fullmatch(line.cell.text, name[0].end, line.end) is not None
            if is_street or not is_name(" ".join(span.text for span in name)):
                continue
            named = True
            yield "name", join_spans(name, _BLOCK_NAME * (_UNENDED if may_go_on(page, name) else 1.0))
            passed = tuple(span.cell for span in name[1:])
            rest = _before_id(Span(cell=line.cell, start=_skip(line.cell.text, name[0].end), end=line.end))
            if any(character.isalnum() for character in rest.text):
                address.append(rest)
        elif not is_contact(line.text) and not find_tax_ids(line.text) and not find_ibans(line.text):
            address.append(line)
    if named and address and any(any(c.isdigit() for c in span.text) for span in address):
        yield "address", join_spans(address, _BLOCK_ADDRESS)


def _skip(text: str, start: int) -> int:
    while start < len(text) and not text[start].isalnum():
        start += 1
    return start


def _before_id(span: Span) -> Span:
    """Cut an address before a tax id or label that follows on the same line."""
    label = _LABEL_IN_LINE.search(span.text)
    found = find_tax_ids(span.text)
    end = min(
        [span.start + each.start for each in found]
        + ([span.start + label.start()] if label else [])
        + [span.end]
    )
    if end < span.end:
        end = span.start + max(span.cell.text.rfind(",", span.start, end) - span.start, 0)
    return Span(cell=span.cell, start=span.start, end=max(end, span.start))
