"""Draw what stands at the foot or the side of a page: names, registers, accounts, in small print."""

from collections.abc import Callable, Sequence

from synthesis.canvas import GREY, Canvas
from synthesis.invoices.accounts import printed_account
from synthesis.invoices.blocks import Beside, Block, Framed, Ink, Inline, Rule, Space, Stack, Text
from synthesis.invoices.content import Content

_SIDE_GROUND = (0.94, 0.95, 0.97)


def footer_block(content: Content) -> Block:
    """Return the foot of every page; nothing where the layout has none."""
    form = _FORMS.get(content.layout.footer)
    groups = _groups(content) if form else []
    return (
        Stack((Rule(colour=GREY, thickness=0.4, room=2.5), form(content, groups)))
        if form and groups
        else Space()
    )


def side_block(content: Content, *, height: float) -> Block:
    """Return the column at the left side of the first page."""
    layout, seller = content.layout, content.bill.seller
    small = layout.small
    groups = [
        [Text(text=seller.trade_name, ink=layout.large(layout.title_size * 0.8))],
        [Text(text=seller.name, ink=Ink(face=layout.bold.face, size=small.size))]
        + [Text(text=line, ink=small) for line in seller.address],
        [Text(text=line, ink=small) for line in content.around.contacts],
        [Text(text=content.tax_id_line, ink=small)] if content.tax_id_at == "head" else [],
        [Text(text=line, ink=small) for line in content.around.register],
    ]
    inside = Stack([Stack(group) for group in groups if group], gap=12)
    return Framed(block=_Tall(inside, height - 12), fill=_SIDE_GROUND, pad=6)


class _Tall:
    """A block that takes up a height whether it needs it or not."""

    def __init__(self, block: Block, height: float) -> None:
        self._block = block
        self._height = height

    def height(self, width: float) -> float:
        """Return the greater of the two heights."""
        return max(self._height, self._block.height(width))

    def draw(self, canvas: Canvas, x: float, y: float, width: float) -> None:
        """Draw the block at the top."""
        self._block.draw(canvas, x, y, width)


def account_texts(content: Content) -> list[str]:
    """Return the seller's account in labelled pieces: bank, number, BIC, routing; then a second bank's."""
    layout, record, seller = content.layout, content.bill.record, content.bill.seller
    account = record.seller_bank_account
    if account is None:
        return []
    is_iban = account.account[:2].isalpha()
    label = layout.wording["account" if is_iban else "account_plain"]
    shown = printed_account(account.account, is_grouped=layout.has_grouped_iban)
    end = layout.label_end
    pieces = [
        *(
            [f"{layout.wording['account_name']}{end} {seller.name}"]
            if layout.finish.has_account_holder
            else []
        ),
        f"{layout.wording['bank']}{end} {account.bank}",
        *([f"{seller.routing[0]}{end} {seller.routing[1]}"] if seller.routing and not is_iban else []),
        f"{label}{end} {shown}",
        *([f"{layout.wording['bic']}{end} {account.bic}"] if account.bic else []),
    ]
    if content.around.has_other_account:
        other = seller.other_account
        shown = printed_account(other.account, is_grouped=layout.has_grouped_iban)
        pieces += [f"{other.bank}{end} {label} {shown}"]
    return pieces


def _groups(content: Content) -> list[list[str]]:
    """Return what the foot says, in the groups that stand together."""
    layout, seller = content.layout, content.bill.seller
    names = [seller.name, *seller.address] if _has_name(content) else []
    legal = [*content.around.register, *([content.tax_id_line] if content.tax_id_at == "footer" else [])]
    bank = account_texts(content) if layout.account_at == "footer" else []
    groups = [names, list(content.around.contacts), [text for text in legal if text], bank]
    return [group for group in groups if group]


def _has_name(content: Content) -> bool:
    layout = content.layout
    return "footer" in layout.head.seller or layout.finish.has_name_in_footer


def _columns(content: Content, groups: Sequence[Sequence[str]]) -> Block:
    ink = content.layout.faint
    columns = [(Stack([Text(text=text, ink=ink) for text in group]), 1.0) for group in groups]
    return Beside(columns, gap=10)


def _centred(content: Content, groups: Sequence[Sequence[str]]) -> Block:
    ink = content.layout.faint
    mark = content.layout.finish.footer_mark
    return Stack([Inline(texts=group, mark=mark, ink=ink, align="centre") for group in groups])


def _lines(content: Content, groups: Sequence[Sequence[str]]) -> Block:
    ink = content.layout.small
    return Inline(texts=[text for group in groups for text in group], mark=", ", ink=ink)


_FORMS: dict[str, Callable[[Content, Sequence[Sequence[str]]], Block]] = {
    "columns": _columns,
    "centred": _centred,
    "lines": _lines,
}
