import pytest
from django.urls import reverse

from tests.factories import ClaimFactory, ReviewFactory, person
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_index_lists_what_the_screen_lists(client):
    review = ReviewFactory.create()
    agreed = ClaimFactory.create(review=review, standing=True, number=102)
    ClaimFactory.create(review=review)
    client.force_login(person(Role.HEADTEACHER, at=review.academy))

    answer = client.get(reverse("api:claims-index", args=[review.pk])).json()

    assert [(it["id"], it["reference"]) for it in answer] == [(str(agreed.pk), "1.2")]


def test_show_is_not_found_before_it_is_agreed(client):
    claim = ClaimFactory.create()
    agreed = ClaimFactory.create(review=claim.review, standing=True)
    client.force_login(person(Role.HEADTEACHER, at=claim.academy))

    assert client.get(reverse("api:claims-show", args=[claim.pk])).status_code == 404
    shown = client.get(reverse("api:claims-show", args=[agreed.pk])).json()
    assert shown["statement"] == agreed.statement
