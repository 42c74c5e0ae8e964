"""Screens of evidence: begin, capture, read, submit, share, answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.evidence.carried.queries import system_carried
from trigpoint.evidence.devices.queries import has_sealed
from trigpoint.evidence.entries import forms, operations, queries, rules
from trigpoint.evidence.entries.models import (
    DiscardedDraft,
    EarlierVersion,
    EvidenceRecord,
    LookForMark,
    Note,
)
from trigpoint.evidence.entries.operations import RecordContent
from trigpoint.evidence.places import queries as places
from trigpoint.evidence.places.rules import own_places, put_by
from trigpoint.evidence.readers.queries import system_readers
from trigpoint.evidence.readers.rules import MOST_NAMES, who_can_see
from trigpoint.instruments.answers.rules import Answered, in_words
from trigpoint.instruments.answers.rules import passed_over as answers_passed_over
from trigpoint.instruments.contents.rules import photos_asked
from trigpoint.instruments.library.queries import system_published
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews import queries as reviews
from trigpoint.reviews.reviews import rules as review_rules
from trigpoint.trusts.models import Academy, Team
from trigpoint.web.screens import STALE, asked_id, done, page, refusals_in, screen, sent, status_of

ROWS = 25


def _asked(request: SignedInRequest) -> RecordContent:
    """Read from the address where a new record should go."""
    asked = request.GET
    return RecordContent(
        activity_id=asked_id(request, "activity"),
        academy_id=asked_id(request, "academy"),
        review_id=asked_id(request, "review"),
        team_id=asked_id(request, "team"),
        kind=asked.get("kind", ""),
    )


@screen(Capability.EVIDENCE_CAPTURE, otherwise=has_sealed)
def new(request: SignedInRequest) -> HttpResponse:
    """Offer what to record: today's activities, drafts, or a visit nobody planned.

    With a place in the address the browser mints the record's id and goes on; the page's own
    link, with an id minted here, is for browsers without scripts. ``ready`` lists the visits
    whose pages a device puts by. Whoever may not record any more finds here what waits on their
    device, and nowhere to begin.
    """
    user, asked = request.user, _asked(request)
    if not user.access.holds(Capability.EVIDENCE_CAPTURE):
        return page(request, "evidence/entries/new.html", {"is_over": True})
    activities = list(places.my_activities(viewer=user, on=timezone.localdate())[:ROWS])
    drafts = list(queries.own_drafts(viewer=user)[:ROWS])
    within, outside = list(reviews.capturing(viewer=user)), list(places.places(viewer=user))
    teams = list(places.own_teams(viewer=user)) if outside else []
    context = {
        "asked": bool(asked.activity_id or asked.kind),
        "record_id": uuid4(),
        "where": request.GET.urlencode(),
        "activities": activities,
        "drafts": drafts,
        "discarded": DiscardedDraft.objects.visible_to(user).exists(),
        "begin": _begin(asked, within, outside, teams),
        "ready": put_by(
            activities,
            drafts=[draft.pk for draft in drafts],
            reviews=within,
            academies=outside,
            teams=teams,
            kinds=system_published(user.trust_id),
        ),
        "needs_signal": bool(outside) and not own_places(outside, teams),
    }
    return page(request, "evidence/entries/new.html", context)


def _begin(
    asked: RecordContent,
    within: Sequence[Review],
    outside: Sequence[Academy],
    teams: Sequence[Team],
) -> list[forms.BeginForm]:
    """Ask in which review, or at which academy, as far as there is a choice."""
    begin = []
    if within:
        offered = [(it.pk, f"{it.title}, {it.academy.name}") for it in within]
        begin.append(forms.BeginForm("review", offered, chosen=asked.review_id))
    if outside:
        offered = [(it.pk, it.name) for it in outside]
        begin.append(forms.BeginForm("academy", offered, teams, chosen=asked.academy_id))
    return begin


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def capture(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Write a record. With scripts it keeps itself; without, each button keeps it."""
    sheet = queries.sheet(record_id, _asked(request), viewer=request.user, on=timezone.localdate())
    if sheet is None:
        raise Http404
    form = forms.CaptureForm(sent(request), sheet=sheet)
    if form.is_valid():
        with refusals_in(form):
            now = timezone.now()
            operations.save(
                record_id=record_id,
                content=form.content(at=now),
                base_revision=form.base_revision,
                by=request.user,
                at=now,
            )
            onward = "show" if "finish" in request.POST else "capture"
            said = f"Saved at {timezone.localtime(now):%H:%M}."
            return done(request, f"evidence:entries-{onward}", record_id, said=said)
    context = {
        "sheet": sheet,
        "attachments": sheet.record.attachments.order_by("created_at", "id")
        if sheet.record
        else [],
        "may_remove": sheet.record and sheet.record.status == EvidenceRecord.Status.DRAFT,
        "record_id": record_id,
        "form": form,
        "is_stale": form.has_error(NON_FIELD_ERRORS, STALE),
        "kinds": Note.Kind,
        "marks": LookForMark.Seen,
        "notes": form.notes_shown(),
        "sections": form.sections(),
        "carried": form.carried(),
    }
    return page(request, "evidence/entries/capture.html", context, status=status_of(form))


