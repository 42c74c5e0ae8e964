"""What bringing in one row of a staff list does, and who may."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from trigpoint.people.sheets import rules as sheets
from trigpoint.people.sheets.rules import Order
from trigpoint.people.staff import rules as staff
from trigpoint.people.staff.models import Person, Post
from trigpoint.people.staff_lists.models import StaffImport
from trigpoint.records.days import KEPT, day_words, within_years
from trigpoint.records.refusals import Verdict, denied
from trigpoint.records.tables import tidy
from trigpoint.records.workflow import Step, Workflow
from trigpoint.trusts.models import Academy, Team, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


LIFECYCLE = Workflow(
    "staff import",
    initial=StaffImport.Status.PREVIEWED,
    steps=(
        Step(
            "confirm",
            frozenset({StaffImport.Status.PREVIEWED}),
            StaffImport.Status.CONFIRMED,
        ),
    ),
)
CREATE, UPDATE, UNCHANGED, REFUSED = "CREATE", "UPDATE", "UNCHANGED", "REFUSED"
OUTCOMES = {CREATE: "Created", UPDATE: "Updated", UNCHANGED: "Unchanged", REFUSED: "Refused"}
LONGEST_NAME = 160
LONGEST = {"title": 120, "subject": 80, "key_stage": 20, "number": 40}
Row = dict[str, Any]


def may_upload(user: "User", trust: Trust) -> Verdict:
    """Whoever adds staff."""
    return staff.may_join(user, trust)


def may_view_import(user: "User", upload: StaffImport) -> Verdict:
    """Whoever may bring staff in. Agrees with ``StaffImport.objects.visible_to``."""
    return staff.may_join(user, upload.trust)


def may_confirm(upload: StaffImport) -> Verdict:
    """Once, when there is a row to bring in."""
    if upload.status == StaffImport.Status.CONFIRMED:
        return denied("These staff were brought in already. To do it again, upload the file again.")
    if not any(row["outcome"] != REFUSED for row in upload.rows):
        return denied("There is no row to bring in. Correct the file and upload it again.")
    return LIFECYCLE.may("confirm", upload.status)


@dataclass(frozen=True, slots=True)
class Places:
    """The trust's academies and teams, as a staff list may name them."""

    by_urn: dict[str, Academy]
    by_name: dict[str, list[Academy]]
    teams: dict[tuple[UUID | None, str], Team]


@dataclass(frozen=True, slots=True)
class Known:
    """The people of the trust before the import, and their posts.

    ``administrators`` are those of the whole trust who can sign in and have no last day.
    """

    by_number: dict[str, Person]
    by_email: dict[str, Person]
    posts: dict[UUID, list[Post]] = field(default_factory=dict)
    administrators: frozenset[UUID] = frozenset()


def find_academy(cells: dict[str, str], places: Places) -> Academy | str | None:
    """Find the academy a row names by URN or name.

    Returns:
        The academy; None for central staff; a sentence when it cannot be told.

    """
    urn, name = cells.get("urn", ""), cells.get("academy", "")
    if not urn and name.isdecimal():
        urn = name
    if urn:
        missing = (
            f"No academy of the trust has URN {urn}. Import the academies first, or correct it."
        )
        return places.by_urn.get(urn) or missing
    if tidy(name) in sheets.CENTRAL:
        return None
    return _find_by_name(name, places.by_name.get(tidy(name), []))


def _find_by_name(name: str, found: list[Academy]) -> Academy | str:
    """Take the one academy of that name, or say why there is not one."""
    if len(found) == 1:
        return found[0]
    if found:
        return f"{len(found)} academies are called {name}. Write the URN instead."
    if name:
        return f"No academy of the trust is called \u201c{name}\u201d. Write its URN or its name as here."
    return "The academy is empty. Write its URN or name, or \u201cCentral\u201d for central staff."


def check_row(cells: dict[str, str], places: Places, order: Order) -> Row | str:
    """Turn one row of a staff list into plain facts, or say what is wrong with it.

    Returns:
        A plain dict that can be stored (person and post), or a sentence.

    """
    title, name = cells.get("title", ""), sheets.read_name(cells)
    email = sheets.read_email(cells.get("email", ""))
    category = sheets.read_category(cells.get("category", ""), title)
    academy = find_academy(cells, places)
    problems = [
        ("The name is empty.", not name),
        (f"The name is longer than {LONGEST_NAME} letters.", len(name) > LONGEST_NAME),
        (f"\u201c{cells.get('email')}\u201d is not an email address.", email is None),
        (
            "There is neither a staff number nor an email address.",
            not (email or cells.get("number")),
        ),
        ("The job title is empty.", not title),
        (
            f"\u201c{cells.get('category')}\u201d is not a category: use {_categories()}.",
            category is None,
        ),
        *(
            (
                f"\u201c{cells.get(key, '')[:20]}\u2026\u201d is longer than {most} letters.",
                len(cells.get(key, "")) > most,
            )
            for key, most in LONGEST.items()
        ),
    ]
    if problem := next((words for words, is_so in problems if is_so), ""):
        return problem
    if isinstance(academy, str):
        return academy
    return _post_row(cells, places, order, academy, name, email or "", category or "")


