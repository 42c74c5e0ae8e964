"""Reports over the API."""

import pytest

from tests.factories import ReportFactory, person
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_index_lists_what_one_may_read(client):
    report = ReportFactory.create(final=True)
    ReportFactory.create(review__academy=report.academy)
    ReportFactory.create(final=True)
    client.force_login(person(Role.TRUSTEE, at=report.trust))

    answer = client.get("/api/v1/reports/").json()

    assert [it["id"] for it in answer["items"]] == [str(report.pk)]
    assert answer["items"][0]["status"] == "FINAL"


def test_index_is_closed_to_those_without_reports(client):
    report = ReportFactory.create(final=True)
    client.force_login(person(Role.STAFF, at=report.academy))

    assert client.get("/api/v1/reports/").status_code == 403
