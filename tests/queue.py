"""Runs what is queued, as the worker does, with the library's own loop."""

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def work(*, worker_id="tests"):
    """Run every task that is ready, until none is."""
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    ).run()


def queued(path=""):
    """Return the arguments of what waits, oldest first; of one task when its path's end is given."""
    waiting = DBTaskResult.objects.filter(status="READY", task_path__endswith=path)
    return [task.args_kwargs["args"] for task in waiting.order_by("enqueued_at")]
