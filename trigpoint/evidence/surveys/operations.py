"""The verbs of a survey: make, answer, renew, close, look, record, withdraw, empty."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from trigpoint.evidence.contents.rules import LONGEST_NOTE, NoteContent, RecordContent
from trigpoint.evidence.entries import operations as entries
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.entries.queries import system_settings
from trigpoint.evidence.entries.rules import Place, may_capture
from trigpoint.evidence.surveys import queries, rules
from trigpoint.evidence.surveys.models import Survey, SurveyReply
from trigpoint.evidence.surveys.queries import Result, Results
from trigpoint.evidence.surveys.rules import COVER, DROP, SHOW, Decision, Plan
from trigpoint.people.names.queries import system_staff_names
from trigpoint.people.names.rules import named_in
from trigpoint.policies.settings.rules import number
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User

S = Survey.Status
NOON = time(12)
MOST_WORDS = 100  # comments a record takes; the survey keeps them all


@transaction.atomic
def make(*, plan: Plan, academy: Academy, review: Review | None, by: "User", on: date) -> Survey:
    """Make a survey with its link.

    Args:
        plan: what is asked of whom, from when to when.
        academy: whose students, staff or parents.
        review: the review it is for; None when it is the academy's own.
        by: who makes it; somebody who may record evidence there.
        on: today.

    Raises:
        Refused: they may not record there, or something of the plan does not fit.

    """
    where = Place(academy.trust_id, academy.pk, None, review.pk if review else None)
    may_capture(by, where, review=review).enforce()
    rules.questions_fit(plan.asked).enforce()
    rules.days_fit(plan.opens_on, plan.closes_on, on=on).enforce()
    staff = system_staff_names(by.trust_id, academy_id=academy.pk)
    rules.names_nobody([it for text in plan.read_by_all for it in named_in(text, staff)]).enforce()
    survey = Survey.objects.create(
        trust_id=by.trust_id,
        academy=academy,
        review=review,
        made_by=by.person,
        group=plan.group,
        title=plan.title,
        purpose=plan.purpose,
        questions=plan.asked,
        opens_on=plan.opens_on,
        closes_on=plan.closes_on,
        secret=rules.new_secret(),
    )
    history.write(survey, "made", by=by, group=plan.group)
    return survey


@transaction.atomic
def answer(
    *, survey: Survey, reply_id: UUID, answers: Mapping[str, str], words: str, on: date
) -> bool:
    """Keep one reply: its answers, its words and the day. No history, no moment, nobody's name.

    The same id again keeps what is there: a form that is sent twice is one reply.

    Returns:
        Whether the reply is there.

    Raises:
        Refused: it says nothing, or an answer is not among those offered.

    """
    survey = _locked(survey)
    if not rules.is_answering(survey, on=on):
        msg = "This survey is closed. Thank you for wanting to answer."
        raise Refused(msg)
    rules.answers_fit(survey.questions, answers).enforce()
    said = words.strip() if rules.open_question(survey.questions) else ""
    said = said[: rules.LONGEST_WORDS]
    reply = SurveyReply(
        pk=reply_id,
        trust_id=survey.trust_id,
        survey=survey,
        replied_on=on,
        answers=dict(answers),
        words=said,
        is_held=bool(said) and queries.system_covered(survey, [said])[said] != said,
        created_at=datetime.combine(on, time(), tzinfo=UTC),
    )
    SurveyReply.objects.bulk_create([reply], ignore_conflicts=True)
    return survey.replies.filter(pk=reply_id).exists()


@transaction.atomic
def renew(*, survey: Survey, by: "User") -> Survey:
    """Give a survey a new link; the old one opens nothing any more."""
    survey = _locked(survey)
    rules.may_renew(by, survey).enforce()
    survey.secret = rules.new_secret()
    survey.save(update_fields=["secret"])
    history.write(survey, "renewed", by=by)
    return survey


@transaction.atomic
def close(*, survey: Survey, by: "User", on: date) -> Survey:
    """Take no more replies; the link opens nothing any more."""
    survey = _locked(survey)
    rules.may_close(by, survey).enforce()
    return _close(survey, by=by, on=on)


def _close(survey: Survey, *, by: "User | None", on: date) -> Survey:
    survey.status = rules.LIFECYCLE.target("close")
    survey.closed_on = min(on, survey.closes_on)
    survey.fewest = rules.fewest(survey)
    survey.save(update_fields=["status", "closed_on", "fewest"])
    history.write(survey, "closed", by=by)
    return survey


@transaction.atomic
def look(*, survey: Survey, decided: Mapping[UUID, Decision], by: "User") -> int:
    """Decide of words that may name somebody: show, show with the names covered, or drop them.

    Returns:
        How many were decided.

    Raises:
        Refused: the survey is open still, or somebody else's, or words would be shown that were
            not before whoever decides.

    """
    survey = _locked(survey)
    rules.may_look(by, survey).enforce()
    held = list(survey.replies.filter(is_held=True, pk__in=[*decided]))
    without_names = queries.system_covered(survey, [reply.words for reply in held])
    for reply in held:
        decision, covered = decided[reply.pk], without_names[reply.words]
        rules.was_seen(decision, reply.pk, written=reply.words, covered=covered).enforce()
        if decision.way != SHOW:
            reply.words = covered if decision.way == COVER else ""
        reply.is_held = False
        reply.save(update_fields=["words", "is_held"])
    ways = [decided[reply.pk].way for reply in held]
    counts = {way: ways.count(way) for way in (SHOW, COVER, DROP)}
    history.write(survey, "looked", by=by, **counts)
    return len(held)


@transaction.atomic
def record(*, survey: Survey, by: "User", at: datetime) -> EvidenceRecord:
    """Make the counts of a closed survey a record of evidence, submitted like any other.

    Raises:
        Refused: it is open, too few replied, words wait for a second look, or the person may not
            record evidence there.

    """
    survey = _locked(survey)
    found = queries.system_results(survey)
    rules.may_record(
        by, survey, count=found.count, held=len(found.held), fewest=found.fewest
    ).enforce()
    content = _content(survey, found, at=at)
    receipt = entries.save(record_id=uuid4(), content=content, base_revision=None, by=by, at=at)
    EvidenceRecord.objects.filter(pk=receipt.record_id).update(survey=survey)
    made = EvidenceRecord.objects.get(pk=receipt.record_id)
    made = entries.submit(record=made, by=by, at=at)
    survey.status = rules.LIFECYCLE.target("record")
    survey.save(update_fields=["status"])
    history.write(survey, "recorded", by=by, record=made.reference, replies=found.count)
    return made


def _content(survey: Survey, found: Results, *, at: datetime) -> RecordContent:
    """Return what the record says: who was asked, how many replied, and the counts."""
    last_noon = timezone.make_aware(datetime.combine(survey.last_day, NOON))
    group = f"{survey.get_group_display()} who answered an anonymous survey"
    notes = [_note(result, found) for result in found.questions]
    notes += [f"One reply: “{words}”" for words in found.words[:MOST_WORDS]]
    return RecordContent(
        academy_id=survey.academy_id,
        review_id=survey.review_id,
        kind=rules.EVIDENCE_OF[survey.group],
        title=f"Survey: {survey.title}",
        group_described=group,
        group_size=found.count,
        observed_at=min(at, last_noon),
        notes=tuple(
            NoteContent(key=f"survey {place}", text=text[:LONGEST_NOTE])
            for place, text in enumerate(notes)
        ),
    )


def _note(result: Result, found: Results) -> str:
    """Say one question's counts so that they can be read alone: what is hidden, and of how many."""
    told = ", ".join(
        f"{label.lower() if label != 'I cannot say' else label} "
        f"{'not shown' if count.hidden else count.count}"
        for label, count in result.answers
    )
    hidden = f" {found.count} replied. {found.hidden_in_words}" if result.any_hidden else ""
    return f"“{result.text}” {told[:1].upper()}{told[1:]}.{hidden}"


