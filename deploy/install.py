"""Make ``.venv`` and put the locked dependencies in it; used by ``make`` before anything else.

Runs on a bare Python (3.11 or newer) with no packages, so it imports only the standard library.
Does nothing, and says nothing, when what is wanted is already there.
"""

import argparse
import hashlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed"
LISTS = {"run": "requirements.txt", "develop": "requirements-dev.txt"}
NEWER = ("python3.13", "python3.12", "python3.11", "python3.14")


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 -- there is no Django yet to speak for us


def give_up(sentence: str) -> None:
    """Stop with a sentence instead of a traceback."""
    say(sentence)
    raise SystemExit(1)


def find_python() -> str:
    """Return a Python that is new enough: this one, or another on the path."""
    if tuple(sys.version_info) >= (3, 11):
        return sys.executable
    found = next(filter(None, map(shutil.which, NEWER)), None)
    if not found:
        version = ".".join(map(str, sys.version_info[:2]))
        give_up(
            f"Trigpoint needs Python 3.11 or newer; this is {version}. Install one and try again."
        )
    return str(found)


def refuse_taken_port(port: int) -> None:
    """Stop before anything slow if another program already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            give_up(
                f"Port {port} is taken by another program, or may not be used. "
                f"Stop that program, or choose another port: make start PORT={port + 1}"
            )


def wanted(purpose: str) -> str:
    """Return a line that changes whenever what should be installed changes."""
    locked = (ROOT / LISTS[purpose]).read_bytes()
    return f"{purpose} {hashlib.sha256(locked).hexdigest()}"


def have(purpose: str) -> bool:
    """Say whether it is all there. What developers install contains what running needs."""
    if not (STAMP.exists() and PYTHON.exists()):
        return False
    there = STAMP.read_text(encoding="utf-8").splitlines()
    return wanted(purpose) in there


def make_environment() -> None:
    """Make ``.venv``, unless there is one that starts and can install."""
    pip = [PYTHON, "-m", "pip", "--version"]
    if PYTHON.exists() and not subprocess.run(pip, check=False, capture_output=True).returncode:
        return
    say("Making .venv …")
    made = subprocess.run([find_python(), "-m", "venv", "--clear", VENV], check=False)
    if made.returncode:
        give_up(
            "This Python cannot make a virtual environment. "
            "On Debian or Ubuntu: sudo apt install python3-venv. Then try again."
        )


def install(purpose: str) -> None:
    """Install one locked list, every file checked against its hash: by uv, or by pip if uv cannot."""
    locked = str(ROOT / LISTS[purpose])
    say(f"Installing what {LISTS[purpose]} lists …")
    quiet_pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    uv = subprocess.run(
        [*quiet_pip, "--require-hashes", "-r", ROOT / "requirements-uv.txt"],
        check=False,
        stderr=subprocess.DEVNULL,
    )
    uv_sync = [str(PYTHON), "-m", "uv", "pip", "sync", "--quiet", "--require-hashes", locked]
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    if not uv.returncode:
        if not subprocess.run(
            [*uv_sync, "--python", PYTHON], check=False, env=environment, cwd=ROOT
        ).returncode:
            return
        say("uv could not; pip tries now and takes a little longer.")
    if subprocess.run([*quiet_pip, "--require-hashes", "-r", locked], check=False).returncode:
        give_up(
            "The dependencies could not be installed; the lines above say why. "
            "The usual reason is the network or a proxy: put it right and run the command again."
        )


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=LISTS)
    parser.add_argument("--port", type=int, help="refuse at once if this port is taken")
    asked = parser.parse_args()
    if asked.port is not None:
        refuse_taken_port(asked.port)
    if have(asked.purpose):
        return
    make_environment()
    install(asked.purpose)
    lines = [wanted(asked.purpose)]
    if asked.purpose == "develop":
        lines.append(wanted("run"))
    STAMP.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
