"""The command that loads the demo, and the whole stories it tells."""

import datetime as dt
import hashlib
import json
from collections import Counter
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count

from tests.factories import TrustFactory
from trigpoint.demo.telling import operations
from trigpoint.demo.telling.queries import system_counts
from trigpoint.evidence.models import EvidenceRecord, Note, Survey
from trigpoint.improvement.models import Action, GoodPractice
from trigpoint.judgements.models import Claim, Finding, Judgement
from trigpoint.people.models import Person
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy, Trust

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 23)


def academies_by_phase(trust):
    found = Academy.objects.filter(trust=trust).values("phase")
    return found.annotate(n=Count("id")).order_by("phase")


def states(story):
    return {*Review.objects.filter(trust=story.cast.trust).values_list("status", flat=True)}


def digest(trust):
    """Everything a reader sees of the story, without ids."""
    told = [
        Person.objects.values_list("name", "email"),
        Review.objects.values_list("title", "academy__name", "fieldwork_starts_on", "status"),
        EvidenceRecord.objects.values_list("title", "number", "author__name", "status", "answers"),
        Note.objects.values_list("text", "kind", "record__number"),
        Survey.objects.values_list("title", "status", "closed_on", "academy__name"),
        Claim.objects.values_list("statement", "strength", "status"),
        Judgement.objects.values_list("rationale", "level__letter", "strength", "stands_from"),
        Finding.objects.values_list("title", "scope", "person__name"),
        Action.objects.values_list("title", "status", "due_on"),
    ]
    rows = [sorted(map(str, found.filter(trust=trust))) for found in told]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def test_load_demo_is_refused_outside_demo_mode():
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("load_demo")
    assert not Trust.objects.exists()


def test_load_demo_leaves_a_database_in_use_alone(settings):
    settings.TRIGPOINT_DEMO = True
    TrustFactory.create()

    call_command("load_demo", if_empty=True)
    with pytest.raises(CommandError, match="in this database already"):
        call_command("load_demo")
    assert Trust.objects.count() == 1


@pytest.mark.postgres  # on SQLite `make start` builds it, in CI too: see .ci/newcomer
@pytest.mark.slow
def test_load_demo_builds_the_whole_trust_and_says_what_is_in_it(settings):
    settings.TRIGPOINT_DEMO = True
    said = StringIO()

    call_command("load_demo", today=TODAY, stdout=said)

    trust = Trust.objects.get(name="Wetherlow Learning Trust")
    counts = system_counts(trust)
    assert "12 academies" in said.getvalue()
    assert 470 <= counts["people"] <= 530
    assert 1_400 <= counts["evidence records"] <= 1_650
    assert "3 surveys" in said.getvalue()
    statuses = Review.objects.filter(trust=trust).values_list("status", flat=True)
    assert {*statuses} == {*Review.Status.values}
    assert {row["phase"]: row["n"] for row in academies_by_phase(trust)} == {
        "PRIMARY": 7,
        "SECONDARY": 4,
        "SPECIAL": 1,
    }
    assert set(Finding.objects.values_list("scope", flat=True)) == {*Finding.Scope.values}
    assert set(Finding.objects.values_list("kind", flat=True)) == {*Finding.Kind.values}
    practices = GoodPractice.objects.values_list("status", flat=True)
    assert set(practices) == {*GoodPractice.Status.values}


@pytest.mark.parametrize("academies", [1, 13])
def test_load_demo_refuses_a_number_of_academies_it_has_no_story_for(settings, academies):
    settings.TRIGPOINT_DEMO = True

    with pytest.raises(CommandError, match="2 to 12 academies"):
        call_command("load_demo", academies=academies)


@pytest.mark.slow
def test_same_day_and_seed_tell_the_same_story_even_on_a_sunday_in_august():
    digests = []
    for now in (
        dt.datetime(2027, 8, 22, 9, tzinfo=dt.UTC),
        dt.datetime(2027, 10, 5, tzinfo=dt.UTC),
    ):
        with time_machine.travel(now), transaction.atomic():
            story = operations.tell(today=dt.date(2027, 8, 22), academies=2)
            assert states(story) == {*Review.Status.values}
            digests.append(digest(story.cast.trust))
            transaction.set_rollback(True)

    assert digests[0] == digests[1]


@pytest.mark.slow
def test_load_demo_spreads_as_many_records_as_are_asked_for_over_closed_reviews(settings):
    settings.TRIGPOINT_DEMO = True
    said = StringIO()

    call_command(
        "load_demo", scale="large", academies=2, staff=140, records=500, today=TODAY,
        stdout=said,
    )  # fmt: skip

    assert "500 evidence records" in said.getvalue()
    trust = Trust.objects.get()
    records = EvidenceRecord.objects.filter(trust=trust)
    assert set(records.values_list("status", flat=True)) == {"LOCKED"}
    assert set(Counter(records.values_list("review", flat=True)).values()) == {25}
    assert Review.objects.filter(trust=trust, status="CLOSED").count() == 20
    assert Judgement.objects.standing().filter(trust=trust).count() >= 100
    assert not Judgement.objects.filter(trust=trust, stands_from__isnull=True).exists()
    assert Person.objects.filter(trust=trust).count() >= 140
