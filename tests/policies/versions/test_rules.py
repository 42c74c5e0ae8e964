import datetime as dt
import itertools

import pytest

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    BodyFactory,
    CadenceRuleFactory,
    CrosswalkFactory,
    PolicyVersionFactory,
    ResponsibilityFactory,
    TrustFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.policies.models import CadenceRule, PolicyVersion
from trigpoint.policies.versions import rules
from trigpoint.policies.versions.rules import LIFECYCLE, Approval
from trigpoint.trusts.models import Body

pytestmark = pytest.mark.django_db
LEGAL = {
    ("DRAFT", "consult"): "CONSULTATION",
    ("CONSULTATION", "redraft"): "DRAFT",
    ("DRAFT", "approve"): "APPROVED",
    ("CONSULTATION", "approve"): "APPROVED",
    ("APPROVED", "take_effect"): "IN_FORCE",
    ("IN_FORCE", "supersede"): "SUPERSEDED",
    ("DRAFT", "withdraw"): "WITHDRAWN",
    ("CONSULTATION", "withdraw"): "WITHDRAWN",
    ("APPROVED", "withdraw"): "WITHDRAWN",
}
DAY = dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("state", "verb"),
    list(itertools.product(PolicyVersion.Status.values, [step.verb for step in LIFECYCLE])),
)
def test_lifecycle_allows_exactly_the_legal_moves(state, verb):
    assert bool(LIFECYCLE.may(verb, state)) == ((state, verb) in LEGAL)
    if (state, verb) in LEGAL:
        assert LIFECYCLE.target(verb) == LEGAL[state, verb]


@pytest.mark.parametrize("role", Role)
def test_view_rule_and_list_agree(role):
    academy = AcademyFactory.create()
    for trust in (academy.trust, TrustFactory.create()):
        PolicyVersionFactory.create(policy__trust=trust, in_force=True)

        for status in ("DRAFT", "CONSULTATION", "WITHDRAWN"):
            PolicyVersionFactory.create(
                policy__trust=trust,
                status=status,
                consult_until=DAY,
                withdrawn_because="Too long." if status == "WITHDRAWN" else "",
            )

    for place in (academy, academy.trust):
        viewer = person(role, at=place)
        listed = set(PolicyVersion.objects.visible_to(viewer))
        assert listed == {it for it in PolicyVersion.objects.all() if rules.may_view(viewer, it)}
        assert len(listed) == (4 if role in {Role.QA_LEAD, Role.ADMINISTRATOR} else 2)


def take_over(**changes):
    current = changes.pop("current", None)
    trust = changes.pop("trust", None) or TrustFactory.create()
    facts = {
        "approved_on": dt.date(2026, 7, 9),
        "effective_on": DAY,
        "review_due_on": dt.date(2027, 6, 30),
    } | changes
    facts.setdefault("body", BodyFactory.create(trust=trust))
    return rules.may_take_over(Approval(**facts), trust_id=trust.pk, current=current)


def test_may_take_over_follows_an_earlier_version():
    assert take_over()
    assert take_over(current=PolicyVersionFactory.create(in_force=True))


def test_may_take_over_says_what_is_in_the_way():
    academy = AcademyFactory.create()
    local = BodyFactory.create(trust=academy.trust, kind=Body.Kind.LOCAL, academy=academy)
    later = PolicyVersionFactory.create(
        in_force=True, effective_on=DAY, review_due_on=dt.date(2027, 9, 1), number=3
    )

    refusals = [
        take_over(body=BodyFactory.create()),
        take_over(body=local, trust=academy.trust),
        take_over(approved_on=dt.date(2026, 9, 2)),
        take_over(review_due_on=DAY),
        take_over(current=later),
    ]

    assert [bool(it) for it in refusals] == [False] * 5
    words = ["another trust", "not by a local body", "two dates", "after the day", "Version 3 took"]
    assert all(part in it.reason for part, it in zip(words, refusals, strict=True))
    assert "1 September 2026" in refusals[-1].reason


def test_may_be_adopted_never_waits():
    assert rules.may_be_adopted(DAY, on=DAY)
    assert "take effect on 2 September 2026" in (
        rules.may_be_adopted(dt.date(2026, 9, 2), on=DAY).reason
    )


