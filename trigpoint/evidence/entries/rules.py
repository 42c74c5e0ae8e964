"""Who may record, submit, share, read and answer evidence, and when: the rules that protect people."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from trigpoint.evidence.contents.rules import RecordContent
from trigpoint.evidence.devices.rules import NO_LONGER
from trigpoint.evidence.entries.models import EvidenceRecord, Reply
from trigpoint.evidence.groups.rules import is_told
from trigpoint.evidence.names.rules import name_like_words
from trigpoint.evidence.readers.rules import Audience, Reader
from trigpoint.instruments.answers.rules import check_answers, gives_level, is_answered
from trigpoint.instruments.library.rules import may_name as form_may_name
from trigpoint.people.roles import Capability
from trigpoint.policies.settings.rules import number
from trigpoint.records.refusals import ALLOWED, Refused, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.rules import OVER
from trigpoint.reviews.visits.rules import Party, Stay

if TYPE_CHECKING:
    from trigpoint.people.models import Person, User

S = EvidenceRecord.Status
LIFECYCLE = Workflow(
    "record",
    initial=S.DRAFT,
    steps=(
        Step("submit", frozenset({S.DRAFT}), S.SUBMITTED),
        Step("share", frozenset({S.SUBMITTED}), S.SHARED),
        Step("lock", frozenset({S.SUBMITTED, S.SHARED}), S.LOCKED),
    ),
)
STILL_THE_AUTHORS = frozenset({S.DRAFT, S.SUBMITTED})
AHEAD = timedelta(minutes=10)  # a tablet's clock may run fast
LONGEST_REPLY = 4_000  # characters


class NotHere(Refused):
    """The record, or the place it names, is not this person's. Says nothing about whether it is."""

    def __init__(self) -> None:
        super().__init__(
            "That is not here, or it is not yours to write in. Start a new record, or reload."
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record belongs. Fixed by its first save."""

    trust_id: UUID
    academy_id: UUID
    team_id: UUID | None = None
    review_id: UUID | None = None


def feedback_days(settings: Mapping[str, Any]) -> int:
    """Return in how many working days feedback is due, from a policy version's settings."""
    return number(settings, "capture", "feedback_days")


def may_view(user: "User", record: EvidenceRecord) -> Verdict:
    """The author; the observed person once shared; the review's team once submitted; then leaders.

    A private record is for its author and its subject alone. Agrees with ``visible_to``.
    """
    if record.blind_to_id is not None and record.blind_to_id == user.person_id:
        return denied("This paired visit opens once you have handed in your own record of it.")
    shared = record.shared_at is not None
    if user.person_id in (record.author_id, record.observed_id if shared else None):
        return ALLOWED
    if not record.is_private:
        if record.status != S.DRAFT and _reaches(user, Capability.EVIDENCE_WEIGH, record):
            return ALLOWED
        if shared and _reaches(user, Capability.EVIDENCE_VIEW, record):
            return ALLOWED
    return denied("This record is not shared with you. Ask its author to share it.")


def _reaches(user: "User", capability: Capability, place: EvidenceRecord | Place) -> bool:
    return user.access.covers(
        capability,
        trust_id=place.trust_id,
        academy_id=place.academy_id,
        team_id=place.team_id,
        review_id=place.review_id,
    )


def may_capture(user: "User", place: Place, *, review: Review | None) -> Verdict:
    """Whoever records evidence in that place; inside a review only its own people, while it runs."""
    if not _reaches(user, Capability.EVIDENCE_CAPTURE, place):
        return denied(
            "You cannot record evidence there. Choose an academy, or a team, that you record for."
        )
    return ALLOWED if review is None else _may_capture_in(user, place, review)


def _may_capture_in(user: "User", place: Place, review: Review) -> Verdict:
    """Inside a review: while it runs, and only for its own people."""
    if review.status in OVER:
        return denied(
            f"The review “{review.title}” is {review.get_status_display().lower()}. "
            "Record this outside a review, or ask its lead."
        )
    if (
        review.lead_id == user.person_id
        or _reaches(user, Capability.EVIDENCE_WEIGH, place)
        or review.members.filter(person=user.person_id).exists()
    ):
        return ALLOWED
    return denied("You are not on this review's team. Ask its lead to add you.")


def may_save(user: "User", record: EvidenceRecord, *, review: Review | None) -> Verdict:
    """Its author, until it is shared or locked, for as long as they record evidence there."""
    if record.status == S.LOCKED:
        return denied("The review's report is final, so this record is locked. Start a new one.")
    if record.survey_id is not None and record.status != S.DRAFT:
        return denied("This record counts a survey's replies, so its words stand. Start another.")
    if record.status not in STILL_THE_AUTHORS:
        return denied(
            "This record is shared, so its words are settled. Start another record to add to it."
        )
    if review is not None and review.status in OVER:
        return denied(
            "This review is over, so its evidence is settled. Record it outside a review."
        )
    return _still_captures(user, record)


def _still_captures(user: "User", record: EvidenceRecord) -> Verdict:
    if not _reaches(user, Capability.EVIDENCE_CAPTURE, record):
        return denied(NO_LONGER)
    return ALLOWED


def may_begin(*, is_discarded: bool) -> Verdict:
    """A draft that was discarded, here or on another device, does not come back by itself."""
    if not is_discarded:
        return ALLOWED
    return denied(
        "You discarded this draft. Its words are among your discarded drafts; start a new record "
        "to use them."
    )


def stays_in_place(record: EvidenceRecord, content: RecordContent) -> Verdict:
    """A record stays where its first save put it."""
    sent = (content.activity_id, content.academy_id, content.review_id, content.kind or None)
    placed = (record.activity_id, record.academy_id, record.review_id, record.kind)
    if all(one in (None, other) for one, other in zip(sent, placed, strict=True)):
        return ALLOWED
    return denied(
        "A record stays with the visit it was started for. Start another one for this visit."
    )


def may_name(
    user: "User",
    *,
    observed: "Person | None",
    form: Mapping[str, Any],
    is_planned: bool,
    works_there: bool,
) -> Verdict:
    """Somebody who works there may be named; never oneself, nor where the form names nobody.

    A form that names nobody (a learning walk's) still may when the visit was planned to somebody.
    """
    if observed is None or not (works_there or is_planned):
        return denied(
            "That person does not work at this academy. Choose somebody from the list, or nobody."
        )
    if observed.pk == user.person_id:
        return denied("You cannot be the visitor and the person visited. Leave the person out.")
    return ALLOWED if is_planned else form_may_name(form)


def all_there(missing: str) -> Verdict:
    """Whatever a record points at is still there. ``missing`` names what is not, in the plural."""
    if not missing:
        return ALLOWED
    return denied(
        f"One of the {missing} chosen is not there any more. Reload the page and choose again."
    )


def may_level(record: EvidenceRecord, said: EvidenceRecord | RecordContent) -> Verdict:
    """No level beside a person, unless the trust decided so in writing.

    The person is the one the record names, or the one its visit was planned to. The level is the
    record's own, or the answer to any question that asks for one.
    """
    planned = record.activity.observed_id if record.activity else None
    named = said.observed_id or planned
    if not named or record.trust.may_level_named_records:
        return ALLOWED
    if not (said.level_id or gives_level(record.instrument_version.content, said.answers)):
        return ALLOWED
    return denied(
        "A record of a visit to a named person carries no level in your trust, whether the record "
        "or its activity names them. Take out the level."
    )


def may_amend(before: EvidenceRecord, content: RecordContent, *, notes_kept: bool) -> Verdict:
    """A submitted record may be corrected, but it stays as open and as full as it was."""
    if before.status == S.DRAFT:
        return ALLOWED
    if content.is_private != before.is_private:
        return denied(
            "This record is submitted, so it stays as open or private as it was. Start another one."
        )
    if not notes_kept:
        return denied(
            "This record is submitted and its notes may be cited. Correct a note's words instead "
            "of taking it out."
        )
    if before.budget_reason and not content.budget_reason.strip():
        return denied(
            "The reason for this visit is logged. Correct its words instead of taking it out."
        )
    return ALLOWED


def is_complete(record: EvidenceRecord, *, note_count: int, at: datetime | None) -> Verdict:
    """Say whether there is enough to hand in: a title, a moment that has come, something seen.

    Without ``at`` (a correction of what was handed in before) the moment is not asked again.
    """
    if not record.title.strip():
        return denied("Give the record a title, such as “Year 4 reading”.")
    if at is not None and record.observed_at > at + AHEAD:
        return denied("The visit has not happened yet. Check its date and time.")
    answered = is_answered(record.instrument_version.content, record.answers)
    if not note_count and not answered:
        return denied("Nothing has been noted yet. Add a note or answer a question first.")
    return is_told(record)


def stay(record: EvidenceRecord) -> Stay:
    """Return a record as the visit it tells of to whoever was observed."""
    return Stay(
        source_id=record.pk,
        activity_id=record.activity_id,
        starts_at=record.observed_at,
        ends_at=record.observed_at + timedelta(minutes=record.minutes or 0),
    )


def party(record: EvidenceRecord, said: EvidenceRecord | RecordContent) -> Party:
    """Return a record as its author being there, from what is said in it."""
    starts_at = said.observed_at or record.observed_at
    return Party(
        kind=record.kind,
        visitors=frozenset([record.author_id]),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=said.minutes or 0),
        academy_id=record.academy_id,
        activity_id=record.activity_id,
        observed_id=said.observed_id,
        team_id=said.team_id,
        group=(said.subject, said.year_groups),
    )


