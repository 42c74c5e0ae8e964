"""Many hands at once, each with a connection of its own: for tests that need PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from trigpoint.people.models import User
from trigpoint.records.refusals import Refused

HANDS = 8


def all_at_once(jobs):
    """Run the jobs on a few threads that start together; return what each gave, or raise."""
    start = Barrier(HANDS)

    def hand(own):
        start.wait()
        try:
            return [job() for job in own]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(HANDS) as pool:
        shares = pool.map(hand, [jobs[place::HANDS] for place in range(HANDS)])
        return [result for share in shares for result in share]


def said(job, user):
    """Run a job as somebody; return the sentence it was refused with, empty for none."""
    try:
        job(User.objects.get(pk=user.pk))
    except Refused as refused:
        return refused.reason
    return ""
