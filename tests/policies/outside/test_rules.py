import json

import pytest
from jsonschema import Draft202012Validator

from tests.factories import OutsideFrameworkFactory, TrustFactory, person
from tests.policies.outside.files import FAULTY, FILE
from trigpoint.people.roles import Role
from trigpoint.policies.frameworks import rules as frameworks
from trigpoint.policies.outside import rules
from trigpoint.policies.outside.models import OutsideFramework
from trigpoint.policies.outside.rules import Outside


def named(key):
    return next(it for it in rules.shipped() if it.key == key)


def test_check_reads_a_file_and_what_was_written_reads_back():
    checked = rules.check(FILE)

    assert checked.problems == []
    assert (checked.outside.key, checked.outside.label) == (
        "diocese-2026",
        "Diocesan expectations (2026)",
    )
    assert rules.check(rules.written(checked.outside)).outside == checked.outside


@pytest.mark.parametrize(("text", "words"), FAULTY)
def test_check_says_what_is_wrong_and_where(text, words):
    checked = rules.check(text)

    assert checked.outside is None
    assert str(checked.problems[0]).startswith(words)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(json.loads(rules.SCHEMA.read_text(encoding="utf-8")))


def test_shipped_has_the_five_with_their_items():
    assert {it.label: len(it.names) for it in rules.shipped()} == {
        "DfE trust quality pillars": 5,
        "Ofsted (November 2025)": 9,
        "Ofsted (September 2026)": 9,
        "Teachers' Standards": 9,
        "Trust inspection (2027-28)": 5,
    }
    standards = [item["code"] for item in named("teachers-standards").file["items"]]
    assert standards == [*(f"TS{number}" for number in range(1, 9)), "PART2"]
    safeguarding = named("ofsted-november-2025").file["items"][6]
    assert safeguarding["levels"]["labels"] == ["Met", "Not met"]


def test_shipped_editions_of_ofsted_follow_each_other_and_say_what_is_not_known():
    earlier, later = named("ofsted-november-2025"), named("ofsted-september-2026")

    assert rules.following(earlier, rules.shipped()) == later
    assert rules.preceding(later, rules.shipped()) == earlier
    assert rules.following(later, rules.shipped()) is None
    assert earlier.names == later.names
    assert later.file["checked"] == "UNCHECKED"
    assert "not what changed" in later.file["note"]


def test_the_shipped_policy_maps_only_to_items_there_are():
    known = rules.items_known()

    for area in frameworks.shipped()["areas"]:
        for part in (area, *area["standards"]):
            for row in part.get("crosswalk", []):
                assert row["item"] in known[row["framework"]]


def test_unknown_item_names_those_there_are_and_lets_unknown_frameworks_be():
    known = rules.items_known()

    said = rules.unknown_item("Ofsted (November 2025)", "Behaviour", known)

    assert said.startswith("Ofsted (November 2025) has no item “Behaviour”. It has: Inclusion, ")
    assert rules.unknown_item("Ofsted (November 2025)", "Inclusion", known) == ""
    assert rules.unknown_item("Our diocese", "Anything", known) == ""


@pytest.mark.django_db
def test_may_bring_in_takes_an_edition_once_under_any_of_its_names():
    lead = person(Role.QA_LEAD, at=TrustFactory.create())
    outside = rules.check(FILE).outside
    ours = Outside(outside.file, pk=lead.pk)

    assert rules.may_bring_in(lead, outside, rules.shipped())
    assert "Your trust has" in rules.may_bring_in(lead, outside, [ours]).reason
    again = Outside({**outside.file, "name": "Ofsted", "edition": "November 2025"})
    assert "Trigpoint comes with" in rules.may_bring_in(lead, again, rules.shipped()).reason
    head = person(Role.HEADTEACHER, at=lead.person.trust)
    assert "Only a trust QA lead" in rules.may_bring_in(head, outside, []).reason


@pytest.mark.django_db
def test_may_remove_until_something_maps_to_it():
    framework = OutsideFrameworkFactory.create()
    lead = person(Role.QA_LEAD, at=framework.trust)

    assert rules.may_remove(lead, framework, 0)
    assert "in 2 places" in rules.may_remove(lead, framework, 2).reason


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_view_rule_and_list_agree(role):
    own, foreign = OutsideFrameworkFactory.create_batch(2)
    user = person(role, at=own.trust)

    for framework in (own, foreign):
        seen = OutsideFramework.objects.visible_to(user).filter(pk=framework.pk).exists()
        assert seen == bool(rules.may_view(user, framework))
