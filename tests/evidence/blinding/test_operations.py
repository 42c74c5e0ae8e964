"""A paired visit through the door every record comes through."""

import datetime as dt
import itertools
from uuid import uuid4

import pytest

from tests.factories import (
    ActivityFactory,
    AttachmentFactory,
    ClaimFactory,
    EvidenceRecordFactory,
    LookForMarkFactory,
    NoteFactory,
    ReviewFactory,
    person,
)
from trigpoint.evidence.blinding import operations as blinding
from trigpoint.evidence.entries import operations, rules
from trigpoint.evidence.entries.operations import NoteContent, RecordContent
from trigpoint.evidence.models import Attachment, EvidenceRecord, LookForMark, Note
from trigpoint.evidence.readers.queries import system_readers
from trigpoint.judgements.claims import operations as claims
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.activities import operations as activities
from trigpoint.reviews.activities.operations import ActivityPlan

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)


class World:
    """A paired visit of a reviewer and the trust's own QA lead, in a review led by somebody else."""

    def __init__(self):
        self.review = ReviewFactory.create(status="FIELDWORK")
        self.visit = ActivityFactory.create(review=self.review, is_paired=True)
        self.one, self.other, self.lead = (
            person(role, at=self.review.trust)
            for role in (Role.REVIEWER, Role.QA_LEAD, Role.REVIEWER)
        )
        self.visit.reviewers.add(self.one.person, self.other.person)
        self.review.lead = self.lead.person
        self.review.save()

    def keep(self, by):
        """Begin a record of the visit."""
        note = NoteContent(key="a", text="Every pupil reads aloud within three minutes.")
        content = RecordContent(activity_id=self.visit.pk, title="Reading", notes=(note,))
        receipt = operations.save(
            record_id=uuid4(), content=content, base_revision=None, by=by, at=AT
        )
        return EvidenceRecord.objects.get(pk=receipt.record_id)

    def hand_in(self, by):
        """Write a record of the visit and submit it."""
        operations.submit(record=self.keep(by), by=by, at=AT)
        return EvidenceRecord.objects.get(author=by.person)


@pytest.fixture(name="world")
def _world():
    return World()


def reads(user, record):
    listed = EvidenceRecord.objects.visible_to(user).filter(pk=record.pk).exists()
    assert listed == bool(rules.may_view(user, record))
    return listed


def test_the_other_reads_it_once_both_have_handed_in_whatever_their_role(world):
    first = world.hand_in(world.one)
    before = {who: reads(user, first) for who, user in vars(world).items() if who in USERS}

    second = world.hand_in(world.other)

    first.refresh_from_db()
    assert before == {"one": True, "other": False, "lead": True}
    assert all(
        reads(user, record)
        for user in (world.one, world.other, world.lead)
        for record in (first, second)
    )
    assert HistoryEntry.objects.filter(subject_id=world.visit.pk, verb="pair complete").exists()


USERS = {"one", "other", "lead"}


def test_a_draft_of_the_other_opens_nothing(world):
    first = world.hand_in(world.one)

    world.keep(world.other)

    assert not reads(world.other, first)


def test_second_record_of_the_same_observer_waits_too(world):
    world.hand_in(world.one)
    again = world.keep(world.one)
    operations.submit(record=again, by=world.one, at=AT)

    again.refresh_from_db()
    assert again.blind_to == world.other.person


def test_nothing_of_a_record_that_waits_is_read_by_the_other(world):
    record = world.hand_in(world.one)
    parts = (
        (Note, NoteFactory.create(record=record, position=9)),
        (LookForMark, LookForMarkFactory.create(record=record)),
        (Attachment, AttachmentFactory.create(record=record)),
    )

    for model, part in parts:
        assert model.objects.visible_to(world.lead).filter(pk=part.pk).exists()
        assert not model.objects.visible_to(world.other).filter(pk=part.pk).exists()


