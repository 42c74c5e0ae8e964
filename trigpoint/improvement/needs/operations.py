"""The verbs of a development need."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F

from trigpoint.improvement.needs import rules
from trigpoint.improvement.needs.models import DevelopmentNeed
from trigpoint.judgements.findings.operations import FindingsPublished
from trigpoint.judgements.models import Finding, Theme
from trigpoint.people.models import Person, Post
from trigpoint.records import history
from trigpoint.trusts.models import Academy, Team

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class NeedFacts:
    """Whose need it is, and what would help. ``group`` is the staff group it is counted in."""

    academy: Academy
    theme: Theme
    person: Person | None = None
    team: Team | None = None
    group: str = ""
    finding: Finding | None = None
    next_step: str = ""


@transaction.atomic
def raise_need(*, facts: NeedFacts, by: "User", on: date) -> DevelopmentNeed:
    """Record a need.

    Raises:
        Refused: the person may not record needs at this academy.

    """
    rules.may_raise_need(by, trust_id=facts.academy.trust_id, academy_id=facts.academy.pk).enforce()
    need = DevelopmentNeed.objects.create(
        trust_id=facts.academy.trust_id,
        academy=facts.academy,
        theme=facts.theme,
        person=facts.person,
        team=facts.team,
        group=facts.group,
        finding=facts.finding,
        next_step=facts.next_step,
        raised_on=on,
    )
    history.write(need, "raised", by=by, on=on)
    return need


@transaction.atomic
def meet(*, need: DevelopmentNeed, by: "User", on: date) -> DevelopmentNeed:
    """Say that a need is met."""
    need = DevelopmentNeed.objects.select_for_update().get(pk=need.pk)
    rules.may_meet(by, need).enforce()
    need.status = DevelopmentNeed.Status.MET
    need.met_on = on
    need.save(update_fields=["status", "met_on"])
    history.write(need, "met", by=by, on=on)
    return need


def on_findings_published(event: FindingsPublished) -> None:
    """Add what a review found about people and teams to their needs."""
    system_raise_for_review(event.review_id)


@transaction.atomic
def system_raise_for_review(review_id: UUID) -> int:
    """Turn the published individual and team development areas of a review into needs.

    A finding without a theme adds up to nothing, so it makes no need; one that has made a need
    makes no second. Returns how many were raised.
    """
    findings = Finding.objects.filter(
        review_id=review_id,
        status=Finding.Status.PUBLISHED,
        kind__in=[Finding.Kind.DEVELOPMENT, Finding.Kind.URGENT],
        scope__in=[Finding.Scope.INDIVIDUAL, Finding.Scope.TEAM],
        theme__isnull=False,
        needs__isnull=True,
    )
    groups = dict(  # by their last post: who is about to leave, or has left, counts all the same
        Post.objects.filter(person__in=findings.values("person"))
        .order_by(F("ends_on").asc(nulls_last=True), "starts_on", "id")
        .values_list("person_id", "category")
    )
    needs = [
        DevelopmentNeed(
            trust_id=finding.trust_id,
            academy_id=finding.academy_id,
            theme_id=finding.theme_id,
            person_id=finding.person_id,
            team_id=None if finding.person_id else finding.team_id,
            group=groups.get(finding.person_id, "") if finding.person_id else "",
            finding=finding,
            next_step=finding.title,
            raised_on=finding.published_on or finding.raised_on,
        )
        for finding in findings.order_by("id")
        if finding.theme_id
    ]
    DevelopmentNeed.objects.bulk_create(needs)
    return len(needs)
