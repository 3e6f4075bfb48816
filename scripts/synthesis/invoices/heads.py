"""Draw the upper part of the first page: logo, parties, title and data, divided as the layout's plan says."""

from collections.abc import Callable

from synthesis.canvas import BLACK, BOLD_OF, GREY
from synthesis.invoices.blocks import Beside, Block, Framed, Ink, Inline, Labelled, Rule, Space, Stack, Text
from synthesis.invoices.companies import Company
from synthesis.invoices.content import Content
from synthesis.invoices.grids import Grid
from synthesis.invoices.marks import Emblem, Mosaic
from synthesis.invoices.meta import meta_block
from synthesis.invoices.surroundings import Fact

_INFO = frozenset({"our_reference", "your_reference", "customer_number", "time", "print_date", "ship_via"})


def head_block(content: Content) -> Block:
    """Return the whole head."""
    rows: list[Block] = []
    for row in content.layout.head.rows:
        columns = [(Stack([_PARTS[part](content) for part in parts], gap=8), share) for parts, share in row]
        rows.append(Beside(columns, gap=18))
    return Stack(rows, gap=max(9.0, content.layout.size * 1.5))


def seller_lines(content: Content, ink: Ink, align: str) -> list[Block]:
    """Return address, contacts and tax id, as they stand under the seller's name."""
    seller = content.bill.seller
    lines: list[Block] = [Text(text=line, ink=ink, align=align) for line in seller.address]
    if content.layout.has_country_lines:
        lines.append(Text(text=seller.country_name, ink=ink, align=align))
    if content.around.contacts and content.layout.footer == "none":
        if content.layout.finish.are_contacts_stacked:
            lines += [Text(text=line, ink=ink, align=align) for line in content.around.contacts]
        else:
            lines.append(Inline(texts=content.around.contacts, mark=" · ", ink=ink, align=align))
    if content.tax_id_at == "head":
        lines.append(Text(text=content.tax_id_line, ink=ink, align=align))
    return lines


def _identity(content: Content) -> Block:
    layout, seller = content.layout, content.bill.seller
    align = layout.head.align
    is_here = "head" in layout.head.seller
    logo = layout.logo if is_here or layout.logo in {"trade", "trade_mark", "mark"} else "trade"
    blocks: list[Block] = []
    if logo in {"mark", "trade_mark"}:
        colour = layout.accent if layout.accent != BLACK else (0.3, 0.3, 0.35)
        blocks.append(Emblem(shape=layout.finish.logo_shape, colour=colour, align=align))
    if logo in {"trade", "trade_mark"}:
        blocks.append(Text(text=seller.trade_name, ink=layout.large(layout.title_size + 4), align=align))
    if not is_here:
        return Stack(blocks, gap=2)
    name_ink = layout.large(layout.size + 4.5) if logo in {"name", "mark"} else layout.bold
    blocks.append(Text(text=seller.name, ink=name_ink, align=align))
    return Stack([*blocks, *seller_lines(content, layout.body, align)], gap=1)


def _band(content: Content) -> Block:
    """Return a band across the page in the accent colour, trade name and title in white."""
    layout = content.layout
    white = Ink(
        face=BOLD_OF[layout.face], size=min(layout.title_size, 18.0), colour=(1.0, 1.0, 1.0), leading=1.3
    )
    ground = layout.accent if layout.accent != BLACK else (0.2, 0.2, 0.22)
    both = Beside(
        (
            (Text(text=content.bill.seller.trade_name, ink=white), 1),
            (Text(text=content.title, ink=white, align="right"), 1),
        )
    )
    return Framed(block=both, fill=ground, pad=8)


def _seller(content: Content) -> Block:
    layout, seller = content.layout, content.bill.seller
    lines = [Text(text=seller.name, ink=layout.bold), *seller_lines(content, layout.body, "left")]
    return _framed(content, Stack([_party_label(content, "seller"), *lines]))


def _buyer(content: Content) -> Block:
    layout, bill, around = content.layout, content.bill, content.around
    body = layout.body
    lines: list[Block] = [Text(text=line, ink=body) for line in _address(content, bill.buyer)]
    if around.attention:
        at = 0 if layout.finish.is_attention_first else len(lines)
        lines.insert(at, Text(text=around.attention, ink=body))
    if bill.record.buyer_tax_id and layout.buyer_form != "lines":
        lines.append(Text(text=f"{layout.label('buyer_tax_id')} {bill.record.buyer_tax_id}", ink=body))
    name = Text(text=bill.buyer.name, ink=layout.bold if layout.finish.is_buyer_bold else body)
    blocks: list[Block] = []
    if layout.has_sender_line and not layout.head.is_boxed:
        blocks += [_sender_line(content), Space(4)]
    if layout.buyer_form == "lines":
        blocks.append(_party_lines(content))
    elif layout.buyer_form == "beside_label":
        label = layout.label("buyer")
        drop = layout.caption.drop_beside(layout.body)
        row = (Text(text=label, ink=layout.caption, drop=drop), Stack((name, *lines)))
        blocks.append(
            Grid(
                rows=(row,), shares=(1, 1), first_width=layout.caption.width_of(label) + 12, pad_x=0, pad_y=0
            )
        )
    elif layout.buyer_form == "bare" and not layout.head.is_boxed:
        blocks += [name, *lines]
    else:
        blocks += [_party_label(content, "buyer"), name, *lines]
    return _framed(content, Stack(blocks))


