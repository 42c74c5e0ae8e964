"""A report does not become final over a claim that is being taken up again."""

import datetime as dt
from threading import Event

import pytest
from django.db import transaction

from tests.factories import ClaimFactory, ReviewFactory, person
from tests.parallel import PATIENCE_SECONDS, all_at_once, said, until_another_waits
from trigpoint.judgements.claims import operations as claims
from trigpoint.people.roles import Role
from trigpoint.reporting.drafts import operations as drafts
from trigpoint.reporting.reports import operations
from trigpoint.reviews.models import Review

AT = dt.datetime(2025, 11, 19, 10, 0, tzinfo=dt.UTC)
OVER = AT + dt.timedelta(days=8)  # the day after the academy's five working days


def being_checked(review, lead, reader):
    """Bring a review to the academy's check of its report."""
    report = drafts.assemble(review=review, by=lead, at=AT)
    operations.send_to_qa(report=report, by=lead, at=AT)
    return operations.open_to_academy(report=report, by=reader, at=AT)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_finalise_waits_for_a_claim_that_is_being_reopened_and_then_refuses():
    review = ReviewFactory.create(status=Review.Status.CORROBORATING)
    claim = ClaimFactory.create(review=review, agreed=True)
    lead, reader = (person(Role.QA_LEAD, at=review.trust) for _ in range(2))
    report = being_checked(review, lead, reader)
    reopened = Event()

    def reopen(by):
        with transaction.atomic():
            claims.reopen(claim=claim, because="Seen more.", by=by, at=OVER)
            reopened.set()
            until_another_waits()  # not committed yet

    def finalise(by):
        assert reopened.wait(PATIENCE_SECONDS)
        operations.finalise(report=report, by=by, at=OVER)

    sentences = all_at_once([lambda: said(reopen, lead), lambda: said(finalise, lead)])

    report.refresh_from_db()
    claim.refresh_from_db()
    assert (report.status, claim.status) == ("FACTUAL_ACCURACY", "OPEN")
    assert any("is no longer agreed" in sentence for sentence in sentences)