def settled(record: EvidenceRecord, content: RecordContent) -> RecordContent:
    """Return a correction with its answers as they are stored, and where none fits, as given."""
    checked = check_answers(record.instrument_version.content, content.answers)
    wrong = {key: content.answers[key] for key in checked.problems if key in content.answers}
    when = content.observed_at or record.observed_at
    return replace(content, answers=wrong | checked.cleaned, observed_at=when)


def may_submit(user: "User", record: EvidenceRecord) -> Verdict:
    """Its author, once."""
    if record.author_id != user.person_id:
        return denied("Only its author can submit a record.")
    return LIFECYCLE.may("submit", record.status)


def may_share(user: "User", record: EvidenceRecord) -> Verdict:
    """Its author, once it is submitted; a private one only with the person it is about.

    Also when it was locked unshared: that changes who reads it, and none of its words.
    """
    if record.author_id != user.person_id:
        return denied("Only its author can share a record. Ask them to.")
    if record.status == S.DRAFT:
        return denied("Submit the record first, then share it.")
    if record.is_private and record.observed_id is None:
        return denied("A private record is shared with the person it is about, and none is named.")
    if record.status == S.LOCKED and record.shared_at is None:
        return ALLOWED
    return LIFECYCLE.may("share", record.status)


def once_shared(record: EvidenceRecord) -> str:
    """Return the state of a record that is shared: a locked one stays locked."""
    return S.LOCKED if record.status == S.LOCKED else LIFECYCLE.target("share")


