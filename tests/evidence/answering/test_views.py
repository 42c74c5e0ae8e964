"""The one page anybody may open: what it keeps, what it does not, and how it turns people away."""

import datetime as dt
import logging
import re
from io import StringIO

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection

from tests.factories import AcademyFactory, SurveyFactory, SurveyReplyFactory, person
from trigpoint.config import logs
from trigpoint.evidence.answering import rules, tasks
from trigpoint.evidence.models import Survey, SurveyReply
from trigpoint.evidence.surveys import operations
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 11, 12, 10, 0, tzinfo=dt.UTC)
TICKET = re.compile(r'name="ticket" value="([^"]+)"')


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        cache.clear()
        yield moved


@pytest.fixture(name="survey")
def _survey():
    return SurveyFactory.create()


def url(survey):
    return f"/evidence/s/{survey.secret}/"


def text(answer):
    return " ".join(answer.content.decode().split())


def ticket(client, survey):
    return TICKET.search(client.get(url(survey)).content.decode())[1]


def send(client, survey, **said):
    return client.post(url(survey), {"ticket": ticket(client, survey), "q1": "AGREE", **said})


def test_answer_asks_without_sign_in_cookie_or_script(client, survey):
    answer = client.get(url(survey))

    said = text(answer)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "<script" not in said
    assert "style=" not in said
    assert survey.academy.name in said
    assert survey.trust.name in said
    assert survey.purpose in said
    assert "Nobody can see who answered" in said
    assert "Please name nobody" in said
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_answer_keeps_one_reply_and_one_cookie_that_says_so(client, survey):
    answer = send(client, survey, q2="NO", words="Quieter corridors.")

    assert "Thank you. Your answers are in." in text(answer)
    assert SurveyReply.objects.get().answers == {"1": "AGREE", "2": "NO"}
    (cookie,) = answer.cookies.values()
    assert (cookie.key, cookie.value) == ("answered", "1")
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (url(survey), True, "Lax")


def test_answer_is_taken_once_a_device(client, survey):
    first = ticket(client, survey)
    second = ticket(client, survey)
    client.post(url(survey), {"ticket": first, "q1": "AGREE"})

    again = client.post(url(survey), {"ticket": second, "q1": "DISAGREE"})

    assert "This device has answered now" in text(again)
    assert "This device has answered now" in text(client.get(url(survey)))
    assert SurveyReply.objects.count() == 1


def test_form_sent_twice_is_kept_once_even_without_cookies(client, survey):
    once = ticket(client, survey)
    for _ in range(3):
        client.cookies.clear()
        answer = client.post(url(survey), {"ticket": once, "q1": "AGREE"})

    assert "Thank you" in text(answer)
    assert SurveyReply.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        pytest.param({"q1": ""}, 409, "Answer at least one question", id="nothing answered"),
        pytest.param({"q1": "x"}, 422, "It was not sent", id="no such answer"),
        pytest.param({"ticket": "made up"}, 409, "stood open too long", id="a made-up form"),
        pytest.param({"words": "x" * 301}, 422, "It was not sent", id="too many words"),
    ],
)
def test_answer_that_does_not_fit_is_shown_again_with_what_was_typed(
    client, survey, said, status, words
):
    answer = send(client, survey, **{"words": "Quieter corridors.", **said})

    assert answer.status_code == status
    assert words in text(answer)
    assert said.get("words", "Quieter corridors.") in text(answer)
    assert not SurveyReply.objects.exists()


def test_form_whose_sending_failed_can_be_sent_again(client, survey):
    once = ticket(client, survey)
    refused = client.post(url(survey), {"ticket": once, "q1": ""})

    answer = client.post(url(survey), {"ticket": once, "q1": "AGREE"})

    assert refused.status_code == 409
    assert "Thank you" in text(answer)
    assert SurveyReply.objects.get().answers == {"1": "AGREE"}