def _categories() -> str:
    return ", ".join(str(label) for label in Post.Category.labels)


def _post_row(  # noqa: PLR0913, PLR0917 -- what check_row has worked out of the row so far
    cells: dict[str, str],
    places: Places,
    order: Order,
    academy: Academy | None,
    name: str,
    email: str,
    category: str,
) -> Row | str:
    """Finish a row: its team and its days."""
    academy_id = academy.pk if academy else None
    team = (
        places.teams.get((academy_id, tidy(cells.get("team", "")))) if cells.get("team") else None
    )
    if cells.get("team") and team is None:
        return f"There is no team called {cells['team']} there. Add it first, or empty the cell."
    days: list[date | None] = []
    for key in ("starts", "ends"):
        try:
            days.append(sheets.read_day(cells.get(key, ""), order))
        except ValueError:
            return f"\u201c{cells[key]}\u201d is not a day in the order of this file."
        if days[-1] and not within_years(days[-1]):
            return f"\u201c{cells[key]}\u201d is not a day {KEPT}. Correct it, or empty the cell."
    starts, ends = days
    if starts and ends and ends < starts:
        return "The post ends before it starts."
    return {
        "person": {"name": name, "email": email, "staff_number": cells.get("number", "")},
        "post": {
            "academy_id": str(academy_id) if academy_id else None,
            "team_id": str(team.pk) if team else None,
            "title": cells["title"],
            "category": category,
            "subject": cells.get("subject", ""),
            "key_stage": cells.get("key_stage", ""),
            "starts_on": starts.isoformat() if starts else None,
            "ends_on": ends.isoformat() if ends else None,
        },
        "where": academy.name if academy else "the central team",
    }


def find_person(row: Row, known: Known) -> Person | str | None:
    """Find who a row is about, by staff number, else email; a sentence when the two disagree."""
    number, email = row["person"]["staff_number"], row["person"]["email"]
    by_number, by_email = known.by_number.get(number), known.by_email.get(email)
    if by_number and by_email and by_number.pk != by_email.pk:
        return f"Staff number {number} is {by_number}\u2019s, but {email} is {by_email}\u2019s. Correct one."
    return by_number or by_email


def find_post(row: Row, posts: list[Post]) -> Post | None:
    """Find the post a row is about: the same place and title."""
    wanted = row["post"]
    return next(
        (
            post
            for post in posts
            if _id(post.academy_id) == wanted["academy_id"]
            and tidy(post.title) == tidy(wanted["title"])
        ),
        None,
    )


def _id(pk: UUID | None) -> str | None:
    return str(pk) if pk else None


def person_changes(row: Row, person: Person) -> Row:
    """Return what a row says of a person that is new; an empty cell says nothing."""
    return {
        column: value
        for column, value in row["person"].items()
        if value and getattr(person, column) != value
    }


def post_changes(row: Row, post: Post) -> Row:
    """Return what a row says of a post that is new; an empty cell says nothing."""
    stored = {
        "team_id": _id(post.team_id),
        "category": str(post.category),
        "subject": post.subject,
        "key_stage": post.key_stage,
        "starts_on": post.starts_on.isoformat() if post.starts_on else None,
        "ends_on": post.ends_on.isoformat() if post.ends_on else None,
    }
    said = row["post"]
    return {key: said[key] for key, value in stored.items() if said[key] and said[key] != value}


WORDS = {
    "name": "name",
    "email": "email",
    "staff_number": "staff number",
    "team_id": "team",
    "category": "category",
    "subject": "subject",
    "key_stage": "key stage",
    "starts_on": "start",
    "ends_on": "end",
}


def compare(row: Row, known: Known) -> tuple[str, str]:
    """Say what bringing in a row does, in words."""
    person = find_person(row, known)
    where = f"{row['post']['title']}, {row['where']}"
    if isinstance(person, str):
        return REFUSED, person
    if person is None:
        return CREATE, f"New: {where}."
    post = find_post(row, known.posts.get(person.pk, []))
    changed = [WORDS[key] for key in person_changes(row, person)]
    if post is None:
        also = f" Changes the {', '.join(changed)}." if changed else ""
        return UPDATE, f"{person} gets another post: {where}.{also}"
    changed += [WORDS[key] for key in post_changes(row, post)]
    if changed:
        return UPDATE, f"Changes the {', '.join(changed)}."
    return UNCHANGED, "Nothing to change."


