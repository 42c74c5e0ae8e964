"""Work put off: tried again ever more slowly, put back when its worker is dead, forgotten in time."""

import datetime as dt

import pytest
from django_tasks_db.models import DBTaskResult

from tests.queue import queued
from trigpoint.records import queue, tasks
from trigpoint.records.models import WorkerBeat

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)
FORGET = "trigpoint.records.tasks.forget_finished"


def running(worker_id, *, since=NOW - dt.timedelta(hours=1)):
    """Have a task that a worker took in hand."""
    queue.later(FORGET)
    task = DBTaskResult.objects.get(status="READY")
    task.claim(worker_id)
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=since)
    return task


def test_put_back_lost_takes_the_tasks_of_the_dead_and_no_others():
    living, dead = running("living"), running("dead")
    unheard, just_begun = running("unheard of"), running("slow to beat", since=NOW)
    queue.beat("dead", at=NOW - dt.timedelta(hours=1))
    queue.beat("living", at=NOW - dt.timedelta(hours=1))
    queue.beat("living", at=NOW)

    assert queue.put_back_lost(at=NOW) == 2

    ready = set(DBTaskResult.objects.filter(status="READY").values_list("pk", "started_at"))
    assert ready == {(dead.pk, None), (unheard.pk, None)}
    still = DBTaskResult.objects.filter(status="RUNNING").values_list("pk", flat=True)
    assert set(still) == {living.pk, just_begun.pk}


def test_put_back_lost_looks_at_the_last_worker_of_a_task():
    task = running("living")
    task.claim("dead")
    DBTaskResult.objects.update(started_at=NOW - dt.timedelta(hours=1))
    queue.beat("living", at=NOW)

    assert queue.put_back_lost(at=NOW) == 1


def test_try_again_waits_longer_each_time_and_at_most_an_hour():
    pauses = [queue.delay(tries) for tries in range(1, 9)]

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (dt.timedelta(minutes=1), dt.timedelta(hours=1))


def test_later_refuses_a_task_that_is_not_there():
    with pytest.raises(ImportError):
        queue.later("trigpoint.records.tasks.nothing")

    assert queued() == []


def test_forget_finished_keeps_what_ended_lately_and_what_has_not():
    ended = {"old": NOW - dt.timedelta(days=15), "new": NOW - dt.timedelta(days=1), "open": None}
    for finished_at in ended.values():
        DBTaskResult.objects.filter(pk=running("x").pk).update(finished_at=finished_at)
    queue.beat("long gone", at=NOW - dt.timedelta(days=15))

    assert queue.forget_finished(at=NOW) == 1

    kept = set(DBTaskResult.objects.values_list("finished_at", flat=True))
    assert kept == {ended["new"], None}
    assert not WorkerBeat.objects.exists()


def test_forgetting_is_itself_a_task():
    assert tasks.forget_finished.call() == 0
