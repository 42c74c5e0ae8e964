import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AcademyFactory, ReviewFactory, SurveyFactory, person
from trigpoint.evidence.models import Survey
from trigpoint.evidence.surveys import rules
from trigpoint.people.roles import Role

TODAY = dt.date(2025, 11, 3)
LEGAL = {
    ("OPEN", "renew"): "OPEN",
    ("OPEN", "close"): "CLOSED",
    ("CLOSED", "record"): "RECORDED",
    ("OPEN", "withdraw"): "WITHDRAWN",
    ("CLOSED", "withdraw"): "WITHDRAWN",
}
AGREE = {"kind": "AGREE", "text": "Lessons start on time.", "choices": []}


@pytest.mark.parametrize("status", Survey.Status)
@pytest.mark.parametrize("verb", ["renew", "close", "record", "withdraw"])
def test_lifecycle_allows_these_moves_and_no_others(status, verb):
    allowed = bool(rules.LIFECYCLE.may(verb, status))

    assert allowed == ((status, verb) in LEGAL)
    if allowed:
        assert rules.LIFECYCLE.target(verb) == LEGAL[status, verb]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "review"])
def test_visible_to_agrees_with_may_view(role, place):
    home = AcademyFactory.create()
    review = ReviewFactory.create(academy=home)
    user = person(role, at={"trust": home.trust, "academy": home, "review": review}[place])
    sibling, foreign = AcademyFactory.create(trust=home.trust), AcademyFactory.create()
    for academy, is_own in itertools.product((home, sibling, foreign), (False, True)):
        theirs = {"made_by": user.person} if is_own and academy is not foreign else {}
        SurveyFactory.create(academy=academy, **theirs)
        of = review if academy is home else ReviewFactory.create(academy=academy)
        SurveyFactory.create(academy=academy, review=of, **theirs)

    listed = set(Survey.objects.visible_to(user))

    assert listed == {it for it in Survey.objects.all() if rules.may_view(user, it)}


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        pytest.param([], "Ask one to 8", id="none"),
        pytest.param([AGREE] * 9, "Ask one to 8", id="too many"),
        pytest.param([{**AGREE, "text": " "}], "Question 1: write", id="without words"),
        pytest.param([{**AGREE, "text": "x" * 201}], "up to 200", id="too long"),
        pytest.param([{**AGREE, "kind": "CHOICE"}], "two to 6", id="no choices"),
        pytest.param(
            [{**AGREE, "kind": "CHOICE", "choices": ["a", "a"]}], "different", id="the same twice"
        ),
    ],
)
def test_questions_that_do_not_fit_are_named(questions, said):
    assert said in rules.questions_fit(questions).reason


@pytest.mark.parametrize("group", Survey.Group)
def test_ready_made_questions_fit(group):
    ready = rules.ready_made()[group]
    questions = [{"choices": [], **question} for question in ready["questions"]]

    assert rules.questions_fit(questions)
    assert len(ready["title"]) <= 120
    assert "name nobody" in ready["open"]


@given(st.dates(dt.date(2025, 1, 1), dt.date(2026, 12, 31)), st.integers(-5, 90))
def test_days_fit_when_they_begin_no_earlier_than_today_and_end_within_two_months(opens, days):
    verdict = rules.days_fit(opens, opens + dt.timedelta(days=days), on=TODAY)

    assert bool(verdict) == (opens >= TODAY and 0 <= days < 60)


def test_survey_is_answered_on_its_days_only():
    survey = Survey(opens_on=TODAY, closes_on=TODAY + dt.timedelta(days=2))
    days = [TODAY + dt.timedelta(days=n) for n in range(-1, 4)]

    assert [rules.is_answering(survey, on=day) for day in days] == [False, True, True, True, False]


def test_secret_is_new_each_time_and_can_be_typed():
    secrets = {rules.new_secret() for _ in range(100)}

    assert len(secrets) == 100
    assert all(set(it) <= {*rules.LETTERS, "-"} and len(it) == 19 for it in secrets)
    assert not {*"01ilo"} & {*rules.LETTERS}


@pytest.mark.parametrize(
    ("last_day", "kept"),
    [
        (dt.date(2025, 11, 28), dt.date(2027, 8, 31)),
        (dt.date(2026, 8, 31), dt.date(2027, 8, 31)),
        (dt.date(2026, 9, 1), dt.date(2028, 8, 31)),
    ],
)
def test_replies_are_kept_for_their_school_year_and_one_more(last_day, kept):
    assert rules.replies_kept_until(last_day, starts_month=9, years=1) == kept


@given(st.dictionaries(st.sampled_from(["1", "2", "9"]), st.sampled_from(["AGREE", "YES", "x"])))
def test_only_offered_answers_fit(answers):
    questions = [AGREE, {"kind": "YES_NO", "text": "Safe?", "choices": []}]
    offered = {"1": {"AGREE"}, "2": {"YES"}}

    fits = bool(answers) and all(it in offered.get(key, ()) for key, it in answers.items())
    assert bool(rules.answers_fit(questions, answers)) == fits
