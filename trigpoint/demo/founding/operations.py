"""Founding the demo trust, through the operations a person would use."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trigpoint.demo.founding import rules
from trigpoint.demo.words.rules import Words, read
from trigpoint.instruments.library import operations as instruments
from trigpoint.people.accounts import operations as accounts
from trigpoint.people.grants import operations as grants
from trigpoint.people.models import Person, Post, User
from trigpoint.people.roles import Role
from trigpoint.people.staff import operations as staff
from trigpoint.people.staff.rules import PersonFacts, PostFacts
from trigpoint.policies.frameworks import operations as frameworks
from trigpoint.policies.frameworks import rules as framework_rules
from trigpoint.policies.models import PolicyVersion
from trigpoint.policies.versions.rules import Approval
from trigpoint.trusts.calendars import operations as calendars
from trigpoint.trusts.models import Academy, Body, Team, Trust
from trigpoint.trusts.structure import operations as structure
from trigpoint.trusts.structure.rules import AcademyFacts

STAFF = {"PRIMARY": 29, "SECONDARY": 62, "SPECIAL": 32}  # posts of an academy, about
LONG_SERVING = date(2019, 9, 1)
LEADERSHIP = ("Deputy headteacher", "Assistant headteacher", "SENCO")


@dataclass(slots=True)
class Place:
    """An academy of the story: who works there and which way it is going."""

    academy: Academy
    course: str
    head: User
    teams: list[Team]
    leaders: dict[Any, User]
    teachers: list[Person]
    teachers_of: dict[Any, list[Person]] = field(default_factory=dict)

    @property
    def subjects(self) -> list[str]:
        """What is taught there."""
        subjects: list[str] = read("trust")["subjects"][str(self.academy.phase)]
        return subjects


@dataclass(slots=True)
class Cast:
    """Everybody and everything the story needs."""

    trust: Trust
    places: list[Place]
    board: Body
    committees: list[Body]
    lead: User
    reviewers: list[User]
    external: User
    administrator: User
    training_lead: User
    dpo: User
    trustees: list[User]
    governor: User


def found(words: Words, *, today: date) -> Cast:
    """Found the demo trust with its academies, people, roles and calendars."""
    lists = read("trust")
    first_day = date(rules.school_years(today)[0], 9, 1)
    trust = structure.found_trust(name=lists["trust"]["name"])
    board, committees = _bodies(trust, lists)
    academies = _academies(trust, lists, committees[0], on=first_day)
    central = _central(trust, words, since=first_day)
    places = [
        _staff_academy(academy, entry, words, since=first_day)
        for academy, entry in zip(academies, lists["academies"], strict=True)
    ]
    for index, place in enumerate(places):
        for year in rules.school_years(today):
            days = rules.days_of(year, inset=rules.inset_day(year, index))
            calendars.set_year(academy=place.academy, year=year, days=days, by=None)
    local = _local_body(trust, lists, places)
    governor = _governor(trust, words, local, places[0].academy, since=first_day)
    return Cast(
        trust=trust, places=places, board=board, committees=committees, governor=governor, **central
    )


def adopt_policies(cast: Cast, *, today: date) -> list[PolicyVersion]:
    """Adopt a policy version for each school year; the last is in force today."""
    years = rules.school_years(today)
    summaries = (
        "First policy of the trust.",
        "Sample sizes raised for book scrutinies; staff voice added to every deep dive.",
        "Feedback within five working days; personal visits capped at three a year.",
    )
    versions = []
    for year, summary in zip(years, summaries, strict=True):
        approval = Approval(
            body=cast.board,
            approved_on=date(year, 7, 8),
            effective_on=date(year, 9, 1),
            review_due_on=date(year + 1, 9, 30),
            summary=summary,
        )
        framework = framework_rules.shipped()
        versions.append(
            frameworks.adopt(trust=cast.trust, framework=framework, approval=approval, by=None)
        )
        if year == years[0]:
            instruments.install_ready_made(trust=cast.trust, by=None, on=date(year, 9, 1))
    return versions


def _bodies(trust: Trust, lists: Any) -> tuple[Body, list[Body]]:  # noqa: ANN401 -- a YAML file
    names = lists["bodies"]
    board = structure.form_body(
        trust=trust, kind=Body.Kind.BOARD, name=names["board"], academy=None, by=None
    )
    committees = [
        structure.form_body(
            trust=trust, kind=Body.Kind.COMMITTEE, name=name, academy=None, by=None
        )
        for name in names["committees"]
    ]
    return board, committees
