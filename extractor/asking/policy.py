"""The policy: its clauses, which of them matter to a question, and whether a citation exists."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.fuzz import token_set_ratio

from extractor.engines.contract.citations import ClausePath, clause_path
from extractor.engines.contract.clauses import Clause
from extractor.engines.contract.outline import clauses_of
from extractor.engines.placing import evidence_on
from extractor.engines.reading import Evidence
from extractor.pages.page import Page
from extractor.pages.placement import Placement
from extractor.values.text import fold, is_chinese, squeeze

_UNDER = " / "  # between a clause's heading and those that it stands under
_FEWEST_CONTENTS = 2  # titles that make a table of contents
_TITLE = re.compile(r"《(?P<title>[^《》]+)》")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyClause:
    """One numbered clause. `path` is empty for what has no number."""

    number: str
    path: ClausePath
    heading: str | None
    text: str
    evidence: Evidence | None = None  # of its first paragraph
    pages: frozenset[int] = frozenset()  # that it stands on

    @property
    def shown(self) -> str:
        """Return the clause as the question shows it."""
        body = (
            self.text if self.heading is None or self.heading in self.text else f"{self.heading}: {self.text}"
        )
        return f"[{self.number}] {body}" if self.path else body


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy document by its clauses, in order."""

    source: str
    clauses: tuple[PolicyClause, ...]
    letters: str = field(repr=False)  # all of it, squeezed

    def find(self, citation: str) -> PolicyClause | None:
        """Return the clause that a citation names, in whatever manner; None where there is none.

        A clause that is only the parent of others exists by these. A title in 《》 must
        stand in the policy.
        """
        titles = [match["title"] for match in _TITLE.finditer(citation)]
        path = clause_path(_TITLE.sub(" ", citation))
        if not path or any(squeeze(title) not in self.letters for title in titles):
            return None
        exact = (clause for clause in self.clauses if clause.path == path)
        within = (clause for clause in self.clauses if clause.path[: len(path)] == path)
        return next(exact, None) or next(within, None)

    def relevant(self, query: str, *, max_characters: int) -> tuple[PolicyClause, ...]:
        """Return the whole policy where it is short enough, else the clauses most like the query, in order.

        Likeness is rapidfuzz's token set ratio between the query and each line of a clause, the best line
        counting: words that both have weigh, whatever else is there. Chinese is compared by
        pairs of characters.
        """
        if sum(len(clause.shown) for clause in self.clauses) <= max_characters:
            return self.clauses
        wanted = _tokens(query)
        likeness = {index: _likeness(clause, wanted) for index, clause in enumerate(self.clauses)}
        kept: set[int] = set()
        room = max_characters
        for index in sorted(likeness, key=lambda each: (-likeness[each], each)):
            length = len(self.clauses[index].shown)
            if self.clauses[index].path and length <= room:
                kept.add(index)
                room -= length
        return tuple(self.clauses[index] for index in sorted(kept))


def policy_of(pages: Sequence[Page], *, source: str) -> Policy:
    """Read a policy's clauses from its pages."""
    placements = {page.number: page.placement for page in pages if page.placement is not None}
    return Policy(
        source=source,
        clauses=tuple(_without_contents([_clause(each, placements) for each in clauses_of(pages)])),
        letters=squeeze("".join(word.text for page in pages for word in page.words)),
    )


def _without_contents(clauses: Sequence[PolicyClause]) -> Iterator[PolicyClause]:
    """Yield the clauses but for a table of contents: bare titles, some of which stand again further on.

    Contents with page numbers `clauses_of` leaves out itself.
    """
    at = 0
    while at < len(clauses):
        titles = _bare_titles(clauses[at:])
        end = at + len(titles)
        later = {(clause.path, squeeze(clause.heading or "")) for clause in clauses[end:]}
        if len(titles) < _FEWEST_CONTENTS or not titles & later:
            end = max(end, at + 1)
            yield from clauses[at:end]
        at = end


def _bare_titles(clauses: Iterable[PolicyClause]) -> set[tuple[ClausePath, str]]:
    """Return the first clauses' numbers and titles, as far as they say no more and none comes again."""
    titles: set[tuple[ClausePath, str]] = set()
    for clause in clauses:
        title = (clause.path, squeeze(clause.heading or ""))
        is_bare = bool(clause.path) and clause.text == (clause.heading or "").rpartition(_UNDER)[2]
        if not is_bare or title in titles:
            break
        titles.add(title)
    return titles


def _clause(clause: Clause, placements: Mapping[int, Placement]) -> PolicyClause:
    rows = [row.passage for table in clause.tables for row in table.rows]
    passages = [*clause.passages, *rows]
    evidence = passages[0].quote(0, len(passages[0].text)).evidence if passages else None
    if evidence is not None and (placement := placements.get(evidence.page or 0)) is not None:
        evidence = evidence_on(placement, evidence)
    return PolicyClause(
        number=clause.number,
        path=clause_path(clause.number),
        heading=_UNDER.join(clause.headings) or None,
        text="\n".join(passage.text for passage in passages),
        evidence=evidence,
        pages=frozenset(placed.page for passage in passages for placed in passage.words),
    )


def _likeness(clause: PolicyClause, wanted: str) -> float:
    lines = [clause.heading or "", *clause.text.splitlines()]
    return max(token_set_ratio(wanted, _tokens(line)) for line in lines)


def _tokens(text: str) -> str:
    """Return the words, and Chinese as pairs of characters, each pair a word."""
    runs: Iterable[str] = re.findall(r"[\u3400-\u9fff]+|[^\W_]+", fold(text))
    words: list[str] = []
    for run in runs:
        if is_chinese(run[0]) and len(run) > 1:
            words += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            words.append(run)
    return " ".join(words)
