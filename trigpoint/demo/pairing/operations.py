"""Two see the same lesson and write blind; of a second visit one has not handed in yet."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from trigpoint.demo.pairing.rules import account
from trigpoint.demo.stage.rules import Held, Story, moment
from trigpoint.demo.words.rules import read, spoken
from trigpoint.evidence.entries import operations as evidence
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.models import User
from trigpoint.reviews.activities import operations as activities
from trigpoint.reviews.activities.operations import ActivityPlan
from trigpoint.reviews.models import Activity

MINUTES = 30
SLOT = timedelta(minutes=55)
LATER = timedelta(minutes=5)  # the visits of one slot begin a few minutes apart
WRITES_ON = timedelta(minutes=12)  # after the visit, until it is handed in


def pair(story: Story) -> None:
    """Let the first two of the review's team make two visits together."""
    if story.shown is None:
        return
    for name in ("both", "half"):
        told = read("pairs")[name]
        activity = _schedule(story, story.shown, told)
        for author, said in zip(story.shown.team, told["accounts"], strict=False):
            if said:
                _write(story, activity, said, told, author)


def _schedule(story: Story, held: Held, told: Mapping[str, Any]) -> Activity:
    """Put a paired visit on the timetable, after what the two have to do that day already."""
    place, two = held.script.place, held.team[:2]
    day: date = held.script.days[told["day"]]
    slot = max(story.diary.slots[user.person_id, day] for user in two)
    starts_at = moment(day) + slot * SLOT + LATER
    for user in two:
        story.diary.slots[user.person_id, day] = slot + 1
    year = place.years[told["year"]]
    subject = held.script.subject
    plan = ActivityPlan(
        review=held.review,
        kind=ActivityKind.LESSON_VISIT,
        instrument_version=story.book.instruments[ActivityKind.LESSON_VISIT],
        title=told["title"].format(year=year, subject=spoken(subject)),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=MINUTES),
        reviewers=tuple(user.person for user in two),
        place=f"Room {told['day'] + 1}",
        team=place.team_for(subject, year),
        subject=subject,
        year_groups=year,
        lines=(held.lines[0],),
        is_paired=True,
    )
    return activities.schedule(plan=plan, by=story.cast.lead)


def _write(
    story: Story, activity: Activity, said: Mapping[str, Any], told: Mapping[str, Any], author: User
) -> None:
    standard = activity.lines.get().standards.order_by("code", "id")[0]
    look_fors = [it.pk for it in story.book.look_fors[standard.pk]]
    record_id = uuid5(NAMESPACE_URL, f"{activity.pk} {author.person_id}")
    content = account(activity, said, told["intended"], standard.pk, look_fors)
    at = activity.ends_at + WRITES_ON
    evidence.save(record_id=record_id, content=content, base_revision=None, by=author, at=at)
    evidence.submit(record=EvidenceRecord.objects.get(pk=record_id), by=author, at=at)
