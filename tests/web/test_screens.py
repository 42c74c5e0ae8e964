"""The front door: who gets in, what a page answers, how a change ends."""

import json

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse

from tests.web import urls
from trigpoint.web.screens import (
    CAPABILITY_MARK,
    METHODS_MARK,
    PUBLIC_MARK,
    done,
    page,
    public,
    screen,
)

pytestmark = [pytest.mark.urls("tests.web.urls"), pytest.mark.usefixtures("_registries")]


def test_screen_sends_a_stranger_to_sign_in(asking):
    answer = urls.guarded(asking("/try/guarded/", signed_in=False))

    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/people/sign-in/")


def test_screen_refuses_a_role_that_holds_the_capability_nowhere(asking):
    with pytest.raises(PermissionDenied):
        urls.guarded(asking("/try/guarded/", "other.view"))


def test_screen_refuses_a_search_no_database_can_make(asking):
    with pytest.raises(BadRequest):
        urls.guarded(asking("/try/guarded/?words=%00", "thing.view"))


def test_screen_lets_a_holder_in_and_keeps_the_answer_out_of_caches(asking):
    answer = urls.guarded(asking("/try/guarded/", "thing.view"))

    assert answer.content == b"inside"
    assert "no-store" in answer["Cache-Control"]


def test_screen_for_anyone_signed_in_asks_for_no_role(asking):
    assert urls.own(asking("/try/own/")).status_code == 200
    assert urls.own(asking("/try/own/", signed_in=False)).status_code == 302


def test_screen_opens_by_what_else_it_names(asking):
    owners = []
    view = screen("thing.view", otherwise=lambda viewer: viewer in owners)(urls.own)
    request = asking("/try/own/")

    with pytest.raises(PermissionDenied):
        view(request)
    owners.append(request.user)
    assert view(request).status_code == 200


def test_screen_refuses_a_method_it_does_not_name(asking):
    request = asking("/try/guarded/", "thing.view")
    request.method = "DELETE"

    assert urls.guarded(request).status_code == 405


def test_screen_answers_head_wherever_it_answers_get(asking):
    request = asking("/try/guarded/", "thing.view")
    request.method = "HEAD"

    assert urls.guarded(request).status_code == 200


def test_screen_marks_the_view_for_the_guard_tests():
    assert getattr(urls.guarded, CAPABILITY_MARK) == "thing.view"
    assert getattr(urls.guarded, METHODS_MARK) == ("GET", "POST")
    assert not hasattr(urls.guarded, PUBLIC_MARK)


def test_public_needs_its_reason_in_words():
    with pytest.raises(ValueError, match="reason"):
        public(" ")

    assert getattr(urls.fault, PUBLIC_MARK) == "a fault to look at"


def test_page_answers_htmx_with_the_piece_and_others_with_the_page(asking, tmp_path, settings):
    (tmp_path / "list.html").write_text(
        "{% load partials %}<h1>All</h1>{% partialdef rows inline %}<p>{{ n }}</p>{% endpartialdef %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    whole = page(asking(), "list.html", {"n": 3}, fragment="rows")
    piece = page(asking(HTTP_HX_REQUEST="true"), "list.html", {"n": 3}, fragment="rows", status=422)

    assert whole.content == b"<h1>All</h1><p>3</p>"
    assert (piece.content, piece.status_code) == (b"<p>3</p>", 422)


def test_done_redirects_a_plain_form_with_a_message(client):
    answer = client.get("/try/changed/")

    assert (answer.status_code, answer["Location"]) == (302, "/try/own/")
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Saved."]


def test_done_wakes_the_lists_under_htmx(client):
    answer = client.get("/try/changed/?event=things-changed", headers={"HX-Request": "true"})

    assert answer.status_code == 204
    assert json.loads(answer["HX-Trigger"]) == {
        "things-changed": None,
        "tp-said": {"text": "Saved.", "level": "success"},
    }


def test_done_under_htmx_without_an_event_goes_to_the_next_page(client):
    answer = client.get("/try/changed/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/try/own/")


def test_done_under_htmx_may_say_nothing(asking):
    answer = done(asking(HTTP_HX_REQUEST="true"), "try-own", event="things-changed")

    assert json.loads(answer["HX-Trigger"]) == {"things-changed": None}


def test_screen_keeps_the_name_of_the_view():
    @screen("thing.view")
    def show(_):
        return HttpResponse()

    assert show.__name__ == "show"