def test_form_leaves_nothing_of_itself_in_the_cache(client, survey):
    once = ticket(client, survey)
    client.post(url(survey), {"ticket": once, "q1": "AGREE"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM web_cache")
        keys = [key for (key,) in cursor.fetchall()]

    assert SurveyReply.objects.count() == 1
    assert not [key for key in keys if rules.nonce_of(once, survey.pk) in key]


def test_many_forms_push_no_sign_in_limit_out_of_the_cache():
    cache.set("sign-in-limit", 1)
    for n in range(400):
        cache.set(f"other-{n}", 1)

    assert cache.get("sign-in-limit") == 1


def test_refused_form_can_be_sent_again(client, survey):
    refused = send(client, survey, q1="")
    fresh = TICKET.search(refused.content.decode())[1]

    client.post(url(survey), {"ticket": fresh, "q1": "AGREE"})

    assert SurveyReply.objects.count() == 1


def test_form_that_stood_open_too_long_keeps_its_answers(client, survey, clock):
    old = ticket(client, survey)
    clock.shift(dt.timedelta(hours=13))

    answer = client.post(url(survey), {"ticket": old, "q1": "AGREE"})

    assert "stood open too long" in text(answer)
    assert re.search(r'value="AGREE"\s+[^>]*checked', answer.content.decode())


def test_links_that_open_nothing_answer_alike(client, survey):
    maker = person(Role.QA_LEAD, at=survey.trust)
    closed = SurveyFactory.create(closed=True)
    later = SurveyFactory.create(opens_on=dt.date(2025, 11, 13))
    past = SurveyFactory.create(closes_on=dt.date(2025, 11, 11))
    withdrawn = SurveyFactory.create(status="WITHDRAWN", closed_on=dt.date(2025, 11, 11))
    old = f"/evidence/s/{survey.secret}/"
    operations.renew(survey=survey, by=maker)
    closed_ones = [url(it) for it in (closed, later, past, withdrawn)]

    found = [
        (answer.status_code, answer.content, dict(answer.headers))
        for where in (old, "/evidence/s/no-such-secret/", *closed_ones)
        for answer in (client.get(where), client.post(where, {"q1": "AGREE"}))
    ]

    assert found[0][0] == 404
    assert b"This survey is not open" in found[0][1]
    assert all(one == found[0] for one in found)
    assert not SurveyReply.objects.exists()


def test_answer_is_the_same_for_somebody_signed_in_and_leaves_them_signed_in(client, survey):
    before = client.get(url(survey))
    client.force_login(person(Role.STAFF, at=survey.academy))

    after = client.get(url(survey))

    assert TICKET.sub("", before.content.decode()) == TICKET.sub("", after.content.decode())
    assert not after.cookies


def test_answer_is_limited_for_each_address_without_keeping_it(client, survey, settings):
    sent = 0
    for _ in range(410):
        client.cookies.clear()
        answer = client.post(url(survey), {"q1": "AGREE"}, REMOTE_ADDR="203.0.113.77")
        sent += answer.status_code != 429
        if answer.status_code == 429:
            break

    other = client.post(url(survey), {"q1": "AGREE"}, REMOTE_ADDR="203.0.113.78")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM web_cache")
        stored = str(cursor.fetchall())

    assert sent == 400
    assert other.status_code != 429
    assert "203.0.113" not in stored


def test_forget_salt_leaves_nothing_to_find_an_address_by(client, survey):
    client.post(url(survey), {"q1": "AGREE"})
    assert cache.get(rules.SALT_KEY)

    tasks.forget_salt.call()

    assert cache.get(rules.SALT_KEY) is None


def test_log_names_the_route_and_neither_the_secret_nor_the_address(client, survey):
    written = StringIO()
    handler = logging.StreamHandler(written)
    root, library = logging.getLogger(), logging.getLogger("django_structlog")
    level = library.level
    root.addHandler(handler)
    library.setLevel("INFO")
    try:
        client.get(url(survey), REMOTE_ADDR="203.0.113.77")
        client.get("/evidence/s/no-such-secret/", REMOTE_ADDR="203.0.113.77")
    finally:
        root.removeHandler(handler)
        library.setLevel(level)

    assert "evidence/s/<str:token>/" in written.getvalue()
    assert survey.secret not in written.getvalue()
    assert "no-such-secret" not in written.getvalue()
    assert "203.0.113.77" not in written.getvalue()
    assert logs.LEFT_OUT


def test_replies_are_in_no_order_of_time(client):
    survey = SurveyFactory.create(academy=AcademyFactory.create())
    for n in range(12):
        client.cookies.clear()
        send(client, survey, words=f"Reply number {n}")

    times = set(SurveyReply.objects.values_list("created_at", "replied_on"))
    in_order = [it.words for it in Survey.objects.get().replies.order_by("id")]

    assert times == {(dt.datetime(2025, 11, 12, tzinfo=dt.UTC), NOW.date())}
    assert in_order != [f"Reply number {n}" for n in range(12)]


def test_replies_of_a_survey_are_visible_only_where_it_is(survey):
    reply = SurveyReplyFactory.create(survey=survey)
    head = person(Role.HEADTEACHER, at=survey.academy)
    stranger = person(Role.QA_LEAD, at=AcademyFactory.create().trust)

    assert list(SurveyReply.objects.visible_to(head)) == [reply]
    assert not SurveyReply.objects.visible_to(stranger)
