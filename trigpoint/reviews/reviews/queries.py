"""Lists of reviews, and what one review's workspace shows."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from trigpoint.people.models import Grant, Person, Post
from trigpoint.people.roles import Capability, Role
from trigpoint.people.staff.models import PersonQuerySet
from trigpoint.policies.models import Standard
from trigpoint.records.days import on_or_from
from trigpoint.reviews.reviews import rules
from trigpoint.reviews.reviews.models import Deadline, LineOfEnquiry, Review, ReviewTeamMember
from trigpoint.reviews.timetable.rules import Appointment, Line

if TYPE_CHECKING:
    from trigpoint.people.models import User

TEAM_ROLES = (Role.QA_LEAD, Role.REVIEWER, Role.HEADTEACHER)
NOT_DONE = {"MISSED", "OFF"}  # an activity that did not happen, or was called off
OPEN = ~Q(status__in=rules.OVER)
Made = Callable[[UUID], "QuerySet[Any]"]
_made: defaultdict[str, dict[str, Made]] = defaultdict(dict)


def system_look_also(stage: str, words: str, made: Made) -> None:
    """Register what else a review's stage leaves behind, in areas above. Call from ``ready``.

    Args:
        stage: a state of the review.
        words: what a refusal says was done: "evidence was recorded".
        made: returns its rows, by the review's id.

    """
    _made[stage][words] = made


def system_made(review: Review) -> list[str]:
    """Say what was made in a review that belongs to the stage it is at."""
    return [words for words, made in _made[review.status].items() if made(review.pk).exists()]


def system_is_planned(*, academy_id: UUID, kind: str, title: str, dates: rules.Dates) -> bool:
    """Say whether an academy has a review of this kind, title and days that was not cancelled."""
    same = Review.objects.filter(academy=academy_id, kind=kind, title=title)
    days = same.filter(fieldwork_starts_on=dates.starts_on, fieldwork_ends_on=dates.ends_on)
    return days.exclude(status=Review.Status.CANCELLED).exists()


def system_elsewhere(review: Review) -> list[tuple[str, str]]:
    """Return who of a review's team is on another on its days, and on which; in three queries."""
    team = {review.lead_id, *review.members.values_list("person", flat=True)}
    others = (
        Review.objects.filter(
            trust=review.trust_id,
            fieldwork_starts_on__lte=review.fieldwork_ends_on,
            fieldwork_ends_on__gte=review.fieldwork_starts_on,
        )
        .exclude(Q(pk=review.pk) | Q(status__in=rules.OVER) | Q(kind=Review.Kind.SELF))
        .select_related("lead")
        .prefetch_related("members__person")
        .order_by("fieldwork_starts_on", "id")
    )
    return [
        (person.name, on_or_from(other.fieldwork_starts_on, other.fieldwork_ends_on))
        for other in others
        for person in (other.lead, *(member.person for member in other.members.all()))
        if person.pk in team
    ]


def system_notice_by(review: Review) -> date | None:
    """Return the day the academy's notice is due by while it was not given; None otherwise."""
    notice = review.deadlines.filter(step=Deadline.Step.NOTICE, done_on=None).first()
    return notice.due_on if notice else None


def register(
    *, viewer: "User", on: date, show: str = "", academy_id: UUID | None = None
) -> QuerySet[Review]:
    """Return reviews, newest fieldwork first, each with its next undone step.

    Args:
        viewer: who is looking.
        on: today, for what is overdue.
        show: ``open``, ``overdue``, ``mine`` or ``over``; anything else is all.
        academy_id: one academy only.

    """
    ahead = Deadline.objects.filter(review=OuterRef("pk"), done_on__isnull=True).order_by(
        "due_on", "position"
    )
    found = (
        Review.objects.visible_to(viewer)
        .select_related("academy", "lead")
        .annotate(next_due_on=Subquery(ahead.values("due_on")[:1]))
        .annotate(next_step=Subquery(ahead.values("step")[:1]))
    )
    if academy_id:
        found = found.filter(academy_id=academy_id)
    chosen = _shows(viewer, on=on).get(show)
    if chosen is not None:
        found = found.filter(chosen)
    return found.order_by("-fieldwork_starts_on", "title", "id")


def counts(*, viewer: "User", on: date, academy_id: UUID | None = None) -> dict[str, int]:
    """Return how many reviews each choice of :func:`register` would show, in one query."""
    found = Review.objects.visible_to(viewer)
    if academy_id:
        found = found.filter(academy_id=academy_id)
    choices = {name: Count("id", filter=shown) for name, shown in _shows(viewer, on=on).items()}
    return found.aggregate(all=Count("id"), **choices)


def _shows(viewer: "User", *, on: date) -> dict[str, Q]:
    late = Exists(
        Deadline.objects.filter(review=OuterRef("pk"), done_on__isnull=True, due_on__lt=on)
    )
    mine = Q(lead_id=viewer.person_id) | Exists(
        ReviewTeamMember.objects.filter(review=OuterRef("pk"), person=viewer.person_id)
    )
    return {
        "open": OPEN,
        "overdue": OPEN & Q(late),
        "mine": OPEN & Q(mine),
        "over": Q(status__in=rules.OVER),
    }


def workspace(*, viewer: "User") -> QuerySet[Review]:
    """Return the reviews a person may open, each with what a page about it always shows."""
    posts = Post.objects.filter(person=OuterRef("lead"), academy=OuterRef("academy"))
    return (
        Review.objects.visible_to(viewer)
        .select_related("academy", "lead", "nominee", "policy_version")
        .annotate(lead_works_there=Exists(posts))
    )


