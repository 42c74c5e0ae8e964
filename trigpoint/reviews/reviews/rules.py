"""What a review may do and when: its states, its clock, who may run it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from trigpoint.people.roles import Capability
from trigpoint.records.days import day_words, months_later, on_or_from
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reviews.reviews.models import Deadline, Review
from trigpoint.trusts.calendars.rules import WorkingCalendar
from trigpoint.trusts.models import Academy
from trigpoint.web.steps import State
from trigpoint.web.steps import Step as StepperStep

if TYPE_CHECKING:
    from trigpoint.people.models import Person, User

S = Review.Status
BEFORE_FIELDWORK = frozenset({S.PLANNED, S.NOTIFIED})
BEFORE_REPORTING = frozenset({S.PLANNED, S.NOTIFIED, S.FIELDWORK, S.CORROBORATING})
RUNNING = frozenset({S.FIELDWORK, S.CORROBORATING, S.REPORTING})
OVER = frozenset({S.CLOSED, S.CANCELLED})
LOOKED = frozenset({S.CORROBORATING, S.REPORTING, S.CLOSED})  # fieldwork is over: it was a look
ONWARD = (
    Step("notify", frozenset({S.PLANNED}), S.NOTIFIED),
    Step("start", frozenset({S.NOTIFIED}), S.FIELDWORK),
    Step("corroborate", frozenset({S.FIELDWORK}), S.CORROBORATING),
    Step("report", frozenset({S.CORROBORATING}), S.REPORTING),
)
LIFECYCLE = Workflow(
    "review",
    initial=S.PLANNED,
    steps=(
        *ONWARD,
        Step("close", frozenset({S.REPORTING}), S.CLOSED),
        Step("begin", BEFORE_FIELDWORK, S.FIELDWORK),  # the academy begins and finishes a
        Step("finish", RUNNING, S.CLOSED),  # self-review: see reviews.self_reviews
        Step("cancel", BEFORE_REPORTING, S.CANCELLED),
        *(Step(f"undo_{it.verb}", frozenset({it.target}), *it.sources) for it in ONWARD),
    ),
)
# The verb that led to a state, which a step back takes back.
LED_TO = {it.target: it.verb for it in ONWARD}
# The step of the clock each verb completes.
COMPLETES = {
    "notify": Deadline.Step.NOTICE,
    "start": Deadline.Step.DOCUMENTS,  # from here the team works with what it was given
    "corroborate": Deadline.Step.FIELDWORK,
    "report": Deadline.Step.CORROBORATE,
}
# What the page offers next, by state: the verb, its words and its picture.
NEXT = {
    S.PLANNED: ("notify", "Academy has been told", "send"),
    S.NOTIFIED: ("start", "Start fieldwork", "player-play"),
    S.FIELDWORK: ("corroborate", "Start corroborating", "target"),
    S.CORROBORATING: ("report", "Start the report", "file-text"),
    S.REPORTING: ("close", "Close the review", "check"),
}
# Steps that fall on a date of the calendar, however many working days lie between.
NOT_IN_WORKING_DAYS = frozenset({Deadline.Step.IMPACT})
# A self-review is announced to nobody and has no report: its clock is the days it is worked on.
OF_A_SELF_REVIEW = frozenset({Deadline.Step.FIELDWORK, Deadline.Step.CORROBORATE})
# Working days from the first day of fieldwork, and from its last day, by the policy's own keys.
FROM_THE_FIRST_DAY = {"notice": Deadline.Step.NOTICE, "documents": Deadline.Step.DOCUMENTS}
FROM_THE_LAST_DAY = {
    "draft": Deadline.Step.DRAFT,
    "internal_qa": Deadline.Step.INTERNAL_QA,
    "factual_accuracy": Deadline.Step.FACTUAL_ACCURACY,
    "final": Deadline.Step.FINAL,
    "actions": Deadline.Step.ACTIONS,
}


def may_view(user: "User", review: Review) -> Verdict:
    """Whoever may view reviews at the academy, or was given this one review."""
    if user.access.covers(
        Capability.REVIEW_VIEW,
        trust_id=review.trust_id,
        academy_id=review.academy_id,
        review_id=review.pk,
    ):
        return ALLOWED
    return denied("This review belongs to an academy you don't work with.")


def may_plan(user: "User", academy: Academy) -> Verdict:
    """The trust's QA lead, for an academy that is open."""
    if not user.access.covers(
        Capability.REVIEW_PLAN, trust_id=academy.trust_id, academy_id=academy.pk
    ):
        return denied("Only the trust's QA lead can plan a review here. Ask them to plan it.")
    if academy.closed_on:
        return denied(
            f"{academy.name} closed on {day_words(academy.closed_on)}. Choose an open academy."
        )
    return ALLOWED


