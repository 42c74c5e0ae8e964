"""Term dates through the browser's door."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import AcademyFactory, TrustFactory, person
from tests.trusts.term_files.calendar import a_year
from trigpoint.people.roles import Role
from trigpoint.trusts.models import Term

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def sent(data):
    return SimpleUploadedFile("terms.ics", data)


@pytest.fixture(name="academy")
def _academy(client):
    """An academy whose administrator is signed in."""
    academy = AcademyFactory.create(name="Thornmere")
    client.force_login(person(Role.ADMINISTRATOR, at=academy.trust))
    return academy


def test_upload_asks_for_a_file_and_an_academy(client, academy):
    AcademyFactory.create(name="Foreign")

    shown = text(client.get(reverse("trusts:term_files-upload")))

    assert academy.name in shown
    assert "Foreign" not in shown


def test_preview_shows_what_each_event_is_taken_for_and_saves_nothing(client, academy):
    answer = client.post(
        reverse("trusts:term_files-preview"),
        {
            "file": sent(a_year(("Sports day", "20260612", ""), ("Polling day", "20260532", ""))),
            "academy": academy.pk,
        },
    )

    shown = text(answer)
    assert "Autumn term" in shown
    assert "Polling day: Its first day cannot be read." in shown
    assert "It names no term, holiday, INSET day or closure." in shown
    assert not Term.objects.exists()


def test_preview_without_a_file_goes_back_to_the_upload(client, academy):
    assert academy
    answer = client.get(reverse("trusts:term_files-preview"))

    assert answer.url == reverse("trusts:term_files-upload")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"URN,Name", "not an iCalendar file", id="a CSV"),
        pytest.param(b" " * 1_000_001, "larger than 1 MB", id="too large"),
        pytest.param(b"", "The file is empty", id="empty"),
    ],
)
def test_preview_refuses_a_faulty_file_in_words(client, academy, data, sentence):
    assert academy
    answer = client.post(reverse("trusts:term_files-preview"), {"file": sent(data)})

    assert answer.status_code == 422
    assert sentence in text(answer)


def test_preview_takes_no_academy_of_another_trust(client, academy):
    assert academy
    answer = client.post(
        reverse("trusts:term_files-preview"),
        {"file": sent(a_year()), "academy": AcademyFactory.create().pk},
    )

    assert answer.status_code == 422


def test_preview_says_so_when_there_is_no_academy(client):
    client.force_login(person(Role.ADMINISTRATOR, at=TrustFactory.create()))

    answer = client.post(reverse("trusts:term_files-preview"), {"file": sent(a_year())})

    assert "There is no academy yet" in text(answer)


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["DTSTART", "DTEND", "DURATION", "SUMMARY", "RRULE", "UID", "END", "BEGIN"]),
        st.sampled_from(["", ";VALUE=DATE", ";VALUE=PERIOD", ";VALUE=TIME", ";TZID=Europe/London",
                         ";TZID=Nowhere", ";VALUE=DURATION", ";VALUE=TEXT"]),
        st.sampled_from(["00010101", "99991231", "99991231T235959Z", "00010101T000000Z", "P999999D",
                         "-P999999D", "PT25H", "20260230", "20251107T080000Z/PT3H", "080000",
                         "20251107,20251108", "VEVENT", "VCALENDAR", "FREQ=WEEKLY;UNTIL=0"])
        | st.text(max_size=12),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES, places=st.randoms(use_true_random=False), cut=st.binary(max_size=3))
def test_whatever_a_calendar_says_is_imported_or_refused_in_words(
    client, academy, changes, places, cut
):
    assert academy
    lines = a_year(("Autumn term", "20250902", "20251220")).decode().split("\r\n")
    for name, kind, value in changes:
        place = places.randrange(len(lines))
        lines[place : place + places.choice([0, 1])] = [f"{name}{kind}:{value}"]
    broken = "\r\n".join(lines).encode("utf-8", "replace") + cut

    shown = client.post(reverse("trusts:term_files-preview"), {"file": sent(broken)})

    if shown.status_code == HTTPStatus.OK:
        kept = {"text": shown.context["text"]}
        answer = client.post(reverse("trusts:term_files-confirm"), kept)
        assert answer.status_code in {302, 409, 422}
    else:
        assert shown.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert shown.context["form"].errors["file"]


@pytest.mark.parametrize("everywhere", [False, True], ids=["one academy", "all academies"])
def test_confirm_imports_what_was_previewed(client, academy, everywhere):
    other = AcademyFactory.create(trust=academy.trust, name="Ash")
    chosen = {} if everywhere else {"academy": academy.pk}
    preview = client.post(reverse("trusts:term_files-preview"), {"file": sent(a_year()), **chosen})

    answer = client.post(
        reverse("trusts:term_files-confirm"),
        {"text": preview.context["text"], **chosen},
        follow=True,
    )

    assert "10 created" in text(answer) or "20 created" in text(answer)
    assert Term.objects.filter(academy=other).exists() is everywhere
    assert Term.objects.filter(academy=academy).count() == 3


def test_confirm_refuses_what_was_never_previewed(client, academy):
    answer = client.post(reverse("trusts:term_files-confirm"), {"text": "nonsense"})

    assert answer.status_code == 422
    assert "Nothing was imported" in text(answer)
    assert not academy.terms.exists()


def test_upload_is_not_for_a_headteacher(client):
    client.force_login(person(Role.HEADTEACHER, at=AcademyFactory.create()))

    assert client.get(reverse("trusts:term_files-upload")).status_code == 403