def names_are_checked(words: Iterable[str], *, names_checked: bool) -> Verdict:
    """Before anything is shared its author looks at words that may be a pupil's name."""
    listed = list(words)
    if names_checked or not listed:
        return ALLOWED
    return denied(
        f"These words look like names: {', '.join(listed[:12])}. Change any that name a pupil, or "
        "tick that you have checked them."
    )


def suspect_words(record: EvidenceRecord, note_texts: Iterable[str]) -> list[str]:
    """Return the words of a record that may name a pupil, leaving out the observed person's name."""
    texts = [
        *(record.title, record.subject, record.year_groups, record.group_described),
        *(record.budget_reason, *note_texts, *_strings(record.answers)),
    ]
    return suspects_among(record, texts)


def suspects_among(record: EvidenceRecord, texts: Iterable[str]) -> list[str]:
    """Return the words of some texts of a record that may name a pupil; the observed person may."""
    known = [record.observed.name] if record.observed else []
    return name_like_words(texts, known=known)


def _strings(answers: Any) -> Iterable[str]:  # noqa: ANN401 -- answers are JSON
    if isinstance(answers, str):
        yield answers
    elif isinstance(answers, dict):
        for inner in answers.values():
            yield from _strings(inner)
    elif isinstance(answers, list):
        for inner in answers:
            yield from _strings(inner)


def may_see(user: "User", record: EvidenceRecord) -> Verdict:
    """The observed person, once it is shared. Seen is not agreed."""
    if record.observed_id is None or record.observed_id != user.person_id:
        return denied("Only the person this record is about can mark it as read.")
    if record.shared_at is None:
        return denied("This record is not shared with you yet. Its author shares it first.")
    return ALLOWED


def may_reply(user: "User", record: EvidenceRecord) -> Verdict:
    """The observed person, as often as they like, also after the record is locked."""
    if record.observed_id is None or record.observed_id != user.person_id:
        return denied("Only the person this record is about can reply to it.")
    if record.shared_at is None:
        return denied("This record is not shared with you yet. Its author shares it first.")
    return ALLOWED


def reply_has_words(text: str) -> Verdict:
    """A reply says something, and fits."""
    if not text.strip():
        return denied(
            "Write your reply first. To say only that you read it, use “I have read this”."
        )
    if len(text) > LONGEST_REPLY:
        return denied(f"A reply holds {LONGEST_REPLY:,} characters. Send the rest as a second one.")
    return ALLOWED


def has_read(replies: Iterable[Reply], person_id: UUID) -> bool:
    """Say whether the person has marked the record as read."""
    return any(r.kind == Reply.Kind.SEEN and r.author_id == person_id for r in replies)


def audience(record: EvidenceRecord, readers: Sequence[Reader], *, person_id: UUID) -> Audience:
    """Return whose a record is and how far it has come, as its page tells ``person_id``."""
    observed = record.observed
    name = observed.name if observed else ""
    return Audience(
        author="you" if record.author_id == person_id else record.author.name,
        subject="you" if record.observed_id == person_id else name,
        readers=readers,
        subject_reads=record.observed_id in [reader.person_id for reader in readers],
        is_draft=record.status == S.DRAFT,
        is_private=record.is_private,
        is_shared=record.shared_at is not None,
        is_locked=record.status == S.LOCKED,
    )
