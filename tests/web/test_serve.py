"""``make start``'s last step: both programs, one address, one Ctrl-C."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trigpoint.web import shell
from trigpoint.web.management.commands import serve

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind((serve.HOST, 0))
        return probe.getsockname()[1]


def at_home(home):
    """Return the environment of an installation that keeps its data in a folder."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "TRIGPOINT_VAR": str(home), "TRIGPOINT_DEMO": "0"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """An installation that was begun once; to begin it takes longer than to copy it."""
    home = tmp_path_factory.mktemp("prepared")
    command = [sys.executable, "manage.py", "prepare"]
    subprocess.run(command, cwd=ROOT, env=at_home(home), check=True, capture_output=True)
    return home


@pytest.mark.slow
@pytest.mark.parametrize("ending", serve.ENDINGS, ids=lambda ending: ending.name)
def test_serve_answers_and_ends_when_asked(ending, free_port, prepared, tmp_path):
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    site = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(free_port), "--workers", "1"],
        cwd=ROOT,
        env=at_home(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = ""
    while "Trigpoint is at" not in said and site.poll() is None:
        said += site.stdout.readline()

    with urllib.request.urlopen(f"http://{serve.HOST}:{free_port}/healthz", timeout=10) as answer:
        assert answer.status == 200
    time.sleep(1)
    site.send_signal(ending)
    rest, faults = site.communicate(timeout=30)

    assert "Stopping." in rest
    assert site.returncode == 0, faults
    assert (tmp_path / "trigpoint.sqlite3").exists()


def test_serve_refuses_a_taken_port():
    with socket.socket() as other:
        other.bind((serve.HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"make start PORT={port + 1}"):
            call_command("serve", port=port)


def test_serve_keeps_one_secret_for_this_computer(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    settings.VAR = tmp_path

    kept = serve.local_secret()

    assert serve.local_secret() == kept
    assert (tmp_path / "local-secret-key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("SECRET_KEY", "from the environment")
    assert serve.local_secret() == "from the environment"


def test_serve_says_so_when_a_program_ends_by_itself(settings, monkeypatch, free_port, tmp_path):
    settings.VAR, settings.TRIGPOINT_DEMO = tmp_path, False
    listen = (
        "import socket; s = socket.socket(); "
        "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); "
        f"s.bind(('{serve.HOST}', {free_port})); s.listen(); input() if False else s.accept()"
    )
    monkeypatch.setattr(serve, "call_command", lambda *_args, **_options: None)
    monkeypatch.setattr(serve, "web", lambda _port, _workers: [sys.executable, "-c", listen])
    monkeypatch.setattr(serve, "worker", lambda: [sys.executable, "-c", "pass"])
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    with pytest.raises(CommandError, match="ended by itself"):
        call_command("serve", port=free_port)

    for number, handler in before.items():
        signal.signal(number, handler)


def test_serve_names_the_people_of_the_demo(settings, capsys, monkeypatch):
    settings.TRIGPOINT_DEMO = True
    who = shell.SignIn(label="Headteacher", note="Ash Lane Primary", url="/x/")
    monkeypatch.setattr(shell, "_sign_ins", [lambda: [who]])

    serve.Command().announce(8000)

    said = capsys.readouterr().out
    assert "http://localhost:8000/" in said
    assert "Headteacher" in said


def test_serve_gives_up_on_a_server_that_does_not_answer(monkeypatch, free_port):
    monkeypatch.setattr(serve, "PATIENCE_SECONDS", 0.2)

    with pytest.raises(CommandError, match="did not answer"):
        serve.wait_until_it_answers(free_port)


def test_running_ends_a_program_that_will_not(monkeypatch):
    monkeypatch.setattr(serve, "GOODBYE_SECONDS", 0.3)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); time.sleep(60)"

    with serve.running([sys.executable, "-c", deaf], {**os.environ}) as program:
        time.sleep(0.3)

    assert program.returncode == -signal.SIGKILL


def test_prepare_says_it_is_done(db, settings, tmp_path, capsys):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.VAR = tmp_path

    call_command("prepare")

    assert "up to date" in capsys.readouterr().out
    assert any((tmp_path / "static").iterdir())
