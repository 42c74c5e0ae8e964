import pytest
from django.urls import reverse

from tests.factories import AcademyFactory, DevelopmentNeedFactory, ThemeFactory, person
from trigpoint.improvement.models import DevelopmentNeed
from trigpoint.improvement.needs import queries
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_index_costs_the_same_for_any_number_of_needs(client, assert_flat):
    academy = AcademyFactory.create()
    client.force_login(person(Role.TRAINING_LEAD, at=academy.trust))

    assert_flat(
        reverse("improvement:needs-index"),
        add_row=lambda: DevelopmentNeedFactory.create(academy=academy, group="TEACHER"),
        at_most=8,
    )


def test_index_hides_groups_under_five_and_names_nobody(client):
    academy = AcademyFactory.create()
    theme = ThemeFactory.create(trust=academy.trust)
    few = DevelopmentNeedFactory.create_batch(4, academy=academy, theme=theme, group="LEADER")
    DevelopmentNeedFactory.create_batch(6, academy=academy, theme=theme, group="TEACHER")
    client.force_login(person(Role.TRAINING_LEAD, at=academy.trust))

    answer = client.get(reverse("improvement:needs-index"))

    leaders, teachers = answer.context["table"].rows[0].groups
    assert (leaders.hidden, leaders.count) == (True, 0)
    assert (teachers.hidden, teachers.count) == (False, 6)
    assert "6 or more" in answer.content.decode()
    assert few[0].person.name not in answer.content.decode()


def test_index_counts_people_not_needs(client):
    need = DevelopmentNeedFactory.create(group="TEACHER")
    DevelopmentNeedFactory.create(
        academy=need.academy, theme=need.theme, person=need.person, group="TEACHER"
    )
    need.trust.suppress_below = 1
    need.trust.save()
    client.force_login(person(Role.TRAINING_LEAD, at=need.trust))

    answer = client.get(reverse("improvement:needs-index"))

    assert answer.context["table"].rows[0].groups[0].count == 1


def test_index_says_where_needs_come_from_when_there_are_none(client):
    client.force_login(person(Role.TRAINING_LEAD, at=AcademyFactory.create().trust))

    assert "No needs recorded" in client.get(reverse("improvement:needs-index")).content.decode()


def test_meet_marks_ones_own_need(client):
    academy = AcademyFactory.create()
    user = person(Role.STAFF, at=academy)
    need = DevelopmentNeedFactory.create(academy=academy, person=user.person)
    client.force_login(user)
    url = reverse("improvement:needs-meet", args=[need.pk])

    assert list(queries.own(viewer=user)) == [need]
    assert client.get(url).status_code == 200
    client.post(url)

    assert DevelopmentNeed.objects.get().status == "MET"


def test_meet_does_not_find_a_colleagues_need(client):
    need = DevelopmentNeedFactory.create()
    client.force_login(person(Role.HEADTEACHER, at=need.academy))

    assert client.get(reverse("improvement:needs-meet", args=[need.pk])).status_code == 404


def test_index_keeps_to_the_themes_shared_by_enough_academies(client):
    need = DevelopmentNeedFactory.create(group="TEACHER")
    need.trust.suppress_below = 1
    need.trust.save()
    other = AcademyFactory.create(trust=need.trust)
    DevelopmentNeedFactory.create(academy=other, theme=need.theme, group="TEACHER")
    DevelopmentNeedFactory.create(academy=other, group="TEACHER")
    client.force_login(person(Role.TRAINING_LEAD, at=need.trust))

    every, shared, nonsense = (
        client.get(reverse("improvement:needs-index"), asked).context["table"].rows
        for asked in ({}, {"shared": "2"}, {"shared": "many"})
    )

    assert (len(every), len(nonsense)) == (2, 2)
    assert [row.theme for row in shared] == [need.theme.name]


def test_index_does_not_tell_that_a_hidden_theme_is_shared(client):
    need = DevelopmentNeedFactory.create(group="TEACHER")
    other = AcademyFactory.create(trust=need.trust)
    DevelopmentNeedFactory.create(academy=other, theme=need.theme, group="TEACHER")
    lead = person(Role.TRAINING_LEAD, at=need.trust)

    assert queries.totals(viewer=lead, shared=2).rows == ()
