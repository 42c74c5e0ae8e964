"""Who has read the version in force, by academy and one by one."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from trigpoint.people.models import Grant, Person, Post
from trigpoint.people.roles import Capability, Role
from trigpoint.people.staff.models import PersonQuerySet
from trigpoint.policies.acknowledgements import rules
from trigpoint.policies.acknowledgements.models import Acknowledgement
from trigpoint.policies.versions.models import PolicyVersion

if TYPE_CHECKING:
    from trigpoint.people.models import User

CENTRAL = "central"  # in place of an academy: the central team
READ, WAITING = "read", "waiting"


@dataclass(frozen=True, slots=True)
class Tally:
    """One academy, or the central team, and how many of its staff have read the version."""

    key: str
    name: str
    staff_count: int
    read_count: int

    @property
    def waiting_count(self) -> int:
        """Those who have not."""
        return self.staff_count - self.read_count


def to_read(*, viewer: "User", on: date) -> PolicyVersion | None:
    """Return the version in force that the viewer has yet to confirm, None when there is none."""
    read = Acknowledgement.objects.filter(
        version=OuterRef("pk"), person=viewer.person_id, acknowledged_on__isnull=False
    )
    posts = _current(on).filter(person=viewer.person_id, person__kind=Person.Kind.STAFF)
    return (
        PolicyVersion.objects.visible_to(viewer)
        .filter(Exists(posts), ~Exists(read), status=PolicyVersion.Status.IN_FORCE)
        .select_related("policy")
        .order_by("-effective_on", "id")
        .first()
    )


def own(version: PolicyVersion, *, viewer: "User") -> Acknowledgement | None:
    """Return the viewer's own acknowledgement of a version."""
    return Acknowledgement.objects.filter(version=version, person=viewer.person_id).first()


def _current(on: date) -> "QuerySet[Post]":
    """Return posts that are held on a day."""
    return Post.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on)
    )


def _seen_posts(viewer: "User", on: date) -> "QuerySet[Post]":
    reach = viewer.access.where(Capability.ACKNOWLEDGEMENT_VIEW)
    here = Q(person__left_on=None) | Q(person__left_on__gte=on)
    return _current(on).filter(reach, here, person__kind=Person.Kind.STAFF)


def tallies(version: PolicyVersion, *, viewer: "User", on: date) -> list[Tally]:
    """Count, for each place in the viewer's reach, who must read the version and who has."""
    read = Acknowledgement.objects.filter(
        version=version, person=OuterRef("person"), acknowledged_on__isnull=False
    )
    rows = (
        _seen_posts(viewer, on)
        .order_by()
        .values("academy", "academy__name")
        .annotate(
            staff_count=Count("person", distinct=True),
            read_count=Count("person", distinct=True, filter=Exists(read)),
        )
        .order_by("academy__name")
    )
    return [
        Tally(
            str(row["academy"] or CENTRAL),  # type: ignore[truthy-bool]  # none is the central team
            row["academy__name"] or "Central team",
            row["staff_count"],
            row["read_count"],
        )
        for row in rows
    ]


def counts(version: PolicyVersion, *, viewer: "User", on: date, place: str = "") -> dict[str, int]:
    """Count the people each choice of :func:`readers` would show, each person once."""
    read = _said(version).filter(acknowledged_on__isnull=False)
    found = _must(viewer, on, place).aggregate(
        all=Count("pk"), read=Count("pk", filter=Exists(read))
    )
    return {"all": found["all"], READ: found["read"], WAITING: found["all"] - found["read"]}


def readers(
    version: PolicyVersion, *, viewer: "User", on: date, place: str = "", show: str = ""
) -> PersonQuerySet:
    """Return staff with the day they read the version; heads first in each place.

    Args:
        version: the version in force.
        viewer: who is looking.
        on: today.
        place: an academy's id, or ``central``; everywhere in reach when empty.
        show: ``read`` or ``waiting``; everybody otherwise.

    """
    said = _said(version)
    posts = _at(_seen_posts(viewer, on), place).filter(person=OuterRef("pk"))
    first = posts.order_by(F("academy__name").asc(nulls_first=True), "title", "id")
    heads = Grant.objects.in_force(on=on).filter(
        person=OuterRef("pk"), role=Role.HEADTEACHER, academy__isnull=False
    )
    is_on = ExpressionWrapper(Q(user__is_switched_on=True), output_field=BooleanField())
    found = _must(viewer, on, place).annotate(
        read_on=Subquery(said.values("acknowledged_on")[:1]),
        nudged_on=Subquery(said.values("nudged_on")[:1]),
        place_name=Subquery(first.values("academy__name")[:1]),
        post_title=Subquery(first.values("title")[:1]),
        is_head=Exists(heads),
        signs_in=is_on,
    )
    if show in (READ, WAITING):
        found = found.filter(read_on__isnull=show == WAITING)
    return found.order_by(F("place_name").asc(nulls_first=True), F("is_head").desc(), "name", "id")


def _said(version: PolicyVersion) -> "QuerySet[Acknowledgement]":
    return Acknowledgement.objects.filter(version=version, person=OuterRef("pk"))


def _must(viewer: "User", on: date, place: str) -> PersonQuerySet:
    """Return the staff in the viewer's reach who must read the policy, each once."""
    posts = _at(_seen_posts(viewer, on), place)
    return Person.objects.filter(pk__in=posts.values("person"))


def _at(posts: "QuerySet[Post]", place: str) -> "QuerySet[Post]":
    if place == CENTRAL:
        return posts.filter(academy=None)
    return posts.filter(academy=UUID(place)) if place else posts


def system_must_read(version: PolicyVersion, *, on: date) -> PersonQuerySet:
    """Return everybody in the trust who must read the version and has not confirmed it."""
    read = _said(version).filter(acknowledged_on__isnull=False)
    posts = _current(on).filter(trust=version.trust_id)
    staff = Person.objects.here(on=on).filter(
        pk__in=posts.values("person"), kind=Person.Kind.STAFF, trust=version.trust_id
    )
    return staff.filter(~Exists(read)).order_by("pk")


def system_holds_post(person_id: UUID, *, on: date) -> bool:
    """Say whether somebody is staff with a post on a day."""
    posts = _current(on).filter(person=person_id, person__kind=Person.Kind.STAFF)
    return posts.exists()


def system_in_force() -> "QuerySet[PolicyVersion]":
    """Return every trust's version in force."""
    return PolicyVersion.objects.filter(status=PolicyVersion.Status.IN_FORCE).select_related(
        "policy"
    )


def to_nudge(
    version: PolicyVersion, *, viewer: "User", on: date, place: str = ""
) -> PersonQuerySet:
    """Return who has not read the version, can sign in, and was not reminded just now."""
    settled = Q(acknowledged_on__isnull=False)
    settled |= Q(nudged_on__gte=rules.nudged_since(version, on=on))
    found = _must(viewer, on, place).filter(user__is_switched_on=True)
    return found.filter(~Exists(_said(version).filter(settled))).order_by("pk")
