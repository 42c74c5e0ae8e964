import datetime as dt

import pytest

from tests.factories import ActionFactory, FindingFactory, ReviewFactory, TeamFactory, person
from trigpoint.improvement.actions import rules
from trigpoint.improvement.models import Action
from trigpoint.people.roles import Role

TODAY = dt.date(2026, 2, 10)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "review", "team"])
def test_visible_to_agrees_with_may_view(role, place):
    home = ReviewFactory.create()
    sibling = ReviewFactory.create(academy__trust=home.trust)
    team = TeamFactory.create(academy=home.academy)
    actions = [
        ActionFactory.create(finding=FindingFactory.create(published=True, review=review))
        for review in (home, sibling, ReviewFactory.create())
    ]
    actions.append(
        ActionFactory.create(
            finding=FindingFactory.create(published=True, review=home, scope="TEAM", team=team)
        )
    )
    at = {"trust": home.trust, "academy": home.academy, "review": home, "team": team}[place]
    user = person(role, at=at)
    actions.append(ActionFactory.create(owner=user.person, finding=actions[1].finding))

    listed = set(Action.objects.visible_to(user))

    assert listed == {action for action in actions if rules.may_view(user, action)}
    assert actions[2] not in listed


LEGAL = {
    ("OPEN", "start"): "IN_HAND",
    ("OPEN", "finish"): "DONE",
    ("IN_HAND", "finish"): "DONE",
    ("DONE", "close"): "CLOSED",
    ("DONE", "reopen"): "IN_HAND",
    ("CLOSED", "reopen"): "IN_HAND",
}


@pytest.mark.parametrize("verb", [step.verb for step in rules.LIFECYCLE])
@pytest.mark.parametrize("state", Action.Status.values)
def test_lifecycle_allows_exactly_these_moves(state, verb):
    verdict = rules.LIFECYCLE.may(verb, state)

    assert bool(verdict) is ((state, verb) in LEGAL)
    if verdict:
        assert rules.LIFECYCLE.target(verb) == LEGAL[state, verb]


@pytest.mark.django_db
def test_may_check_asks_for_somebody_other_than_the_owner():
    action = ActionFactory.create(done=True)
    lead = person(Role.QA_LEAD, at=action.trust)
    action.owner = lead.person

    assert "Somebody other than the owner" in rules.may_check(lead, action).reason


@pytest.mark.django_db
def test_may_check_waits_until_the_action_is_done():
    action = ActionFactory.create()

    verdict = rules.may_check(person(Role.QA_LEAD, at=action.trust), action)

    assert "not done yet" in verdict.reason


@pytest.mark.django_db
def test_may_raise_action_waits_for_publication():
    finding = FindingFactory.create()

    verdict = rules.may_raise_action(person(Role.HEADTEACHER, at=finding.academy), finding)

    assert "once the report is final" in verdict.reason


@pytest.mark.parametrize(
    ("fields", "last", "expected"),
    [
        pytest.param({"status": "CLOSED"}, "", rules.Health.COMPLETE, id="closed"),
        pytest.param({"due_on": dt.date(2026, 2, 9)}, "", rules.Health.OFF_TRACK, id="late"),
        pytest.param({"due_on": dt.date(2026, 2, 20)}, "", rules.Health.AT_RISK, id="not started"),
        pytest.param(
            {"due_on": dt.date(2026, 2, 20), "status": "IN_HAND"},
            "",
            rules.Health.ON_TRACK,
            id="ok",
        ),
        pytest.param(
            {"status": "IN_HAND"}, "DID_NOT", rules.Health.AT_RISK, id="tried, did not work"
        ),
        pytest.param(
            {"status": "DONE", "check_due_on": dt.date(2026, 2, 1)},
            "",
            rules.Health.AT_RISK,
            id="nobody has looked again",
        ),
    ],
)
def test_health(fields, last, expected):
    action = Action(**{"due_on": dt.date(2026, 6, 1), "check_due_on": dt.date(2026, 9, 1)} | fields)

    assert rules.health(action, on=TODAY, late_start_days=14, last_outcome=last) is expected


@pytest.mark.parametrize(
    ("seen", "looked", "allowed"),
    [(3, 4, True), (None, None, True), (5, 4, False), (1, None, False)],
)
def test_check_is_sound(seen, looked, allowed):
    verdict = rules.check_is_sound(seen_before=None, looked_before=None, seen=seen, looked=looked)

    assert bool(verdict) is allowed


def test_dates_are_sound_wants_the_look_after_the_due_date():
    verdict = rules.dates_are_sound(due_on=TODAY, check_due_on=TODAY, on=TODAY)

    assert "Look again after" in verdict.reason
