"""The verbs of an evidence record: save, submit, share, see, reply, lock."""

from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from trigpoint.evidence.blinding import operations as blinding
from trigpoint.evidence.contents import rules as contents
from trigpoint.evidence.contents.operations import keep_marks, keep_notes
from trigpoint.evidence.contents.queries import Home, system_missing
from trigpoint.evidence.contents.rules import NoteContent, Receipt, RecordContent
from trigpoint.evidence.entries import queries, rules
from trigpoint.evidence.entries.models import EvidenceRecord, Reply
from trigpoint.evidence.entries.rules import NotHere
from trigpoint.evidence.groups.rules import group
from trigpoint.evidence.places import queries as places
from trigpoint.evidence.telling.operations import tell_observed
from trigpoint.instruments.answers.rules import answers_fit, answers_shaped, check_answers
from trigpoint.instruments.library.queries import system_published
from trigpoint.instruments.models import InstrumentVersion
from trigpoint.instruments.voices.rules import may_name as kind_may_name
from trigpoint.people.models import Person
from trigpoint.records import history
from trigpoint.records.refusals import Refused, Stale
from trigpoint.reviews.activities import operations as activities
from trigpoint.reviews.models import Review
from trigpoint.reviews.visits import operations as visits
from trigpoint.reviews.visits.rules import IN_A_LESSON, Party, may_visit_together, most_visitors
from trigpoint.trusts.calendars.queries import system_calendar

if TYPE_CHECKING:
    from trigpoint.people.models import User

__all__ = ["NotHere", "NoteContent", "Receipt", "RecordContent", "lock_for", "locked", "reply", "save",
           "see", "share", "submit"]  # fmt: skip
S = EvidenceRecord.Status
PLAIN_FIELDS = (
    "title", "team_id", "subject", "year_groups", "group_described", "group_size", "observed_id",
    "minutes", "level_id", "is_private", "budget_reason", "answers",
)  # fmt: skip
SUBMITTED = (
    "answers", "group_described", "group_size", "status", "submitted_at", "feedback_due_on",
)  # fmt: skip
VISIT = attrgetter("observed_id", "observed_at", "minutes")  # what a visit budget is about


@transaction.atomic
def save(
    *,
    record_id: UUID,
    content: RecordContent,
    base_revision: int | None,
    by: "User",
    at: datetime,
) -> Receipt:
    """Keep what an author wrote, as a new record or the next revision of their own.

    Sending the same content again changes nothing and gets the same receipt, so a device may
    repeat itself until it hears one.

    Args:
        record_id: minted on the device.
        content: everything the record says; what is left out is taken out.
        base_revision: the revision the author was looking at; None for a new record.
        by: the author.
        at: now.

    Raises:
        NotHere: the record is somebody else's, or it names an activity that is not theirs to see.
        Stale: it was changed since ``base_revision``; ``current`` holds what is stored.
        Refused: the rules say no, or something does not fit.

    """
    contents.fits(content).enforce()
    digest = contents.content_hash(content)
    record = _locked(record_id) if base_revision is not None else None
    begun = None if record else _begin(record_id, content, by=by, at=at)
    record = record or begun or _locked(record_id)
    if record is None or record.author_id != by.person_id:
        rules.may_begin(is_discarded=queries.is_discarded(record_id, viewer=by)).enforce()
        raise NotHere
    if record.content_hash == digest:
        return Receipt(record.pk, record.revision, digest)
    rules.may_save(by, record, review=record.review).enforce()
    if begun is None and base_revision != record.revision:
        raise _stale(record, content)
    _keep(record, content, digest, by=by, at=at)
    return Receipt(record.pk, record.revision, digest, created=begun is not None)


def _locked(record_id: UUID) -> EvidenceRecord | None:
    found = EvidenceRecord.objects.select_for_update(of=("self",)).filter(pk=record_id)
    return found.select_related("review", "activity", "instrument_version").first()


def _stale(record: EvidenceRecord, mine: RecordContent) -> Stale:
    stored, form = queries.system_content(record), queries.system_form(record)
    both = contents.both(record.pk, mine=mine, stored=stored, form=form).plain()
    said = {"content": stored.plain(), "content_hash": record.content_hash, "both": both}
    why = "This record was changed somewhere else since you opened it. Compare the two and choose."
    return Stale(why, current=said | {"revision": record.revision})


def _begin(
    record_id: UUID, content: RecordContent, *, by: "User", at: datetime
) -> EvidenceRecord | None:
    """Return an empty record in its place; None when the id is taken or the place not theirs.

    The academy is held: records are numbered, and visitors of a lesson counted, one at a time.
    """
    placing = places.placing(content, viewer=by, hold=True)
    if placing is None:
        return None
    review, activity = placing.review, placing.activity
    record = EvidenceRecord(
        pk=record_id,
        trust=by.person.trust,
        academy=placing.academy,
        team_id=content.team_id or (activity.team_id if activity else None),
        review=review,
        activity=activity,
        kind=activity.kind if activity else content.kind,
        author=by.person,
        observed_at=activity.starts_at if activity else at,
        revision=0,
    )
    party = rules.party(record, content)
    room = queries.system_room(party, record_id, viewer=by)
    if room.is_taken:
        return None
    rules.may_begin(is_discarded=room.is_discarded).enforce()
    place = rules.Place(record.trust_id, record.academy_id, record.team_id, record.review_id)
    rules.may_capture(by, place, review=review).enforce()
    blinding.admit(activity, by=by)
    record.instrument_version = _form(record)
    _check_company(record, party, room.parties)
    record.number = room.last_number + 1
    return record


