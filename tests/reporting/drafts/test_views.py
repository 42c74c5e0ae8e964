"""From a review to its report."""

import pytest
from django.urls import reverse

from tests.factories import ClaimFactory, ReportFactory, ReviewFactory, person
from trigpoint.people.roles import Role
from trigpoint.reporting.models import Report
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db


def at(verb, *args):
    return reverse(f"reporting:drafts-{verb}", args=args)


def shown(report):
    return reverse("reporting:reports-show", args=[report.pk])


def signed_in(client, role, where):
    client.force_login(person(role, at=where))


def test_for_review_opens_the_report_or_says_what_is_needed(client):
    review = ReviewFactory.create(status=Review.Status.CORROBORATING)
    signed_in(client, Role.QA_LEAD, review.trust)

    empty = client.get(at("for_review", review.pk))
    ClaimFactory.create(review=review, agreed=True)
    ready = client.get(at("for_review", review.pk)).content.decode()
    report = ReportFactory.create(review=review)

    assert "No claim is agreed yet" in empty.content.decode()
    assert "Assemble the draft" in ready
    assert client.get(at("for_review", review.pk)).url == shown(report)


def test_for_review_tells_the_academy_that_it_is_not_out(client):
    review = ReportFactory.create().review
    signed_in(client, Role.HEADTEACHER, review.academy)

    assert "not out yet" in client.get(at("for_review", review.pk)).content.decode()


def test_assemble_makes_the_draft(client):
    review = ReviewFactory.create(status=Review.Status.CORROBORATING)
    ClaimFactory.create(review=review, agreed=True)
    signed_in(client, Role.QA_LEAD, review.trust)

    answer = client.post(at("assemble", review.pk))

    assert answer.url == shown(Report.objects.get())


def test_assemble_says_what_is_in_the_way(client):
    review = ReviewFactory.create(status=Review.Status.CORROBORATING)
    signed_in(client, Role.QA_LEAD, review.trust)

    answer = client.post(at("assemble", review.pk))

    assert answer.status_code == 409
    assert "No claim is agreed" in answer.content.decode()
