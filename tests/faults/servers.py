"""The real server and database, started, killed and started again."""

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 180
WORKERS = 2
WARM, QUICK_SECONDS = 5, 0.15  # it serves once it has answered so often in a row, each so quickly
ALIVE_SECONDS = (0.2, 1.0, 3.0)  # shortest, mean and longest time between answering and dying
DATABASE_DIES = 0.25  # in so many of the server's deaths, with ``--engine postgres``


def free_port():
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    """A cluster of our own, with the durability it ships with."""

    def __init__(self):
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self.home = Path(tempfile.mkdtemp(prefix="faults-pg-"))
        self.port, self.kills = free_port(), 0
        self.url = f"postgres://trigpoint@127.0.0.1:{self.port}/postgres"
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres")
        self.call("initdb", "-U", "trigpoint", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()

    def call(self, program, *arguments, check=True):
        """Run one of PostgreSQL's programs as its user."""
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*as_postgres, self.bin / program, "-D", self.home / "data", *arguments],
            check=check, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self):
        """Start, and again while shared memory of the killed one is still being cleared."""
        how = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.home}"
        for last in (False,) * 9 + (True,):
            try:
                self.call("pg_ctl", "-w", "-l", self.home / "log", "-o", how, "start")
            except subprocess.CalledProcessError:
                if last:
                    raise
                time.sleep(0.5)
            else:
                return

    def kill(self):
        """End the postmaster and everything it started, with SIGKILL."""
        postmaster = int((self.home / "data/postmaster.pid").read_text().split()[0])
        for pid in (postmaster, *children(postmaster)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.kills += 1

    def stop(self):
        """End it for good, and take its folder away."""
        self.call("pg_ctl", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.home, ignore_errors=True)


def children(parent):
    """Return the processes a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found


class Server(threading.Thread):
    """Keeps starting the web server, and kills it about a second after it answers, until stopped."""

    def __init__(self, var, postgres, seed):
        super().__init__(name="server", daemon=True)
        self.log, self.postgres, self.dice = var / "server.log", postgres, random.Random(seed)
        self.port, self.kills, self.process = free_port(), 0, None
        self.over, self.answering, self.fault = threading.Event(), threading.Event(), None

    def run(self):
        """Start and kill, in turn."""
        try:
            self.start_web()
            while not self.over.wait(self.lifetime()):
                self.kill()
                self.start_web()
        except Exception as fault:  # noqa: BLE001 -- told by the main thread, which waits for it
            self.fault = fault

    def lifetime(self):
        """Draw how long the server lives this time."""
        shortest, mean, longest = ALIVE_SECONDS
        return min(longest, shortest + self.dice.expovariate(1 / (mean - shortest)))

    def start_web(self):
        """Start the processes that production starts, and wait until they answer."""
        from trigpoint.web.management.commands.serve import web  # noqa: PLC0415 -- after setup

        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                web(self.port, WORKERS), cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        until, in_a_row = time.monotonic() + PATIENCE_SECONDS, 0
        while in_a_row < WARM:
            asked_at = time.monotonic()
            in_a_row = in_a_row + 1 if self.answers() else 0
            if time.monotonic() - asked_at > QUICK_SECONDS:
                in_a_row = 0
            if time.monotonic() > until:
                msg = f"The server did not answer within {PATIENCE_SECONDS} s."
                raise TimeoutError(msg)
            time.sleep(0.02)
        self.answering.set()

    def answers(self):
        """Say whether server and database answer."""
        try:
            with urllib.request.urlopen(
                f"http://localhost:{self.port}/healthz", timeout=5
            ) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def kill(self):
        """End every process of the server at once, and sometimes the database under it."""
        self.kills += 1
        if self.postgres and self.dice.random() < DATABASE_DIES:
            self.postgres.kill()
            time.sleep(self.dice.uniform(0, 0.5))  # the server meets a database that is not there
            self.end()
            self.postgres.start()
        else:
            self.end()

    def end(self):
        """End every process of the server."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """Let it live until it has answered once more, then end it for good."""
        self.over.set()
        self.join(PATIENCE_SECONDS * 2)
        self.end()


def environment(var, database):
    """Set what the server and this program share, before Django reads it."""
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "trigpoint.config.settings",
            "DATABASE_URL": database,
            "TRIGPOINT_VAR": str(var),
            "SECRET_KEY": "only-for-this-run",
            "PYTHONPATH": str(ROOT),
        }
    )
    for name in ("TRIGPOINT_HOSTS", "TRIGPOINT_DEMO", "TRIGPOINT_DEBUG"):
        os.environ.pop(name, None)
    sys.path.insert(0, str(ROOT))