def members(review: Review, *, viewer: "User", on: date) -> QuerySet[ReviewTeamMember]:
    """Return the team besides the lead: do they work at the academy, does a role reach the review?"""
    roles = (
        Grant.objects.in_force(on=on)
        .giving(Capability.REVIEW_RUN, academy_id=review.academy_id, review_id=review.pk)
        .filter(person=OuterRef("person"))
    )
    posts = Post.objects.filter(person=OuterRef("person"), academy=review.academy_id)
    return (
        ReviewTeamMember.objects.visible_to(viewer)
        .filter(review=review)
        .select_related("person")
        .annotate(works_there=Exists(posts), has_role=Exists(roles))
        .order_by("person__name", "id")
    )


def lines(review: Review, *, viewer: "User") -> list[Line]:
    """Return a review's lines of enquiry and what is planned for each, in one query."""
    rows = (
        LineOfEnquiry.objects.visible_to(viewer)
        .filter(review=review)
        .order_by("number", "id")
        .values_list("id", "number", "question", "wanted", "activities__kind", "activities__status")
    )
    found: dict[UUID, Line] = {}
    planned: defaultdict[UUID, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for pk, number, question, wanted, kind, status in rows:
        found.setdefault(pk, Line(pk, number, question, wanted, planned[pk]))
        if kind and status not in NOT_DONE:
            planned[pk][kind] += 1
    return list(found.values())


def standards_to_ask(review: Review, *, viewer: "User") -> QuerySet[Standard]:
    """Return the standards a line of enquiry of the review can concern, in the policy's order."""
    return (
        Standard.objects.visible_to(viewer)
        .filter(version=review.policy_version_id, area__reviews=review)
        .select_related("area")
        .order_by("area__position", "position")
    )


def timetable(review: Review, *, viewer: "User") -> list[Appointment]:
    """Return a review's activities in time order with whoever does them, in one query."""
    facts = ("title", "kind", "place", "with_whom", "starts_at", "ends_at", "status")
    names = ("pk", *facts, "missed_because", "is_paired")
    rows = (
        Review.objects.visible_to(viewer)
        .filter(pk=review.pk, activities__isnull=False)
        .order_by("activities__starts_at", "activities__title", "activities__reviewers__name")
        .values_list(
            *(f"activities__{name}" for name in names),
            "activities__reviewers__id",
            "activities__reviewers__name",
        )
    )
    people: defaultdict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    found: dict[UUID, dict[str, Any]] = {}
    for *fact, person, name in rows:
        found[fact[0]] = dict(zip(names, fact, strict=True))
        if person:
            people[fact[0]].append((person, name))
    return [Appointment(**fact, people=tuple(people[pk])) for pk, fact in found.items()]


def team_candidates(*, viewer: "User", on: date, review: Review | None = None) -> QuerySet[Person]:
    """Return people who may lead or join a review: reviewers, heads and external specialists."""
    grants = Grant.objects.in_force(on=on).filter(role__in=TEAM_ROLES)
    return (
        _to_choose(viewer, review)
        .filter(Q(kind=Person.Kind.EXTERNAL) | Exists(grants.filter(person=OuterRef("pk"))))
        .here(on=on)
        .order_by("name", "id")
    )


def _to_choose(viewer: "User", review: Review | None) -> PersonQuerySet:
    """Return the people one sees; who runs a review chooses among the trust's for its team."""
    if review and rules.may_run(viewer, review):
        return Person.objects.filter(trust_id=review.trust_id)
    return Person.objects.visible_to(viewer)


def nominees(
    academy_id: UUID, *, viewer: "User", on: date, review: Review | None = None
) -> QuerySet[Person]:
    """Return who works at the academy and opens its reviews; one of them receives the review."""
    posts = Post.objects.filter(person=OuterRef("pk"), academy=academy_id)
    opens = Grant.objects.giving(Capability.REVIEW_VIEW, academy_id=academy_id).in_force(on=on)
    fit = Exists(posts) & Q(pk__in=opens.values("person"))
    if review:  # who receives it now stays a choice, whatever their roles
        fit |= Q(pk=review.nominee_id)
    return _to_choose(viewer, review).here(on=on).filter(fit).order_by("name", "id")


def system_opens(review: Review, person: Person, *, on: date) -> bool:
    """Say whether somebody may open the reviews of a review's academy."""
    opens = Grant.objects.giving(Capability.REVIEW_VIEW, academy_id=review.academy_id)
    return opens.in_force(on=on).filter(person=person, trust=review.trust_id).exists()


def open_to_guests(*, viewer: "User") -> list[tuple[UUID, str]]:
    """Return the reviews somebody may give a role for, with their academy; those over left out.

    Whoever gives roles at an academy may name its reviews; that opens nothing else of them.
    """
    over = (Review.Status.CLOSED, Review.Status.CANCELLED)
    offered = Review.objects.filter(viewer.access.where(Capability.GRANT_GIVE)).exclude(
        status__in=over
    )
    return [
        (review.pk, f"{review.title}, {review.academy}")
        for review in offered.select_related("academy").order_by("fieldwork_starts_on", "id")
    ]


def capturing(*, viewer: "User") -> QuerySet[Review]:
    """Return the open reviews somebody captures in: those whose team they are on or invited to."""
    invited = viewer.access.reviews(Capability.EVIDENCE_CAPTURE)
    return (
        Review.objects.filter(viewer.access.where(Capability.EVIDENCE_CAPTURE, review="id"))
        .filter(Q(lead=viewer.person_id) | Q(members__person=viewer.person_id) | Q(pk__in=invited))
        .filter(OPEN)
        .select_related("academy")
        .distinct()
        .order_by("fieldwork_starts_on", "id")
    )
