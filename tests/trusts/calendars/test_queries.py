"""Calendars come out of the tables in one query, and terms only for those who may see them."""

import datetime as dt

import pytest

from tests.factories import AcademyFactory, ClosureFactory, TermFactory, person
from trigpoint.people.roles import Role
from trigpoint.trusts.calendars import queries
from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar

pytestmark = pytest.mark.django_db


def test_system_calendars_takes_one_query_for_any_number(django_assert_num_queries):
    academies = AcademyFactory.create_batch(3)
    for academy in academies:
        TermFactory.create(academy=academy)
        ClosureFactory.create(academy=academy)

    with django_assert_num_queries(1):
        calendars = queries.system_calendars(academy.pk for academy in academies)

    assert set(calendars) == {academy.pk for academy in academies}
    assert calendars[academies[0].pk] == WorkingCalendar(
        terms=(Span("Autumn", dt.date(2025, 9, 2), dt.date(2025, 12, 19)),),
        closures=(Closed("Half term", dt.date(2025, 10, 27), dt.date(2025, 10, 31)),),
        years=(Span("2025-26", dt.date(2025, 9, 1), dt.date(2026, 8, 31)),),
    )


def test_system_calendar_of_an_academy_without_terms_says_so():
    academy = AcademyFactory.create()

    assert queries.system_calendar(academy.pk) == WorkingCalendar()


def test_terms_and_closures_are_for_whoever_may_view_the_academy():
    term = TermFactory.create()
    closure = ClosureFactory.create(academy=term.academy)
    head = person(Role.HEADTEACHER, at=term.academy)
    stranger = person(Role.HEADTEACHER, at=AcademyFactory.create(trust=term.trust))

    assert list(queries.terms(term.academy_id, viewer=head)) == [term]
    assert list(queries.closures(term.academy_id, viewer=head)) == [closure]
    assert not queries.terms(term.academy_id, viewer=stranger)
    assert not queries.closures(term.academy_id, viewer=stranger)