def preview(rows: list[Row], known: Known) -> list[Row]:
    """Say of each row what it does, also beside the rows before it.

    Args:
        rows: number and either ``facts`` (:func:`check_row`) or ``words`` saying what is wrong.
        known: the trust's people before the import.

    Returns:
        The same rows, each with its outcome and words.

    """
    checked: list[Row] = []
    seen: dict[str, Row] = {}
    posts: dict[tuple[str, str | None, str], int] = {}
    for row in rows:
        if not row["facts"]:
            checked.append({**row, "outcome": REFUSED})
            continue
        outcome, words = compare(row["facts"], known)
        twin = _same_person(row["facts"], seen)
        if isinstance(twin, str):
            outcome, words = REFUSED, twin
        elif twin and outcome == CREATE:
            words = f"Another post for the person of row {twin['number']}: {row['facts']['post']['title']}."
        if outcome != REFUSED:
            outcome, words = _once(row, posts, outcome, words)
        checked.append({**row, "outcome": outcome, "words": words})
        if outcome != REFUSED:
            seen |= dict.fromkeys(_keys(row["facts"]), row)
    _say_who_leaves(checked, known)
    return checked


LAST_ADMINISTRATOR = (
    "is the last administrator of the whole trust, and nobody could sign in to give that role "
    "again. Give it to somebody else first, or leave out the end."
)


def _say_who_leaves(rows: list[Row], known: Known) -> None:
    """Add to the last changed row of a person what the whole file makes of their posts."""
    ends: dict[UUID, dict[object, date | None]] = {}
    changed: dict[UUID, tuple[Row, Person]] = {}
    ending: dict[UUID, list[Row]] = {}
    staying = set(known.administrators)
    for row in rows:
        person = find_person(row["facts"], known) if row["outcome"] != REFUSED else None
        if not isinstance(person, Person) or row["outcome"] == UNCHANGED:
            continue
        posts = known.posts.get(person.pk, [])
        held = ends.setdefault(person.pk, {post.pk: post.ends_on for post in posts})
        post, ends_on = find_post(row["facts"], posts), row["facts"]["post"]["ends_on"]
        if ends_on or post is None:
            ending.setdefault(person.pk, []).extend([row] if ends_on else [])
            held[post.pk if post else row["number"]] = (
                date.fromisoformat(ends_on) if ends_on else None
            )
        changed[person.pk] = row, person
    for pk, (row, person) in changed.items():
        last_day = staff.last_day(ends[pk].values())
        if last_day and staying == {pk}:
            for last in ending.get(pk) or [row]:
                last |= {"outcome": REFUSED, "words": f"{person} {LAST_ADMINISTRATOR}"}
            continue
        staying -= {pk} if last_day else set()
        row["words"] += _becomes(person, last_day)


def _becomes(person: Person, last_day: date | None) -> str:
    """Say what another last day, or none any more, makes of somebody; empty when it is the same."""
    if last_day and last_day != person.left_on:
        return (
            f" Their last post ends on {day_words(last_day)}: from the day after they cannot "
            "sign in, and no role they hold counts."
        )
    if person.left_on and not last_day:
        return " They stay: their sign-in opens, and roles that nobody ended count."
    return ""


def _keys(facts: Row) -> list[str]:
    """Return what identifies the person of a row: staff number and email, those it has."""
    person = facts["person"]
    return [f"{key}:{person[key]}" for key in ("staff_number", "email") if person[key]]


def _same_person(facts: Row, seen: dict[str, Row]) -> Row | str | None:
    """Find an earlier row of the same person; a sentence when the two rows disagree on who it is."""
    for key in _keys(facts):
        if earlier := seen.get(key):
            mine, theirs = facts["person"], earlier["facts"]["person"]
            if any(
                mine[k] and theirs[k] and mine[k] != theirs[k] for k in ("staff_number", "email")
            ):
                return f"Row {earlier['number']} has the same {key.split(':')[0].replace('_', ' ')} for somebody else."
            return earlier
    return None


def _once(
    row: Row, posts: dict[tuple[str, str | None, str], int], outcome: str, words: str
) -> tuple[str, str]:
    """Refuse a post that stands in the file twice."""
    post = row["facts"]["post"]
    key = (_keys(row["facts"])[0], post["academy_id"], tidy(post["title"]))
    if key in posts:
        return REFUSED, f"The same post is in row {posts[key]} already; this row is not needed."
    posts[key] = row["number"]
    return outcome, words


def tally(rows: list[Row]) -> dict[str, int]:
    """Count rows by outcome, those that are none included."""
    return {outcome.lower(): sum(row["outcome"] == outcome for row in rows) for outcome in OUTCOMES}
