import datetime as dt
import hashlib
import json

import pytest
import time_machine
from django.db import transaction

from trigpoint.demo.telling import operations
from trigpoint.demo.telling.queries import system_counts
from trigpoint.evidence.models import EvidenceRecord, Note
from trigpoint.improvement.models import Action
from trigpoint.judgements.models import Claim, Finding, Judgement
from trigpoint.people.models import Person
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def digest(trust):
    """Everything a reader sees of the story, without ids."""
    told = [
        Person.objects.values_list("name", "email"),
        Review.objects.values_list("title", "academy__name", "fieldwork_starts_on", "status"),
        EvidenceRecord.objects.values_list("title", "number", "author__name", "status", "answers"),
        Note.objects.values_list("text", "kind", "record__number"),
        Claim.objects.values_list("statement", "strength", "status"),
        Judgement.objects.values_list("rationale", "level__mark", "strength"),
        Finding.objects.values_list("title", "scope", "person__name"),
        Action.objects.values_list("title", "status", "due_on"),
    ]
    rows = [sorted(map(str, found.filter(trust=trust))) for found in told]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def test_story_is_about_two_academies(told):
    counts = system_counts(told.cast.trust)
    assert counts["academies"] == 2
    assert counts["evidence records"] > 200


def test_progress_reaches_its_end():
    class Counting(operations.Progress):
        steps = taken = 0

        def begin(self, steps):
            self.steps = steps

        def step(self):
            self.taken += 1

    counting = Counting()
    for call in (counting.begin, operations.Progress().begin):
        call(3)
    operations.Progress().step()
    counting.step()
    assert (counting.steps, counting.taken) == (3, 1)


@pytest.mark.slow
def test_same_day_and_seed_tell_the_same_story(django_db_setup, django_db_blocker):
    digests = []
    for now in (
        dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC),
        dt.datetime(2027, 1, 5, tzinfo=dt.UTC),
    ):
        with time_machine.travel(now), transaction.atomic():
            digests.append(digest(operations.tell(today=TODAY, academies=2).cast.trust))
            transaction.set_rollback(True)

    assert digests[0] == digests[1]
