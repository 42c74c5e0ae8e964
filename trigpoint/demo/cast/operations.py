"""Casting: people join, are appointed, get a sign-in and a role, as an administrator would do it."""

from datetime import date
from typing import Any

from trigpoint.demo.cast.rules import DOMAIN, Cast, Place, act_on
from trigpoint.demo.words.rules import Words, read
from trigpoint.people.accounts import operations as accounts
from trigpoint.people.grants import operations as grants
from trigpoint.people.grants.rules import Place as Where
from trigpoint.people.models import Person, Post, User
from trigpoint.people.roles import Role
from trigpoint.people.staff import operations as staff
from trigpoint.people.staff.rules import PersonFacts, PostFacts
from trigpoint.trusts.models import Team

STARTED = date(2019, 9, 1)
WATCHED = 2  # of a team, who may be named on a visit
SHOWN_AT = "Thornmere Primary"  # where the head, the team leader and the staff member work
CATEGORIES = (Post.Category.TEACHER,) * 5 + (
    Post.Category.EARLY_CAREER,
    Post.Category.ASSISTANT,
    Post.Category.ASSISTANT,
    Post.Category.SUPPORT,
)
TITLES = {
    Post.Category.TEACHER: "Teacher",
    Post.Category.EARLY_CAREER: "Early career teacher",
    Post.Category.ASSISTANT: "Teaching assistant",
    Post.Category.SUPPORT: "Pastoral assistant",
}


def join(cast: Cast, words: Words, *, part: str = "", kind: str = Person.Kind.STAFF) -> Person:
    """Let somebody join the trust: one of the named parts, or an invented person."""
    name = read("trust")["cast"][part] if part else words.name()
    login = part or name.lower().replace(" ", ".")
    facts = PersonFacts(name=name, email=f"{login}@{DOMAIN}", kind=kind)
    return staff.join(trust=cast.trust, facts=facts, by=None)


def sign_in(person: Person, role: Role | None, place: Where, *, since: date) -> User:
    """Open somebody's account and give them a role; no password, so nobody can guess one."""
    user = accounts.open_account(person=person, email=person.email, by=None, on=since)
    if role:
        grants.give(person=person, role=role, place=place, starts_on=since, by=None)
    user.person = person
    return act_on(user, since)


def staff_centre(cast: Cast, words: Words, *, since: date) -> None:
    """Fill the central team, the bodies, and the list of outside specialists."""
    lists = read("trust")
    for entry in lists["central"]:
        person = join(cast, words, part=entry["part"])
        facts = PostFacts(title=entry["title"], category=entry["category"], starts_on=STARTED)
        staff.appoint(person=person, facts=facts, by=None)
        if not entry["role"]:
            continue
        user = sign_in(person, Role(entry["role"]), None, since=since)
        if entry["role"] == Role.REVIEWER:
            cast.reviewers.append(user)
        if entry["part"]:
            cast.parts[entry["part"]] = user
    for part in lists["trustees"]:
        person = join(cast, words, part=part, kind=Person.Kind.GOVERNOR)
        cast.trustees.append(sign_in(person, Role.TRUSTEE, None, since=since))
    for part in lists["externals"]:
        person = join(cast, words, part=part, kind=Person.Kind.EXTERNAL)
        cast.externals.append(sign_in(person, None, None, since=since))
    cast.parts["trustee"], cast.parts["external"] = cast.trustees[0], cast.externals[0]


def staff_academy(
    cast: Cast, place: Place, words: Words, *, since: date, members: int | None = None
) -> None:
    """Fill one academy: head, deputies, teams with leaders, teachers and assistants.

    ``members`` is how many teachers and assistants a team has; None for the story's own numbers.
    """
    shown = place.academy.name == SHOWN_AT
    person = join(cast, words, part="headteacher" if shown else "")
    _appoint(person, place, title="Headteacher", category=Post.Category.LEADER)
    place.leadership.append(sign_in(person, Role.HEADTEACHER, place.academy, since=since))
    if shown:
        cast.parts["headteacher"] = place.head
    for title in ("Deputy headteacher", "SENCO"):
        leader = join(cast, words)
        _appoint(leader, place, title=title, category=Post.Category.LEADER)
        place.staff.append(leader)
    deputy = sign_in(place.staff[0], Role.HEADTEACHER, place.academy, since=since)
    place.leadership.append(deputy)
    size = read("trust")["sizes"][place.phase] - 3 - len(place.teams)
    for number, team in enumerate(place.teams):
        _staff_team(cast, place, team, words, shown=shown and number == 1, since=since)
        share = size // len(place.teams) + (number < size % len(place.teams))
        for count in range(share if members is None else members):
            show = shown and number == 1
            # Everybody of the story signs in; of a trust that is only measured, those who are seen.
            _member(
                cast, place, team, words, count, shown=show, since=since, signs_in=members is None
            )
    if shown:
        governor = join(cast, words, part="governor", kind=Person.Kind.GOVERNOR)
        cast.parts["governor"] = sign_in(governor, Role.TRUSTEE, place.academy, since=since)


def _staff_team(
    cast: Cast, place: Place, team: Team, words: Words, *, shown: bool, since: date
) -> None:
    person = join(cast, words, part="team-leader" if shown else "")
    title = f"Leader of {team.name[0].lower()}{team.name[1:]}"
    _appoint(person, place, title=title, category=Post.Category.LEADER, team=team)
    user = sign_in(person, Role.TEAM_LEADER, team, since=since)
    grants.give(person=person, role=Role.STAFF, place=place.academy, starts_on=since, by=None)
    place.leaders[team.pk] = act_on(user, since)
    place.staff.append(person)
    if shown:
        cast.parts["team-leader"] = user


def _member(  # noqa: PLR0913 -- a part of staff_academy
    cast: Cast,
    place: Place,
    team: Team,
    words: Words,
    count: int,
    *,
    shown: bool,
    since: date,
    signs_in: bool,
) -> None:
    part = "staff" if shown and count == 0 else ""
    person = join(cast, words, part=part)
    category = CATEGORIES[count % len(CATEGORIES)]
    title = "Year 4 teacher" if part else TITLES[category]
    _appoint(person, place, title=title, category=category, team=team)
    place.staff.append(person)
    if count >= WATCHED and not signs_in:
        return
    user = sign_in(person, Role.STAFF, place.academy, since=since)
    if count < WATCHED:
        place.watched.append((user, team))
        if part:
            cast.parts[part] = user


def _appoint(
    person: Person, place: Place, *, title: str, category: str, team: Team | None = None
) -> None:
    facts: dict[str, Any] = {"subject": team.subject} if team else {}
    facts |= {"academy": place.academy, "team": team, "category": category}
    staff.appoint(person=person, facts=PostFacts(title=title, starts_on=STARTED, **facts), by=None)


def invite_external(user: User, *, review_id: Any, since: date, until: date) -> User:  # noqa: ANN401 -- UUID
    """Give an outside specialist the role of reviewer for one review, and its end."""
    grants.give(
        person=user.person,
        role=Role.REVIEWER,
        review_id=review_id,
        starts_on=since,
        ends_on=until,
        by=None,
        reason="Commissioned for this review",
    )
    return act_on(user, since)
