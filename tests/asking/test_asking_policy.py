import pytest
from asking_case import POLICY, POLICY_DE, POLICY_ZH, PdfMaker

from extractor.asking.policy import Policy, policy_of
from extractor.documents.opening import open_document
from extractor.pages.reading import read_pages

SUBJECTS = ("parking", "gift cards", "delivery slots", "newsletters", "repairs of kettles", "opening hours")


def policy_from(content: bytes) -> Policy:
    return policy_of(read_pages(open_document(content, name="policy.pdf")), source="policy.pdf")


@pytest.fixture(scope="module")
def long_policy(make_pdf: PdfMaker) -> Policy:
    return policy_from(
        make_pdf(
            *(
                (f"{count}. Rules", f"{count}.1 This is what we do about {subject} in our shops.")
                for count, subject in enumerate(SUBJECTS, start=1)
            )
        )
    )


def numbers(policy: Policy, query: str, *, room: int) -> list[str]:
    return [clause.number for clause in policy.relevant(query, max_characters=room)]


@pytest.mark.parametrize(
    ("lines", "paths"),
    [
        (POLICY, {("1",), ("1", "1"), ("2", "1"), ("2", "2"), ("3", "1")}),
        (POLICY_ZH, {("1",), ("2",), ("2", "1"), ("2", "2"), ("3",)}),
        (POLICY_DE, {("1",), ("2",), ("2", "1"), ("2", "2")}),
    ],
)
def test_a_policys_clauses_are_known_by_their_numbers(
    make_pdf: PdfMaker, lines: tuple[str, ...], paths: set[tuple[str, ...]]
) -> None:
    found = {clause.path for clause in policy_from(make_pdf(lines)).clauses}
    assert paths <= found


def test_a_clause_is_shown_with_its_number_and_what_it_is_under(make_pdf: PdfMaker) -> None:
    shown = [clause.shown for clause in policy_from(make_pdf(POLICY)).clauses]
    assert any(line.startswith("[2.1] ") and "Faulty goods" in line and "leak" in line for line in shown)


def test_a_parent_exists_by_its_clauses(long_policy: Policy) -> None:
    found = long_policy.find("Section 3")
    assert found is not None
    assert found.path[0] == "3"
    assert long_policy.find("Section 7") is None
    assert long_policy.find("3.1.4") is None


@pytest.mark.parametrize("end", ["", " ........ 9"])
def test_a_clause_that_only_the_table_of_contents_names_does_not_exist(make_pdf: PdfMaker, end: str) -> None:
    contents = (
        "Contents",
        *(f"{title}{end}" for title in ("1. Scope", "2. Faults", "7. Gift cards", "7.1 Lost")),
    )
    body = ("1. Scope", "1.1 This is about all goods.", "2. Faults", "2.1 What leaks is refunded.")
    policy = policy_from(make_pdf(("Returns policy", *contents), body))
    assert policy.find("7") is policy.find("7.1") is None
    found = policy.find("2")
    assert found is not None
    assert found.pages == {2}


def test_clauses_that_are_titles_alone_exist_where_nothing_repeats_them(make_pdf: PdfMaker) -> None:
    policy = policy_from(
        make_pdf(("Returns policy", "1. Scope", "2. Faults", "2.1 Refund in full", "3. Repairs"))
    )
    assert [policy.find(number) is not None for number in ("1", "2", "2.1", "3")] == [True] * 4


def test_a_short_policy_is_shown_whole(long_policy: Policy) -> None:
    assert long_policy.relevant("anything", max_characters=100_000) == long_policy.clauses


def test_a_long_policy_is_narrowed_to_the_clauses_like_the_question(long_policy: Policy) -> None:
    length = max(len(clause.shown) for clause in long_policy.clauses)
    assert numbers(long_policy, "My kettle broke; who repairs kettles?", room=length) == ["5.1"]
    assert numbers(long_policy, "Where is parking? And the gift cards?", room=2 * length) == ["1.1", "2.1"]


def test_what_is_shown_keeps_to_its_bound_and_the_order_of_the_policy(long_policy: Policy) -> None:
    whole = sum(len(clause.shown) for clause in long_policy.clauses)
    for room in range(0, whole, 25):
        shown = long_policy.relevant("opening hours, parking", max_characters=room)
        assert sum(len(clause.shown) for clause in shown) <= room
        order = [long_policy.clauses.index(clause) for clause in shown]
        assert order == sorted(order)


def test_chinese_is_compared_by_pairs_of_characters(make_pdf: PdfMaker) -> None:
    policy = policy_from(make_pdf(POLICY_ZH))
    room = max(len(clause.shown) for clause in policy.clauses)
    assert numbers(policy, "壶嘴漏水，要求全额退款", room=room) == ["第2.1条"]
