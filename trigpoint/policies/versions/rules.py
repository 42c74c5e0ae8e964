"""What may happen to a version of the policy, and what its promises say in words."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.people.roles import Capability
from trigpoint.policies.versions.models import UNREAD, CadenceRule, PolicyVersion, Responsibility
from trigpoint.records.days import NO_DAY, day_words, months_later, within_years
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.trusts.models import Academy, Body, Trust
from trigpoint.web.marks import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trigpoint.people.models import User
    from trigpoint.policies.standards.models import Area, Crosswalk

Status = PolicyVersion.Status
HELD = (Status.IN_FORCE, Status.SUPERSEDED)  # what promises something now, or once did
LONGEST_LIFE_MONTHS = 60  # until a policy is itself reviewed
BEFORE_APPROVAL = frozenset({Status.DRAFT, Status.CONSULTATION})
TO_COME = BEFORE_APPROVAL | {Status.APPROVED}
LIFECYCLE = Workflow(
    "policy version",
    initial=Status.DRAFT,
    steps=(
        Step("consult", frozenset({Status.DRAFT}), Status.CONSULTATION),
        Step("redraft", frozenset({Status.CONSULTATION}), Status.DRAFT),
        Step("approve", BEFORE_APPROVAL, Status.APPROVED),
        Step("take_effect", frozenset({Status.APPROVED}), Status.IN_FORCE),
        Step("supersede", frozenset({Status.IN_FORCE}), Status.SUPERSEDED),
        Step("withdraw", TO_COME, Status.WITHDRAWN),
    ),
)


@dataclass(frozen=True, slots=True)
class Approval:
    """Which body approved a version, when, and from when to when it holds.

    ``minute`` is the meeting and its minute, ``summary`` what is new, both in words.
    """

    body: Body
    approved_on: date
    effective_on: date
    review_due_on: date
    summary: str = ""
    minute: str = ""


def may_view(user: "User", version: PolicyVersion) -> Verdict:
    """Everybody in the trust, and its writers while it is a draft. Agrees with ``visible_to``."""
    if version.trust_id != user.trust_id or not user.access.holds(Capability.POLICY_VIEW):
        return denied("This policy belongs to another trust.")
    if version.status in UNREAD and not user.access.holds(Capability.POLICY_DRAFT):
        return denied("This version is still being written. You read it once it is consulted on.")
    return ALLOWED


def may_draft(user: "User", trust: Trust) -> Verdict:
    """Those who write the trust's policy."""
    if user.access.covers(Capability.POLICY_DRAFT, trust_id=trust.pk):
        return ALLOWED
    return denied(
        "Only a trust QA lead or trust administrator writes the policy. Ask one of them, or "
        "comment when the next version is consulted on."
    )


def may_edit(user: "User", version: PolicyVersion) -> Verdict:
    """Its writers, while it is a draft. What people are reading or have approved stays as it is."""
    if version.status == Status.CONSULTATION:
        return denied(
            "People are reading this version to comment on it, so its words stay as they are. "
            "Take it back to a draft to change them; the comments are kept."
        )
    if version.status != Status.DRAFT:
        return denied(
            f"Version {version.number} has been approved, so it never changes. "
            "Begin the next version instead."
        )
    return may_draft(user, version.trust)


def invitation_key(version: PolicyVersion) -> str:
    """Return what the notices are known by that ask people what they think of a version."""
    return f"policy-consultation:{version.pk}:{version.consult_until}"


def may_adopt(user: "User", trust: Trust) -> Verdict:
    """Those who look after the trust's policy, for their own trust."""
    if user.access.covers(Capability.POLICY_ADOPT, trust_id=trust.pk):
        return ALLOWED
    return denied(
        "Only a trust QA lead or trust administrator can adopt a policy. Ask one of them."
    )


def may_take_over(approval: Approval, *, trust_id: UUID, current: PolicyVersion | None) -> Verdict:
    """Say whether the approval is in order and follows on from the version now in force."""
    body = approval.body
    if body.trust_id != trust_id:
        return denied("Choose a body of this trust: another trust's cannot approve its policy.")
    if body.kind == Body.Kind.LOCAL:
        return denied(
            "A trust's policy is approved by its board or a committee, not by a local body."
        )
    return _is_dated(approval) and _follows(approval, current)


def _is_dated(approval: Approval) -> Verdict:
    days = (approval.approved_on, approval.effective_on, approval.review_due_on)
    if not all(map(within_years, days)):
        return denied(NO_DAY)
    if approval.approved_on > approval.effective_on:
        return denied(
            "A policy takes effect on or after the day it was approved. Check the two dates."
        )
    if approval.review_due_on <= approval.effective_on:
        return denied("The next review must fall after the day the policy takes effect.")
    latest = months_later(approval.effective_on, LONGEST_LIFE_MONTHS)
    if approval.review_due_on > latest:
        return denied(
            "A policy is reviewed within five years of taking effect, and mostly within one. "
            f"Choose a day up to {day_words(latest)}."
        )
    return ALLOWED


def _follows(approval: Approval, current: PolicyVersion | None) -> Verdict:
    if current and current.effective_on and approval.effective_on <= current.effective_on:
        return denied(
            f"Version {current.number} took effect on {day_words(current.effective_on)}. "
            "Choose a later day for the next version."
        )
    return ALLOWED


def may_take_effect(version: PolicyVersion, *, on: date) -> Verdict:
    """An approved version, from the day its approval names."""
    step = LIFECYCLE.may("take_effect", version.status)
    if not step or version.effective_on is None:
        return step
    if version.effective_on > on:
        return denied(
            f"It was approved to take effect on {day_words(version.effective_on)}, "
            "and does so by itself on that day."
        )
    return ALLOWED


