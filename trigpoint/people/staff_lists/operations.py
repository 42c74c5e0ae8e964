"""Read a staff list, show what it would do, then bring it in: all of it or nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from trigpoint.people.grants.queries import system_staying_administrators
from trigpoint.people.sheets import rules as sheets
from trigpoint.people.sheets.rules import Order
from trigpoint.people.staff import operations as staff
from trigpoint.people.staff.models import Person, Post
from trigpoint.people.staff.rules import PersonFacts
from trigpoint.people.staff_lists import rules
from trigpoint.people.staff_lists.models import StaffImport
from trigpoint.people.staff_lists.rules import Known, Places, Row
from trigpoint.records import history, tables
from trigpoint.records.refusals import Refused
from trigpoint.records.tables import tidy
from trigpoint.trusts.models import Academy, Team, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

Each = Callable[[list[Row]], Iterable[Row]]


@transaction.atomic
def upload(
    *, trust: Trust, data: bytes, name: str, order: Order | None, by: "User | None", on: date
) -> StaffImport:
    """Read a staff list and say of each row what it would do. Writes no person.

    Args:
        trust: whose staff it is.
        data: the file: CSV or a spreadsheet.
        name: what the file is called.
        order: which comes first in a day in figures; None to find out.
        by: who uploads it; None for a command on the server.
        on: today.

    Raises:
        Refused: the file cannot be read, columns are missing, or its days could be read both ways.

    """
    if by:
        rules.may_upload(by, trust).enforce()
    table = tables.read(data, name="The file")
    matched = sheets.match(table)
    order = order or sheets.find_order(sheets.days_written(matched, table.lines))
    if order is None:
        reason = (
            "Every day in the file could be read both ways. Say whether the day or month is first."
        )
        raise Refused(reason)
    places, rows = _places(trust), []
    for line in table.lines:
        cells = matched.cells(line)
        facts = rules.check_row(cells, places, order)
        problem = facts if isinstance(facts, str) else ""
        facts = {} if isinstance(facts, str) else facts
        who = sheets.read_name(cells)
        rows.append({"number": line.number, "name": who, "facts": facts, "words": problem})
    columns = {"known": list(matched.known), "unknown": matched.unknown, "secret": matched.secret}
    made = StaffImport.objects.create(
        trust=trust,
        file_name=name[:200],
        columns=columns,
        rows=rules.preview(rows, _known(trust, on=on)),
    )
    history.write(made, "uploaded", by=by, rows=len(rows))
    return made


@transaction.atomic
def confirm(
    *, upload: StaffImport, by: "User | None", at: datetime, each: Each = iter
) -> StaffImport:
    """Bring in what was previewed, all of it or nothing.

    Raises:
        Refused: it was brought in already, nothing is left, or the trust's staff have changed.

    """
    upload = (
        StaffImport.objects.select_for_update(of=("self",))
        .select_related("trust")
        .get(pk=upload.pk)
    )
    if by:
        rules.may_upload(by, upload.trust).enforce()
    rules.may_confirm(upload).enforce()
    known = _known(upload.trust, on=timezone.localtime(at).date())
    if rules.preview(upload.rows, known) != upload.rows:
        reason = "The trust\u2019s staff have changed since this preview. Upload the file again."
        raise Refused(reason)
    for row in each(upload.rows):
        if row["outcome"] not in {rules.REFUSED, rules.UNCHANGED}:
            _write(upload.trust, row["facts"], known, by)
    upload.status, upload.confirmed_at = rules.LIFECYCLE.target("confirm"), at
    upload.save(update_fields=["status", "confirmed_at"])
    history.write(upload, "confirmed", by=by, **rules.tally(upload.rows))
    return upload


def _write(trust: Trust, facts: Row, known: Known, by: "User | None") -> None:
    """Write one row, and remember who it made for the rows after it."""
    person = rules.find_person(facts, known)
    if not isinstance(person, Person):
        person = staff.join(trust=trust, facts=PersonFacts(**facts["person"]), by=by)
    elif rules.person_changes(facts, person):
        staff.correct(person=person, facts=PersonFacts(**facts["person"]), by=by)
    known.by_number[facts["person"]["staff_number"]] = person
    known.by_email[facts["person"]["email"]] = person
    known.by_number.pop("", None)
    known.by_email.pop("", None)
    posts = known.posts.setdefault(person.pk, [])
    post = rules.find_post(facts, posts)
    if post is None:
        posts.append(_appoint(person, facts["post"], by))
    elif changes := rules.post_changes(facts, post):
        staff.revise_post(post=post, changes=_columns(changes), by=by)


def _columns(stored: Row) -> Row:
    """Turn what was stored back into column values: days and ids."""
    days = {
        key: date.fromisoformat(stored[key]) for key in ("starts_on", "ends_on") if stored.get(key)
    }
    ids = {key: UUID(stored[key]) for key in ("academy_id", "team_id") if stored.get(key)}
    return stored | days | ids


def _appoint(person: Person, stored: Row, by: "User | None") -> Post:
    post = Post.objects.create(trust_id=person.trust_id, person=person, **_columns(stored))
    history.write(post, "appointed", by=by, title=post.title)
    staff.note_leaving(person, because_of=post, by=by)
    return post


def _places(trust: Trust) -> Places:
    by_name: defaultdict[str, list[Academy]] = defaultdict(list)
    by_urn = {}
    for academy in Academy.objects.filter(trust=trust, closed_on=None):
        by_name[tidy(academy.name)].append(academy)
        by_urn[str(academy.urn)] = academy
    teams = {(team.academy_id, tidy(team.name)): team for team in Team.objects.filter(trust=trust)}
    return Places(by_urn, by_name, teams)


def _known(trust: Trust, *, on: date) -> Known:
    people = list(Person.objects.filter(trust=trust))
    posts: defaultdict[UUID, list[Post]] = defaultdict(list)
    for post in Post.objects.filter(trust=trust).order_by("starts_on", "id"):
        posts[post.person_id].append(post)
    return Known(
        {person.staff_number: person for person in people if person.staff_number},
        {person.email.lower(): person for person in people if person.email},
        posts,
        frozenset(system_staying_administrators(trust=trust, on=on)),
    )
