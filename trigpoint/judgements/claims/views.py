"""Screens of corroboration: what a review can claim, and what is seen for and against it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from trigpoint.evidence.models import EvidenceRecord
from trigpoint.judgements.claims import forms, operations, queries, rules
from trigpoint.judgements.claims.models import Citation, Claim
from trigpoint.judgements.strength import rules as strength
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.settings.rules import strength_settings
from trigpoint.reviews.models import Review
from trigpoint.web.screens import asked_id, done, page, refusals_in, screen, sent, status_of

BOTH = ("GET", "POST")
CHANGED = "judgements:claims-index"


@screen(Capability.CLAIM_VIEW)
def index(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Corroborate: the claims, the chosen one weighed, and the evidence beside it."""
    review = _review(request, review_id)
    claims = queries.of_review(viewer=request.user, review=review)
    claim = _chosen(claims, request.GET.get("claim"))
    context = {
        "review": review,
        "claims": claims,
        "agreed": sum(one.status == Claim.Status.AGREED for one in claims),
        "may_propose": rules.may_propose(request.user, review),
        **(_weighed(request, claim) if claim else {}),
        **_drawer(request, review, claim),
    }
    return page(request, "judgements/claims/index.html", context, fragment="corroborate")


@screen(Capability.CLAIM_VIEW)
def show(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    """Show one claim with everything cited: where a number leads back to what was seen."""
    claim = _find(request, claim_id)
    context = {"claim": claim, "review": claim.review, **_weighed(request, claim)}
    return page(request, "judgements/claims/show.html", context)


@screen(Capability.EVIDENCE_VIEW)
def for_record(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Show where a record is cited: a panel of the record's page."""
    readable = EvidenceRecord.objects.visible_to(request.user).select_related("review")
    record = get_object_or_404(readable, pk=record_id)
    used = queries.uses(viewer=request.user, record_id=record.pk)
    review = record.review if record.status != EvidenceRecord.Status.DRAFT else None
    context = {
        "record": record,
        "uses": used,
        "may_propose": review is not None and rules.may_propose(request.user, review),
    }
    return page(request, "judgements/claims/for_record.html", context, fragment="panel")


@screen(Capability.CLAIM_VIEW, methods=BOTH)
def propose(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Put a claim before the team."""
    review = _review(request, review_id)
    initial = {"standard": asked_id(request, "standard")}
    form = forms.ProposeForm(sent(request), review=review, viewer=request.user, initial=initial)
    if form.is_valid():
        with refusals_in(form):
            claim = operations.propose(
                review=review,
                facts=operations.ClaimFacts(**form.cleaned_data),
                by=request.user,
                at=timezone.now(),
            )
            return _back(
                request, claim, f"Claim {claim.reference} proposed. Now cite its evidence."
            )
    may = rules.may_propose(request.user, review)
    context = {"review": review, "form": form, "may": may}
    return page(request, "judgements/claims/propose.html", context, status=status_of(form))


@screen(Capability.CLAIM_VIEW, methods=BOTH)
def cite(request: SignedInRequest, claim_id: UUID, record_id: UUID) -> HttpResponse:
    """Set a record beside a claim."""
    claim = _find(request, claim_id)
    record = get_object_or_404(
        EvidenceRecord.objects.visible_to(request.user).select_related("author"), pk=record_id
    )
    form = forms.CiteForm(sent(request), record=record)
    if form.is_valid():
        with refusals_in(form):
            operations.cite(
                claim=claim, record=record, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return _back(request, claim, f"{record.reference} cited.")
    cited = claim.citations.filter(record=record).first()
    context = {
        "claim": claim,
        "record": record,
        "form": form,
        "was": queries.as_cited(cited, viewer=request.user),
        "may": rules.may_cite(request.user, claim, record, is_readable=True),
    }
    return page(request, "judgements/claims/cite.html", context, status=status_of(form))


@screen(Capability.CLAIM_VIEW, methods=("POST",))
def uncite(request: SignedInRequest, citation_id: UUID) -> HttpResponse:
    """Take a record away from a claim."""
    citation = _citation(request, citation_id)
    claim = operations.uncite(citation=citation, by=request.user, at=timezone.now())
    return _back(request, claim, f"{citation.record.reference} is no longer cited.")


@screen(Capability.CLAIM_VIEW, methods=BOTH)
def answer(request: SignedInRequest, citation_id: UUID) -> HttpResponse:
    """Answer evidence that contradicts a claim."""
    citation = _citation(request, citation_id)
    form = forms.AnswerForm(sent(request), initial=_to_answer(citation, citation.claim))
    if form.is_valid():
        with refusals_in(form):
            operations.answer(
                citation=citation, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return _back(request, citation.claim, f"{citation.record.reference} answered.")
    may = rules.may_answer(request.user, citation)
    context = {"citation": citation, "claim": citation.claim, "form": form, "may": may}
    return page(request, "judgements/claims/answer.html", context, status=status_of(form))


@screen(Capability.CLAIM_VIEW, methods=BOTH)
def reword(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    """Say a claim in other words."""
    claim = _find(request, claim_id)
    form = forms.RewordForm(sent(request), initial={"statement": claim.statement})
    if form.is_valid():
        with refusals_in(form):
            operations.reword(claim=claim, by=request.user, at=timezone.now(), **form.cleaned_data)
            return _back(request, claim, "Reworded. The old wording stays on the record.")
    context = {"claim": claim, "form": form, "may": rules.may_change(request.user, claim)}
    return page(request, "judgements/claims/reword.html", context, status=status_of(form))


@screen(Capability.CLAIM_VIEW, methods=BOTH)
def set_level(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    """Say which level a claim amounts to."""
    claim = _find(request, claim_id)
    form = forms.LevelForm(
        sent(request), claim=claim, viewer=request.user, initial={"level": claim.level_id}
    )
    if form.is_valid():
        with refusals_in(form):
            operations.set_level(
                claim=claim, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return _back(request, claim, "Level set.")
    context = {"claim": claim, "form": form, "may": rules.may_set_level(request.user, claim)}
    return page(request, "judgements/claims/set_level.html", context, status=status_of(form))


@screen(Capability.CLAIM_VIEW, methods=("POST",))
def agree(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    """Sign a claim off."""
    claim = operations.agree(claim=_find(request, claim_id), by=request.user, at=timezone.now())
    return _back(request, claim, f"Claim {claim.reference} signed off.")


@screen(Capability.CLAIM_VIEW, methods=BOTH)
def reopen(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    """Take an agreed claim up again."""
    claim = _find(request, claim_id)
    form = forms.BecauseForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.reopen(claim=claim, by=request.user, at=timezone.now(), **form.cleaned_data)
            return _back(request, claim, f"Claim {claim.reference} is open again.")
    context = {"claim": claim, "form": form, "may": rules.may_reopen(request.user, claim)}
    return page(request, "judgements/claims/reopen.html", context, status=status_of(form))


@screen(Capability.CLAIM_VIEW, methods=BOTH)
def withdraw(request: SignedInRequest, claim_id: UUID) -> HttpResponse:
    """Drop a claim."""
    claim = _find(request, claim_id)
    form = forms.BecauseForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.withdraw(
                claim=claim, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return _back(request, claim, f"Claim {claim.reference} withdrawn.")
    context = {"claim": claim, "form": form, "may": rules.may_withdraw(request.user, claim)}
    return page(request, "judgements/claims/withdraw.html", context, status=status_of(form))


def _review(request: SignedInRequest, review_id: UUID) -> Review:
    found = Review.objects.visible_to(request.user).select_related(
        "academy", "lead", "policy_version"
    )
    return get_object_or_404(found, pk=review_id)


def _find(request: SignedInRequest, claim_id: UUID) -> Claim:
    return get_object_or_404(queries.find(viewer=request.user), pk=claim_id)


def _citation(request: SignedInRequest, citation_id: UUID) -> Citation:
    found = Citation.objects.visible_to(request.user).select_related(
        "record__author", "claim__review__lead", "claim__review__academy"
    )
    return get_object_or_404(found, pk=citation_id)


def _to_answer(citation: Citation, claim: Claim) -> dict[str, str]:
    """Return the words an answer starts from: those given so far, and the claim as it reads."""
    return {"words": citation.answer, "new_statement": claim.statement}


def _back(request: SignedInRequest, claim: Claim, said: str) -> HttpResponse:
    where = reverse(CHANGED, args=[claim.review_id])
    return done(request, f"{where}?claim={claim.pk}", said=said)


def _chosen(claims: list[Claim], wanted: str | None) -> Claim | None:
    """Return the claim asked for, else one that waits for an answer, else the first."""
    asked = [claim for claim in claims if str(claim.pk) == wanted]
    waiting = [claim for claim in claims if claim.strength_facts.get("unanswered")]
    return next(iter([*asked, *waiting, *claims]), None)


def _weighed(request: SignedInRequest, claim: Claim) -> dict[str, Any]:
    """Return what the claim rests on, and what may be done with it."""
    user, sides = request.user, queries.sides(viewer=request.user, claim=claim)
    first = next(iter(sides.unanswered), None)
    may_change = rules.may_change(user, claim)
    return {
        "claim": claim,
        "sides": sides,
        "weight": strength.explain(
            claim.strength_facts, strength_settings(claim.review.policy_version.settings)
        ),
        "may_change": may_change,
        "may_agree": rules.may_agree(user, claim, **sides.counted),
        "may_reopen": rules.may_reopen(user, claim),
        "may_withdraw": rules.may_withdraw(user, claim),
        "unanswered": first,
        "answer_form": forms.AnswerForm(initial=_to_answer(first, claim))
        if first and may_change
        else None,
    }


def _record(request: SignedInRequest, review: Review) -> EvidenceRecord | None:
    """Return the record of this review that the address asks for, when the person may read it."""
    try:
        wanted = UUID(request.GET.get("record", ""))
    except ValueError:
        return None
    records = EvidenceRecord.objects.visible_to(request.user).select_related("author")
    return records.filter(review=review, pk=wanted).first()


def _drawer(request: SignedInRequest, review: Review, claim: Claim | None) -> dict[str, Any]:
    """Return the record asked for, or what a search of the review's evidence found."""
    words = request.GET.get("find")
    if words is not None:
        found = queries.evidence(viewer=request.user, review=review, words=words)
        return {"find": words, "found": found}
    record = _record(request, review)
    if record is None:
        return {}
    uses = list(queries.uses(viewer=request.user, record_id=record.pk))
    cited = next((it for it in uses if claim and it.claim_id == claim.pk), None)
    is_to_cite = cited is None or rules.is_changed(cited)
    can = claim and is_to_cite and rules.may_cite(request.user, claim, record, is_readable=True)
    return {
        "record": record,
        "notes": record.notes.order_by("position", "id"),
        "standards": record.standards.order_by("code"),
        "uses": uses,
        "cited": cited,
        "was": queries.as_cited(cited, viewer=request.user),
        "cite_form": forms.CiteForm(record=record) if can else None,
    }
