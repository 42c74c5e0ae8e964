"""Surveys are made, answered by many, closed and made evidence, as people would."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from trigpoint.demo.asking.rules import replies
from trigpoint.demo.cast.rules import Place
from trigpoint.demo.stage.rules import Story, moment
from trigpoint.demo.words.rules import read
from trigpoint.evidence.surveys import operations as surveys
from trigpoint.evidence.surveys.models import Survey
from trigpoint.evidence.surveys.rules import Plan
from trigpoint.people.models import User
from trigpoint.reviews.models import Review

SEED = 41  # of these dice alone, so that what else the story tells stays as it is


def ask(story: Story) -> None:
    """Ask pupils before a review, parents who go on answering, and staff, whose word is evidence."""
    dice = random.Random(SEED)  # noqa: S311 -- a story's dice, the same every time
    elsewhere = story.cast.places[0]
    if held := story.shown:
        here = held.script.place
        pupils = _ask(story, dice, "pupils", place=here, review=held.review, by=held.lead)
        surveys.close(survey=pupils, by=held.lead, on=pupils.closes_on)
        _ask(story, dice, "parents", place=here, review=None, by=here.head)
    staff = _ask(story, dice, "staff", place=elsewhere, review=None, by=elsewhere.head)
    surveys.close(survey=staff, by=elsewhere.head, on=staff.closes_on)
    surveys.record(survey=staff, by=elsewhere.head, at=moment(staff.closes_on + timedelta(days=1)))


def _ask(
    story: Story, dice: random.Random, name: str, *, place: Place, review: Review | None, by: User
) -> Survey:
    """Make one survey of the list and let everybody answer who has by today."""
    told: Mapping[str, Any] = read("surveys")[name]
    opens_on = story.today + timedelta(days=told["opens"])
    plan = Plan(
        group=told["group"],
        title=told["title"],
        purpose=told["purpose"],
        opens_on=opens_on,
        closes_on=story.today + timedelta(days=told["closes"]),
        questions=[
            {"kind": it["kind"], "text": it["text"], "choices": it.get("choices", [])}
            for it in told["questions"]
        ],
        open_question=told["open"],
    )
    survey = surveys.make(plan=plan, academy=place.academy, review=review, by=by, on=opens_on)
    days = _days(place, opens_on, min(plan.closes_on, story.today))
    for answers, words in replies(told, survey.questions, dice):
        surveys.answer(
            survey=survey,
            reply_id=UUID(int=dice.getrandbits(128), version=4),
            answers=answers,
            words=words,
            on=dice.choice(days),
        )
    return survey


def _days(place: Place, first: date, last: date) -> Sequence[date]:
    """Return the school days of a survey so far; in the holidays every day."""
    listed = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in listed if place.calendar.is_working(day)] or listed
