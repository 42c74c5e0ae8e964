"""Jobs that come round are queued on time, once, and made up for once."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from tests.parallel import HANDS, all_at_once
from tests.queue import queued
from trigpoint.records import schedule, tasks
from trigpoint.records.models import JobTurn
from trigpoint.records.schedule import Job

LONDON = ZoneInfo("Europe/London")
MORNING = Job("tests.morning", "0 7 * * 1-5", tasks.forget_finished)


def at(*when):
    return dt.datetime(*when, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch):
    monkeypatch.setattr(schedule, "_jobs", {MORNING.name: MORNING})


@pytest.mark.django_db
def test_queue_due_waits_for_the_first_time_and_then_keeps_to_it():
    friday = at(2025, 11, 14, 6, 59)

    assert schedule.queue_due(at=friday) == []  # seen for the first time
    assert schedule.queue_due(at=friday) == []
    assert schedule.queue_due(at=at(2025, 11, 14, 7, 0)) == ["tests.morning"]
    assert schedule.queue_due(at=at(2025, 11, 14, 7, 0, 15)) == []
    assert schedule.queue_due(at=at(2025, 11, 16, 12)) == []  # a Sunday
    assert schedule.queue_due(at=at(2025, 11, 17, 7, 1)) == ["tests.morning"]
    assert len(queued("forget_finished")) == 2


@pytest.mark.django_db
def test_queue_due_makes_up_for_missed_times_once():
    schedule.queue_due(at=at(2025, 11, 3, 6))

    assert schedule.queue_due(at=at(2025, 11, 14, 12)) == ["tests.morning"]

    assert schedule.queue_due(at=at(2025, 11, 14, 12)) == []
    assert JobTurn.objects.get().due_at == at(2025, 11, 17, 7)


@pytest.mark.django_db
def test_queue_due_follows_the_clocks_on_the_wall():
    schedule.queue_due(at=at(2026, 3, 27, 12))  # Friday before the clocks change
    assert JobTurn.objects.get().due_at == dt.datetime(2026, 3, 30, 6, tzinfo=dt.UTC)

    schedule.queue_due(at=at(2026, 10, 23, 12))
    assert JobTurn.objects.get().due_at == dt.datetime(2026, 10, 26, 7, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_queue_due_takes_new_times_from_a_release(monkeypatch):
    schedule.queue_due(at=at(2025, 11, 14, 6))
    later = Job(MORNING.name, "0 9 * * *", MORNING.task)
    monkeypatch.setattr(schedule, "_jobs", {later.name: later})

    assert schedule.queue_due(at=at(2025, 11, 14, 7, 30)) == []

    assert JobTurn.objects.get().due_at == at(2025, 11, 14, 9)


@pytest.mark.django_db
def test_queue_due_leaves_a_job_that_is_gone_alone(monkeypatch):
    schedule.queue_due(at=at(2025, 11, 3, 6))
    monkeypatch.setattr(schedule, "_jobs", {})

    assert schedule.queue_due(at=at(2025, 11, 14, 12)) == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_comes_second_queues_nothing(monkeypatch):
    schedule.queue_due(at=at(2025, 11, 3, 6))
    turn, due = JobTurn.objects.get(), at(2025, 11, 14, 7)

    with transaction.atomic():
        first, second = (schedule._queue(turn, due) for _ in range(2))  # noqa: SLF001 -- both read it before

    assert (first, second) == (True, False)
    assert len(queued()) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_queue_a_job_once():
    schedule.queue_due(at=at(2025, 11, 3, 6))
    due = at(2025, 11, 14, 7)

    said = all_at_once([lambda: schedule.queue_due(at=due)] * HANDS)

    assert sorted(said) == [[]] * (HANDS - 1) + [["tests.morning"]]
    assert len(queued()) == 1


def test_register_twice_is_once(monkeypatch):
    schedule.register(MORNING)

    assert schedule._jobs == {MORNING.name: MORNING}  # noqa: SLF001 -- what is registered
