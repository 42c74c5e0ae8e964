"""The frame of every page: who is signed in, where, in which term."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.people import UserFactory, person
from tests.factories.trusts import AcademyFactory, TermFactory, TrustFactory
from trigpoint.people.accounts import queries
from trigpoint.people.roles import Role
from trigpoint.web import shell
from trigpoint.web.shell import Place, SignIn

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 12)


@pytest.fixture
def thornmere():
    """A primary school in the tenth week of its autumn term."""
    academy = AcademyFactory.create(
        name="Thornmere Primary", age_from=3, age_to=11, pupil_count=1412
    )
    TermFactory.create(
        academy=academy,
        name="Autumn term",
        starts_on=dt.date(2026, 9, 9),
        ends_on=dt.date(2026, 12, 18),
    )
    return academy


def test_surroundings_of_a_head_are_their_own_academy_and_its_term(
    thornmere, django_assert_num_queries
):
    AcademyFactory.create(trust=thornmere.trust, name="Another")
    head = person(Role.HEADTEACHER, at=thornmere)
    assert head.access.holds("academies.view")

    with django_assert_num_queries(1):
        around = queries.surroundings(viewer=head, on=TODAY)

    assert around.person == head.person.name
    assert around.person_note == Role.HEADTEACHER.label
    assert around.person_place == "Thornmere Primary"
    assert around.trust_note == ""
    assert around.term == "Autumn term, week 10"
    assert around.academies == (
        Place(thornmere.pk, "Thornmere Primary", "Ages 3 to 11 · 1,412 pupils"),
    )


def test_surroundings_count_weeks_from_the_first_day_of_any_academy_in_that_term(thornmere):
    earlier = AcademyFactory.create(trust=thornmere.trust, name="Zennor")
    TermFactory.create(
        academy=earlier,
        name="Autumn term",
        starts_on=dt.date(2026, 9, 2),
        ends_on=dt.date(2026, 12, 18),
    )

    around = queries.surroundings(viewer=person(Role.QA_LEAD, at=thornmere.trust), on=TODAY)

    assert around.term == "Autumn term, week 11"


def test_surroundings_of_a_trust_lead_are_every_open_academy_of_the_trust(thornmere):
    AcademyFactory.create()  # another trust's
    AcademyFactory.create(trust=thornmere.trust, closed_on=dt.date(2024, 8, 31))
    second = AcademyFactory.create(
        trust=thornmere.trust, name="Zeal", age_from=None, age_to=None, pupil_count=None
    )

    around = queries.surroundings(viewer=person(Role.QA_LEAD, at=thornmere.trust), on=TODAY)

    assert [place.name for place in around.academies] == ["Thornmere Primary", "Zeal"]
    assert around.academies[1] == Place(second.pk, "Zeal", "")
    assert (around.person_place, around.trust_note) == (thornmere.trust.name, "All 2 academies")


def test_surroundings_outside_term_name_no_term(thornmere):
    head = person(Role.HEADTEACHER, at=thornmere)

    assert queries.surroundings(viewer=head, on=dt.date(2026, 12, 25)).term == ""


def test_surroundings_of_somebody_without_a_role_are_their_trust():
    user = UserFactory.create(person__trust=TrustFactory.create(name="Wetherlow"))

    around = queries.surroundings(viewer=user, on=TODAY)

    assert (around.person_note, around.academies, around.person_place) == ("", (), "Wetherlow")


@pytest.mark.parametrize(
    "page",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
    ],
)
def test_sign_in_pages_open_to_strangers_in_the_products_look(client, page):
    answer = client.get(reverse(page))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<h1") == 1
    assert "tp-signin" in html


@pytest.mark.parametrize("page", ["account_logout", "account_change_password"])
def test_account_pages_open_to_whoever_is_signed_in(client, thornmere, page):
    head = person(Role.HEADTEACHER, at=thornmere)
    head.set_password("quite a long one")
    head.save()
    client.force_login(head)

    answer = client.get(reverse(page))

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


def test_signing_in_with_a_wrong_password_says_so_first(client):
    answer = client.post(reverse("account_login"), {"login": "a@example.org", "password": "wrong"})

    assert "There is a problem" in answer.content.decode()


def test_password_link_that_was_used_says_how_to_get_another(client):
    answer = client.get(reverse("account_reset_password_from_key", args=["zz", "used-already"]))

    assert "Ask for a new link" in answer.content.decode()


def test_password_reset_writes_in_our_own_words(client, thornmere, mailoutbox):
    head = person(Role.HEADTEACHER, at=thornmere)

    client.post(reverse("account_reset_password"), {"email": head.email})

    assert mailoutbox[0].subject == "[Trigpoint] Choose a new password"
    assert "It works once" in mailoutbox[0].body
    link = mailoutbox[0].body.split("It works once:")[1].split()[0]
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()


@pytest.mark.parametrize("demo", [True, False], ids=["in a demo", "elsewhere"])
def test_demo_sign_ins_are_offered_in_a_demo_only(client, settings, monkeypatch, demo):
    settings.TRIGPOINT_DEMO = demo
    offer = SignIn("Headteacher", "Tom Ludlam", "/demo/head/")
    monkeypatch.setattr(shell, "_sign_ins", [lambda: [offer]])

    html = client.get(reverse("account_login") + "?demo=1").content.decode()

    assert ("Try it as" in html) == demo
    assert ('action="/demo/head/"' in html) == demo


def test_account_pages_speak_of_what_was_done(client, thornmere):
    head = person(Role.HEADTEACHER, at=thornmere)
    head.set_password("quite a long one")
    head.save()

    signed_in = client.post(
        reverse("account_login"), {"login": head.email, "password": "quite a long one"}
    )
    again = client.get(reverse("account_reauthenticate"))
    out = client.post(reverse("account_logout"), follow=True)

    assert signed_in.status_code == 302
    assert "Type your password once more" in again.content.decode()
    assert "You have signed out." in out.content.decode()


def test_changing_the_password_signs_out_and_says_so(client, thornmere):
    head = person(Role.HEADTEACHER, at=thornmere)
    head.set_password("quite a long one")
    head.save()
    client.force_login(head)
    answers = {
        "oldpassword": "quite a long one",
        "password1": "an even longer one",
        "password2": "an even longer one",
    }

    answer = client.post(reverse("account_change_password"), answers, follow=True)

    assert "Your password was changed." in answer.content.decode()
    head.refresh_from_db()
    assert head.check_password("an even longer one")


def test_choosing_a_first_password_has_its_own_page(client, thornmere):
    head = person(Role.HEADTEACHER, at=thornmere)
    client.force_login(head)
    answers = {"password1": "quite a long one", "password2": "quite a long one"}

    page = client.get(reverse("account_change_password"), follow=True)
    client.post(reverse("account_set_password"), answers)

    assert page.content.decode().count("<h1>Choose a password</h1>") == 1
    head.refresh_from_db()
    assert head.check_password("quite a long one")
