"""Work put off until later: how a task is written, tried again, and put back when its worker died.

The one place that knows the library behind the queue (docs/decisions/0006). A task takes plain
ids, fetches, calls one operation, and is safe to run twice.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from trigpoint.records.models import WorkerBeat

__all__ = ["Task", "beat", "forget_finished", "later", "put_back_lost", "task", "try_again"]
DELAYS_MINUTES = (1, 2, 5, 15, 30, 60)  # the last one again and again
BEATS_EVERY = timedelta(seconds=15)
SILENT = BEATS_EVERY * 8  # a worker that has not been heard of for so long is dead
MOST_WORKERS = 5  # a task that five workers died with is not given to a sixth
KEPT = timedelta(days=14)  # finished tasks, for whoever looks for a fault


def later(path: str, *args: Any) -> None:  # noqa: ANN401 -- whatever the task takes
    """Queue a task in the transaction that makes it necessary.

    It is named by its path because an operation stands below the tasks it queues.
    """
    found: Task[..., Any] = import_string(path)
    found.enqueue(*args)


def delay(tries: int) -> timedelta:
    """Return how long to wait after so many tries in vain, at least one."""
    return timedelta(minutes=DELAYS_MINUTES[min(tries, len(DELAYS_MINUTES)) - 1])


def try_again(again: "Task[..., Any]", *args: Any, tries: int, at: datetime) -> None:  # noqa: ANN401 -- whatever the task takes
    """Queue a task once more after a pause that grows with the tries; it is told their number."""
    again.using(run_after=at + delay(tries)).enqueue(*args, tries=tries)


def beat(worker_id: str, *, at: datetime) -> None:
    """Write down that a worker is alive."""
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": at})


def put_back_lost(*, at: datetime) -> int:
    """Put back the tasks whose worker was killed while it ran them; return how many.

    A worker that is alive beats, however long its task takes.
    """
    # Which worker has it is the last of a JSON list; running tasks are as few as workers.
    alive = set(
        WorkerBeat.objects.filter(seen_at__gt=at - SILENT).values_list("worker_id", flat=True)
    )
    running = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=at - SILENT
    )
    lost = [
        (pk, len(worker_ids))
        for pk, worker_ids in running.values_list("pk", "worker_ids")
        if not worker_ids or worker_ids[-1] not in alive
    ]
    deadly = [pk for pk, tries in lost if tries >= MOST_WORKERS]
    running.filter(pk__in=deadly).update(status=TaskResultStatus.FAILED, finished_at=at)
    return running.filter(pk__in=[pk for pk, tries in lost if tries < MOST_WORKERS]).update(
        status=TaskResultStatus.READY, started_at=None
    )


def forget_finished(*, at: datetime) -> int:
    """Delete tasks that ended long ago, and workers long gone; return how many rows of tasks."""
    WorkerBeat.objects.filter(seen_at__lt=at - KEPT).delete()
    old = DBTaskResult.objects.filter(finished_at__lt=at - KEPT)
    return old.delete()[0]
