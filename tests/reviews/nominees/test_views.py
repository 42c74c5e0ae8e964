import re

import pytest
from django.urls import reverse

from tests.factories import PostFactory, ReviewFactory, grant, person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def url_of(review):
    return reverse("reviews:nominees-name", args=[review.pk])


def works_at(academy, name, role):
    user = person(role, at=academy)
    user.person.name = name
    user.person.save()
    return PostFactory.create(academy=academy, person=user.person).person


def test_name_offers_who_works_there_and_opens_reviews_to_a_lead_who_sees_no_staff(client):
    review = ReviewFactory.create()
    user = person(Role.REVIEWER, at=review)
    Review.objects.update(lead=user.person)
    ada = works_at(review.academy, "Ada Head", Role.HEADTEACHER)
    tess = works_at(review.academy, "Tess Teacher", Role.STAFF)
    grant(user, Role.QA_LEAD, at=review.academy)  # may open it, and does not work there
    client.force_login(user)
    shown = reverse("reviews:reviews-show", args=[review.pk])

    before = text(client.get(shown))
    asked = client.get(url_of(review))
    wrong, right = (client.post(url_of(review), {"nominee": it.pk}) for it in (tess, ada))

    assert "Nobody at the academy receives the review yet." in before
    assert url_of(review) in before
    names = [name for _, name in asked.context["form"].fields["nominee"].choices]
    assert names == ["Nobody yet", "Ada Head"]
    assert (wrong.status_code, right.url) == (422, shown)
    assert "Ada Head</strong>, nominee of the academy" in text(client.get(shown))
    assert client.get(url_of(review)).context["form"]["nominee"].value() == ada.pk


def test_name_is_refused_in_words_when_the_review_is_over(client):
    review = ReviewFactory.create(status="CANCELLED", cancelled_because="Snow")
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    refused = client.post(url_of(review), {"nominee": ""})

    assert refused.status_code == 409
    assert "This review is over, so its team stays as it was." in text(refused)


def test_a_nominee_of_before_who_has_no_role_stays_until_somebody_else_is_named(client):
    review = ReviewFactory.create()
    review.nominee = works_at(review.academy, "Tess Teacher", Role.STAFF)
    review.save()
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    opened = client.get(url_of(review)).context["form"]["nominee"].value()
    unchanged = client.post(url_of(review), {"nominee": opened})

    assert (opened, unchanged.status_code) == (review.nominee.pk, 302)
    review.refresh_from_db()
    assert review.nominee.name == "Tess Teacher"