def test_may_take_effect_from_the_day_it_was_approved_for():
    version = PolicyVersionFactory.create(
        in_force=True, status="APPROVED", effective_on=DAY, review_due_on=dt.date(2027, 9, 1)
    )

    assert rules.may_take_effect(version, on=DAY)
    assert "by itself" in rules.may_take_effect(version, on=dt.date(2026, 8, 31)).reason
    assert not rules.may_take_effect(PolicyVersionFactory.create(), on=DAY)


def test_may_begin_one_at_a_time():
    coming = PolicyVersionFactory.build(number=5, status="CONSULTATION")

    assert rules.may_begin(None)
    assert "Version 5 is on its way already (in consultation)" in rules.may_begin(coming).reason


@pytest.mark.parametrize(
    ("status", "words"),
    [("DRAFT", ""), ("CONSULTATION", "Take it back to a draft"), ("IN_FORCE", "never changes")],
)
def test_may_edit_a_draft_alone(status, words):
    version = PolicyVersionFactory.create(in_force=True)
    version.status = status
    lead = person(Role.QA_LEAD, at=version.trust)

    assert words in rules.may_edit(lead, version).reason
    assert bool(rules.may_edit(lead, version)) == (not words)
    assert not rules.may_edit(person(Role.HEADTEACHER, at=version.trust), version)


def test_review_is_overdue_from_the_day_after():
    version = PolicyVersionFactory.create(in_force=True, review_due_on=dt.date(2026, 9, 2))
    draft = PolicyVersionFactory.create()

    days = [dt.date(2026, 9, 2), dt.date(2026, 9, 3)]

    assert [rules.is_review_overdue(version, on=day) for day in days] == [False, True]
    assert not rules.is_review_overdue(draft, on=days[1])


@pytest.mark.parametrize(
    ("every", "months", "words"),
    [
        ("MONTHS", 12, "Every year"),
        ("MONTHS", 24, "Every 2 years"),
        ("MONTHS", 6, "Every 6 months"),
        ("MONTHS", 18, "Every 18 months"),
        ("MONTHS", 1, "Every month"),
        ("TERM", None, "Every term"),
        ("HALF_TERM", None, "Every half term"),
    ],
)
def test_interval_in_words(every, months, words):
    assert rules.interval_in_words(CadenceRule(every=every, months=months)) == words


def test_promises_lay_out_kinds_by_tier():
    area = AreaFactory.create(short_name="Curriculum")
    facts = [
        {"review_kind": "TRUST", "tier": 1, "months": 12},
        {"review_kind": "TRUST", "tier": 4, "every": "HALF_TERM", "months": None},
        {"review_kind": "SELF", "months": 12},
        {"review_kind": "DEEP_DIVE", "months": 24, "area": area},
        {"review_kind": "DEEP_DIVE", "months": 12, "area": area, "tier": 2},
    ]

    rows = [CadenceRuleFactory.create(version=area.version, **fact) for fact in facts]

    assert rules.promises(rows) == [
        rules.Promise("Trust review", "", ("Every year", "", "", "Every half term")),
        rules.Promise("Self-review", "Every year", ()),
        rules.Promise(
            "Deep dive, Curriculum",
            "",
            ("Every 2 years", "Every year", "Every 2 years", "Every 2 years"),
        ),
    ]


def test_answering_shows_the_areas_that_nobody_monitors():
    area = AreaFactory.create(name="Assessment")
    version = area.version
    rows = [
        ResponsibilityFactory.create(version=version, part=part, role_name=name, area=place)
        for part, name, place in (
            ("MONITORS", "Director of Education", None),
            ("REVIEWS", "Trust board", None),
            ("REVIEWS", "Assessment lead", area),
        )
    ]

    whole, assessment = rules.answering([area], rows)

    assert (whole.gaps, assessment.gaps) == ([], ["monitors"])
    assert assessment.parts[1] == ("Reviews", ["Assessment lead"], False)
    assert assessment.parts[2] == ("Is consulted", [], False)


def test_side_by_side_gives_each_framework_a_column():
    first = CrosswalkFactory.create(framework="Ofsted", item="Achievement", fit="NARROWER")
    second = CrosswalkFactory.create(framework="DfE", item="Workforce", fit="PARTIAL")

    crossing = rules.side_by_side([first, second])

    assert crossing.frameworks == ["DfE", "Ofsted"]
    assert crossing.areas == [
        (first.area.name, [[], [("Achievement", "Ours is narrower")]]),
        (second.area.name, [[("Workforce", "Partly")], []]),
    ]
