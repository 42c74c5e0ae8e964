"""A trust of the benchmark's size. Reviews go through the operations, their records in batches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain, islice
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Manager, Max, Model

from trigpoint.demo.bulk import rules
from trigpoint.demo.bulk.rules import Entry, Rows
from trigpoint.demo.cast import operations as casting
from trigpoint.demo.cast.rules import DOMAIN, Place
from trigpoint.demo.founding import operations as founding
from trigpoint.demo.founding.rules import school_years
from trigpoint.demo.gathering.rules import Seen, content
from trigpoint.demo.programme import rules as programme
from trigpoint.demo.reviewing import operations as reviewing
from trigpoint.demo.stage.queries import system_rulebook
from trigpoint.demo.stage.rules import Held, Story, Written, moment
from trigpoint.demo.telling.operations import Progress
from trigpoint.demo.words.rules import Words, read, spoken
from trigpoint.evidence.contents.rules import RecordContent
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.insight.standings import operations as standings
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.staff.rules import PersonFacts, PostFacts

AT_ONCE = 2_000  # records in memory
ROWS_AT_ONCE = 1_000  # rows in one statement
POOL = 400  # different contents that are written again and again, each with its own moment
REVIEWS = 10  # of each academy
QUOTED = 24  # records of a review that its claims may quote
SHARED_EVERY = 3
# SQLite's keys are random, so each review touches pages all over the file: keep many in memory (a
# quarter of a gigabyte), and write them back seldom.
ROOMY = ("PRAGMA cache_size = -250000", "PRAGMA wal_autocheckpoint = 60000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the trust is to be."""

    academies: int = 100
    staff: int = 10_000
    records: int = 1_000_000


def write(entries: Iterable[Entry]) -> int:
    """Write records with all they leave behind, a few thousand at a time; return how many."""
    source, written = iter(entries), 0
    while batch := list(islice(source, AT_ONCE)):
        rows = Rows()
        for entry in batch:
            rows.add(entry)
        _store(rows.in_order())
        written += len(batch)
    return written


@transaction.atomic
def _store(tables: Iterable[Sequence[Model]]) -> None:
    for table in tables:
        if table:
            manager: Manager[Model] = type(table[0])._default_manager  # noqa: SLF001 -- its public name
            manager.bulk_create(table, batch_size=ROWS_AT_ONCE)