@screen(Capability.OWN_VIEW)
def show(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Read one record: notes, answers, look-fors, files, replies, and who else can."""
    record = _record(request, record_id)
    notes = list(record.notes.visible_to(request.user).order_by("position", "id"))
    replies = list(record.replies.visible_to(request.user).select_related("author"))
    readers = system_readers(record, on=timezone.localdate())
    form = queries.system_form(record)
    passed_over = answers_passed_over(form, record.answers)
    context = {
        "record": record,
        "notes": queries.tied(notes, viewer=request.user),
        "lines": record.lines.visible_to(request.user).order_by("number"),
        "standards": record.standards.visible_to(request.user).order_by("position", "id"),
        "answers": in_words(
            form, {key: it for key, it in record.answers.items() if key not in passed_over}
        ),
        "passed_over": in_words(form, passed_over),
        "carried": system_carried(record.instrument_version, record.answers, kind=record.kind),
        "form_name": queries.system_form_name(record),
        "earlier": _earlier(request, record),
        "marks": record.look_for_marks.visible_to(request.user)
        .select_related("look_for__standard")
        .order_by("look_for__standard__position", "look_for__position", "id"),
        "attachments": record.attachments.order_by("created_at", "id"),
        "asked": photos_asked(form),
        "replies": sorted(replies, key=lambda reply: reply.replied_at),
        "has_read": rules.has_read(replies, request.user.person_id),
        "readers": readers if len(readers) > MOST_NAMES else [],
        "who": who_can_see(rules.audience(record, readers, person_id=request.user.person_id)),
        "may_edit": _may_edit(request, record),
        "may_submit": rules.may_submit(request.user, record)
        and rules.may_save(request.user, record, review=record.review)
        and rules.is_complete(record, note_count=len(notes), at=timezone.now()),
        "may_share": rules.may_share(request.user, record),
        "may_reply": rules.may_reply(request.user, record),
        "reply_form": forms.ReplyForm(record=record),
        "lists": request.user.access.holds(Capability.EVIDENCE_VIEW),
        "sees_review": bool(record.review and review_rules.may_view(request.user, record.review)),
        "is_author": record.author_id == request.user.person_id,
        "may_remove": record.status == EvidenceRecord.Status.DRAFT,
    }
    return page(request, "evidence/entries/show.html", context)


def _record(request: SignedInRequest, record_id: UUID) -> EvidenceRecord:
    return get_object_or_404(
        EvidenceRecord.objects.visible_to(request.user).select_related(
            "academy", "review", "activity", "author", "observed", "team", "level",
            "instrument_version__instrument", "trust",
        ),
        pk=record_id,
    )  # fmt: skip


def _may_edit(request: SignedInRequest, record: EvidenceRecord) -> bool:
    is_author = record.author_id == request.user.person_id
    return is_author and bool(rules.may_save(request.user, record, review=record.review))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a record said before it was corrected, with its answers in words."""

    version: EarlierVersion
    answers: list[Answered]


def _earlier(request: SignedInRequest, record: EvidenceRecord) -> list[Earlier]:
    form = record.instrument_version.content
    versions = record.earlier.visible_to(request.user).order_by("-revision")
    return [Earlier(it, in_words(form, it.content["answers"])) for it in versions]


@screen(Capability.EVIDENCE_CAPTURE, methods=("POST",))
def submit(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Hand a record in."""
    record = _record(request, record_id)
    operations.submit(record=record, by=request.user, at=timezone.now())
    return done(
        request, "evidence:entries-show", record_id, said="Submitted. The team can weigh it now."
    )


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def share(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Look at name-like words, then share."""
    record = _record(request, record_id)
    notes = record.notes.visible_to(request.user)
    words = rules.suspect_words(record, notes.values_list("text", flat=True))
    form = forms.ShareForm(sent(request), words=words)
    if form.is_valid():
        with refusals_in(form):
            operations.share(
                record=record,
                names_checked=form.cleaned_data["names_checked"],
                by=request.user,
                at=timezone.now(),
            )
            return done(request, "evidence:entries-show", record_id, said="Shared.")
    may = rules.may_share(request.user, record)
    context = {"record": record, "words": words, "form": form, "may": may}
    return page(request, "evidence/entries/share.html", context, status=status_of(form))


@screen(Capability.OWN_VIEW, methods=("POST",))
def see(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Mark a record about oneself as read: seen, not agreed."""
    record = _record(request, record_id)
    operations.see(record=record, by=request.user, at=timezone.now())
    return done(request, "evidence:entries-show", record_id, said="Marked as read.")


@screen(Capability.OWN_VIEW, methods=("GET", "POST"))
def reply(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Answer a record about oneself."""
    record = _record(request, record_id)
    form = forms.ReplyForm(sent(request), record=record)
    if form.is_valid():
        with refusals_in(form):
            operations.reply(record=record, by=request.user, at=timezone.now(), **form.cleaned_data)
            return done(request, "evidence:entries-show", record_id, said="Your reply is there.")
    context = {"record": record, "form": form, "may": rules.may_reply(request.user, record)}
    return page(request, "evidence/entries/reply.html", context, status=status_of(form))
