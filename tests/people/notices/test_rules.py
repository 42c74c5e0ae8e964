import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import (
    LetterFactory,
    NoticeFactory,
    PreferenceFactory,
    TrustFactory,
    UserFactory,
    person,
)
from trigpoint.people.models import Notice
from trigpoint.people.notices import rules
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("builder", [NoticeFactory, LetterFactory, PreferenceFactory])
@pytest.mark.parametrize("role", Role)
def test_visible_to_agrees_with_may_view(role, builder):
    user = person(role, at=TrustFactory.create())
    rows = [
        builder.create(person=user.person),
        builder.create(person=UserFactory.create(person__trust=user.person.trust).person),
        builder.create(),
    ]

    listed = set(type(rows[0]).objects.visible_to(user))

    assert listed == {row for row in rows if rules.may_view(user, row)} == {rows[0]}


def test_subject_says_how_many_and_nothing_else():
    one = Notice(sentence="Feedback on a visit to Ann Ash’s work")

    assert rules.subject([one]) == "Trigpoint: 1 new notice"
    assert rules.subject([one, one]) == "Trigpoint: 2 new notices"


def test_noon_is_of_that_day_in_summer_too():
    assert timezone.localtime(rules.noon(dt.date(2026, 7, 1))).date() == dt.date(2026, 7, 1)


def test_every_kind_has_its_picture():
    assert all(Notice(kind=kind).icon for kind in Notice.Kind)