@transaction.atomic
def withdraw(*, survey: Survey, by: "User", on: date) -> Survey:
    """Take a survey back: its link opens nothing, and its replies are deleted."""
    survey = _locked(survey)
    rules.may_withdraw(by, survey).enforce()
    survey.status = rules.LIFECYCLE.target("withdraw")
    survey.closed_on = survey.closed_on or min(on, survey.closes_on)
    survey.save(update_fields=["status", "closed_on"])
    count = _empty(survey, on=on)
    history.write(survey, "withdrawn", by=by, replies_deleted=count)
    return survey


def _empty(survey: Survey, *, on: date) -> int:
    count = survey.replies.all().delete()[0]
    survey.emptied_on = on
    survey.save(update_fields=["emptied_on"])
    return count


@transaction.atomic
def close_due(*, on: date) -> int:
    """Close the surveys whose last day is past; return how many."""
    due = list(queries.system_over(on=on).select_for_update(of=("self",)))
    for survey in due:
        _close(survey, by=None, on=on)
    return len(due)


@transaction.atomic
def empty_due(*, on: date) -> int:
    """Delete replies that were too few to show, and those that notes would be kept no longer than.

    Returns:
        How many surveys were emptied.

    """
    emptied = 0
    for survey in queries.system_with_replies():
        too_few = getattr(survey, "reply_count") < rules.fewest(survey)  # noqa: B009 -- annotated
        few_are_due = too_few and on - survey.last_day >= rules.TOO_FEW_KEPT
        if few_are_due or on > _kept_until(survey):
            count = _empty(survey, on=on)
            history.write(survey, "emptied", by=None, replies_deleted=count, too_few=too_few)
            emptied += 1
    return emptied


def _kept_until(survey: Survey) -> date:
    there = EvidenceRecord(trust_id=survey.trust_id, review_id=survey.review_id)
    settings = system_settings(there)
    return rules.replies_kept_until(
        survey.last_day,
        starts_month=survey.trust.year_starts_month,
        years=number(settings, "retention", "notes_years"),
    )


def _locked(survey: Survey) -> Survey:
    found = Survey.objects.select_for_update(of=("self",))
    return found.select_related("trust", "academy", "made_by").get(pk=survey.pk)
