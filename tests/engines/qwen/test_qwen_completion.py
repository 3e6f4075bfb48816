from extractor.engines.qwen.completion import Completion, Tally, Token

TOKEN = Token(start=0, end=1, log_probability=0.0)


def test_a_pass_over_several_questions_counts_once() -> None:
    together = [
        Completion(text="ab", tokens=(TOKEN, TOKEN), passes=2),
        Completion(text="abcd", tokens=(TOKEN,) * 4, passes=3),
    ]
    assert Tally().after(together) == Tally(questions=2, tokens=6, passes=3)


def test_questions_that_follow_each_other_add_up() -> None:
    one = [Completion(text="a", tokens=(TOKEN,), passes=1)]
    assert Tally().after(one).after(one) == Tally(questions=2, tokens=2, passes=2)


def test_no_question_counts_nothing() -> None:
    assert Tally().after([]) == Tally()


def test_what_came_before_can_be_left_out() -> None:
    before = Tally(questions=3, tokens=50, passes=9)
    assert before.after([Completion(text="a", tokens=(TOKEN,), passes=1)]).since(before) == Tally(
        questions=1, tokens=1, passes=1
    )
