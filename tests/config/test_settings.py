"""A half-configured installation refuses to start, in a sentence; a whole one passes Django's checks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {
    "TRIGPOINT_HOSTS": "qa.trust.example",
    "SECRET_KEY": "Lq8vR2nB5xW9sD4fG7hJ1kM3pT6yZ0cV-aE_uI.oN~rQ-and-twenty-more-characters",
    "DATABASE_URL": "sqlite:///:memory:",
}


def manage(*command, **environment):
    """Run a management command with exactly this configuration."""
    ours = ("TRIGPOINT_", "SECRET_KEY", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"TRIGPOINT_DEMO": "1"}, "must have both switched off"),
        ({"TRIGPOINT_DEBUG": "1"}, "must have both switched off"),
    ],
    ids=["no secret", "no database", "demo on", "debug on"],
)
def test_production_refuses_to_start_half_configured(change, said):
    answer = manage("check", **{**WHOLE, **change})

    assert answer.returncode != 0
    assert said in answer.stderr


def test_production_passes_every_check_for_deployment():
    answer = manage("check", "--deploy", "--fail-level", "WARNING", **WHOLE)

    assert answer.returncode == 0, answer.stderr


def test_nothing_needs_to_be_set_on_ones_own_computer():
    answer = manage("check", "--fail-level", "WARNING")

    assert answer.returncode == 0, answer.stderr


def test_an_area_without_its_place_in_the_url_map_does_not_exist(settings):
    from trigpoint.config.urls import urlpatterns  # noqa: PLC0415 -- the map needs the settings

    served = {str(entry.pattern).strip("/") for entry in urlpatterns}
    assert {area for area in settings.AREAS if area not in {"records", "web", "demo"}} <= served
