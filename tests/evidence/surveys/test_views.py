import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    InstrumentVersionFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
    SurveyFactory,
    SurveyReplyFactory,
    TeamFactory,
    person,
)
from trigpoint.evidence.models import Survey
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
INDEX, MAKE = "/evidence/surveys/", "/evidence/surveys/make/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2025, 11, 12, 10, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(name="academy")
def _academy():
    return AcademyFactory.create()


@pytest.fixture(name="head")
def _head(academy, client):
    user = person(Role.HEADTEACHER, at=academy)
    client.force_login(user)
    return user


@pytest.fixture(name="survey")
def _survey(academy, head):
    return SurveyFactory.create(academy=academy, made_by=head.person, title="Our lessons")


def text(answer):
    return " ".join(answer.content.decode().split())


def url(verb, survey):
    return reverse(f"evidence:surveys-{verb}", args=[survey.pk])


def over(survey, replies=6, **facts):
    for _ in range(replies):
        SurveyReplyFactory.create(survey=survey, **facts)
    survey.status, survey.closed_on = "CLOSED", dt.date(2025, 11, 11)
    survey.save()
    return survey


def test_index_lists_what_one_may_open(client, survey):
    SurveyFactory.create(academy__trust=survey.trust, title="A sibling's")

    said = text(client.get(INDEX))

    assert "Our lessons" in said
    assert "A sibling" not in said


def test_index_costs_the_same_however_long_it_is(client, head, academy, assert_flat):
    def add_row():
        survey = SurveyFactory.create(academy=academy, review=None)
        SurveyReplyFactory.create(survey=survey)

    assert_flat(INDEX, add_row=add_row, at_most=12)


def test_index_says_what_to_do_when_there_is_none(client, head):
    assert "No surveys yet" in text(client.get(INDEX))


def answers(client, **changes):
    """Take the ready-made questions as the page has them, changed here and there."""
    form = client.get(MAKE).context["form"]
    filled = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in {**filled, **changes}.items()}


def test_make_begins_with_ready_made_questions_for_each_group(client, head):
    for group, words in (("STUDENTS", "get stuck"), ("STAFF", "workload"), ("PARENTS", "My child")):
        assert words in text(client.get(MAKE, {"group": group}))


def test_make_makes_what_is_asked_and_shows_its_link(client, head, academy):
    answer = client.post(MAKE, answers(client, place=f"academy:{academy.pk}"), follow=True)

    survey = Survey.objects.get()
    assert f"/evidence/s/{survey.secret}/" in text(answer)
    assert len(survey.questions) == 9
    assert survey.questions[7]["choices"] == [
        "Most days", "About once a week", "Less often", "Hardly ever",
    ]  # fmt: skip


def test_make_keeps_what_was_typed_when_it_is_refused(client, head, academy):
    wrong = answers(
        client, place=f"academy:{academy.pk}", kind_1="CHOICE", choices_1="Only one", title="Mine"
    )

    answer = client.post(MAKE, wrong)

    assert answer.status_code == 409
    assert "Question 1: give two to 6 different choices" in text(answer)
    assert 'value="Mine"' in text(answer)


def test_make_takes_no_place_of_somebody_else(client, head, academy):
    other = AcademyFactory.create(trust=academy.trust)

    assert client.post(MAKE, answers(client, place=f"academy:{other.pk}")).status_code == 422
    assert not Survey.objects.exists()


def test_make_for_a_review_is_offered_to_its_team(client, academy):
    review = ReviewFactory.create(academy=academy, title="Deep dive")
    user = person(Role.REVIEWER, at=academy.trust)
    ReviewTeamMemberFactory.create(review=review, person=user.person)
    client.force_login(user)

    client.post(MAKE, answers(client, place=f"review:{review.pk}"))

    assert Survey.objects.get().review == review


def test_make_tells_a_team_leader_whom_to_ask(client, academy):
    client.force_login(person(Role.TEAM_LEADER, at=TeamFactory.create(academy=academy)))

    assert "Ask your headteacher" in text(client.get(MAKE))


def test_show_shows_nothing_but_the_count_while_it_is_open(client, survey):
    SurveyReplyFactory.create_batch(9, survey=survey, words="Quieter corridors.")

    said = text(client.get(url("show", survey)))

    assert "9 replies" in said
    assert "Results are shown once it is closed" in said
    assert "Quieter corridors." not in said
    assert "meter" not in said


def test_show_of_a_closed_one_shows_counts_and_words(client, survey):
    over(survey, words="Quieter corridors.")

    said = text(client.get(url("show", survey)))

    assert "6 of 6" in said
    assert "Quieter corridors." in said
    assert survey.secret not in said


def test_show_of_too_few_shows_nothing(client, survey):
    over(survey, replies=4, words="Quieter corridors.")

    said = text(client.get(url("show", survey)))

    assert "Too few to show." in said
    assert "Quieter corridors." not in said


def test_show_is_not_there_for_another_academy_or_trust(client, survey):
    for user in (
        person(Role.HEADTEACHER, at=AcademyFactory.create(trust=survey.trust)),
        person(Role.QA_LEAD, at=AcademyFactory.create().trust),
    ):
        client.force_login(user)
        assert client.get(url("show", survey)).status_code == 404


def test_show_of_a_reviews_survey_is_not_there_for_the_academys_head(client, head, academy):
    survey = SurveyFactory.create(academy=academy, review=ReviewFactory.create(academy=academy))

    assert client.get(url("show", survey)).status_code == 404


def test_poster_holds_the_code_and_the_address(client, survey):
    said = text(client.get(url("poster", survey)))

    assert f"http://testserver/evidence/s/{survey.secret}/" in said
    assert '<path d="M4 4h1v1h-1z' in said
    assert "style=" not in said


