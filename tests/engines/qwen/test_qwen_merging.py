from extractor.engines.qwen.candidates import PageCandidates
from extractor.engines.qwen.merging import merge
from extractor.engines.reading import Candidate, CandidateRow, Evidence
from extractor.values.conventions import Conventions


def candidate(text: str, *, page: int, score: float) -> Candidate:
    return Candidate(text=text, evidence=Evidence(page=page), score=score)


def test_the_surest_text_comes_first_and_a_repeated_one_counts_once() -> None:
    pages = [
        PageCandidates(candidates={"total": candidate("10,00", page=1, score=0.4)}),
        PageCandidates(candidates={"total": candidate("12,00", page=2, score=0.9)}),
        PageCandidates(candidates={"total": candidate("10,00", page=3, score=0.6)}),
    ]
    reading = merge(pages, engine="qwen", conventions=Conventions(language="de"))
    assert [(each.text, each.evidence.page) for each in reading.candidates["total"]] == [
        ("12,00", 2),
        ("10,00", 3),
    ]
    assert (reading.engine, reading.conventions.language) == ("qwen", "de")


def test_of_equally_sure_texts_the_earlier_page_leads() -> None:
    pages = [PageCandidates(candidates={"x": candidate(f"v{page}", page=page, score=0.5)}) for page in (1, 2)]
    reading = merge(pages, engine="qwen", conventions=Conventions())
    assert [each.text for each in reading.candidates["x"]] == ["v1", "v2"]


def test_rows_stay_in_the_order_of_the_pages() -> None:
    def rows(*texts: str) -> dict[str, tuple[CandidateRow, ...]]:
        return {
            "items": tuple(CandidateRow(cells={"a": candidate(text, page=1, score=1.0)}) for text in texts)
        }

    pages = [PageCandidates(tables=rows("1", "2")), PageCandidates(), PageCandidates(tables=rows("3"))]
    reading = merge(pages, engine="qwen", conventions=Conventions())
    assert [row.cells["a"].text for row in reading.tables["items"]] == ["1", "2", "3"]
