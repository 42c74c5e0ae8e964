"""Planning a review, moving it along, and keeping its clock."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.people.grants import operations as grants
from trigpoint.people.models import Person
from trigpoint.policies.models import Area, PolicyVersion, Standard
from trigpoint.policies.versions import queries as versions
from trigpoint.records import events, history
from trigpoint.records.refusals import Refused, Verdict
from trigpoint.reviews.reviews import queries, rules
from trigpoint.reviews.reviews.models import Deadline, LineOfEnquiry, Review, ReviewTeamMember
from trigpoint.reviews.telling.operations import tell_academy
from trigpoint.trusts.calendars import queries as calendars
from trigpoint.trusts.models import Academy, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class LooksChanged(events.Event):
    """The fieldwork of a review is over and it counts as a look, or it no longer does."""

    academy_id: UUID


@dataclass(frozen=True, slots=True)
class ReviewClosed(events.Event):
    """A review is over: with its report, or without one."""

    review_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of enquiry to be. Without ``wanted`` the policy's sample minimums are used."""

    question: str
    standards: tuple[Standard, ...] = ()
    wanted: dict[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody to join the team. ``conflict`` says what the conflict is and how it is handled."""

    person: Person
    expertise: str = ""
    conflict: str = ""

    def on(self, review: Review) -> ReviewTeamMember:
        """Return their place on a review's team, not kept yet."""
        return ReviewTeamMember(
            trust_id=review.trust_id,
            review=review,
            person=self.person,
            expertise=self.expertise,
            conflict=self.conflict,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPlan:
    """Everything there is to say when a review is planned. The policy is the one in force."""

    academy: Academy
    kind: str
    title: str
    lead: Person
    fieldwork_starts_on: date
    fieldwork_ends_on: date
    reason: str = ""
    areas: tuple[Area, ...] = ()
    subjects: str = ""
    year_groups: str = ""
    nominee: Person | None = None
    staff_hours_budget: int = 0
    members: tuple[Member, ...] = ()
    lines: tuple[Line, ...] = ()
    policy_version: PolicyVersion | None = field(default=None)

    @property
    def dates(self) -> rules.Dates:
        """The days of fieldwork."""
        return rules.Dates(self.fieldwork_starts_on, self.fieldwork_ends_on)


def system_lock(trust_id: UUID) -> None:
    """Have every change to what is planned in a trust wait for the one before it.

    The hard rules read other reviews and proposals than the one that changes: two changes that each
    keep them may break them together. Whoever plans, moves or agrees locks this first. It is the
    trust's row because a planned review may have no programme.
    """
    Trust.objects.select_for_update(no_key=True).get(pk=trust_id)


@transaction.atomic
def plan(*, plan: ReviewPlan, by: "User", on: date) -> Review:
    """Plan a review under the policy in force: scope, team, lines of enquiry and clock.

    Raises:
        Refused: the person may not plan there, no policy is in force, a day is closed at the
            academy, it is planned already, or somebody is on the team twice.

    """
    system_lock(plan.academy.trust_id)
    academy = Academy.objects.select_for_update().get(pk=plan.academy.pk)
    rules.may_plan(by, academy).enforce()
    version = plan.policy_version or _policy_in_force(academy.trust_id)
    _belong(academy.trust_id, version, plan)
    calendar = calendars.system_calendar(academy.pk)
    rules.may_visit(plan.dates, calendar=calendar, academy=academy, on=on).enforce()
    is_planned = queries.system_is_planned(
        academy_id=academy.pk, kind=plan.kind, title=plan.title, dates=plan.dates
    )
    rules.may_plan_another(plan.title, plan.dates, is_planned=is_planned).enforce()
    team = [member.person for member in plan.members]
    rules.may_staff(plan.lead, team, nominee=plan.nominee).enforce()
    review = Review.objects.create(
        trust_id=academy.trust_id,
        academy=academy,
        policy_version=version,
        kind=plan.kind,
        title=plan.title,
        reason=plan.reason,
        subjects=plan.subjects,
        year_groups=plan.year_groups,
        lead=plan.lead,
        nominee=plan.nominee,
        staff_hours_budget=plan.staff_hours_budget,
        fieldwork_starts_on=plan.fieldwork_starts_on,
        fieldwork_ends_on=plan.fieldwork_ends_on,
    )
    check_nominee(review, on=on)
    review.areas.add(*plan.areas)
    ReviewTeamMember.objects.bulk_create(member.on(review) for member in plan.members)
    for number, line in enumerate(plan.lines, start=1):
        _add_line(review, number, line)
    set_clock(review)
    history.write(review, "planned", by=by, on=on, academy=academy.name, dates=plan.dates.words)
    return review


def _policy_in_force(trust_id: UUID) -> PolicyVersion:
    version = versions.system_version_in_force(trust_id)
    if version is None:
        msg = "No policy is in force, so a review has nothing to hold the academy to. Adopt one first."
        raise Refused(msg)
    return version


def _belong(trust_id: UUID, version: PolicyVersion, plan: ReviewPlan) -> None:
    """Stop a plan that mixes trusts or policy versions: forms never offer such a choice."""
    people = [plan.lead, *(member.person for member in plan.members)]
    people += [plan.nominee] if plan.nominee else []
    standards = [standard for line in plan.lines for standard in line.standards]
    if {trust_id} != {version.trust_id, *(person.trust_id for person in people)}:
        msg = "A review's policy and people belong to the academy's own trust."
        raise ValueError(msg)
    sources = {area.version_id for area in plan.areas} | {it.version_id for it in standards}
    if sources - {version.pk}:
        msg = "A review's areas and standards come from the policy version it is planned under."
        raise ValueError(msg)


def _add_line(review: Review, number: int, line: Line) -> LineOfEnquiry:
    wanted = line.wanted
    if wanted is None:
        kinds = [kind for standard in line.standards for kind in standard.expected_kinds]
        wanted = rules.wanted_for(kinds, review.policy_version.settings.get("sample", {}))
    made = LineOfEnquiry.objects.create(
        trust_id=review.trust_id,
        review=review,
        number=number,
        question=line.question,
        wanted={kind: count for kind, count in wanted.items() if count},
    )
    made.standards.add(*line.standards)
    return made


def set_clock(review: Review) -> None:
    """Write the deadlines; a step that is done keeps its day."""
    due = rules.clock(
        rules.Dates(review.fieldwork_starts_on, review.fieldwork_ends_on),
        tier=review.academy.tier,
        settings=review.policy_version.settings.get("clock", {}),
        calendar=calendars.system_calendar(review.academy_id),
    )
    done = set(review.deadlines.filter(done_on__isnull=False).values_list("step", flat=True))
    review.deadlines.filter(done_on__isnull=True).delete()
    Deadline.objects.bulk_create(
        Deadline(trust_id=review.trust_id, review=review, step=step, position=position, due_on=day)
        for position, (step, day) in enumerate(due, start=1)
        if step not in done and rules.has_step(review.kind, step)
    )


@transaction.atomic
def replan(*, review: Review, dates: rules.Dates, by: "User", on: date) -> Review:
    """Move fieldwork and work the clock out again.

    Raises:
        Refused: fieldwork has started, or a day is closed at the academy.

    """
    system_lock(review.trust_id)
    review = locked(review)
    rules.may_replan(by, review).enforce()
    calendar = calendars.system_calendar(review.academy_id)
    rules.may_visit(dates, calendar=calendar, academy=review.academy, on=on).enforce()
    was = rules.Dates(review.fieldwork_starts_on, review.fieldwork_ends_on)
    review.fieldwork_starts_on, review.fieldwork_ends_on = dates.starts_on, dates.ends_on
    review.save(update_fields=["fieldwork_starts_on", "fieldwork_ends_on"])
    set_clock(review)
    history.write(review, "replanned", by=by, on=on, was=was.words, now=dates.words)
    if review.status != Review.Status.PLANNED:  # the academy was told another day
        tell_academy(review, when=dates.words, by=by, on=on)
    return review


def check_nominee(review: Review, *, on: date) -> None:
    """Refuse a nominee who could not open the review."""
    if nominee := review.nominee:
        opens = queries.system_opens(review, nominee, on=on)
        rules.may_be_nominee(nominee, review.academy, opens=opens).enforce()


@transaction.atomic
def ask(*, review: Review, line: Line, by: "User", on: date) -> LineOfEnquiry:
    """Add a line of enquiry to a review, with the next number. The same line sent twice is one.

    Raises:
        Refused: the review is past fieldwork, or it is not the person's to change.

    """
    review = locked(review)
    rules.may_ask(by, review).enforce()
    if {standard.version_id for standard in line.standards} - {review.policy_version_id}:
        msg = "A line's standards come from the review's own policy version."
        raise ValueError(msg)
    same = review.lines.filter(question=line.question).first()
    if same and set(same.standards.all()) == set(line.standards):
        return same
    last = review.lines.order_by("-number").values_list("number", flat=True).first() or 0
    made = _add_line(review, last + 1, line)
    history.write(review, "asked", by=by, on=on, number=made.number, question=made.question)
    return made


@transaction.atomic
def notify(*, review: Review, by: "User", on: date) -> Review:
    """Tell the academy that the review is coming."""
    review = locked(review)
    moved = move(review, "notify", rules.may_notify(by, review), by=by, on=on)
    dates = rules.Dates(moved.fieldwork_starts_on, moved.fieldwork_ends_on)
    tell_academy(moved, when=dates.words, by=by, on=on)
    return moved


@transaction.atomic
def start(*, review: Review, by: "User", on: date) -> Review:
    """Start fieldwork."""
    review = locked(review)
    return move(review, "start", rules.may_start(by, review, on=on), by=by, on=on)


@transaction.atomic
def corroborate(*, review: Review, by: "User", on: date) -> Review:
    """End fieldwork and turn to what the evidence says together."""
    review = locked(review)
    return move(review, "corroborate", rules.may_corroborate(by, review), by=by, on=on)


@transaction.atomic
def report(*, review: Review, by: "User", on: date) -> Review:
    """End corroboration and turn to the report."""
    review = locked(review)
    return move(review, "report", rules.may_report(by, review), by=by, on=on)


@transaction.atomic
def close(*, review: Review, by: "User", on: date) -> Review:
    """Close a review that ends without a report. Roles held for this review alone end with it.

    Raises:
        Refused: a report was begun, the review has not come so far, or it is not theirs to close.

    """
    review = locked(review)
    verdict = rules.may_close(by, review, made=queries.system_made(review))
    return conclude(review, "close", verdict, by=by, on=on)


@transaction.atomic
def close_with_report(*, review: Review, by: "User", on: date) -> Review:
    """Close a review because its report is final."""
    review = locked(review)
    return conclude(review, "close", rules.may_close(by, review, made=()), by=by, on=on)


def conclude(review: Review, verb: str, verdict: Verdict, *, by: "User", on: date) -> Review:
    """Take the last step; roles held for the review alone end, and whoever listens is told."""
    review.closed_on = on
    closed = move(review, verb, verdict, by=by, on=on)
    grants.system_end_for_review(review.pk, by=by, on=on)
    events.publish(ReviewClosed(review.pk))
    return closed


@transaction.atomic
def cancel(*, review: Review, because: str, by: "User", on: date) -> Review:
    """Call a review off and say why. Roles held for this review alone end with it."""
    review = locked(review)
    review.cancelled_because = because
    verdict = rules.may_cancel(by, review)
    cancelled = move(review, "cancel", verdict, by=by, on=on, because=because)
    grants.system_end_for_review(review.pk, by=by, on=on)
    return cancelled


@transaction.atomic
def step_back(*, review: Review, because: str, by: "User", on: date) -> Review:
    """Take the last step back, with the reason; the clock's step it ticked off is open again.

    Raises:
        Refused: something was made that belongs after the step, the review has taken no step or is
            over, or it is not the person's to move.

    """
    review = locked(review)
    verdict = rules.may_step_back(by, review, made=queries.system_made(review))
    verdict.enforce()
    verb = rules.LED_TO[review.status]
    ticked = review.deadlines.filter(step=rules.COMPLETES[verb])
    if verb == "start":  # documents that came before fieldwork could start were noted by hand
        ticked = ticked.filter(done_on__gte=review.fieldwork_starts_on)
    ticked.update(done_on=None)
    return move(review, f"undo_{verb}", verdict, by=by, on=on, because=because)


def locked(review: Review) -> Review:
    """Lock a review's row until the end of the transaction; read again, with what rules ask."""
    found = Review.objects.select_for_update(of=("self",))
    return found.select_related("academy", "lead", "policy_version").get(pk=review.pk)


def move(
    review: Review, verb: str, verdict: Verdict, *, by: "User", on: date, **detail: object
) -> Review:
    """Take one step of the lifecycle, tick off the deadline it meets, and write it down."""
    verdict.enforce()
    was_look = review.status in rules.LOOKED
    review.status = rules.LIFECYCLE.target(verb)
    review.save(update_fields=["status", "closed_on", "cancelled_because"])
    if step := rules.COMPLETES.get(verb):
        _complete(review, step, on)
    history.write(review, verb, by=by, on=on, status=review.status, **detail)
    if was_look != (review.status in rules.LOOKED):
        events.publish(LooksChanged(review.academy_id))
    return review


@transaction.atomic
def receive(*, review: Review, by: "User", on: date) -> Review:
    """Note that the academy has handed over its self-review and documents."""
    review = locked(review)
    rules.may_receive(by, review).enforce()
    if _complete(review, Deadline.Step.DOCUMENTS, on):
        history.write(review, "received", by=by, on=on)
    return review


@transaction.atomic
def complete_step(*, review: Review, step: str, by: "User", on: date) -> Review:
    """Tick off one step of the clock, such as the draft report; a second time changes nothing.

    Raises:
        Refused: the person does not run reviews at that academy.

    """
    review = locked(review)
    rules.may_complete_step(by, review).enforce()
    if _complete(review, step, on):
        history.write(review, "completed_step", by=by, on=on, step=step)
    return review


def _complete(review: Review, step: str, on: date) -> int:
    return review.deadlines.filter(step=step, done_on__isnull=True).update(done_on=on)
