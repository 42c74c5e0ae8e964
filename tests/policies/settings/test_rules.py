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
