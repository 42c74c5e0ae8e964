"""Meetings of the bodies of the story: papers, questions, decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from trigpoint.demo.founding.rules import school_years
from trigpoint.demo.stage.rules import FULLY_TOLD, Story
from trigpoint.demo.words.rules import read
from trigpoint.governance.meetings import operations as meetings
from trigpoint.governance.models import Meeting
from trigpoint.people.models import User
from trigpoint.reporting.models import Report
from trigpoint.trusts.models import Body

MOST_REPORTS = 3
TERMS = ((12, 4, "Autumn"), (3, 18, "Spring"), (7, 3, "Summer"))
UPCOMING = timedelta(days=9)  # the next board meeting, from today


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting to be."""

    body: Body
    on: date
    title: str


def sittings(story: Story) -> list[Sitting]:
    """Return every meeting before today, oldest first."""
    cast = story.cast
    bodies = [*cast.committees, cast.board, *([cast.local] if cast.local else [])]
    listed = [
        Sitting(body, _open_day(story, day, weeks=len(bodies) - number), f"{term} meeting")
        for day, term in _terms(story.today)
        for number, body in enumerate(bodies)
    ]
    past = [sitting for sitting in listed if sitting.on < story.today]
    return sorted(past, key=lambda sitting: (sitting.on, sitting.body.name))


def _open_day(story: Story, day: date, *, weeks: int) -> date:
    """Return a day when the academies are open, so many weeks before a day."""
    return story.cast.places[0].calendar.add(day - timedelta(weeks=weeks), -1)


def _terms(today: date) -> Iterator[tuple[date, str]]:
    for year in school_years(today):
        for month, day, term in TERMS:
            yield date(year + (month < 9), month, day), term  # noqa: PLR2004 -- September


def sit(story: Story, sitting: Sitting, *, decides: bool = True) -> Meeting:
    """Hold a meeting: papers, a question or two, and what was decided."""
    clerk, asker = story.cast.lead, _member(story, sitting.body)
    meeting = meetings.call(body=sitting.body, held_on=sitting.on, title=sitting.title, by=clerk)
    _table(story, meeting, before=min(sitting.on, story.today))
    if sitting.on >= story.today - FULLY_TOLD:
        meetings.table_assurance(meeting=meeting, by=clerk, on=min(sitting.on, story.today))
    for number in range(2):
        question, answer = story.words.draw("challenges", read("claims")["challenges"])
        asked = meetings.ask(meeting=meeting, question=question, by=asker)
        if decides or not number:
            on = min(sitting.on + timedelta(days=3), story.today)
            asked = meetings.answer(challenge=asked, answer=answer, by=clerk, on=on)
        if decides and story.words.chance(0.8):
            on = min(sitting.on + timedelta(days=20), story.today)
            meetings.close(challenge=asked, by=asker, on=on)
    if decides:
        which = "decisions_local" if sitting.body.academy_id else "decisions"
        text = story.words.draw(which, read("claims")[which])
        again = sitting.on + timedelta(days=100)
        meetings.decide(meeting=meeting, text=text, follow_up_on=again, by=clerk)
    story.tick()
    return meeting


def call_next(story: Story) -> None:
    """Call the meetings to come: papers are out, one question is still open."""
    calendar = story.cast.places[0].calendar
    bodies = [story.cast.board, *([story.cast.local] if story.cast.local else [])]
    for number, body in enumerate(bodies):
        on = calendar.add(story.today + UPCOMING + timedelta(days=number * 4), 1)
        sit(story, Sitting(body, on, "Next meeting"), decides=False)


def _table(story: Story, meeting: Meeting, *, before: date) -> None:
    """Put the newest final reports that no meeting of the body has had before it."""
    found = Report.objects.filter(
        trust=story.cast.trust, status=Report.Status.FINAL, finalised_at__date__lte=before
    ).exclude(paper__meeting__body=meeting.body)
    if meeting.body.academy_id:
        found = found.filter(academy=meeting.body.academy_id)
    for report in found.order_by("-finalised_at", "title")[:MOST_REPORTS]:
        meetings.table_report(meeting=meeting, report=report, by=story.cast.lead)


def _member(story: Story, body: Body) -> User:
    if body.academy_id:
        return story.cast.parts["governor"]
    return story.cast.trustees[story.next() % len(story.cast.trustees)]
