"""The background worker: runs what is queued, queues what comes round, puts back what was lost."""

import os
import signal
import socket
import threading
from argparse import ArgumentParser
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from trigpoint.records import queue, schedule

log = structlog.get_logger(__name__)


class Clock(threading.Thread):
    """Beats beside the worker's own loop, so that it beats while a long task runs.

    A database that does not answer is waited for; any other fault ends the worker, loudly.
    """

    def __init__(self, worker_id: str, every: float) -> None:
        super().__init__(name="clock", daemon=True)
        self.worker_id, self.every = worker_id, every
        self.over = threading.Event()
        self.failed = False

    def run(self) -> None:
        """Beat until the worker ends."""
        self.failed = True
        while not self.over.wait(self.every):
            try:
                tick(self.worker_id)
            except Error:
                log.warning("clock_without_database", exc_info=True)
            except BaseException:
                log.exception("clock_stopped")
                os.kill(os.getpid(), signal.SIGTERM)
                raise
            finally:
                connections.close_all()  # between two beats they are of more use to others
        self.failed = False


def tick(worker_id: str) -> None:
    """Do everything there is to do once in a while."""
    now = timezone.now()
    queue.beat(worker_id, at=now)
    if lost := queue.put_back_lost(at=now):
        log.warning("tasks_put_back", count=lost)
    for name in schedule.queue_due(at=now):
        log.info("job_queued", job=name)


class Command(BaseCommand):
    """``manage.py work``."""

    help = "Run the background worker: queued tasks, and jobs that come round."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to rest when there is nothing to do."""
        parser.add_argument("--interval", type=float, default=1, help="seconds between two looks")
        parser.add_argument("--beat", type=float, default=queue.BEATS_EVERY.total_seconds())

    def handle(self, *args: Any, interval: float, beat: float, **options: Any) -> None:
        """Run until somebody ends it; the task at hand is finished first."""
        worker_id = f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(12)}"
        worker = Worker(
            queue_names=["*"],
            interval=interval,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        tick(worker_id)  # before the first task: a worker that is not heard of counts as dead
        clock = Clock(worker_id, beat)
        clock.start()
        try:
            worker.run()
        finally:
            clock.over.set()
            if clock.failed and not clock.is_alive():
                msg = "The schedule stopped, so the worker ends too. The lines above say why."
                raise CommandError(msg)
