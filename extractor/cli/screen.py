"""Show assessments and reconciliations on a terminal, with rich."""

from decimal import Decimal

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from extractor.assessment.assessment import Assessment
from extractor.delivery.wording import (
    is_absent,
    leaves,
    place_text,
    table_columns,
    value_text,
)
from extractor.extraction.extraction import Leaf, State, Table
from extractor.field_specs.recognition import OTHER
from extractor.reconciliation.check import Check, CheckState, LineMatch, Reconciliation, Side, Verdict
from extractor.reconciliation.effect import money_differences, told_difference

_PIPED_WIDTH = 140  # characters; where the output is no terminal and has no width of its own
_INDENT = 4
_LONGEST_QUOTE = 160  # characters; the JSON has all of it
_COLOUR_OF = {Verdict.APPROVE: "bold green", Verdict.REVIEW: "bold yellow", Verdict.BLOCK: "bold red"}


class _Screen(Console):
    """Standard output. A reader that has gone is told to the caller; rich itself would exit with 1."""

    def on_broken_pipe(self) -> None:
        """Let the error through."""
        raise BrokenPipeError


def screen() -> Console:
    """Return a console on standard output."""
    console = _Screen(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    return console


def show_assessment(console: Console, assessment: Assessment) -> None:
    """Show what was read from one document, what contradicts itself, and whether to look."""
    console.print(_heading(assessment))
    present = {name: field for name, field in assessment.fields.items() if not is_absent(field)}
    if present:
        console.print(_field_grid(assessment))
    for name, field in present.items():
        if isinstance(field, Table):
            console.print(_row_grid(name, field))
    absent = [name for name in assessment.fields if name not in present]
    if absent:
        console.print(Text(f"not in the document: {', '.join(absent)}", style="dim"))
    for finding in assessment.findings:
        where = f" ({finding.field})" if finding.field else ""
        console.print(
            Text(f"{finding.severity:>8}  {finding.code}{where}: {finding.message}", style="yellow")
        )
    if assessment.extraction.spec == OTHER:
        console.print("This is neither an invoice nor a contract; --spec NAME reads it as one nevertheless.")
    if assessment.review.required:
        reasons = ", ".join(assessment.review.reasons)
        console.print(Text(f"A person must look: {reasons}", style="bold yellow"))
    else:
        console.print(Text("Nothing to flag.", style="bold green"))


def show_reconciliation(
    console: Console, reconciliation: Reconciliation, *, with_passed: bool = True
) -> None:
    """Show every comparison: the clause and its words, what was billed, and the verdict."""
    contract = reconciliation.contract
    money = money_differences(reconciliation)
    console.print(Text(f"Contract {contract.source}", style="bold"))
    for each in contract.extraction.amended_by:
        since = f"from {each.since}" if each.since else "from when is not said"
        console.print(f"  amended by {each.title} ({each.source}), {since}", markup=False, highlight=False)
    _show_invoices(console, reconciliation, with_matches=with_passed)
    for check, amount in zip(reconciliation.checks, money, strict=True):
        if check.state is CheckState.MISMATCH:
            _show_deviation(console, check, amount, reconciliation)
    for check in reconciliation.checks:
        if _is_question(check):
            _show_deviation(console, check, None, reconciliation)
    for check in reconciliation.checks:
        if check.state is CheckState.PASSED and with_passed:
            _show_passed(console, check)
    for check in reconciliation.checks:
        if check.state is CheckState.NOT_CHECKABLE and not check.is_unsure:
            console.print(Text(f"not checkable  {check.code}: {check.message}", style="dim"))
    verdict = reconciliation.verdict
    because = f" because of {', '.join(reconciliation.reasons)}" if reconciliation.reasons else ""
    console.print(Text(f"Verdict: {verdict}{because}", style=_COLOUR_OF[verdict]))


def _heading(assessment: Assessment) -> Text:
    extraction = assessment.extraction
    pages = len(extraction.part.pages)
    told = [extraction.spec, f"{pages} page{'' if pages == 1 else 's'}", f"engine {extraction.engine}"]
    if extraction.part.of > 1:
        told[1] = f"document {extraction.part.index} of {extraction.part.of}{_pages_of_part(assessment)}"
    return Text.assemble((assessment.source, "bold"), f"  ({', '.join(told)})")


def _pages_of_part(assessment: Assessment) -> str:
    """Return which pages of its file a document is, where the file holds several."""
    part = assessment.extraction.part
    if part.of == 1:
        return ""
    return f", page{'' if len(part.pages) == 1 else 's'} {', '.join(map(str, part.pages))}"


def _field_grid(assessment: Assessment) -> Grid:
    is_contract = any(
        leaf.clause for name, field in assessment.fields.items() for _, leaf in leaves(name, field)
    )
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column("Field", style="cyan", no_wrap=True)
    grid.add_column("Value", overflow="fold", ratio=3)
    grid.add_column("Page", justify="right")
    grid.add_column("Confidence", justify="right")
    if is_contract:
        grid.add_column("Clause")
    grid.add_column("Printed as", style="dim", overflow="fold", ratio=3)
    for name, field in assessment.fields.items():
        if is_absent(field) or isinstance(field, Table):
            continue
        for path, leaf in leaves(name, field):
            cells = [path, _value(leaf), place_text(leaf.evidence), _confidence(leaf)]
            if is_contract:
                cells.append(leaf.clause or "")
            grid.add_row(*map(Text, [*cells, _shortened(leaf.quote or leaf.text or "")]))
    return grid


def _row_grid(name: str, table: Table) -> Grid:
    grid = Grid(title=name, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    columns = table_columns(table)
    for column in columns:
        grid.add_column(column, overflow="fold")
    grid.add_column("page", justify="right")
    for row in table.rows:
        places = {place_text(leaf.evidence): None for leaf in row.members.values()}
        shown = [_value(row.members[column]) if column in row.members else "" for column in columns]
        grid.add_row(*map(Text, shown), ", ".join(place for place in places if place != "-"))
    return grid


def _match_grid(matches: list[LineMatch]) -> Grid:
    """Return what each line was taken for, and how alike they are; "?" where a person is asked."""
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False)
    grid.add_column("Line", justify="right")
    grid.add_column("Billed", overflow="fold", ratio=3)
    grid.add_column("Taken for", overflow="fold", ratio=3)
    grid.add_column("Clause")
    grid.add_column("Score", justify="right")
    grid.add_column("Unit", justify="right")
    for match in matches:
        doubt = "" if match.is_sure or match.term is None else " ?"
        agreed = "-" if match.agreed is None else f"{value_text(match.agreed.value)}{doubt}"
        factor = "" if match.factor in (None, 1) else f"x {value_text(match.factor)}"
        score = "" if match.score is None else f"{match.score:.2f}"
        clause = "" if match.agreed is None else match.agreed.clause or ""
        cells = [f"{match.line + 1}", value_text(match.billed.value), agreed, clause, score, factor]
        grid.add_row(*map(Text, cells))
    return grid


def _show_invoices(console: Console, reconciliation: Reconciliation, *, with_matches: bool) -> None:
    for number, invoice in enumerate(reconciliation.invoices, 1):
        console.print(Text(f"Invoice {number}: {invoice.source}{_pages_of_part(invoice)}", style="bold"))
        console.print(Text(f"  {_invoice_facts(invoice)}"))
        for finding in invoice.findings:
            console.print(Text(f"  {finding.code}: {finding.message}", style="yellow"))
        lines = [match for match in reconciliation.matches if match.invoice == number - 1]
        if lines and with_matches:
            console.print(_match_grid(lines))


def _invoice_facts(invoice: Assessment) -> str:
    """Return the invoice's number, date and gross amount: what a person knows it by."""
    leaf = invoice.extraction.leaf
    gross = f"{value_text(leaf('gross_amount').value)} {leaf('currency').value or ''}".strip()
    return (
        f"{value_text(leaf('invoice_number').value)}, {value_text(leaf('issue_date').value)}, gross {gross}"
    )


def _is_question(check: Check) -> bool:
    return check.is_unsure and check.state is not CheckState.MISMATCH


def _currency(reconciliation: Reconciliation, check: Check) -> str:
    if check.invoice is None:
        return ""
    currency = reconciliation.invoices[check.invoice].extraction.leaf("currency").value
    return "" if currency is None else f" {currency}"


def _show_deviation(
    console: Console, check: Check, money: Decimal | None, reconciliation: Reconciliation
) -> None:
    """Show what is wrong, what was agreed with its clause and words, what was billed, and the difference."""
    told = [f"{check.severity}" if check.severity else "", "question" if check.is_unsure else ""]
    if check.invoice is not None:
        told.append(f"invoice {check.invoice + 1}" + (f", {check.field}" if check.field else ""))
    if check.consequence_of is not None:
        told.append(f"follows from {check.consequence_of}")
    style = "bold yellow" if check.is_unsure else "bold red"
    lines = [check.message]
    if check.agreed is not None:
        lines.append(f"agreed      {_agreed(check.agreed, with_quote=True)}")
    if check.billed is not None:
        lines.append(f"billed      {_billed(check.billed)}")
    difference = told_difference(check, reconciliation)
    if difference is not None:
        currency = _currency(reconciliation, check)
        in_money = f" ({money:+,f}{currency} in money)" if money is not None else ""
        lines.append(f"difference  {difference:+f}{in_money}")
    _show_indented(console, f"{check.code}  ({', '.join(filter(None, told))})", *lines, style=style)


def _show_passed(console: Console, check: Check) -> None:
    sides = filter(None, [_agreed(check.agreed, with_quote=False), _billed(check.billed)])
    cited = " | ".join(sides)
    _show_indented(
        console, f"passed  {check.code}: {check.message}", *([cited] if cited else []), style="green"
    )


def _show_indented(console: Console, head: str, *lines: str, style: str) -> None:
    console.print(Text(head, style=style))
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, _INDENT), expand=False))


