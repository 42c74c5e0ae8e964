"""Lists of actions and the path from finding to improvement."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from trigpoint.evidence.models import EvidenceRecord, LookForMark
from trigpoint.improvement.actions import rules
from trigpoint.improvement.actions.models import Action, ImpactCheck
from trigpoint.judgements.models import Finding
from trigpoint.people.models import Person

if TYPE_CHECKING:
    from trigpoint.people.models import User

OPEN = Q(status__in=[Action.Status.OPEN, Action.Status.IN_HAND])
IS_CHECKED = Exists(ImpactCheck.objects.filter(action=OuterRef("pk")))
HAS_ACTION = Exists(Action.objects.filter(finding=OuterRef("pk")))
CHOICES = ("open", "stuck", "check", "check_late", "mine")  # counted on every list


@dataclass(frozen=True, slots=True)
class Funnel:
    """Counts along the way from finding to improvement.

    ``findings`` and ``with_action`` count findings; the others count actions, of which one finding
    may have several. ``done`` and ``checked`` are those that were done, and that somebody looked at
    again, at least once; ``worked`` those that closed; ``waiting`` are done, and somebody is still
    to look.
    """

    findings: int
    with_action: int
    done: int
    checked: int
    worked: int
    waiting: int
    late: int
    check_late: int

    @property
    def not_yet(self) -> int:
        """Actions looked at again that have not worked yet."""
        return self.checked - self.worked

    @property
    def noted_only(self) -> int:
        """Findings without an action."""
        return self.findings - self.with_action


@dataclass(frozen=True, slots=True)
class Sightings:
    """How often one look-for was seen, out of how many looks. ``None`` counts: nobody looked."""

    seen: int | None = None
    looked: int | None = None


# Of the policy version its review was planned under; None where that is silent.
LATE_START = F("finding__review__policy_version__settings__improvement__late_start_days")


def register(
    *, viewer: "User", on: date, show: str = "", academy_id: UUID | None = None, area: str = ""
) -> QuerySet[Action]:
    """Return actions, the most pressing first, each with its latest check's outcome and counts.

    Args:
        viewer: who is looking.
        on: today, for what is late.
        show: a choice or a step of the path, one of ``_shows``; anything else is all.
        academy_id: one academy only.
        area: the lineage of one area only.

    """
    latest = ImpactCheck.objects.filter(action=OuterRef("pk")).order_by("-checked_on", "-id")
    found = (
        Action.objects.visible_to(viewer)
        .select_related("academy", "owner", "finding__review", "finding__area")
        .annotate(
            last_outcome=Subquery(latest.values("outcome")[:1]),
            last_seen=Subquery(latest.values("seen_after_count")[:1]),
            last_looked=Subquery(latest.values("looked_after_count")[:1]),
            late_start_days=LATE_START,
        )
    )
    found = found.filter(_within(academy_id, area))
    shown = _shows(viewer, on=on).get(show)
    if shown is not None:
        found = found.alias(is_checked=IS_CHECKED).filter(shown)
    return found.order_by("closed_on", "due_on", "id")


def _within(academy_id: UUID | None, area: str) -> Q:
    within = Q(academy_id=academy_id) if academy_id else Q()
    return within & Q(finding__area__lineage=area) if area else within


def counts(
    *, viewer: "User", on: date, academy_id: UUID | None = None, area: str = ""
) -> dict[str, int]:
    """Return how many actions each choice of ``register`` would show, in one query."""
    shows = _shows(viewer, on=on)
    choices = {name: Count("id", filter=shows[name]) for name in CHOICES}
    found = Action.objects.visible_to(viewer).filter(_within(academy_id, area))
    return found.aggregate(all=Count("id"), **choices)


def funnel(*, viewer: "User", on: date) -> Funnel:
    """Count published findings that ask for action, and how far their actions have come."""
    shows = _shows(viewer, on=on)
    sums = (
        Action.objects.visible_to(viewer)
        .annotate(is_checked=IS_CHECKED)
        .aggregate(
            waiting=Count("id", filter=shows["check"]),
            **{
                name: Count("id", filter=shows[name])
                for name in ("done", "checked", "worked", "late", "check_late")
            },
        )
    )
    findings, with_action = answered(viewer=viewer)
    return Funnel(findings, with_action, **sums)


def answered(*, viewer: "User") -> tuple[int, int]:
    """Count published findings that ask for action, and those of them that have one."""
    sums = (
        asking(viewer=viewer)
        .annotate(is_answered=HAS_ACTION)
        .aggregate(findings=Count("id"), answered=Count("id", filter=Q(is_answered=True)))
    )
    return sums["findings"], sums["answered"]


def asking(*, viewer: "User", with_action: bool | None = None) -> QuerySet[Finding]:
    """Return published findings that ask for action, the oldest first.

    Args:
        viewer: who is looking.
        with_action: only those that have one, or only those without; None is both.

    """
    found = (
        Finding.objects.visible_to(viewer)
        .filter(status=Finding.Status.PUBLISHED, kind__in=rules.NEEDS_ACTION)
        .order_by("raised_on", "id")
    )
    return (
        found if with_action is None else found.filter(HAS_ACTION if with_action else ~HAS_ACTION)
    )


def priorities(*, viewer: "User", academy_id: UUID) -> QuerySet[Finding]:
    """Return an academy's themed findings that ask for action and whose action has not worked yet.

    Findings about one person are left out.
    """
    return (
        asking(viewer=viewer)
        .filter(academy=academy_id, theme__isnull=False)
        .exclude(actions__status=Action.Status.CLOSED)
        .exclude(scope=Finding.Scope.INDIVIDUAL)
    )


def possible_owners(*, viewer: "User", academy_id: UUID, on: date) -> QuerySet[Person]:
    """Return people with a post at the academy whom the viewer may see, for a choice of owner."""
    return (
        Person.objects.visible_to(viewer)
        .here(on=on)
        .filter(posts__academy_id=academy_id)
        .distinct()
        .order_by("name", "id")
    )


def sightings(*, viewer: "User", action: Action) -> tuple[Sightings, Sightings]:
    """Return how often the action's look-for was seen before it was raised and since it was done.

    Counts records that figures count and the viewer may read; two empty answers when the action has
    no look-for.
    """
    if action.look_for is None:
        return Sightings(), Sightings()
    marks = LookForMark.objects.visible_to(viewer).filter(
        look_for__lineage=action.look_for.lineage,
        record__in=EvidenceRecord.objects.counted().filter(academy=action.academy_id),
    )
    before = marks.filter(record__observed_at__date__lte=action.raised_on)
    since = marks.filter(record__observed_at__date__gt=action.done_on or action.raised_on)
    return _sightings(before), _sightings(since)


def _sightings(marks: QuerySet[LookForMark]) -> Sightings:
    sums = marks.aggregate(
        looked=Count("id"), seen=Count("id", filter=Q(seen=LookForMark.Seen.SEEN))
    )
    return Sightings(sums["seen"], sums["looked"]) if sums["looked"] else Sightings()


def _shows(viewer: "User", *, on: date) -> dict[str, Q]:
    late = OPEN & Q(due_on__lt=on)
    waiting = Q(status=Action.Status.DONE)
    check_late = waiting & Q(check_due_on__lt=on)
    worked = Q(status=Action.Status.CLOSED)
    checked = Q(is_checked=True)
    return {
        "open": OPEN,
        "stuck": late | check_late,
        "check": waiting,
        "mine": Q(owner_id=viewer.person_id) & ~worked,
        "late": late,
        "check_late": check_late,
        "done": waiting | worked | checked,
        "checked": checked,
        "not_yet": checked & ~worked,
        "worked": worked,
    }