def _form(record: EvidenceRecord) -> InstrumentVersion:
    """Return the form a new record answers: its activity's, or the one published for its kind."""
    if record.activity:
        return record.activity.instrument_version
    published = system_published(record.trust_id).get(record.kind)
    if published is None:
        msg = "There is no published form for that kind of visit. Ask your QA lead to publish one."
        raise Refused(msg)
    return published


def _check_company(record: EvidenceRecord, party: Party, others: list[Party]) -> None:
    if party.kind in IN_A_LESSON:
        review = record.review
        said = review.policy_version.settings if review else queries.system_settings(record)
        may_visit_together(party, others, most=most_visitors(said)).enforce()


def _keep(
    record: EvidenceRecord, content: RecordContent, digest: str, *, by: "User", at: datetime
) -> None:
    """Write what changed, and only that. What a submitted record said before is kept."""
    is_new, is_draft = record.revision == 0, record.status == S.DRAFT
    notes = [] if is_new else list(record.notes.order_by("position", "id"))
    before = RecordContent() if is_new else queries.system_content(record, notes)
    _check(record, before, content, by=by)
    content = content if is_draft else rules.settled(record, content)
    changed = contents.changes(record.pk, before=before, after=content)
    rules.may_amend(record, content, notes_kept=not changed.notes_gone).enforce()
    if not is_draft and contents.says_otherwise(before, content, changed):
        earlier = {"revision": record.revision, "content": before.plain(), "replaced_at": at}
        record.earlier.create(trust_id=record.trust_id, **earlier)
    for name in PLAIN_FIELDS:
        setattr(record, name, getattr(content, name))
    record.observed_at = content.observed_at or record.observed_at
    reason = "" if is_draft or VISIT(record) == VISIT(before) else _promise_feedback(record)
    record.revision += 1
    record.content_hash = digest
    written = (*PLAIN_FIELDS, "observed_at", "feedback_due_on", "revision", "content_hash")
    record.save(force_insert=is_new, update_fields=None if is_new else written)
    keep_notes(record, changed, after=notes[-1].position if notes else -1)
    keep_marks(record, changed)
    if changed.standards:
        record.standards.set(content.standards)  # type: ignore[arg-type]  # ids will do
    if changed.lines:
        record.lines.set(content.lines)  # type: ignore[arg-type]  # as above
    if is_new:
        history.write(record, "started", by=by, number=record.number)
    elif not is_draft:
        _check_complete(record)
        history.write(record, "amended", by=by, revision=record.revision, budget_reason=reason)


def _check(
    record: EvidenceRecord, before: RecordContent, content: RecordContent, *, by: "User"
) -> None:
    """Hold the content against the rules about places, people, and what it points at."""
    rules.stays_in_place(record, content).enforce()
    answers_shaped(record.instrument_version.content, content.answers).enforce()
    if content.team_id != record.team_id:
        place = rules.Place(record.trust_id, record.academy_id, content.team_id, record.review_id)
        rules.may_capture(by, place, review=None).enforce()
    rules.may_level(record, content).enforce()
    if content.observed_id:
        kind_may_name(record.kind).enforce()
    if content.observed_id not in (None, record.observed_id):
        observed = Person.objects.filter(pk=content.observed_id, trust=record.trust_id).first()
        planned = record.activity is not None and record.activity.observed_id == content.observed_id
        rules.may_name(
            by,
            observed=observed,
            form=record.instrument_version.content,
            is_planned=planned,
            works_there=queries.system_works_at(content.observed_id, record.academy_id),
        ).enforce()
    home = Home(record.trust_id, record.academy_id, record.review_id)
    rules.all_there(system_missing(home, before, content)).enforce()


