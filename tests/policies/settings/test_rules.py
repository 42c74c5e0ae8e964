import json

import pytest

from trigpoint.policies.frameworks import rules as frameworks
from trigpoint.policies.settings import rules
from trigpoint.policies.settings.rules import SETTINGS

SCHEMA = json.loads(frameworks.SCHEMA.read_text(encoding="utf-8"))


def described(setting):
    """What the published schema says of a setting, its references followed."""
    group = SCHEMA["properties"]["settings"]["properties"][setting.group]
    for name in setting.name.split("."):
        group = followed(group.get("properties", {}).get(name) or group["additionalProperties"])
    return followed(group.get("items", group))


def followed(one):
    return SCHEMA["$defs"][one["$ref"].rsplit("/")[-1]] if "$ref" in one else one


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda it: it.key)
def test_a_setting_has_the_bounds_of_the_published_schema(setting):
    found = described(setting)

    assert (found["minimum"], found["maximum"]) == (setting.least, setting.most)
    assert setting.group in rules.GROUPS


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda it: it.key)
def test_the_shipped_framework_says_what_silence_means(setting):
    assert rules.value(frameworks.shipped()["settings"], setting) == setting.default


def test_number_is_what_the_version_says_or_the_default():
    assert rules.number({"cadence": {"soon_days": 14}}, "cadence", "soon_days") == 14
    assert rules.number({"cadence": {}}, "cadence", "soon_days") == 28
    assert rules.number({}, "clock", "notice") == -10
    with pytest.raises(KeyError):
        rules.number({}, "clock", "tea")


def test_numbers_come_largest_first():
    told = {"life": {"review_notice_days": [7, 90]}}

    assert rules.numbers(told, "life", "review_notice_days") == (90, 7)
    assert rules.numbers({}, "life", "review_notice_days") == (60, 30, 0)


def test_in_words_lists_as_people_do():
    assert rules.in_words(5) == "5"
    assert rules.in_words((60,)) == "60"
    assert rules.in_words((60, 30, 0)) == "60, 30 and 0"


def test_clock_in_words_says_what_and_when():
    clock = dict(rules.clock_in_words({"clock": {"draft": 1}}))

    assert clock["The academy is told"] == "10 working days before fieldwork"
    assert clock["Draft report"] == "1 working day after fieldwork"
    assert clock["Effect checked"] == "Within 6 months"
    assert dict(rules.clock_in_words({}))["Final report"] == "15 working days after fieldwork"


def test_strength_in_words_says_what_each_takes():
    words = dict(rules.strength_in_words({"strength": {"max_age_days": 365}}))

    assert list(words) == ["Strong", "Fair", "Thin", "Too old to count"]
    assert words["Strong"] == (
        "At least 3 kinds of source, 2 independent observers and 6 records, "
        "and no contradiction left unanswered."
    )
    assert words["Fair"] == ("At least 2 kinds of source, 1 independent observer and 3 records.")
    assert words["Too old to count"] == "Records older than 365 days."


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, ""),
        (
            {"clock": {"final": 10}},
            "“Final report” (10) comes before “Factual accuracy check ends”",
        ),
        ({"strength": {"fair": {"kinds": 4}}}, "Fair evidence would need more kinds (4)"),
    ],
)
def test_runs_forwards_or_says_what_stands_first(settings, words):
    assert words in rules.runs_forwards(settings).reason
    assert bool(rules.runs_forwards(settings)) == (not words)


def test_having_chooses_one_number_and_leaves_the_rest():
    told = {"strength": {"fair": {"kinds": 2}, "max_age_days": 300}}
    setting = next(it for it in SETTINGS if it.name == "fair.kinds")

    assert rules.having(told, setting, 3) == {
        "strength": {"fair": {"kinds": 3}, "max_age_days": 300}
    }
    assert told["strength"]["fair"]["kinds"] == 2
