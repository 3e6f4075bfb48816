import pytest

from extractor.errors import InvalidSpec
from extractor.field_specs.load import load_spec, parse_spec
from extractor.field_specs.spec import Source, Spec

HEAD = """
name = "claim"
title.en = "Claim"
reading = "question"
[fields.action]
type = "choice"
decided = true
choices = { pay = ["pay"], refuse = ["refuse"] }
[fields.reason]
type = "text"
decided = true
max_length = 100
[fields.amount]
type = "amount"
sources = ["files"]
"""


def spec_with(rules: str) -> Spec:
    return parse_spec(HEAD + rules, source="claim.toml")


def test_rules_are_read_with_what_they_are_about() -> None:
    rules = spec_with(
        """
        [rules]
        cites = ["amount"]
        vague = { en = ["maybe"], zh = ["可能"] }
        [[rules.requires]]
        when = "action"
        values = ["pay"]
        fields = ["amount", "reason"]
        [[rules.together]]
        fields = ["amount", "reason"]
        [[rules.person]]
        when = "amount"
        """
    ).rules
    assert rules.cites == ("amount",)
    assert rules.vague == {"en": ("maybe",), "zh": ("可能",)}
    assert (rules.requires[0].when, rules.requires[0].values) == ("action", ("pay",))
    assert rules.requires[0].fields == ("amount", "reason")
    assert rules.together[0].fields == ("amount", "reason")
    assert (rules.person[0].when, rules.person[0].values) == ("amount", ())


def test_what_a_field_may_be_copied_from_is_everything_unless_it_is_said() -> None:
    fields = spec_with("").fields
    assert fields["amount"].sources == (Source.FILES,)
    assert fields["reason"].sources == tuple(Source)
    assert fields["reason"].max_length == 100


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ('[rules]\ncites = ["clause"]', "rules.cites: there is no field 'clause'"),
        ('[rules]\ncites = ["reason"]', "rules.cites: 'reason' is decided"),
        (
            '[[rules.requires]]\nwhen = "act"\nfields = ["amount"]',
            "rules.requires.0.when: there is no field 'act'",
        ),
        (
            '[[rules.requires]]\nwhen = "action"\nvalues = ["sue"]\nfields = ["amount"]',
            "rules.requires.0.values: 'action' has no choice 'sue'",
        ),
        (
            '[[rules.requires]]\nwhen = "amount"\nvalues = ["pay"]\nfields = ["amount"]',
            "rules.requires.0.values: 'amount' has no choice 'pay'",
        ),
        (
            '[[rules.requires]]\nwhen = "action"\nfields = ["sum"]',
            "rules.requires.0.fields: there is no field 'sum'",
        ),
        ('[[rules.requires]]\nwhen = "action"\nfields = []', "rules.requires.0.fields"),
        ('[[rules.together]]\nfields = ["amount"]', "rules.together.0.fields"),
        (
            '[[rules.together]]\nfields = ["amount", "sum"]',
            "rules.together.0.fields: there is no field 'sum'",
        ),
        ('[[rules.person]]\nwhen = "risk"', "rules.person.0.when: there is no field 'risk'"),
        ('[rules.vague]\nenglish = ["maybe"]', "rules.vague.english"),
        ('[rules.vague]\nen = [""]', "rules.vague.en.0"),
        ("[rules]\nforbid = []", "rules.forbid"),
        ('[fields.sum]\ntype = "amount"\ndecided = true', "only a choice or a text can be decided"),
        ('[fields.sum]\ntype = "amount"\nsources = []', "fields.sum.sources"),
        ('[fields.sum]\ntype = "amount"\nsources = ["web"]', "fields.sum.sources.0"),
        (
            '[fields.rows]\ntype = "table"\ncolumns.a.type = "text"',
            "fields.rows: the answer to a question has no structured fields",
        ),
    ],
)
def test_a_wrong_rule_is_refused_with_its_place_and_reason(rules: str, reason: str) -> None:
    with pytest.raises(InvalidSpec) as refused:
        spec_with(rules)
    assert reason in str(refused.value)
    assert str(refused.value).startswith("claim.toml: ")


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ('[rules]\ncites = ["note"]', 'only a spec with reading = "question"'),
        ('[fields.more]\ntype = "text"\ndecided = true', "fields.more.decided"),
    ],
)
def test_documents_have_no_rules_and_decide_nothing(extra: str, reason: str) -> None:
    text = f'name = "letter"\ntitle.en = "Letter"\n[fields.note]\ntype = "text"\n{extra}'
    with pytest.raises(InvalidSpec, match=reason):
        parse_spec(text, source="letter.toml")


def test_the_shipped_decision_has_the_fields_that_programs_key_on() -> None:
    spec = load_spec("after_sales")
    assert list(spec.fields) == [
        "action",
        "amount",
        "currency",
        "reason",
        "risk_level",
        "evidence",
        "cited_clause",
    ]
    assert list(spec.fields["risk_level"].choices) == ["low", "medium", "high"]
    assert {"refund", "replace", "repair", "reject"} <= set(spec.fields["action"].choices)
    assert {"en", "zh", "de"} <= set(spec.rules.vague)


def test_an_extending_spec_adds_words_and_rules() -> None:
    spec = parse_spec(
        'name = "ours"\nextends = "after_sales"\n[rules]\nvague = { en = ["kind of"] }\n'
        '[[rules.person]]\nwhen = "risk_level"\nvalues = ["high"]',
        source="ours.toml",
    )
    assert {"kind of", "maybe"} <= set(spec.rules.vague["en"])
    assert [condition.when for condition in spec.rules.person] == ["risk_level", "action"]
    assert spec.rules.cites == ("cited_clause",)