def is_on_team(user: "User", review: Review) -> bool:
    """Say whether the person runs reviews there, or was given this one to work on."""
    return user.access.covers(
        Capability.REVIEW_RUN,
        trust_id=review.trust_id,
        academy_id=review.academy_id,
        review_id=review.pk,
    )


def may_run(user: "User", review: Review) -> Verdict:
    """The review's lead, and whoever may plan reviews at that academy."""
    if user.access.covers(
        Capability.REVIEW_PLAN, trust_id=review.trust_id, academy_id=review.academy_id
    ):
        return ALLOWED
    if is_on_team(user, review) and user.person_id == review.lead_id:
        return ALLOWED
    return denied(f"Only the lead, {review.lead.name}, or the trust's QA lead can do this.")


def _may_move(verb: str, user: "User", review: Review) -> Verdict:
    return may_run(user, review) and LIFECYCLE.may(verb, review.status)


def may_notify(user: "User", review: Review) -> Verdict:
    """Tell the academy, once the review is planned."""
    return _may_move("notify", user, review)


def may_start(user: "User", review: Review, *, on: date) -> Verdict:
    """Start fieldwork on its first day or later, once the academy has been told."""
    moved = _may_move("start", user, review)
    if moved and on < review.fieldwork_starts_on:
        return denied(
            f"Fieldwork is planned from {day_words(review.fieldwork_starts_on)}. "
            "Change the dates first if it starts earlier."
        )
    return moved


def may_corroborate(user: "User", review: Review) -> Verdict:
    """Turn to corroboration when fieldwork is done; a small sample never stops it."""
    return _may_move("corroborate", user, review)


def may_report(user: "User", review: Review) -> Verdict:
    """Turn to the report once the team has corroborated."""
    return _may_move("report", user, review)


def may_close(user: "User", review: Review, *, made: Sequence[str]) -> Verdict:
    """Close a review that ends without a report; one with a report closes when that is final.

    Args:
        user: who asks.
        review: the review.
        made: what was made at this stage, such as "the report was begun".

    """
    if not (allowed := _may_move("close", user, review)):
        return allowed
    if made:
        return denied(
            f"In this step {' and '.join(made)}, and the review closes when its report is final. "
            "Make it final on the Report tab."
        )
    return ALLOWED


def may_cancel(user: "User", review: Review) -> Verdict:
    """Call a review off, until its report is begun."""
    return _may_move("cancel", user, review)


def may_step_back(user: "User", review: Review, *, made: Sequence[str]) -> Verdict:
    """Take the last step back, as long as nothing was made that belongs after it.

    Args:
        user: who asks.
        review: the review.
        made: what was made since, such as "evidence was recorded".

    """
    if not (allowed := may_run(user, review)):
        return allowed
    if review.status == S.PLANNED:
        return denied("This review is still being planned, so there is no step to take back.")
    if review.status not in LED_TO:
        return denied("This review is over, so it stays as it is. Plan another one.")
    if made:
        return denied(
            f"In this step {' and '.join(made)}, which a step back would leave without its place. "
            "Carry on from here."
        )
    return ALLOWED


