import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.factories import TrustFactory, person
from trigpoint.evidence.offline import views
from trigpoint.people.roles import Role

MODULES = Path(views.__file__).parents[1] / "static" / "evidence" / "capture"


def test_worker_may_answer_for_every_page_and_is_asked_for_anew(client):
    answer = client.get(reverse("evidence:offline-worker"))

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/"
    assert "no-cache" in answer["Cache-Control"]


def test_worker_keeps_only_our_own_files_and_all_the_scripts_there_are(client):
    drawn = client.get(reverse("evidence:offline-worker")).content.decode()
    kept = json.loads(re.search(r"KEPT = (\[.*?)\];", drawn, re.DOTALL)[1].rstrip(",\n ") + "]")

    assert kept == list(views.addresses())
    assert all(finders.find(name) for name in views.FILES)
    assert {path.stem for path in MODULES.glob("*.js")} == set(views.MODULES)


def release(client):
    drawn = client.get(reverse("evidence:offline-worker")).content.decode()
    return re.search(r'RELEASE = "(trigpoint-[0-9a-f]{16})"', drawn)[1]


def test_worker_is_another_release_when_a_file_or_the_frame_is(client, settings):
    first, again = release(client), release(client)
    settings.STATIC_URL = "/files-of-another-release/"
    of_other_files = release(client)
    settings.TRIGPOINT_DEMO = not settings.TRIGPOINT_DEMO  # the frame says so above
    of_another_frame = release(client)

    assert first == again
    assert len({first, of_other_files, of_another_frame}) == 3


def test_show_is_the_same_for_everybody(client, db):
    strangers = client.get(reverse("evidence:offline-show")).content
    client.force_login(person(Role.REVIEWER, at=TrustFactory.create()))

    assert client.get(reverse("evidence:offline-show")).content == strangers
    assert b"csrf" not in strangers


@pytest.mark.django_db
def test_every_page_counts_what_waits_on_the_device(client):
    reader = person(Role.TRUSTEE, at=TrustFactory.create())
    client.force_login(reader)

    shown = client.get(reverse("people:accounts-show")).content.decode()

    assert f'data-person="{reader.person_id}"' in shown
    assert "evidence/capture/everywhere.js" in shown