def test_it_is_not_among_those_who_can_read_it(world):
    record = world.hand_in(world.one)

    names = [reader.person_id for reader in system_readers(record, on=dt.date.today())]  # noqa: DTZ011

    assert world.lead.person_id in names
    assert world.other.person_id not in names


@pytest.mark.parametrize("who", ["other", "lead"])
def test_cite_half_a_pair_is_refused_to_everybody(world, who):
    record = world.hand_in(world.one)
    claim = ClaimFactory.create(review=world.review, proposed_by=world.lead.person)

    with pytest.raises(Refused):
        claims.cite(
            claim=claim, record=record, stance="SUPPORTS", excerpt="Every pupil reads aloud",
            by=getattr(world, who), at=AT, note=record.notes.get(),
        )  # fmt: skip


def test_save_lets_nobody_but_the_two_record_a_pair(world):
    with pytest.raises(Refused, match="only its two observers"):
        world.keep(world.lead)


def test_submit_by_somebody_who_is_no_longer_of_the_two_is_refused_and_opens_nothing(world):
    first = world.hand_in(world.one)
    late = world.keep(world.other)
    world.visit.reviewers.set([world.one.person, world.lead.person])

    with pytest.raises(Refused, match="only its two observers"):
        operations.submit(record=late, by=world.other, at=AT)

    first.refresh_from_db()
    late.refresh_from_db()
    assert (first.blind_to, late.status) == (world.other.person, "DRAFT")


def exchanged(world, *people):
    """Plan the visit again with other observers, through the timetable."""
    visit, lead = world.visit, world.lead
    plan = ActivityPlan(
        review=world.review, kind=visit.kind, instrument_version=visit.instrument_version,
        title=visit.title, starts_at=visit.starts_at, ends_at=visit.ends_at, is_paired=True,
        reviewers=tuple(user.person for user in people),
    )  # fmt: skip
    before = visit.starts_at - dt.timedelta(hours=1)
    activities.change(activity=visit, plan=plan, because="Ill", by=lead, at=before)


def test_its_observers_stay_the_two_once_one_has_handed_in(world):
    first = world.hand_in(world.one)

    with pytest.raises(Refused, match="open the pair and say why"):
        exchanged(world, world.one, world.lead)

    first.refresh_from_db()
    assert set(world.visit.reviewers.all()) == {world.one.person, world.other.person}
    assert first.blind_to == world.other.person


def test_settle_refuses_an_observer_exchanged_while_they_were_handing_in(world):
    """The timetable was changed after they were let in and before their visit was locked."""
    record = EvidenceRecordFactory.create(
        review=world.review, activity=world.visit, author=world.other.person, submitted=True
    )
    world.visit.reviewers.set([world.one.person, world.lead.person])

    with pytest.raises(Refused, match="only its two observers"):
        blinding.settle(record, by=world.other)


@pytest.mark.parametrize("leaves", ["one", "other"])
def test_observer_exchanged_before_anything_is_handed_in_leaves_the_pair_blind(world, leaves):
    """Whoever began a draft is of the pair no more; the two who are read each other at the end."""
    left, stays = getattr(world, leaves), world.other if leaves == "one" else world.one
    world.keep(left)
    third = person(Role.REVIEWER, at=world.review.trust)

    exchanged(world, stays, third)
    first = world.hand_in(stays)

    assert first.blind_to == third.person
    assert not reads(third, first)


def test_visit_of_two_that_is_not_paired_hides_nothing(world):
    world.visit.is_paired = False
    world.visit.save()

    assert reads(world.other, world.hand_in(world.one))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "review"])
def test_visible_to_agrees_with_may_view_of_records_that_wait(role, place):
    review = ReviewFactory.create()
    user = person(role, at={"trust": review.trust, "academy": review.academy}.get(place, review))
    states = ({"submitted": True}, {"shared": True}, {"shared": True, "status": "LOCKED"})
    for state, is_private, waits in itertools.product(states, (False, True), (False, True)):
        record = EvidenceRecordFactory.create(
            review=review, is_private=is_private, blind_to=user.person if waits else None, **state
        )
        assert not (waits and reads(user, record))
