"""Visits of the story are planned and made, and what was seen is written, shared and answered."""

from datetime import datetime, timedelta
from uuid import UUID

from trigpoint.demo.gathering.rules import Seen, content, photo
from trigpoint.demo.programme.rules import rank
from trigpoint.demo.stage.rules import Booked, Held, Story, Visit, Written, moment
from trigpoint.demo.visiting.rules import visits
from trigpoint.demo.words.rules import read, spoken
from trigpoint.evidence.attachments import operations as attachments
from trigpoint.evidence.contents.rules import RecordContent
from trigpoint.evidence.entries import operations as evidence
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.models import User
from trigpoint.reviews.activities import operations as activities
from trigpoint.reviews.activities.operations import ActivityPlan
from trigpoint.reviews.models import Activity, Review

NAMED_SHARE = 0.4  # of lesson visits
PRIVATE_EVERY = 14  # of records that name somebody
MISSED_SHARE = 0.06
SHARED_SHARE = 0.5  # of records that name nobody
SHARED_SHARE_BEFORE = 0.15
PHOTO_SHARE = 0.4  # of book scrutinies told in full
REPLY_SHARE = 0.35
NOON = 11  # today the story stops at this hour
WITH_WHOM = {
    ActivityKind.STUDENT_VOICE: "Six pupils of {year}, chosen by draw",
    ActivityKind.STAFF_VOICE: "Four who teach {subject}",
    ActivityKind.CURRICULUM_REVIEW: "The leader of {subject}",
    ActivityKind.LEARNING_WALK: "A leader of the academy",
    ActivityKind.PARENT_VOICE: "Eight parents of {year}, whoever came",
    ActivityKind.GOVERNOR_LINK_VISIT: "A leader of the academy",
}


def plan_visits(story: Story, held: Held) -> None:
    """Put every visit on the timetable."""
    held.lines = list(held.review.lines.prefetch_related("standards").order_by("number"))
    shown = story.cast.parts.get("staff") if held.script.part == "staff" else None
    for visit in visits(held.script, held.team, story):
        held.booked.append(_book(story, held, visit, shown))
        if held.booked[-1].observed is shown:
            shown = None


def _book(story: Story, held: Held, visit: Visit, shown: User | None) -> Booked:
    place, words = held.script.place, story.words
    subject = held.script.subject or words.draw(f"subject {place.phase}", place.subjects)
    year = words.draw(f"year {place.phase} {len(place.years)}", place.years)
    last_day = visit.starts_at.date() == held.script.ends_on
    is_visit = visit.kind == ActivityKind.LESSON_VISIT
    if shown and is_visit and last_day:
        year = "Year 4"
    team = place.team_for(subject, year)
    observed = None
    if is_visit and not held.is_self and words.chance(NAMED_SHARE):
        observed = story.diary.name(place, team, year=_school_year(visit))
    if shown and is_visit and last_day:
        observed = shown
    topic = words.topic(subject)
    if not held.is_recent(story):
        return Booked(visit, None, subject, topic, year, team, observed)
    activity = _schedule(story, held, Booked(visit, None, subject, topic, year, team, observed))
    return Booked(visit, activity, subject, topic, year, team, observed)


def _schedule(story: Story, held: Held, booked: Booked) -> Activity:
    """Put one visit on the timetable."""
    visit, words = booked.visit, story.words
    slots = {"subject": spoken(booked.subject), "year": booked.year}
    title = {"LESSON_VISIT": "{year} {subject}", "BOOK_SCRUTINY": "Books from {year}: {subject}"}
    plan = ActivityPlan(
        review=held.review,
        kind=visit.kind,
        instrument_version=story.book.instruments[visit.kind],
        title=words.fill(title.get(visit.kind) or _named(visit.kind), slots),
        starts_at=visit.starts_at,
        ends_at=visit.starts_at + timedelta(minutes=visit.minutes),
        reviewers=(visit.by.person,),
        place=f"Room {visit.room + 3}",
        with_whom=words.fill(WITH_WHOM.get(ActivityKind(visit.kind), "") or " ", slots).strip(),
        team=booked.team,
        subject=booked.subject,
        year_groups=booked.year,
        observed=booked.observed.person if booked.observed else None,
        lines=(held.lines[visit.line],),
    )
    return activities.schedule(plan=plan, by=story.cast.lead)


def _named(kind: str) -> str:
    return ActivityKind(kind).label + ": {subject}, {year}"


def _school_year(visit: Visit) -> int:
    day = visit.starts_at
    return day.year if day.month >= 9 else day.year - 1  # noqa: PLR2004 -- September


