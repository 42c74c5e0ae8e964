"""Founding the demo trust: academies, bodies, calendars, tiers and its policy."""

from copy import deepcopy
from datetime import date

from trigpoint.demo.cast.operations import SHOWN_AT
from trigpoint.demo.cast.rules import Cast, Place
from trigpoint.demo.founding import rules
from trigpoint.demo.words.rules import DATA, read
from trigpoint.instruments.library import operations as instruments
from trigpoint.people.models import User
from trigpoint.policies.drafts import operations as drafts
from trigpoint.policies.frameworks import rules as framework_rules
from trigpoint.policies.frameworks.rules import AreaFile, CrosswalkFile, Framework, StandardFile
from trigpoint.policies.models import PolicyVersion
from trigpoint.policies.outside import operations as outside
from trigpoint.policies.outside import rules as outside_rules
from trigpoint.policies.outside.rules import Outside
from trigpoint.policies.versions.rules import Approval
from trigpoint.trusts.calendars.queries import system_calendars
from trigpoint.trusts.models import Academy, Body, Team, Trust
from trigpoint.trusts.structure import operations as structure
from trigpoint.trusts.structure.rules import AcademyFacts
from trigpoint.trusts.term_files import operations as term_files

SUMMARIES = (
    "The trust's first policy: one set of standards for every academy.",
    "Two standards added. Feedback reaches staff within seven working days instead of ten.",
    "Feedback within five working days, visits to one person capped at three a year.",
)
FEEDBACK_DAYS = (10, 7, 5)
LATEST = len(SUMMARIES) - 1
OFSTED = ("Ofsted (November 2025)", "Ofsted (September 2026)")
PROMISED = {
    "curriculum": ("Stretched",),
    "teaching-and-learning": ("Stretched",),
    "welfare": ("Known", "Heard"),
}
LATER_STANDARDS = ("qa-fair-to-people", "resources-environment")  # not yet in the first version


def found(*, today: date, academies: int) -> Cast:
    """Found the trust with its first so many academies, teams, bodies and calendars."""
    lists = read("trust")
    trust = structure.found_trust(name=lists["trust"]["name"])
    cast = Cast(
        trust=trust,
        board=_form_body(trust, Body.Kind.BOARD, lists["bodies"]["board"]),
        committees=[
            _form_body(trust, Body.Kind.COMMITTEE, name) for name in lists["bodies"]["committees"]
        ],
    )
    for index, entry in enumerate(rules.entries(academies)):
        facts = AcademyFacts(
            name=entry["name"],
            phase=entry["phase"],
            age_from=entry["ages"][0],
            age_to=entry["ages"][1],
            pupil_count=entry["pupils"],
            joined_on=date(2018 + index % 4, 9, 1),
        )
        academy = structure.open_academy(trust=trust, facts=facts, by=None)
        cast.places.append(_place(index, academy, entry["course"], today))
        if academy.name == SHOWN_AT:
            name = lists["bodies"]["local"]
            cast.local = structure.form_body(
                trust=trust, kind=Body.Kind.LOCAL, name=name, academy=academy, by=None
            )
    _form_clusters(cast)
    for network in lists["networks"]:
        structure.form_team(trust=trust, academy=None, kind=Team.Kind.NETWORK, by=None, **network)
    known = system_calendars([place.academy.pk for place in cast.places])
    for place in cast.places:
        place.calendar = known[place.academy.pk]
    return cast


def _place(index: int, academy: Academy, course: str, today: date) -> Place:
    """Set an academy's school years and its teams."""
    reading = rules.reading(rules.school_years(today), index=index)
    term_files.import_terms(academies=[academy], reading=reading, by=None, on=today)
    place = Place(index=index, academy=academy, course=course)
    for entry in read("trust")["teams"][place.phase]:
        place.teams.append(
            structure.form_team(
                trust=academy.trust,
                academy=academy,
                kind=entry["kind"],
                name=entry["name"],
                subject=entry["subject"],
                by=None,
            )
        )
    return place


def _form_body(trust: Trust, kind: str, name: str) -> Body:
    return structure.form_body(trust=trust, kind=kind, name=name, academy=None, by=None)


def _form_clusters(cast: Cast) -> None:
    entries = rules.entries(len(cast.places))
    for name in read("trust")["clusters"]:
        inside = [
            place.academy
            for place, entry in zip(cast.places, entries, strict=True)
            if entry["cluster"] == name
        ]
        structure.form_cluster(trust=cast.trust, name=name, academies=inside, by=None)


def set_tiers(cast: Cast, *, on: date, latest: bool) -> None:
    """Record the tiers the committee set that day; before the latest they were one milder."""
    for place, entry in zip(cast.places, rules.entries(len(cast.places)), strict=True):
        tier = entry["tier"] if latest else rules.earlier_tier(entry["tier"], entry["course"])
        structure.set_tier(
            academy=place.academy,
            tier=tier,
            reason=entry["reason"] if latest else "As the year's reviews found it",
            body=cast.committees[0],
            by=cast.lead,
            on=on,
        )
        place.academy.refresh_from_db()


def adopt_policy(cast: Cast, year: int, number: int, *, by: User) -> PolicyVersion:
    """Adopt the version that takes effect at the start of a school year."""
    approval = Approval(
        body=cast.board,
        approved_on=date(year, 7, 8),
        effective_on=date(year, 9, 1),
        review_due_on=date(year + 1, 9, 30),
        summary=SUMMARIES[number],
    )
    if number == LATEST:
        outside.bring_in(outside=_promise(), by=by)
    version = drafts.adopt(trust=cast.trust, framework=_framework(number), approval=approval, by=by)
    instruments.install_ready_made(trust=cast.trust, by=by, on=date(year, 9, 1))
    return version


def _framework(number: int) -> Framework:
    """Return the shipped framework as it was in an earlier version of the trust's policy."""
    framework = deepcopy(framework_rules.shipped())
    framework["settings"]["capture"]["feedback_days"] = FEEDBACK_DAYS[number]
    if number == 0:
        for area in framework["areas"]:
            kept = [one for one in area["standards"] if one["lineage"] not in LATER_STANDARDS]
            area["standards"] = kept
    if number == LATEST:
        for area in framework["areas"]:
            _map_further(area)
    return framework


def _map_further(area: AreaFile) -> None:
    """Map an area to the newest edition of Ofsted as to the one before, and to the trust's own."""
    parts: list[AreaFile | StandardFile] = [area, *area["standards"]]
    for part in parts:
        rows = part.get("crosswalk", [])
        newest: list[CrosswalkFile] = [
            {"framework": OFSTED[1], "item": row["item"], "fit": row["fit"]}
            for row in rows
            if row["framework"] == OFSTED[0]
        ]
        rows.extend(newest)
    for item in PROMISED.get(area["lineage"], ()):
        row: CrosswalkFile = {"framework": _promise().label, "item": item, "fit": "PARTIAL"}
        area.setdefault("crosswalk", []).append(row)


def _promise() -> Outside:
    raw = (DATA / "promise.yaml").read_bytes()
    checked = outside_rules.check(raw)
    if checked.outside is None:
        raise ValueError(checked.problems)
    return checked.outside