def grow(*, today: date, size: Size, seed: int, progress: Progress | None = None) -> Story:
    """Build a trust of the benchmark's size.

    Args:
        today: the day it ends with.
        size: academies, people and records; records are spread evenly over ten reviews each.
        seed: for its dice.
        progress: told after each review.

    """
    watching = progress or Progress()
    words = Words(seed)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma in ROOMY:
                cursor.execute(pragma)
    story = Story(
        cast=founding.found(today=today, academies=size.academies),
        words=words,
        today=today,
        tick=watching.step,
    )
    since = date(school_years(today)[0], 4, 1)  # reviews of the autumn are planned in the summer
    casting.staff_centre(story.cast, words, since=since)
    for place in story.cast.places:
        casting.staff_academy(story.cast, place, words, since=since, members=2)
        _staff(place, size.staff // size.academies - len(place.staff) - 1)
    version = founding.adopt_policy(story.cast, school_years(today)[0], 2, by=story.cast.lead)
    story.books.append(system_rulebook(version))
    founding.set_tiers(story.cast, on=since, latest=True)
    watching.begin(size.academies * REVIEWS)
    _review(story, size)
    standings.system_rebuild(story.cast.trust.pk)
    return story


def _staff(place: Place, count: int) -> None:
    """Let many people join an academy, a post each."""
    lists = read("trust")
    first, last = lists["first_names"], lists["last_names"]
    people, posts, history = [], [], []
    for number in range(max(count, 0)):
        email = f"staff-{place.index}-{number}@{DOMAIN}"
        name = f"{first[(number + place.index) % len(first)]} {last[number % len(last)]}"
        person, entry = rules.joined(place.academy.trust_id, PersonFacts(name=name, email=email))
        team = place.teams[number % len(place.teams)]
        facts = PostFacts(
            title="Teacher",
            academy=place.academy,
            team=team,
            subject=team.subject,
            starts_on=casting.STARTED,
        )
        post, other = rules.appointed(person, facts)
        people.append(person)
        posts.append(post)
        history += [entry, other]
    _store((people, posts, history))


def _review(story: Story, size: Size) -> None:
    """Hold ten reviews at each academy, so many records in each."""
    total = size.academies * REVIEWS
    share, more = divmod(size.records, total)
    pool = _pool(story, story.cast.places[0])
    for turn, place in enumerate(story.cast.places * REVIEWS):
        back = timedelta(days=60 + 90 * (turn // len(story.cast.places)))
        script = programme.at(
            place, programme.Kind.TRUST, story.today - back, areas=programme.AREAS
        )
        with transaction.atomic():
            _hold(story, script, share + (turn < more), pool)
        story.tick()


def _hold(story: Story, script: programme.Script, count: int, pool: list[RecordContent]) -> None:
    """Hold one review: planned, judged and closed by the operations, its records in batches."""
    held = reviewing.begin(story, script)
    entries = _entries(story, held, count, pool)
    quoted = list(islice(entries, min(count, QUOTED)))
    write(chain(quoted, entries))
    held.written = [_written(story, entry) for entry in quoted]
    reviewing.conclude(story, held)


def _entries(story: Story, held: Held, count: int, pool: list[RecordContent]) -> Iterator[Entry]:
    """Yield a review's records, numbered on from the academy's last."""
    place, dice = held.script.place, story.words.dice
    here = EvidenceRecord.objects.filter(academy=place.academy)
    number = here.aggregate(last=Max("number"))["last"] or 0
    first, locked_at = moment(held.script.starts_on), moment(held.day(14), 14)
    for step in range(count):
        seen_at = first + timedelta(minutes=step % 360)
        said = replace(
            pool[(number + step) % len(pool)],
            review_id=held.review.pk,
            observed_at=seen_at,
            team_id=place.teams[step % len(place.teams)].pk,
            lines=(held.lines[step % len(held.lines)].pk,),
        )
        at = seen_at + timedelta(hours=1)
        yield Entry(
            record_id=UUID(int=dice.getrandbits(128), version=4),
            number=number + step + 1,
            content=said,
            academy_id=place.academy.pk,
            instrument=story.book.instruments[said.kind],
            by=held.team[step % len(held.team)],
            at=at,
            shared_at=at + timedelta(days=1) if step % SHARED_EVERY == 0 else None,
            locked_at=locked_at,
        )


def _pool(story: Story, place: Place) -> list[RecordContent]:
    """Return contents to write again and again: every kind, level and standard in turn."""
    book, words, kinds = story.book, story.words, list(ActivityKind)
    listed = [one for area in programme.AREAS for one in book.standards[area]]
    made = []
    for number in range(POOL):
        standards = (listed[number % len(listed)], listed[(number * 7 + 3) % len(listed)])
        subject = words.draw("subject", place.subjects)
        seen = Seen(
            kind=kinds[number % len(kinds)],
            rank=number % 4 + 1,
            subject=spoken(subject).capitalize(),
            topic=words.topic(subject),
            year=words.draw("year", place.years),
            at=moment(story.today),
            look_fors=[one.pk for one in book.look_fors[standards[0].pk][:2]],
            standards=tuple({one.pk for one in standards}),
        )
        said = content(seen, words)
        notes = tuple(replace(note, noted_at=None) for note in said.notes)
        made.append(replace(said, notes=notes))
    return made


def _written(story: Story, entry: Entry) -> Written:
    """Return a record as the claims' authors want it."""
    known = {one.pk: one for listed in story.book.standards.values() for one in listed}
    standards = tuple(known[pk] for pk in entry.content.standards)
    return Written(
        EvidenceRecord.objects.get(pk=entry.record_id),
        tuple(one.area.lineage for one in standards),
        standards,
        tuple((note.kind, note.text) for note in entry.content.notes),
    )