def may_be_adopted(effective_on: date, *, on: date) -> Verdict:
    """A framework is in force from the moment it is adopted, so never on a day still to come."""
    if effective_on <= on:
        return ALLOWED
    return denied(
        "A framework adopted here is in force at once. To have it take effect on "
        f"{day_words(effective_on)}, draft the next version from it and record its approval."
    )


def may_begin(to_come: PolicyVersion | None) -> Verdict:
    """Only one version at a time is on its way."""
    if to_come is None:
        return ALLOWED
    return denied(
        f"Version {to_come.number} is on its way already ({to_come.get_status_display().lower()}). "
        "Go on with that one, or withdraw it first."
    )


def is_review_overdue(version: PolicyVersion, *, on: date) -> bool:
    """Say whether the version should have been looked at again by now."""
    return (
        version.status == PolicyVersion.Status.IN_FORCE
        and version.review_due_on is not None
        and version.review_due_on < on
    )


REVIEW_KINDS = {
    "TRUST": "Trust review",
    "SELF": "Self-review",
    "DEEP_DIVE": "Deep dive",
    "EXTERNAL": "External review",
    "PEER": "Peer review",
}
YEAR = 12  # months
NEEDED = (Responsibility.Part.MONITORS, Responsibility.Part.REVIEWS)  # an area without is a gap


@dataclass(frozen=True, slots=True)
class Promise:
    """How often one kind of review takes place: in words for each tier, or once for all."""

    label: str
    every_tier: str
    tiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgedOn:
    """A scale, its levels best first, and the names of the areas that are judged on it."""

    name: str
    levels: list[Shown]
    areas: list[str]


def judged_on(areas: "Sequence[Area]", levels: "Sequence[tuple[str, Shown]]") -> list[JudgedOn]:
    """Say on what a version judges.

    Args:
        areas: of the version, each with its scale loaded.
        levels: of the version, best first, each with the code of its scale.

    """
    found: dict[str, JudgedOn] = {}
    for area in areas:
        scale = area.scale
        of_it = [level for code, level in levels if code == scale.code]
        found.setdefault(scale.code, JudgedOn(scale.name, of_it, [])).areas.append(area.name)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for one area, or for the whole policy: role names by part."""

    name: str
    parts: tuple[tuple[str, list[str], bool], ...]  # label, role names, whether that is a gap

    @property
    def gaps(self) -> list[str]:
        """The parts nobody plays that somebody should, as ``monitors``."""
        return [label.lower() for label, _, is_gap in self.parts if is_gap]


def interval_in_words(rule: CadenceRule) -> str:
    """Say how often, as people do: ``Every year``, ``Every 6 months``, ``Every term``."""
    if rule.every != CadenceRule.Every.MONTHS or rule.months is None:
        return rule.get_every_display().capitalize()
    years, rest = divmod(rule.months, YEAR)
    count, unit = (rule.months, "month") if rest else (years, "year")
    return f"Every {unit}" if count == 1 else f"Every {count} {unit}s"


def promises(rules: "Iterable[CadenceRule]") -> list[Promise]:
    """Lay out the cadence as a table: kinds of review down, tiers across.

    Args:
        rules: with their areas loaded.

    """
    order = list(REVIEW_KINDS)
    known = sorted(
        rules, key=lambda it: (order.index(it.review_kind), it.area.position if it.area else 0)
    )
    return [
        _promise(kind, list(group))
        for kind, group in groupby(known, key=lambda it: (it.review_kind, it.area))
    ]


def _promise(kind: "tuple[str, Area | None]", rules: "Sequence[CadenceRule]") -> Promise:
    label = REVIEW_KINDS[kind[0]] + (f", {kind[1].short_name}" if kind[1] else "")
    words: dict[int | None, str] = {rule.tier: interval_in_words(rule) for rule in rules}
    general = words.get(None, "")
    if set(words) == {None}:
        return Promise(label, general, ())
    return Promise(label, "", tuple(words.get(tier, general) for tier in Academy.Tier.values))


def answering(areas: "Sequence[Area]", rows: "Iterable[Responsibility]") -> list[Answering]:
    """Lay out who answers for the policy and for each area, gaps included."""
    kept = list(rows)
    places: list[tuple[str, UUID | None]] = [("The whole policy", None)]
    places += [(area.name, area.pk) for area in areas]
    return [
        _answering(
            name, [row for row in kept if row.area_id == area_id and row.standard_id is None]
        )
        for name, area_id in places
    ]


def _answering(name: str, rows: "Sequence[Responsibility]") -> Answering:
    return Answering(
        name,
        tuple(
            (
                part.label,
                names := [row.role_name for row in rows if row.part == part],
                part in NEEDED and not names,
            )
            for part in Responsibility.Part
        ),
    )


@dataclass(frozen=True, slots=True)
class Crossing:
    """The crosswalk as a table: outside frameworks across, areas down."""

    frameworks: list[str]
    areas: list[tuple[str, list[list[tuple[str, str]]]]]  # name, for each framework (item, fit)


def side_by_side(rows: "Iterable[Crosswalk]") -> Crossing:
    """Lay out the crosswalk of areas, in the order of the policy, areas loaded."""
    kept = list(rows)
    frameworks = sorted({row.framework for row in kept})
    names = list(dict.fromkeys(row.area.name for row in kept))
    table = [
        (
            name,
            [
                [
                    (row.item, row.get_fit_display())
                    for row in kept
                    if row.area.name == name and row.framework == framework
                ]
                for framework in frameworks
            ],
        )
        for name in names
    ]
    return Crossing(frameworks, table)