def gather(story: Story, held: Held) -> None:
    """Make the visits whose time has come, and write down what was seen."""
    now = moment(story.today, NOON)
    for booked in held.booked:
        if booked.visit.starts_at >= now:
            continue
        on = booked.visit.starts_at.date()
        if booked.activity is None:
            held.written.append(_write(story, held, booked))
            continue
        if not booked.observed and story.words.chance(MISSED_SHARE):
            because = story.words.draw("missed", read("claims")["missed"])
            activities.miss(activity=booked.activity, because=because, by=story.cast.lead, on=on)
            continue
        held.written.append(_write(story, held, booked))


def _write(story: Story, held: Held, booked: Booked) -> Written:
    """Write, hand in and perhaps share one record, as its author would."""
    visit = booked.visit
    seen = _seen(story, held, booked)
    said = content(seen, story.words)
    author, at = visit.by, visit.starts_at + timedelta(minutes=said.minutes or 0)
    record = _keep(story, said, author, at)
    of_books = visit.kind == ActivityKind.BOOK_SCRUTINY and held.is_recent(story)
    if of_books and story.words.chance(PHOTO_SHARE):
        name, data = f"{booked.year} book.jpg", photo(story.words)
        attachments.attach(record=record, name=name, data=data, by=author, at=at)
    if not _is_still_written(story, held, booked):
        record = evidence.submit(record=record, by=author, at=at + timedelta(minutes=9))
        _share(story, held, record, booked, at)
    return Written(
        record,
        (visit.area, visit.second),
        (visit.standard, visit.also),
        tuple((note.kind, note.text) for note in said.notes),
        booked.observed,
        said.is_private,
    )


def _is_still_written(story: Story, held: Held, booked: Booked) -> bool:
    """Say whether its author is still at it: the last visit made of a review in fieldwork."""
    now = moment(story.today, NOON)
    made = [one for one in held.booked if one.visit.starts_at < now]
    return held.script.until == Review.Status.FIELDWORK and booked is made[-1]


def _seen(story: Story, held: Held, booked: Booked) -> Seen:
    """Say what the record is about; its level is the area's at the academy that day."""
    visit, day = booked.visit, booked.visit.starts_at.date()
    place, book = held.script.place, story.book
    found = book.look_fors[visit.standard.pk][:3] + book.look_fors[visit.also.pk][:1]
    private = booked.observed is not None and story.next_named() % PRIVATE_EVERY == 0
    return Seen(
        kind=visit.kind,
        rank=rank(place, visit.area, day, story.today, of=len(book.levels)),
        subject=booked.subject,
        topic=booked.topic,
        year=booked.year,
        at=visit.starts_at,
        look_fors=[one.pk for one in found],
        standards=(visit.standard.pk, visit.also.pk),
        lines=(held.lines[visit.line].pk,),
        team_id=booked.team.pk,
        observed_id=booked.observed.person_id if booked.observed else None,
        is_private=private,
        place=_where(held, booked),
    )


def _where(held: Held, booked: Booked) -> dict[str, UUID]:
    if booked.activity is None:
        return {"review_id": held.review.pk}
    return {"activity_id": booked.activity.pk}


def _keep(story: Story, said: RecordContent, author: User, at: datetime) -> EvidenceRecord:
    record_id = UUID(int=story.words.dice.getrandbits(128), version=4)
    evidence.save(record_id=record_id, content=said, base_revision=None, by=author, at=at)
    return EvidenceRecord.objects.get(pk=record_id)


def _share(story: Story, held: Held, record: EvidenceRecord, booked: Booked, at: datetime) -> None:
    """Share most records; the person observed reads theirs, and some reply."""
    observed, author = booked.observed, booked.visit.by
    share = SHARED_SHARE if held.is_recent(story) else SHARED_SHARE_BEFORE
    if not (observed or held.is_self or story.words.chance(share)):
        return
    later = at + timedelta(days=1)
    if later > moment(story.today, NOON):
        later = at + timedelta(minutes=20)
    evidence.share(record=record, names_checked=True, by=author, at=later)
    unread = held.is_recent(story) and observed is story.cast.parts.get("staff")
    if observed is None or unread:
        return
    if story.words.chance(0.8):
        evidence.see(record=record, by=observed, at=later + timedelta(hours=6))
    if story.words.chance(REPLY_SHARE):
        text = story.words.draw("replies", read("claims")["replies"])
        evidence.reply(
            record=record,
            text=text,
            names_checked=True,
            by=observed,
            at=later + timedelta(hours=20),
        )
