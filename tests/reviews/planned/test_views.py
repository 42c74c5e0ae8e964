"""A planned review is moved through the browser's door."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories import ReviewFactory
from tests.reviews.programme.trusts import SmallTrust

pytestmark = pytest.mark.django_db


def test_move_asks_first_with_the_week_it_was_dropped_on(client):
    small = SmallTrust()
    client.force_login(small.lead)
    review = ReviewFactory.create(
        academy=small.academies[0],
        policy_version=small.version,
        fieldwork_starts_on=dt.date(2026, 1, 7),
        fieldwork_ends_on=dt.date(2026, 1, 7),
    )
    url = reverse("reviews:planned-move", args=[review.pk])

    with time_machine.travel(dt.datetime(2025, 11, 12, 9, 0, tzinfo=dt.UTC), tick=False):
        asked = client.get(url, {"week": "2026-01-12"})
        refused = client.post(url, {"week": "2025-11-17"})
        by_form = client.post(url, {"week": "2026-01-19"})
        shown = client.get(reverse("reviews:charts-show")).content.decode()

    assert "It begins on 7 Jan 2026 now, and its clock moves with it." in asked.content.decode()
    assert 'value="2026-01-12"' in asked.content.decode()
    assert (refused.status_code, by_form.status_code) == (409, 302)
    assert "less than its notice" in refused.content.decode()
    assert url in shown  # it can be carried there
    review.refresh_from_db()
    assert review.fieldwork_starts_on == dt.date(2026, 1, 19)
