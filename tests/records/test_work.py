"""The worker as it runs: a program of its own that is asked to end, or killed in the middle."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from tests.mail import HOST, Postbox, free_port, serving
from trigpoint.records.management.commands import work

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 40
TELL = """
from django.utils import timezone
from trigpoint.people.models import Notice, Person, Preference, User
from trigpoint.people.notices.operations import News, tell
from trigpoint.trusts.models import Trust
trust = Trust.objects.create(name="T")
person = Person.objects.create(trust=trust, name="Ann Ash", email="ann@trust.example")
User.objects.create_user(person.email, person=person)
Preference.objects.create(trust=trust, person=person, how="AT_ONCE")
news = News(kind=Notice.Kind.ACTION, sentence="It is yours.", address="/", once_key="1")
tell([person], news, at=timezone.now())
"""
TIMES = (
    "records_workerbeat SET seen_at",
    "django_tasks_database_dbtaskresult SET started_at",
    "people_letter SET held_until",
)


class Installation:
    """An installation of its own in a folder, with its database and its mail server's address."""

    def __init__(self, home, mail_port):
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        own = {"TRIGPOINT_VAR": str(home), "TRIGPOINT_DEMO": "0"}
        own["DJANGO_SETTINGS_MODULE"] = "trigpoint.config.settings"  # those of tests keep mail
        self.environment = {**kept, **own, "EMAIL_URL": f"smtp://{HOST}:{mail_port}"}
        self.database = home / "trigpoint.sqlite3"

    def run(self, *command):
        """Run a command to its end."""
        line = [sys.executable, "manage.py", *command]
        subprocess.run(line, cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def start_worker(self):
        """Start the worker."""
        line = [sys.executable, "manage.py", "work", "--interval", "0.1", "--beat", "0.2"]
        pipe = subprocess.PIPE
        return subprocess.Popen(line, cwd=ROOT, env=self.environment, stderr=pipe, text=True)

    def ask(self, sql):
        """Ask the database, or change it."""
        connection = sqlite3.connect(self.database, timeout=20)
        try:
            with connection:
                return connection.execute(sql).fetchall()
        finally:
            connection.close()


def until(true):
    """Wait for something."""
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE_SECONDS:
        if found := true():
            return found
        time.sleep(0.1)
    return pytest.fail("it did not come about")


@pytest.mark.slow
def test_work_finishes_what_a_killed_worker_had_in_hand(tmp_path):
    port = free_port()
    site, postbox = Installation(tmp_path, port), Postbox()
    site.run("migrate", "--verbosity", "0")
    site.run("shell", "-c", TELL)
    beats = "SELECT worker_id, seen_at FROM records_workerbeat"
    statuses = "SELECT status FROM django_tasks_database_dbtaskresult"

    postbox.before = lambda: time.sleep(4)  # long enough to be killed in
    with serving(postbox, port):
        first = site.start_worker()
        until(lambda: postbox.asked)
        [before] = site.ask(beats)
        until(lambda: site.ask(beats) != [before])  # it beats while a task takes long
        first.send_signal(signal.SIGKILL)
        first.communicate()
        assert site.ask(statuses) == [("RUNNING",)]
        for place in TIMES:
            site.ask(f"UPDATE {place} = '2025-01-01 00:00:00'")
        postbox.before = None
        second = site.start_worker()
        until(lambda: postbox.letters and site.ask(statuses) == [("SUCCESSFUL",)])
        second.send_signal(signal.SIGTERM)
        _, faults = second.communicate(timeout=20)

    assert second.returncode == 0, faults
    assert "tasks_put_back" in faults
    assert postbox.subjects_to("ann@trust.example") == ["Trigpoint: 1 new notice"]
    turns = {name for (name,) in site.ask("SELECT name FROM records_jobturn")}
    assert {"records.forget", "people.daily-mail", "policies.review-due"} <= turns


class Resting:
    """Stands where the library's worker does, and rests until it is told to end."""

    def __init__(self, **_):
        self.told = False

    def configure_signals(self):
        """Listen for the end."""
        signal.signal(signal.SIGTERM, self.end)

    def end(self, _number, _frame):
        """End."""
        self.told = True

    def run(self):
        """Rest."""
        until(lambda: self.told)


@pytest.fixture
def _resting(monkeypatch):
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(work, "Worker", Resting)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("_resting")
def test_work_ends_loudly_when_its_clock_stops(monkeypatch):
    said = iter([None, OperationalError("the database is away"), ValueError("a fault of ours")])

    def tick(_worker_id):
        if fault := next(said):
            raise fault

    monkeypatch.setattr(work, "tick", tick)
    monkeypatch.setattr(work.threading, "excepthook", lambda _: None)

    with pytest.raises(CommandError, match="schedule stopped"):
        call_command("work", beat=0.01)

    assert next(said, "nothing left") == "nothing left"  # a database that is away was waited for
