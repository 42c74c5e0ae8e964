"""Years and closed days through the public door."""

import datetime as dt

import pytest

from tests.factories import AcademyFactory, TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused
from trigpoint.trusts.calendars import operations, rules
from trigpoint.trusts.models import Academy, Closure

pytestmark = pytest.mark.django_db
INSET = rules.Closed("Training", dt.date(2025, 11, 27), dt.date(2025, 11, 27), Closure.Kind.INSET)


def test_set_year_keeps_the_year_that_is_there():
    trust = TrustFactory.create()
    dates = {"starts_on": dt.date(2025, 9, 1), "ends_on": dt.date(2026, 8, 31)}

    year = operations.set_year(trust=trust, name="2025-26", **dates)

    assert operations.set_year(trust=trust, name="Another", **dates) == year


def test_close_days_is_for_an_administrator_of_the_trust():
    academy = AcademyFactory.create()
    today = dt.date(2025, 9, 1)

    with pytest.raises(Refused, match="trust administrator"):
        operations.close_days(
            academy=academy, closed=INSET, by=person(Role.HEADTEACHER, at=academy), on=today
        )
    administrator = person(Role.ADMINISTRATOR, at=academy.trust)
    made = operations.close_days(academy=academy, closed=INSET, by=administrator, on=today)

    assert (made.academy, made.name, made.kind) == (academy, "Training", "INSET")


@pytest.mark.parametrize("role", Role)
def test_visible_to_agrees_with_may_view(role):
    home = AcademyFactory.create()
    academies = [home, AcademyFactory.create(trust=home.trust), AcademyFactory.create()]
    user = person(role, at=home)

    listed = set(Academy.objects.visible_to(user))

    assert listed == {academy for academy in academies if rules.may_view(user, academy)}