def _party_lines(content: Content) -> Block:
    """Return the buyer as labelled lines: name, address, tax number."""
    layout, bill = content.layout, content.bill
    end = layout.label_end or ":"
    texts = [
        (layout.wording["party_name"] + end, bill.buyer.name),
        (layout.wording["party_address"] + end, ", ".join(bill.buyer.address)),
    ]
    if bill.record.buyer_tax_id:
        texts.append((layout.wording["buyer_tax_id"] + end, bill.record.buyer_tax_id))
    lines = [
        Labelled(label=label, value=text, label_ink=layout.caption, value_ink=layout.body)
        for label, text in texts
    ]
    return Stack((_party_label(content, "buyer"), *lines))


def _ship(content: Content) -> Block:
    company, layout = content.bill.consignee, content.layout
    if company is None:
        return Space()
    lines = [Text(text=line, ink=layout.body) for line in (company.name, *company.address)]
    return _framed(content, Stack((_party_label(content, "ship_to"), *lines)))


def _party_label(content: Content, name: str) -> Block:
    layout = content.layout
    text = Text(text=layout.label(name), ink=layout.caption)
    return Stack((text, Rule(colour=GREY, room=1.5))) if layout.finish.has_rule_under_labels else text


def _address(content: Content, company: Company) -> tuple[str, ...]:
    return (*company.address, company.country_name) if content.layout.has_country_lines else company.address


def _framed(content: Content, block: Block) -> Block:
    return Framed(block=block, outline=GREY) if content.layout.head.is_boxed else block


def _sender_line(content: Content) -> Block:
    seller, faint = content.bill.seller, content.layout.faint
    mark = content.layout.finish.sender_mark
    line = Inline(
        texts=(seller.name, *seller.address), mark=mark, ink=Ink(face=faint.face, size=6.0, colour=GREY)
    )
    return Stack((line, Rule(colour=GREY, thickness=0.4, room=1.0)))


def _title(content: Content) -> Block:
    layout = content.layout
    align = {"left": "right", "right": "left", "centre": "centre"}[layout.head.align]
    beside = any(len(row) > 1 and ("title",) in [parts for parts, _ in row] for row in layout.head.rows)
    is_alone = layout.head.align != "centre" and not beside
    ink = layout.bold if layout.is_title_small else layout.large(layout.title_size)
    title = Text(text=content.title, ink=ink, align="left" if is_alone else align)
    if layout.date_form == "fact":
        return title
    return Stack((Text(text=content.dateline, ink=layout.body, align="right"), title), gap=layout.size)


def _meta(content: Content) -> Block:
    return meta_block(_facts(content, is_info=False), content.layout)


def _info(content: Content) -> Block:
    """Return the data about people and numbers of the customer, where the plan keeps them apart."""
    facts, layout = _facts(content, is_info=True), content.layout
    drop = layout.caption.drop_beside(layout.body)
    rows = [
        (
            Text(text=f"{fact.label}{layout.label_end}", ink=layout.caption, drop=drop),
            Text(text=fact.text, ink=layout.body),
        )
        for fact in facts
    ]
    if not rows:
        return Space()
    widest = max(layout.caption.width_of(f"{fact.label}{layout.label_end}") for fact in facts)
    return Grid(rows=rows, shares=(1, 1), first_width=widest + 12, pad_x=2, pad_y=0.6)


def _facts(content: Content, *, is_info: bool) -> tuple[Fact, ...]:
    has_info = any("info" in parts for row in content.layout.head.rows for parts, _ in row)
    facts = content.around.facts
    return tuple(fact for fact in facts if (has_info and fact.name in _INFO) == is_info)


def _code(content: Content) -> Block:
    return Mosaic(cells=content.around.code, align="right") if content.around.code else Space()


_PARTS: dict[str, Callable[[Content], Block]] = {
    "identity": _identity,
    "band": _band,
    "seller": _seller,
    "buyer": _buyer,
    "ship": _ship,
    "title": _title,
    "meta": _meta,
    "info": _info,
    "code": _code,
    "gap": lambda _: Space(),
}
