"""What follows the totals: words, terms, remarks, accounts, small print, signature, payment slip."""

from collections.abc import Sequence

from synthesis.canvas import GREY
from synthesis.invoices.accounts import printed_account
from synthesis.invoices.blocks import Beside, Block, Framed, Inline, Labelled, Rule, Space, Stack, Text
from synthesis.invoices.content import Content
from synthesis.invoices.footers import account_texts
from synthesis.invoices.grids import Grid


def words_block(content: Content) -> Block:
    """Return the amount in words."""
    return _labelled(content, "in_words", content.bill.record.amount_in_words)


def closing_blocks(content: Content) -> list[Block]:
    """Return what stands under the totals, in order."""
    layout, around = content.layout, content.around
    blocks: list[Block] = [_tax_note(content), terms_block(content)]
    blocks.append(_remarks(content))
    if layout.account_at in {"closing", "sentence", "table"}:
        blocks.append(account_block(content))
    if content.tax_id_at == "closing" and content.tax_id_line:
        blocks.append(Text(text=content.tax_id_line, ink=layout.body))
    blocks += [Text(text=sentence, ink=layout.body) for sentence in around.sentences]
    blocks.append(Text(text=around.small_print, ink=layout.small))
    blocks.append(Text(text=around.closing, ink=layout.body))
    blocks.append(_signature(content))
    return blocks


def terms_block(content: Content) -> Block:
    """Return the terms of payment, with a label or as a sentence of its own."""
    layout, terms = content.layout, content.bill.record.payment_terms
    if not terms or layout.terms_at == "meta":
        return Space()
    if layout.terms_at == "sentence":
        return Text(text=terms, ink=layout.body)
    return _labelled(content, "payment_terms", terms)


def account_block(content: Content) -> Block:
    """Return the seller's account."""
    layout, texts = content.layout, account_texts(content)
    if not texts:
        return Space()
    heading = Text(text=layout.label("pay_to"), ink=layout.caption)
    if layout.account_at == "sentence":
        return Stack((heading, Inline(texts=texts, mark=", ", ink=layout.body)))
    if layout.account_at == "table":
        cells = [Text(text=text, ink=layout.body) for text in texts]
        return Grid(rows=(cells,), shares=(1,) * len(cells), ruling="all", colour=GREY)
    return Stack((heading, *(Text(text=text, ink=layout.body) for text in texts)))


def slip_block(content: Content) -> Block:
    """Return the slip at the foot of the last page that a payer tears off."""
    layout, record = content.layout, content.bill.record
    account = record.seller_bank_account
    if account is None or layout.account_at != "slip":
        return Space()
    payee, reference, amount, note = layout.wording["slip_words"].split("|")
    shown = printed_account(account.account, is_grouped=layout.has_grouped_iban)
    is_iban = account.account[:2].isalpha()
    rows = [
        (payee, content.bill.seller.name),
        (layout.wording["account" if is_iban else "account_plain"], shown),
        (layout.wording["bank"], account.bank or ""),
        (reference, record.invoice_number),
        (amount, layout.pen.total(record.amount_due)),
    ]
    cells = [
        Stack((Text(text=label, ink=layout.faint), Text(text=text, ink=layout.body))) for label, text in rows
    ]
    grid = Grid(
        rows=((cells[0], cells[1]), (cells[2], cells[3]), (Text(text=note, ink=layout.small), cells[4])),
        shares=(1, 1),
        ruling="all",
        pad_y=3,
        colour=GREY,
    )
    cut = Rule(colour=GREY, thickness=0.4, room=4)
    return Stack((cut, Text(text=layout.wording["slip"], ink=layout.bold), Space(3), grid))


def _labelled(content: Content, name: str, text: str | None) -> Block:
    if not text:
        return Space()
    layout = content.layout
    label = layout.label(name)
    if layout.finish.has_label_above:
        return Stack((Text(text=label, ink=layout.caption), Text(text=text, ink=layout.body)))
    return Labelled(label=label, value=text, label_ink=layout.caption, value_ink=layout.body)


def _remarks(content: Content) -> Block:
    block = _labelled(content, "remarks", content.bill.record.remarks)
    is_framed = content.layout.head.is_boxed and content.bill.record.remarks
    return Framed(block=block, outline=GREY, pad=4) if is_framed else block


def _tax_note(content: Content) -> Block:
    return Text(text=content.around.tax_note, ink=content.layout.body)


def _signature(content: Content) -> Block:
    layout, around = content.layout, content.around
    if not around.signature:
        return Space()
    line = Stack((Space(26), Rule(colour=GREY, room=2), Text(text=around.signature, ink=layout.faint)))
    sides: Sequence[tuple[Block, float]] = ((line, 2), (Space(), 3))
    return Beside(sides if layout.finish.is_signature_left else tuple(reversed(sides)))
