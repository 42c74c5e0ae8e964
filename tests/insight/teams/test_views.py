import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.factories import (
    EvidenceRecordFactory,
    FindingFactory,
    LookForFactory,
    LookForMarkFactory,
    PolicyVersionFactory,
    TeamFactory,
    person,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def record_of(team, **fields):
    return EvidenceRecordFactory.create(
        review__academy=team.academy, team=team, **({"shared": True} | fields)
    )


def test_index_goes_straight_to_the_only_team(client):
    team = TeamFactory.create()
    client.force_login(person(Role.TEAM_LEADER, at=team))

    answer = client.get(reverse("insight:teams-index"))

    assert answer.url == reverse("insight:teams-show", args=[team.pk])


def test_index_costs_the_same_for_any_number_of_teams(client, assert_flat):
    team = TeamFactory.create()
    TeamFactory.create(academy=team.academy)
    client.force_login(person(Role.HEADTEACHER, at=team.academy))

    assert_flat(
        reverse("insight:teams-index"),
        add_row=lambda: TeamFactory.create(academy=team.academy),
        at_most=8,
    )


def test_show_counts_sources_and_look_fors(client):
    team = TeamFactory.create()
    look_for = LookForFactory.create(
        standard__area__version__policy__trust=team.trust, text="Every pupil answers"
    )
    for seen in ("SEEN", "SEEN", "NOT_SEEN"):
        LookForMarkFactory.create(record=record_of(team), look_for=look_for, seen=seen)
    record_of(team, shared=False, submitted=True)
    client.force_login(person(Role.TEAM_LEADER, at=team))

    picture = client.get(reverse("insight:teams-show", args=[team.pk])).context["picture"]

    visits = next(source for source in picture.sources if source.kind == "LESSON_VISIT")
    assert (visits.records, visits.observers) == (3, 3)
    assert [(count.text, count.seen, count.looked) for count in picture.look_fors] == [
        ("Every pupil answers", 2, 3)
    ]


def a_reworded_look_for(team):
    """Build one look-for as two versions of the trust's policy word it; the second is newer."""
    version = PolicyVersionFactory.create(
        policy__trust=team.trust,
        in_force=True,
        status="SUPERSEDED",
        effective_on=dt.date(2024, 9, 1),
        superseded_on=dt.date(2025, 9, 1),
    )
    later = PolicyVersionFactory.create(
        policy=version.policy, in_force=True, number=version.number + 1
    )
    return [
        LookForFactory.create(
            standard__area__version=it, standard__code=code, lineage="everyone-answers", text=text
        )
        for it, code, text in (
            (version, "T1", "All answer"), (later, "T2", "Every pupil answers"),
        )
    ]  # fmt: skip


def test_show_counts_a_reworded_look_for_once_in_its_newest_words(client):
    team = TeamFactory.create()
    before, now = a_reworded_look_for(team)
    for look_for, seen in ((before, "SEEN"), (before, "NOT_SEEN"), (now, "SEEN")):
        LookForMarkFactory.create(record=record_of(team), look_for=look_for, seen=seen)
    client.force_login(person(Role.TEAM_LEADER, at=team))

    picture = client.get(reverse("insight:teams-show", args=[team.pk])).context["picture"]

    assert [(it.code, it.text, it.seen, it.looked) for it in picture.look_fors] == [
        ("T2", "Every pupil answers", 2, 3)
    ]


def test_show_leads_from_each_figure_to_its_records(client):
    team = TeamFactory.create()
    for look_for, seen in zip(a_reworded_look_for(team), ("SEEN", "NOT_SEEN"), strict=True):
        LookForMarkFactory.create(record=record_of(team), look_for=look_for, seen=seen)
    record_of(team, shared=False, submitted=True)
    record_of(TeamFactory.create(academy=team.academy))
    client.force_login(person(Role.TEAM_LEADER, at=team))

    page = client.get(reverse("insight:teams-show", args=[team.pk])).content.decode()

    urls = [url.replace("&amp;", "&") for url in re.findall(r'href="([^"]+team=[^"]+)"', page)]
    counts = {
        "look_for" if "look_for=" in url else "kind": client.get(url)
        .context["records"]
        .paginator.count
        for url in urls
    }
    assert counts == {"look_for": 2, "kind": 2}


def test_show_leaves_out_findings_about_single_people(client):
    team = TeamFactory.create()
    leader = person(Role.TEAM_LEADER, at=team)
    shared = FindingFactory.create(
        review__academy=team.academy, scope="TEAM", team=team, published=True
    )
    private = FindingFactory.create(
        review__academy=team.academy,
        scope="INDIVIDUAL",
        team=team,
        person=leader.person,
        published=True,
    )
    client.force_login(leader)

    answer = client.get(reverse("insight:teams-show", args=[team.pk])).content.decode()

    assert shared.title in answer
    assert private.title not in answer


def test_show_costs_the_same_for_any_number_of_records(client, assert_flat):
    team = TeamFactory.create()
    client.force_login(person(Role.TEAM_LEADER, at=team))

    assert_flat(
        reverse("insight:teams-show", args=[team.pk]), add_row=lambda: record_of(team), at_most=12
    )


def test_show_is_not_found_by_another_teams_leader(client):
    team = TeamFactory.create()
    client.force_login(person(Role.TEAM_LEADER, at=TeamFactory.create(academy=team.academy)))

    assert client.get(reverse("insight:teams-show", args=[team.pk])).status_code == 404


def test_show_leaves_out_the_viewers_own_drafts_and_private_records(client):
    team = TeamFactory.create()
    leader = person(Role.TEAM_LEADER, at=team)
    draft = record_of(team, shared=False, author=leader.person)
    private = record_of(team, is_private=True, author=leader.person)
    for record in (draft, private):
        LookForMarkFactory.create(record=record)
    client.force_login(leader)

    picture = client.get(reverse("insight:teams-show", args=[team.pk])).context["picture"]

    assert sum(source.records for source in picture.sources) == 0
    assert picture.look_fors == ()
    assert list(picture.records) == []
