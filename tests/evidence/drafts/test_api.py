import pytest
from django.urls import reverse

from tests.factories import EvidenceRecordFactory, person
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_discard_takes_ones_own_draft_and_nobody_elses(client):
    theirs = EvidenceRecordFactory.create()
    author = person(Role.REVIEWER, at=theirs.trust)
    own = EvidenceRecordFactory.create(review=theirs.review, author=author.person)
    done = EvidenceRecordFactory.create(review=theirs.review, author=author.person, submitted=True)
    client.force_login(author)

    answers = [
        client.delete(reverse("api:drafts-discard", args=[record.pk])).status_code
        for record in (own, theirs, done)
    ]

    assert answers == [204, 404, 409]
    assert set(EvidenceRecord.objects.all()) == {theirs, done}
