"""When something goes wrong the page says what happened and the way on, in the product's look."""

import json
from http import HTTPStatus

import pytest
from django.middleware.csrf import CsrfViewMiddleware
from django.test import Client

from trigpoint.records.refusals import Refused
from trigpoint.web import errors, problems
from trigpoint.web.refusals import RefusalMiddleware

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.usefixtures("_registries")]

PAGES = {
    "400": 400,
    "403": 403,
    "403_csrf": 403,
    "404": 404,
    "409": 409,
    "413": 413,
    "422": 422,
    "429": 429,
    "500": 500,
    "503": 503,
}


@pytest.fixture
def client():
    """A browser that shows the error page instead of raising."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(("name", "status"), PAGES.items())
def test_error_page_says_what_happened_and_the_way_on(name, status):
    answer = errors.error_page(name, status)

    html = answer.content.decode()
    assert answer.status_code == status
    assert f"{status} · " in html
    assert html.count("<h1>") == 1
    assert "Go to your start page" in html
    assert "Demo." not in html


def test_error_page_says_that_a_demo_is_one(settings):
    settings.TRIGPOINT_DEMO = True

    assert "Demo." in errors.error_page("404", 404).content.decode()


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("bad", 400, "We could not understand that request"),
        ("forbidden", 403, "Your role does not open this page"),
        ("missing", 404, "There is nothing here for you to see"),
        ("large", 413, "That file is too large"),
        ("busy", 503, "what you typed is still in the form"),
        ("broken", 500, "That failed, and it is our fault"),
        ("gone", 500, "That failed, and it is our fault"),
    ],
)
def test_fault_is_answered_with_its_own_page(client, fault, status, words):
    answer = client.get(f"/try/fault/{fault}/")

    assert answer.status_code == status
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("fault", "status"),
    [("bad", 400), ("forbidden", 403), ("missing", 404), ("large", 413), ("busy", 503)],
)
def test_fault_under_htmx_is_a_sentence_above_the_page(client, fault, status):
    answer = client.get(f"/try/fault/{fault}/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Retarget"]) == (status, "#messages")
    assert "<html" not in answer.content.decode()


def test_refusal_is_409_with_the_rules_own_sentence(client):
    answer = client.get("/try/fault/refused/", headers={"Referer": "http://testserver/try/own/"})

    assert answer.status_code == 409
    assert "Answer the contradiction, then agree the claim." in answer.content.decode()
    assert 'href="http://testserver/try/own/"' in answer.content.decode()


def test_refusal_never_sends_people_back_to_another_site(client):
    answer = client.get("/try/fault/refused/", headers={"Referer": "https://elsewhere.example/"})

    assert "elsewhere" not in answer.content.decode()


def test_refusal_under_htmx_leaves_the_page_alone(client):
    answer = client.get("/try/fault/refused/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "#messages")
    assert "Answer the contradiction" in answer.content.decode()


def test_refusal_middleware_leaves_other_errors_alone(asking):
    middleware = RefusalMiddleware(lambda _: None)

    assert middleware.process_exception(asking(), RuntimeError("no")) is None


def test_too_many_tries_is_429(asking):
    assert errors.too_many(asking()).status_code == 429


def test_forged_form_is_told_to_reload(asking, settings):
    assert settings.CSRF_FAILURE_VIEW == "trigpoint.web.errors.csrf_failed"

    answer = Client(enforce_csrf_checks=True).post("/people/sign-in/", {})

    assert answer.status_code == 403
    assert "This form stood open too long" in answer.content.decode()
    piece = errors.csrf_failed(asking(HTTP_HX_REQUEST="true"), CsrfViewMiddleware.__name__)
    assert piece["HX-Retarget"] == "#messages"


@pytest.mark.parametrize("status", errors.SENTENCES)
def test_error_in_the_api_is_a_problem_document(asking, status):
    answer = errors.answer(asking("/api/v1/things/"), status)

    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content) == {
        "type": "about:blank",
        "title": status.phrase,
        "status": status,
        "detail": errors.SENTENCES[status],
    }


def test_crash_in_the_api_is_a_problem_document(asking):
    answer = errors.crashed(asking("/api/v1/things/"))

    assert json.loads(answer.content)["status"] == HTTPStatus.INTERNAL_SERVER_ERROR


def test_refused_in_the_api_is_a_problem_with_the_sentence(asking):
    answer = problems.refused(asking("/api/v1/things/"), Refused("Answer the contradiction."))

    assert json.loads(answer.content)["detail"] == "Answer the contradiction."


@pytest.mark.parametrize("code", [400, 403, 404, 429, 500])
def test_libraries_find_our_page_under_their_own_name(draw, code):
    assert f"{code} ·" in draw(f'{{% include "{code}.html" %}}')
