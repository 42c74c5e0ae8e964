"""Three devices write in one record in any order: nothing is overwritten that nobody looked at.

A model beside the server says what must be stored; each device knows only what it was told.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.factories import ActivityFactory, person
from trigpoint.evidence.entries import operations, queries
from trigpoint.evidence.entries.operations import NoteContent, RecordContent
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Stale

AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)
INTERLEAVINGS, STEPS = 1000, 8
DEVICES = st.integers(0, 2)


@dataclass
class Tablet:
    """What one device holds: its words, what they are based on, and what it last sent."""

    words: str = ""
    base: int | None = None
    sent: tuple[str, int | None] | None = None


class Devices(RuleBasedStateMachine):
    """Type, send, send again, and take the stored version, on three devices in any order."""

    activity = author = None

    def __init__(self):
        super().__init__()
        self.record_id = uuid4()
        self.tablets = [Tablet(), Tablet(), Tablet()]
        self.stored, self.typed = [], 0  # each accepted text in turn: its place is its revision

    def content(self, words):
        """Return a record that says so."""
        notes = (NoteContent(text=words, key="a"),) if words else ()
        return RecordContent(activity_id=self.activity.pk, title="Reading", notes=notes)

    @rule(number=DEVICES)
    def type(self, number):
        """Type what nobody has typed before."""
        self.typed += 1
        self.tablets[number].words = f"Words {self.typed}"

    @rule(number=DEVICES)
    def send(self, number):
        """Send what stands there."""
        tablet = self.tablets[number]
        tablet.sent = (tablet.words, tablet.base)
        self.deliver(tablet)

    @rule(number=DEVICES)
    def send_again(self, number):
        """Have what was sent arrive once more, however late."""
        if self.tablets[number].sent:
            self.deliver(self.tablets[number])

    @rule(number=DEVICES)
    def take(self, number):
        """Look at what is stored, and go on from there."""
        if self.stored:
            self.tablets[number].words = self.stored[-1]
            self.tablets[number].base = len(self.stored)

    def deliver(self, tablet):
        """Hand to the server, and hold its answer against the model."""
        words, base = tablet.sent
        is_same = bool(self.stored) and self.stored[-1] == words
        is_next = base == (len(self.stored) or None)
        is_first = not self.stored
        if not (is_same or is_next or is_first):
            with pytest.raises(Stale) as stale:
                self.save(words, base)
            assert stale.value.current["revision"] == len(self.stored)
            assert self.texts(stale.value.current["content"]["notes"]) == self.wanted()
            return
        receipt = self.save(words, base)
        assert receipt.created == is_first
        if not is_same:
            self.stored.append(words)
        assert receipt.revision == len(self.stored)
        tablet.base = receipt.revision

    def save(self, words, base):
        """Save through the operation."""
        return operations.save(
            record_id=self.record_id,
            content=self.content(words),
            base_revision=base,
            by=self.author,
            at=AT,
        )

    def texts(self, notes):
        """Return the words of some notes."""
        return [note["text"] for note in notes]

    def wanted(self):
        """Return the words the model says are stored."""
        return [self.stored[-1]] if self.stored and self.stored[-1] else []

    @invariant()
    def what_is_stored_is_what_was_accepted_last(self):
        """Compare the whole of it."""
        record = EvidenceRecord.objects.filter(pk=self.record_id).first()
        assert (record.revision if record else 0) == len(self.stored)
        if record:
            assert self.texts(queries.system_content(record).plain()["notes"]) == self.wanted()


@pytest.mark.slow
@pytest.mark.django_db
def test_save_overwrites_nothing_unseen_in_a_thousand_interleavings_of_three_devices():
    activity = ActivityFactory.create()
    Devices.activity, Devices.author = activity, person(Role.REVIEWER, at=activity.trust)

    run_state_machine_as_test(
        Devices,
        settings=settings(
            max_examples=INTERLEAVINGS, stateful_step_count=STEPS, deadline=None, database=None
        ),
    )
