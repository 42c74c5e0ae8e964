import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import PolicyVersionFactory, person
from tests.policies.writing import a_draft, answers_of
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(client):
    lead, version, _ = a_draft(number=2)
    client.force_login(lead)
    return version


def url(verb, version):
    return reverse(f"policies:numbers-{verb}", args=[version.pk])


def earlier(version, number, **settings):
    return PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status="SUPERSEDED",
        superseded_on=dt.date(2026, 9, 1),
        number=number,
        settings=settings,
    )


def test_index_sets_versions_side_by_side_and_marks_what_changed(client, version):
    earlier(version, 1, clock={"draft": 8})
    client.force_login(person(Role.QA_LEAD, at=version.trust))

    page = client.get(url("index", version)).content.decode()

    assert "Version 1" in page
    assert "<ins>5</ins>" in page


def test_index_costs_the_same_however_many_versions(client, version, assert_flat):
    numbers = iter(range(3, 20))
    newest = earlier(version, 30)

    assert_flat(url("index", newest), add_row=lambda: earlier(version, next(numbers)), at_most=6)


def test_choose_sets_numbers_and_their_history_says_what_they_were(client, version):
    opened = answers_of(client.get(url("choose", version)))

    answer = client.post(
        url("choose", version),
        opened | {"clock-draft": "4", "life-review_notice_days": "90, 30 and 7"},
    )

    version.refresh_from_db()
    assert answer.status_code == 302
    assert version.settings["clock"]["draft"] == 4
    assert version.settings["life"]["review_notice_days"] == [90, 30, 7]
    changed = HistoryEntry.objects.get(verb="numbers chosen").detail["changed"]
    assert changed == {
        "clock-draft": ["5", "4"],
        "life-review_notice_days": ["60, 30 and 0", "90, 30 and 7"],
    }


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"clock-draft": "999"}, 422),
        ({"life-review_notice_days": "soon"}, 422),
        ({"life-review_notice_days": ""}, 422),
        ({"clock-final": "3"}, 409),
        ({"strength-fair-kinds": "8"}, 409),
    ],
)
def test_choose_refuses_what_cannot_hold_and_saves_nothing(client, version, wrong, status):
    before = version.settings
    opened = answers_of(client.get(url("choose", version)))

    assert client.post(url("choose", version), opened | wrong).status_code == status
    version.refresh_from_db()
    assert version.settings == before


def test_choose_shows_both_when_two_choose_at_once(client, version):
    opened = answers_of(client.get(url("choose", version)))
    client.post(url("choose", version), opened | {"clock-draft": "4"})

    other = client.post(url("choose", version), opened | {"clock-draft": "6"})

    assert other.status_code == 409
    assert "Stored now: Draft report" in other.content.decode()


def test_choose_asks_for_one_group_and_leaves_the_others_to_somebody_else(client, version):
    clock, cadence = (f"{url('choose', version)}?group={group}" for group in ("clock", "cadence"))
    opened = answers_of(client.get(clock))
    other = answers_of(client.get(cadence))

    assert {name.partition("-")[0] for name in opened if name != "base_revision"} == {"clock"}
    assert client.post(clock, opened | {"clock-draft": "4"}).status_code == 302
    assert client.post(cadence, other | {"cadence-soon_days": "21"}).status_code == 302
    version.refresh_from_db()
    assert version.settings["clock"]["draft"] == 4
    assert version.settings["cadence"]["soon_days"] == 21
    assert (
        f"{url('choose', version)}?group=clock"
        in client.get(url("index", version)).content.decode()
    )
