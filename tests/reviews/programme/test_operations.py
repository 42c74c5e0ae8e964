"""Asking for a proposal and proposing."""

import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from tests.reviews.programme.trusts import AT, TODAY, SmallTrust
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.assignment.rules import breaches
from trigpoint.reviews.models import Programme, ProgrammeSlot
from trigpoint.reviews.programme import operations, queries, rules, tasks

pytestmark = pytest.mark.django_db


def ask(small):
    return operations.ask(year=small.year, by=small.lead, at=AT, on=TODAY)


def propose(small, programme=None):
    programme = programme or ask(small)
    return operations.propose(programme=programme, by=small.lead, on=TODAY, at=AT)


def test_ask_says_that_a_proposal_is_on_its_way_and_only_once():
    small = SmallTrust()

    programme = ask(small)

    assert (programme.asked_at, programme.doing) == (AT, operations.WAITING)
    with pytest.raises(Refused, match="Wait until it is there"):
        ask(small)


def test_ask_needs_a_policy():
    small = SmallTrust()
    small.version.status = "DRAFT"
    small.version.save()

    with pytest.raises(Refused, match="Adopt one first"):
        ask(small)


def test_propose_gives_every_need_days_people_and_reasons():
    small = SmallTrust()

    programme = propose(small)

    slots = list(programme.slots.order_by("academy__name"))
    assert [(it.academy.name, it.kind, it.area_lineage, it.status) for it in slots] == [
        ("Dunlow Vale", "DEEP_DIVE", "curriculum", "PROPOSED"),
        ("Saltwyke", "DEEP_DIVE", "curriculum", "PROPOSED"),
    ]
    assert all(it.starts_on <= dt.date(2026, 3, 1) == it.due_on for it in slots)
    assert all(it.team.count() == 1 and len(it.reasons) >= 3 for it in slots)
    assert (programme.asked_at, programme.doing, programme.unplaced) == (None, "", [])
    gathered = queries.system_gather(small.year, on=TODAY)
    assert breaches(gathered.year, [queries.system_slot_of(it) for it in slots]) == []
    assert HistoryEntry.objects.filter(subject_id=programme.pk, verb="proposed").exists()


def test_propose_again_replaces_what_nobody_touched_and_keeps_the_rest():
    small = SmallTrust()
    programme = propose(small)
    moved, dropped = programme.slots.order_by("academy__name")
    ProgrammeSlot.objects.filter(pk=moved.pk).update(
        is_moved=True, starts_on=dt.date(2026, 1, 14), ends_on=dt.date(2026, 1, 14)
    )
    ProgrammeSlot.objects.filter(pk=dropped.pk).update(status="DROPPED", dropped_because="Not now")

    propose(small, programme)

    assert set(programme.slots.exclude(due_on=dt.date(2026, 7, 14))) == {moved, dropped}
    assert [it.academy for it in programme.slots.filter(due_on=dt.date(2026, 7, 14))] == [
        moved.academy
    ]  # half a year after where it was moved to


def test_propose_has_the_academy_s_head_lead_its_own_review():
    small = SmallTrust(cadence=("SELF",))
    head = small.add_head(small.academies[1])

    programme = propose(small)

    slot = programme.slots.get()
    assert (slot.lead, slot.team.count()) == (head, 0)
    assert [it["words"] for it in programme.unplaced] == [
        (
            "The self-review at Dunlow Vale has nobody to lead it. Give somebody the role of "
            "headteacher there and propose again."
        )
    ]


def test_propose_says_what_found_no_place():
    small = SmallTrust(reviewers=1)

    programme = propose(small)

    assert programme.slots.count() == 0
    assert len(programme.unplaced) == 2
    assert "fewer than 2 reviewers are free" in programme.unplaced[0]["words"]


def test_propose_of_a_programme_whose_policy_went_says_so_and_waits_no_more():
    small = SmallTrust()
    programme = ask(small)
    small.version.status = "DRAFT"
    small.version.save()

    with pytest.raises(Refused, match="No policy is in force"):
        propose(small, programme)
    kept = Programme.objects.get()
    assert (kept.asked_at, kept.doing) == (None, operations.NO_POLICY)
    assert not rules.is_being_proposed(kept, at=AT)


def test_a_proposal_that_fails_for_any_reason_is_waited_for_no_more():
    small = SmallTrust()
    programme = ask(small)
    small.version.settings = {"programme": {"buffer_weeks": "many"}}
    small.version.save()

    with pytest.raises(ValueError, match="many"):
        propose(small, programme)

    kept = Programme.objects.get()
    assert (kept.asked_at, kept.doing) == (None, operations.FAILED)


def test_ask_queues_the_work_with_the_question():
    small = SmallTrust()

    programme = ask(small)

    task = DBTaskResult.objects.get()
    assert task.args_kwargs["args"] == [str(programme.pk), str(small.lead.pk)]


def test_the_worker_leaves_alone_what_was_worked_out_already():
    small = SmallTrust()
    programme = propose(small)
    before = set(programme.slots.values_list("pk", flat=True))

    tasks.propose.func(str(programme.pk), str(small.lead.pk))

    assert set(programme.slots.values_list("pk", flat=True)) == before


def test_the_worker_does_what_was_asked_for_and_twice_makes_it_no_more():
    small = SmallTrust()
    programme = ask(small)

    for _ in range(2):
        tasks.propose.func(str(programme.pk), str(small.lead.pk))

    programme.refresh_from_db()
    assert programme.asked_at is None
    assert len({it.need_key for it in programme.slots.all()}) == programme.slots.count()