def test_poster_of_a_closed_one_says_so(client, survey):
    over(survey)

    said = text(client.get(url("poster", survey)))

    assert "its link opens nothing" in said
    assert survey.secret not in said


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("renew", "open nothing any more"),
        ("close", "it is not opened again"),
        ("record", "neither can be withdrawn"),
    ],
)
def test_what_cannot_be_taken_back_asks_first(verb, words, client, survey):
    before = (survey.status, survey.secret)

    assert words in text(client.get(url(verb, survey)))

    survey.refresh_from_db()
    assert (survey.status, survey.secret) == before


def test_renew_and_close_change_the_link(client, survey):
    client.post(url("renew", survey))
    renewed = Survey.objects.get().secret
    answer = client.post(url("close", survey), follow=True)

    assert renewed != survey.secret
    assert renewed not in text(answer)
    assert Survey.objects.get().status == "CLOSED"


def test_close_of_somebody_elses_is_refused_in_words(client, head, academy):
    survey = SurveyFactory.create(academy=academy)

    answer = client.post(url("close", survey))

    assert answer.status_code == 409
    assert "who made it" in text(answer)


def seen_in(answer):
    """Return the hidden fields of the page of the second look, as a browser sends them back."""
    found = re.findall(r'name="(seen-[^"]+|written)"\s+value="([^"]*)"', answer.text)
    return dict(found)


def test_look_shows_a_comment_as_it_was_written_before_it_can_be_shown_so(client, survey):
    over(survey)
    one, other = (
        SurveyReplyFactory.create(survey=survey, words=words, is_held=True)
        for words in ("Victoria Park is fun.", "Amelia shouts.")
    )
    covered = client.get(url("look", survey))
    unseen = seen_in(covered) | {str(one.pk): "SHOW", str(other.pk): "DROP"}

    refused = client.post(url("look", survey), unseen)
    read = client.post(url("look", survey), unseen | {"read": str(one.pk)})
    sent = seen_in(read) | {str(one.pk): "SHOW", str(other.pk): "DROP"}
    answer = client.post(url("look", survey), sent, follow=True)

    assert "Victoria Park" not in covered.text
    assert (refused.status_code, "Victoria Park" in refused.text) == (422, False)
    assert "As it was written: “Victoria Park is fun.”" in text(read)
    assert "Amelia" not in read.text
    assert re.search(r'value="DROP"[^>]*checked', read.text)
    assert "Victoria Park is fun." in text(answer)


def test_look_shows_nothing_as_it_was_written_to_who_may_not_decide(client, survey):
    over(survey)
    held = SurveyReplyFactory.create(survey=survey, words="Amelia shouts.", is_held=True)
    client.force_login(person(Role.REVIEWER, at=survey.academy))

    answer = client.post(url("look", survey), {"read": str(held.pk)})

    assert answer.status_code == 200
    assert "Amelia" not in answer.text


def test_look_draws_no_comment_for_who_may_not_decide_and_says_who_may(client, survey):
    over(survey)
    held = SurveyReplyFactory.create(survey=survey, words="Amelia shouts.", is_held=True)
    client.force_login(person(Role.REVIEWER, at=survey.academy))

    asked = client.get(url("look", survey))
    decided = client.post(url("look", survey), {str(held.pk): "DROP"})

    assert "shouts" not in asked.text + decided.text
    assert f"Only {survey.made_by.name}, who made it" in text(asked)
    assert decided.status_code == 409
    held.refresh_from_db()
    assert held.is_held


def test_look_shows_words_with_the_names_covered_and_keeps_what_is_decided(client, survey):
    over(survey)
    held = SurveyReplyFactory.create(survey=survey, words="Amelia shouts.", is_held=True)

    asked = text(client.get(url("look", survey)))
    undecided = client.post(url("look", survey), {})
    sent = seen_in(client.get(url("look", survey))) | {str(held.pk): "COVER"}
    answer = client.post(url("look", survey), sent, follow=True)

    assert "[covered] shouts." in asked
    assert "Amelia" not in asked
    assert undecided.status_code == 422
    assert "[covered] shouts." in text(answer)


def test_record_leads_to_the_record_which_leads_back(client, survey):
    InstrumentVersionFactory.create(
        instrument__trust=survey.trust, instrument__kind="STUDENT_VOICE"
    )
    over(survey)

    answer = client.post(url("record", survey), follow=True)

    assert "It can be cited now" not in text(answer)
    assert url("show", survey) in text(answer)
    assert Survey.objects.get().record.reference in text(client.get(url("show", survey)))


def test_record_of_a_review_can_be_cited_and_says_so(client, survey):
    InstrumentVersionFactory.create(
        instrument__trust=survey.trust, instrument__kind="STUDENT_VOICE"
    )
    lead = person(Role.QA_LEAD, at=survey.trust)
    client.force_login(lead)
    survey.review = ReviewFactory.create(academy=survey.academy, status="FIELDWORK")
    survey.made_by = lead.person
    over(survey)

    answer = client.post(url("record", survey), follow=True)

    assert "It can be cited now" in text(answer)


def test_record_is_blocked_with_its_reason_while_too_few_replied(client, survey):
    over(survey, replies=4)

    assert "4 replies came" in text(client.get(url("show", survey)))
    assert client.post(url("record", survey)).status_code == 409


def test_withdraw_asks_first(client, survey):
    SurveyReplyFactory.create(survey=survey)

    asked = text(client.get(url("withdraw", survey)))
    client.post(url("withdraw", survey))

    assert "its 1 reply is deleted for good" in asked
    assert Survey.objects.get().replies.count() == 0