@transaction.atomic
def submit(*, record: EvidenceRecord, by: "User", at: datetime) -> EvidenceRecord:
    """Hand a record in: from now on the review's team may weigh it.

    A visit that names somebody gets the day its feedback is due, in the academy's working days.
    The activity it belongs to is done, whoever of its observers is first.

    Raises:
        Refused: it is not their draft, it is incomplete, too many were there, or the visit needs a
            reason.

    """
    record = locked(record.pk)
    rules.may_submit(by, record).enforce()
    rules.may_save(by, record, review=record.review).enforce()
    blinding.admit(record.activity, by=by)
    rules.may_level(record, record).enforce()
    _check_complete(record, at=at)
    party = rules.party(record, record)  # a draft is begun before it says who was seen
    room = queries.system_room(party, record.pk, viewer=by)
    _check_company(record, party, room.parties)
    if record.activity:  # before anybody's visits are counted: planners go the same way
        activities.witness(activity=record.activity, by=by, on=timezone.localtime(at).date())
        blinding.settle(record, by=by)  # and so does whoever corrects the pair's other record
    reason = _promise_feedback(record)
    record.answers = check_answers(record.instrument_version.content, record.answers).cleaned
    record.group_described, record.group_size = group(record)
    record.status = rules.LIFECYCLE.target("submit")
    record.submitted_at = at
    record.save(update_fields=SUBMITTED)
    history.write(record, "submitted", by=by, revision=record.revision, budget_reason=reason)
    return record


def _promise_feedback(record: EvidenceRecord) -> str:
    """Date the feedback of a visit and hold it against the budget; return the reason it needed."""
    record.feedback_due_on = None
    if record.observed is None:
        return ""
    days = rules.feedback_days(queries.system_settings(record))
    visited_on = timezone.localtime(record.observed_at).date()
    record.feedback_due_on = system_calendar(record.academy_id).add(visited_on, days)
    planned = record.activity.budget_reason if record.activity else ""
    return visits.spend(
        person=record.observed,
        trust=record.trust,
        stay=rules.stay(record),
        reason=record.budget_reason or planned,
    )


def locked(record_id: UUID) -> EvidenceRecord:
    """Return a record, held until the transaction ends.

    Raises:
        NotHere: it was discarded, or undone, since it was looked at.

    """
    if (found := _locked(record_id)) is None:
        raise NotHere
    return found


def _check_complete(record: EvidenceRecord, *, at: datetime | None = None) -> None:
    """Refuse what is not ready for others: no title, nothing seen, answers that do not fit."""
    noted = record.notes.filter(text__regex=r"\S").count()
    rules.is_complete(record, note_count=noted, at=at).enforce()
    if record.survey_id is None and not record.imported_from:  # they filled in no form
        answers_fit(queries.system_form(record), record.answers).enforce()


@transaction.atomic
def share(
    *, record: EvidenceRecord, names_checked: bool, by: "User", at: datetime
) -> EvidenceRecord:
    """Show a record to the person it is about, and, unless it is private, to the academy's leaders.

    Args:
        record: a submitted record.
        names_checked: the author looked at the words that may be a pupil's name.
        by: the author.
        at: now.

    Raises:
        Refused: it is not theirs or not submitted, or such words are there and unchecked.

    """
    record = locked(record.pk)
    rules.may_share(by, record).enforce()
    words = rules.suspect_words(record, record.notes.values_list("text", flat=True))
    rules.names_are_checked(words, names_checked=names_checked).enforce()
    record.status = rules.once_shared(record)
    record.shared_at = at
    record.names_checked = names_checked
    record.save(update_fields=["status", "shared_at", "names_checked"])
    history.write(record, "shared", by=by, name_like_words=len(words))
    tell_observed(record, at=at)
    return record


@transaction.atomic
def see(*, record: EvidenceRecord, by: "User", at: datetime) -> Reply:
    """Mark a record as read by the person it is about. Saying so twice is saying it once."""
    record = locked(record.pk)
    rules.may_see(by, record).enforce()
    facts = {"trust_id": record.trust_id, "replied_at": at}
    mark, is_new = Reply.objects.get_or_create(
        record=record, author=by.person, kind=Reply.Kind.SEEN, defaults=facts
    )
    if is_new:
        history.write(record, "seen", by=by)
    return mark


@transaction.atomic
def reply(
    *, record: EvidenceRecord, text: str, names_checked: bool, by: "User", at: datetime
) -> Reply:
    """Add what the observed person has to say, beside the record and as visible as it is.

    Raises:
        Refused: it is not about them or not shared, the reply is empty or too long, or it has words
            that may be a pupil's name and they were not looked at.

    """
    record = locked(record.pk)
    rules.may_reply(by, record).enforce()
    rules.reply_has_words(text).enforce()
    words = rules.suspects_among(record, [text])
    rules.names_are_checked(words, names_checked=names_checked).enforce()
    answer = Reply.objects.create(
        trust_id=record.trust_id,
        record=record,
        author=by.person,
        kind=Reply.Kind.CONTEXT,
        text=text.strip(),
        replied_at=at,
    )
    history.write(record, "replied", by=by)
    return answer


@transaction.atomic
def lock_for(*, review: Review, at: datetime, by: "User | None" = None) -> int:
    """Settle a review's evidence for good, because its report is final; return how many.

    Drafts stay with their authors. What was never shared its author may still share.
    """
    settled = EvidenceRecord.objects.select_for_update().filter(
        review=review, status__in=[S.SUBMITTED, S.SHARED]
    )
    history.write_each(settled.order_by("number", "id"), "locked", by=by, at=at)
    return settled.update(status=rules.LIFECYCLE.target("lock"))