def may_replan(user: "User", review: Review) -> Verdict:
    """Move the dates until fieldwork starts; afterwards they are a matter of record."""
    if review.status not in BEFORE_FIELDWORK:
        return denied("Fieldwork has started, so its dates can no longer move.")
    return may_run(user, review)


def may_ask(user: "User", review: Review) -> Verdict:
    """Add a line of enquiry while evidence is still being gathered."""
    if review.status not in BEFORE_REPORTING:
        return denied("This review is past fieldwork, so its lines of enquiry are settled.")
    return may_run(user, review)


def may_restaff(user: "User", review: Review) -> Verdict:
    """Change who is on the team, until the review is over."""
    if review.status in OVER:
        return denied("This review is over, so its team stays as it was. Plan another one.")
    return may_run(user, review)


def may_schedule(user: "User", review: Review) -> Verdict:
    """Whoever runs reviews there, until the report is begun."""
    if not is_on_team(user, review):
        return denied("Only the review's team can plan its activities. Ask its lead.")
    if review.status not in BEFORE_REPORTING:
        return denied("This review is past gathering evidence, so nothing can be added to it.")
    return ALLOWED


def may_receive(user: "User", review: Review) -> Verdict:
    """Note that the academy has handed over its documents, until fieldwork starts."""
    if review.status not in BEFORE_FIELDWORK:
        return denied("Fieldwork has started, so the time for documents is over.")
    return may_run(user, review)


def may_complete_step(user: "User", review: Review) -> Verdict:
    """Tick off a step of the clock: the lead, the QA lead, or whoever runs reviews there."""
    return ALLOWED if is_on_team(user, review) else may_run(user, review)


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of fieldwork, both included."""

    starts_on: date
    ends_on: date

    @property
    def words(self) -> str:
        """Write the days for people: one day, or from one to another."""
        if self.starts_on == self.ends_on:
            return day_words(self.starts_on)
        return f"{day_words(self.starts_on)} to {day_words(self.ends_on)}"


def may_visit(dates: Dates, *, calendar: WorkingCalendar, academy: Academy, on: date) -> Verdict:
    """Refuse fieldwork in the past, that ends before it starts, or on a day that is closed."""
    if dates.starts_on < on:
        return denied(
            f"Fieldwork would start on {day_words(dates.starts_on)}, which is past. Plan it from "
            "today on."
        )
    if dates.ends_on < dates.starts_on:
        return denied(
            f"Fieldwork would end on {day_words(dates.ends_on)}, before it starts on "
            f"{day_words(dates.starts_on)}. Swap the two dates."
        )
    return calendar.may_work_on(dates.starts_on, academy=academy.name) and calendar.may_work_on(
        dates.ends_on, academy=academy.name
    )


def may_plan_another(title: str, dates: Dates, *, is_planned: bool) -> Verdict:
    """Refuse what the academy has already, as a form sent a second time would make it."""
    if is_planned:
        return denied(
            f"“{title}” {on_or_from(dates.starts_on, dates.ends_on)} is planned here already. Open it under Reviews, or give "
            "this one another title."
        )
    return ALLOWED


def may_staff(
    lead: "Person", members: Iterable["Person"], *, nominee: "Person | None" = None
) -> Verdict:
    """Refuse the same person twice on one team, and the academy's nominee on it."""
    members = list(members)
    if nominee and nominee.pk in {lead.pk, *(person.pk for person in members)}:
        return denied(
            f"{nominee.name} receives the review for the academy, so they cannot be on its team. "
            "Choose another nominee or another reviewer."
        )
    seen = {lead.pk}
    for person in members:
        if person.pk in seen:
            return denied(f"{person.name} is on the team twice. Keep one of the two.")
        seen.add(person.pk)
    return ALLOWED


