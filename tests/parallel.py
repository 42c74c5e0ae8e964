"""Many hands at once, each with a connection of its own: for tests that need PostgreSQL."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, connections

from trigpoint.people.models import User
from trigpoint.records.refusals import Refused

HANDS = 8
PATIENCE_SECONDS = 10
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def until_another_waits():
    """Hold what this hand has locked until another asks for it, or soon after it did not."""
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE_SECONDS:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)


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