def _agreed(side: Side | None, *, with_quote: bool) -> str:
    if side is None:
        return ""
    value = None if side.value is None else value_text(side.value)
    clause = f"clause {side.clause}" if side.clause else None
    quote = f": “{_shortened(side.quote)}”" if with_quote and side.quote else ""
    elsewhere = f"in {side.source}" if side.source else None  # the invoice that a duplicate repeats
    return ", ".join(filter(None, [value, clause, elsewhere, _on_page(side)])) + quote


def _billed(side: Side | None) -> str:
    return "" if side is None else ", ".join(filter(None, [value_text(side.value), _on_page(side)]))


def _on_page(side: Side) -> str:
    if side.evidence is None:
        return ""
    return "XML" if side.evidence.page is None else f"page {side.evidence.page}"


def _value(leaf: Leaf) -> str:
    if leaf.state is State.UNREADABLE:
        return "unreadable"
    if leaf.state is State.CONTRADICTORY:
        others = " / ".join(value_text(other.value) for other in leaf.also)
        return f"{value_text(leaf.value)} / {others} (contradictory)"
    if leaf.since is not None and leaf.earlier:
        return f"{value_text(leaf.value)} (since {leaf.since}; before: {value_text(leaf.earlier[0].value)})"
    return value_text(leaf.value)


def _confidence(leaf: Leaf) -> str:
    return "" if leaf.confidence is None else f"{leaf.confidence:.2f}"


def _shortened(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST_QUOTE else f"{folded[: _LONGEST_QUOTE - 1]}…"