def may_be_nominee(nominee: "Person", academy: "Academy", *, opens: bool) -> Verdict:
    """Somebody receives a review who can open it; ``opens`` says whether they can."""
    words = f"{nominee.name} cannot open the reviews of {academy.name}. Give them a role there, or "
    return ALLOWED if opens else denied(f"{words}choose somebody who has one.")


def clock(
    dates: Dates, *, tier: int, settings: Mapping[str, Any], calendar: WorkingCalendar
) -> list[tuple[Deadline.Step, date]]:
    """Work out the day each step of a review falls due.

    Args:
        dates: the days of fieldwork.
        tier: the academy's tier; in tiers 3 and 4 impact is checked by the end of next term.
        settings: the policy version's ``clock``: working days, negative before fieldwork. A step
            the policy does not mention has no deadline.
        calendar: the academy's own working days.

    Returns:
        Steps in the order of :class:`Deadline.Step`, each with its day.

    """
    due = {Deadline.Step.FIELDWORK: dates.ends_on, Deadline.Step.CORROBORATE: dates.ends_on}
    for keys, base in ((FROM_THE_FIRST_DAY, dates.starts_on), (FROM_THE_LAST_DAY, dates.ends_on)):
        for key, step in keys.items():
            if key in settings:
                due[step] = calendar.add(base, int(settings[key]))
    if "impact_months" in settings:
        due[Deadline.Step.IMPACT] = _impact_by(
            dates.ends_on, tier, int(settings["impact_months"]), calendar
        )
    return [(step, due[step]) for step in Deadline.Step if step in due]


def has_step(kind: str, step: Deadline.Step) -> bool:
    """Say whether a step of the clock means anything for a kind of review."""
    return kind != Review.Kind.SELF or step in OF_A_SELF_REVIEW


def _impact_by(day: date, tier: int, count: int, calendar: WorkingCalendar) -> date:
    following = calendar.term_after(day)
    if tier >= Academy.Tier.ATTENTION and following:
        return following.ends_on
    return months_later(day, count)


def wanted_for(kinds: Iterable[str], sample: Mapping[str, int]) -> dict[str, int]:
    """Return how many records of each kind would be enough: the policy's minimum, or one."""
    return {kind: int(sample.get(kind, 1)) for kind in sorted(set(kinds))}


def is_late(deadline: Deadline, *, on: date) -> bool:
    """Say whether a step is past its day and not done."""
    return deadline.done_on is None and deadline.due_on < on


def steps(deadlines: Iterable[Deadline], *, on: date) -> list[StepperStep]:
    """Turn a review's clock into the steps of the stepper; the first undone one is now."""
    drawn, now_given = [], False
    for deadline in deadlines:
        state = State.DONE if deadline.done_on else State.TODO
        if is_late(deadline, on=on):
            state = State.LATE
        elif state is State.TODO and not now_given:
            state = State.NOW
        now_given = now_given or state in {State.NOW, State.LATE}
        drawn.append(StepperStep(deadline.get_step_display(), _note(deadline, on=on), state))
    return drawn


def _note(deadline: Deadline, *, on: date) -> str:
    day = deadline.done_on or deadline.due_on
    if day == on:
        return "Today"
    words = f"{day:%-d %b}" if day.year == on.year else f"{day:%-d %b %Y}"
    return (
        f"by {words}" if deadline.step == Deadline.Step.IMPACT and not deadline.done_on else words
    )


def warnings(*, lead: str, members: Iterable[tuple[str, bool, str]], academy: str) -> list[str]:
    """Say which of the team work at the academy and have not said how that is handled.

    Args:
        lead: the lead's name when they hold a post at the academy, else empty.
        members: name, whether they hold a post there, and the conflict they declared.
        academy: the academy's name.

    """
    said = []
    if lead:
        said.append(f"{lead} works at {academy} and leads its review. Consider another lead.")
    said += [
        f"{name} works at {academy}. Say how that is handled, or ask somebody else."
        for name, works_there, conflict in members
        if works_there and not conflict
    ]
    return said
