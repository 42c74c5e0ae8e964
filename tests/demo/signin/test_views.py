import pytest
from django.core.management import call_command
from django.urls import reverse

from trigpoint.demo.signin.rules import PARTS
from trigpoint.web import shell

pytestmark = pytest.mark.django_db
ENTER = "demo:signin-enter"
FIRST_PAGES = {
    "qa-lead": "insight:overviews-trust",
    "headteacher": "insight:overviews-academy",
    "team-leader": "insight:teams-show",
    "staff": "insight:practice-show",
    "trustee": "governance:assurance-show",
    "administrator": "trusts:structure-index",
    "dpo": "people:grants-index",
}


@pytest.fixture
def demo(settings):
    settings.TRIGPOINT_DEMO = True


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.role)
def test_enter_signs_in_and_leads_to_a_page_that_opens(client, told, demo, part):
    response = client.post(reverse(ENTER, args=[part.role]), follow=True)

    assert response.status_code == 200
    assert response.context["user"].email == f"{part.role}@wetherlow.example"
    expected = FIRST_PAGES.get(part.role)
    if expected:
        assert response.resolver_match.view_name == expected


def test_enter_refuses_to_be_a_link(client, told, demo):
    assert client.get(reverse(ENTER, args=["qa-lead"])).status_code == 405


def test_enter_needs_the_forms_own_token(told, demo):
    from django.test import Client  # noqa: PLC0415 -- a client that checks CSRF

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse(ENTER, args=["qa-lead"])).status_code == 403


@pytest.mark.parametrize("role", ["nobody", "administrator@wetherlow.example", "reviewer-2"])
def test_enter_knows_no_other_part(client, told, demo, role):
    assert client.post(f"/demo/signin/{role}/enter/").status_code == 404


@pytest.mark.parametrize(
    "extra",
    [{}, {"TRIGPOINT_DEMO": "1", "demo": "true"}, {"HTTP_X_TRIGPOINT_DEMO": "1"}],
    ids=["plain", "asked in the body", "asked in a header"],
)
def test_enter_cannot_be_switched_on_by_a_request(client, told, extra):
    headers = {key: value for key, value in extra.items() if key.startswith("HTTP_")}
    data = {key: value for key, value in extra.items() if key not in headers}

    response = client.post(reverse(ENTER, args=["qa-lead"]) + "?TRIGPOINT_DEMO=1", data, **headers)

    assert response.status_code == 404
    assert "_auth_user_id" not in client.session


def test_sign_in_page_has_a_button_for_each_part(client, told, demo):
    said = client.get(reverse("account_login")).content.decode()
    for part in PARTS:
        assert reverse(ENTER, args=[part.role]) in said
    assert "Tom Ludlam" in said


def test_sign_in_page_offers_nothing_outside_demo_mode(client, told):
    assert "/demo/" not in client.get(reverse("account_login")).content.decode()
    assert shell.sign_ins() == []


def test_demo_is_not_even_there_without_its_setting():
    from trigpoint.config import settings  # noqa: PLC0415 -- as they are without the environment's word

    assert settings.TRIGPOINT_DEMO is False
    assert "demo" not in settings.AREAS
    assert callable(call_command)
