"""Raising what a review found, putting it right, and letting it out with the report."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.judgements.claims.models import Claim
from trigpoint.judgements.findings import rules
from trigpoint.judgements.findings.models import Finding, Theme
from trigpoint.people.models import Person
from trigpoint.policies.models import Area, Standard
from trigpoint.records import events, history
from trigpoint.records.revisions import keep_both
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Team, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class FindingsPublished(events.Event):
    """A review's findings left its team with the final report."""

    review_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFacts:
    """What was found. ``theme`` is its name; one of that name is made when there is none yet."""

    kind: str
    area: Area
    title: str
    detail: str = ""
    scope: str = Finding.Scope.ACADEMY
    standard: Standard | None = None
    team: Team | None = None
    person: Person | None = None
    theme: str = ""
    claim: Claim | None = None


@transaction.atomic
def raise_finding(*, review: Review, facts: FindingFacts, by: "User", on: date) -> Finding:
    """Write down what the review found. It stays with the team until the report is final.

    Raises:
        Refused: the person may not, the scope does not say whom it is about, or it was raised
            already.
        ValueError: the area, claim, team or person is not of this review's policy or trust.

    """
    theme = _theme(review.trust, facts.theme)
    review = _locked_review(review.pk)
    rules.may_raise_finding(by, review).enforce()
    finding = Finding(
        trust_id=review.trust_id,
        review=review,
        academy_id=review.academy_id,
        raised_by=by.person,
        raised_on=on,
    )
    _say(finding, facts, theme)
    finding.save(force_insert=True)
    history.write(finding, "raised", by=by, kind=finding.kind, title=finding.title)
    return finding


@transaction.atomic
def correct(*, finding: Finding, facts: FindingFacts, base_revision: str, by: "User") -> Finding:
    """Say a finding otherwise before the academy reads it; how it read before stays on the record.

    Raises:
        Refused: the person may not, it is published or withdrawn, or the scope does not say whom it
            is about.
        Stale: somebody changed its words since ``base_revision``.

    """
    theme = _theme(finding.review.trust, facts.theme)
    finding = _locked(finding)
    rules.may_correct(by, finding).enforce()
    wanted = {"title": facts.title, "detail": facts.detail}
    before = {"title": finding.title, "detail": finding.detail}
    keep_both(base_revision, stored=before, wanted=wanted)
    _say(finding, facts, theme)
    finding.save()
    history.write(finding, "corrected", by=by, before=before, after=wanted)
    return finding


@transaction.atomic
def withdraw(*, finding: Finding, because: str, by: "User") -> Finding:
    """Drop a finding that does not hold, with the reason. It stays on the record of the review."""
    finding = _locked(finding)
    rules.may_correct(by, finding).enforce()
    finding.status = rules.LIFECYCLE.target("withdraw")
    finding.save(update_fields=["status"])
    history.write(finding, "withdrawn", by=by, because=because)
    return finding


def _locked_review(review_id: UUID) -> Review:
    """Lock a review: a report that becomes final lets out what was raised before, and no less."""
    found = Review.objects.select_for_update(of=("self",)).select_related("lead", "trust")
    return found.get(pk=review_id)


def _locked(finding: Finding) -> Finding:
    review = _locked_review(finding.review_id)
    locked = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    locked.review = review
    return locked


def _say(finding: Finding, facts: FindingFacts, theme: Theme | None) -> None:
    """Say of a finding what the facts say, where that fits."""
    rules.scope_is_sound(
        scope=facts.scope,
        team_id=facts.team.pk if facts.team else None,
        person_id=facts.person.pk if facts.person else None,
    ).enforce()
    _belong(finding.review, facts)
    same = Finding.objects.standing().filter(
        review=finding.review, kind=facts.kind, title=facts.title, area=facts.area
    )
    about = same.filter(claim=facts.claim, team=facts.team, person=facts.person)
    is_raised = about.exclude(pk=finding.pk).exists()
    rules.may_raise_another(facts.title, is_raised=is_raised).enforce()
    for name in ("claim", "area", "standard", "kind", "scope", "team", "person", "title", "detail"):
        setattr(finding, name, getattr(facts, name))
    finding.theme = theme


@transaction.atomic
def publish_for(*, review: Review, on: date, by: "User | None" = None) -> int:
    """Let the review's agreed findings out, with its final report or when it ends without one.

    Args:
        review: the review.
        on: the day.
        by: who makes the report final; None when the review's end lets them out.

    Returns:
        How many were published now; 0 when all were already.

    """
    if by:
        rules.may_publish(by, review).enforce()
    waiting = review.findings.select_for_update().filter(status=Finding.Status.AGREED)
    published = 0
    for finding in waiting.order_by("raised_on", "id"):
        finding.status = rules.LIFECYCLE.target("publish")
        finding.published_on = on
        finding.save(update_fields=["status", "published_on"])
        history.write(finding, "published", by=by, on=on)
        published += 1
    if published:
        events.publish(FindingsPublished(review.pk))
    return published


def _theme(trust: Trust, name: str) -> Theme | None:
    """Return the trust's theme of this name, made when there is none; case is not told apart.

    It may lock the trust, so it is asked for before a review is locked, as whoever plans does.
    """
    tidy = " ".join(name.split())
    if not tidy:
        return None
    named = Theme.objects.filter(trust=trust, name__iexact=tidy).order_by("id")
    if found := named.first():
        return found
    Trust.objects.select_for_update(no_key=True).get(pk=trust.pk)  # one new theme at a time
    return named.first() or Theme.objects.create(trust=trust, name=tidy)


def _belong(review: Review, facts: FindingFacts) -> None:
    """Stop a finding that mixes trusts, reviews or policy versions: forms never offer that."""
    if facts.area.version_id != review.policy_version_id:
        msg = "A finding's area comes from the policy version its review was planned under."
        raise ValueError(msg)
    if facts.standard and facts.standard.area_id != facts.area.pk:
        msg = "The standard is one of the area's own."
        raise ValueError(msg)
    if facts.claim and facts.claim.review_id != review.pk:
        msg = "The claim is one of the review's own."
        raise ValueError(msg)
    for row in (facts.team, facts.person):
        if row and row.trust_id != review.trust_id:
            msg = "Team and person belong to the review's own trust."
            raise ValueError(msg)
