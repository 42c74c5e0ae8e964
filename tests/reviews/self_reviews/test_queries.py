import datetime as dt

import pytest

from tests.factories import AcademyFactory, ReportFactory, ReviewFactory
from trigpoint.reviews.self_reviews import queries

pytestmark = pytest.mark.django_db


def test_the_self_reviews_of_an_academy_by_what_has_become_of_them():
    academy = AcademyFactory.create()
    own = {"academy": academy, "kind": "SELF"}
    day = dt.date(2025, 9, 10)
    older = ReviewFactory.create(**own, looked_on=dt.date(2025, 3, 3))
    later = ReviewFactory.create(**own, looked_on=dt.date(2025, 6, 3))
    running = ReviewFactory.create(**own, status="FIELDWORK", fieldwork_starts_on=day)
    planned = ReviewFactory.create(**own)
    ReviewFactory.create(**own, status="CANCELLED", cancelled_because="Flooded.")
    ReviewFactory.create(academy=academy)
    ReviewFactory.create(academy__trust=academy.trust, kind="SELF")

    found = queries.system_of_academy(academy.pk)

    assert found == [planned, running, later, older]
    assert queries.system_running(found) == running
    assert queries.system_planned(found) == planned
    assert queries.system_finished(found) == later
    assert queries.system_looked(found) == later
    assert [it([]) for it in (queries.system_running, queries.system_looked)] == [None, None]
    assert (queries.system_finished([]), queries.system_planned([])) == (None, None)


@pytest.mark.parametrize(
    ("status", "begun", "expected"),
    [("REPORTING", True, True), ("REPORTING", False, False), ("FIELDWORK", False, False)],
)
def test_system_has_report(status, begun, expected):
    review = ReviewFactory.create(kind="SELF", status=status)
    if begun:
        ReportFactory.create(review=review)

    assert queries.system_has_report(review) is expected
