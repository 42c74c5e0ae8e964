"""Work that comes round: each area registers its jobs, whichever worker is first queues them.

A job is a task, and the times it is due in the words of cron. Runs that were missed while nothing
was running are made up for once, not each.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cronsim import CronSim
from django.db import transaction
from django.utils import timezone

from trigpoint.records.models import JobTurn
from trigpoint.records.queue import Task


@dataclass(frozen=True, slots=True)
class Job:
    """A task and when it runs, such as ``0 7 * * 1-5`` in the time of the clocks on the wall.

    The task takes nothing; it reads the clock itself.
    """

    name: str  # "people.digests", for ever: the database knows the job by it
    times: str
    task: "Task[..., Any]"

    def due_after(self, moment: datetime) -> datetime:
        """Return the first time after a moment, through changes of the clocks."""
        return next(CronSim(self.times, timezone.localtime(moment)))


_jobs: dict[str, Job] = {}


def register(*jobs: Job) -> None:
    """Add jobs to the schedule. Call from ``AppConfig.ready``; a second call changes nothing."""
    _jobs.update({job.name: job for job in jobs})


def queue_due(*, at: datetime) -> list[str]:
    """Queue the jobs that are due, each once however many workers ask; return their names."""
    turns = {turn.name: turn for turn in JobTurn.objects.filter(name__in=_jobs)}
    new = [job for job in _jobs.values() if job.name not in turns]
    if new:
        JobTurn.objects.bulk_create((_turn(job, at) for job in new), ignore_conflicts=True)
    changed = [turn for turn in turns.values() if turn.times != _jobs[turn.name].times]
    for turn in changed:  # a release set other times
        JobTurn.objects.filter(name=turn.name, times=turn.times).update(
            times=_jobs[turn.name].times, due_at=_jobs[turn.name].due_after(at)
        )
    due = [turn for turn in turns.values() if turn.due_at <= at and turn not in changed]
    return [turn.name for turn in due if _queue(turn, at)]


def _turn(job: Job, at: datetime) -> JobTurn:
    return JobTurn(name=job.name, times=job.times, due_at=job.due_after(at))


@transaction.atomic
def _queue(turn: JobTurn, at: datetime) -> bool:
    """Queue one job, unless another worker has moved its turn on meanwhile."""
    job = _jobs[turn.name]
    mine = JobTurn.objects.filter(name=turn.name, due_at=turn.due_at)
    if not mine.update(due_at=job.due_after(at)):
        return False
    job.task.enqueue()
    return True
