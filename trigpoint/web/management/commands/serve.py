"""Everything ``make start`` does once the dependencies are there; Ctrl-C ends all of it."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from trigpoint.web import shell

HOST = "127.0.0.1"
PATIENCE_SECONDS = 120  # a small, busy machine took more than 30
GOODBYE_SECONDS = 8
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, kill, the terminal closed


class Stop(Exception):  # noqa: N818 -- not an error: somebody pressed Ctrl-C
    """Somebody asked us to end."""


class Command(BaseCommand):
    """``manage.py serve --port 8000``."""

    help = "Prepare the database and serve on this computer: web server and background worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the port, and how many server processes."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, port: int, workers: int, **options: Any) -> None:
        """Prepare, start both programs, say where, and wait."""
        refuse_taken_port(port)
        call_command("prepare", verbosity=0)
        if settings.TRIGPOINT_DEMO and "load_demo" in get_commands():
            call_command("load_demo", if_empty=True)
        environment = {
            "TRIGPOINT_URL": f"http://localhost:{port}",
            **os.environ,
            "SECRET_KEY": local_secret(),
            "PYTHONUNBUFFERED": "1",
        }
        for number in ENDINGS:
            signal.signal(number, _stop)
        with (
            running(web(port, workers), environment) as pages,
            running(worker(), environment) as jobs,
        ):
            try:
                wait_until_it_answers(port)
                self.announce(port)
                wait_for_the_first_to_end(pages, jobs)
            except Stop:
                self.stdout.write("\nStopping.")
                return
        msg = "The web server or the background worker ended by itself. The lines above say why."
        raise CommandError(msg)

    def announce(self, port: int) -> None:
        """Say the address and, in demo mode, who can sign in."""
        address = f"http://localhost:{port}/"
        self.stdout.write(self.style.SUCCESS(f"\nTrigpoint is at {address}   (Ctrl-C stops it)\n"))
        sign_ins = shell.sign_ins()
        if sign_ins:
            self.stdout.write("Demo: press one of these on the sign-in page, no password needed.")
        for one in sign_ins:
            self.stdout.write(f"  {one.label:32} {one.note}")
        self.stdout.flush()


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)  # once is enough; ending politely takes a moment
    raise Stop


def wait_for_the_first_to_end(*processes: "subprocess.Popen[bytes]") -> None:
    """Return when any of the programs is no longer running."""
    while all(process.poll() is None for process in processes):
        time.sleep(0.5)


def refuse_taken_port(port: int) -> None:
    """Stop at once if another program already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as taken:
            msg = (
                f"Port {port} is taken by another program, or may not be used. "
                f"Stop that program, or choose another port: make start PORT={port + 1}"
            )
            raise CommandError(msg) from taken


def local_secret() -> str:
    """Return the environment's secret key, or one kept for this computer alone."""
    if os.environ.get("SECRET_KEY"):
        return os.environ["SECRET_KEY"]
    kept: Path = settings.VAR / "local-secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(64), encoding="utf-8")
    return kept.read_text(encoding="utf-8")


def web(port: int, workers: int) -> list[str]:
    """Return the web server's command line. The kill timeout ends a worker that hangs at the end."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", HOST, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", "4", "--workers-kill-timeout", "3", "--log-level", "warning"),
        "trigpoint.config.wsgi:application",
    ]


def worker() -> list[str]:
    """Return the background worker's command line."""
    return [sys.executable, "manage.py", "work"]


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program in its own group until the block ends, then end it: politely, then for good."""
    process = subprocess.Popen(  # noqa: S603 -- our own command lines
        command, env=environment, cwd=settings.ROOT, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until_it_answers(port: int) -> None:
    """Wait for the web server to take connections."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    msg = (
        f"The web server did not answer within {PATIENCE_SECONDS} seconds. The lines above say why."
    )
    raise CommandError(msg)
