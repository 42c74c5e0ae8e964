"""Making a judgement, a level, why, and how well it is known; and letting it stand."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from trigpoint.judgements.claims import operations as claim_operations
from trigpoint.judgements.claims import queries as claims
from trigpoint.judgements.claims.models import Claim
from trigpoint.judgements.claims.rules import still_stand
from trigpoint.judgements.levels import rules
from trigpoint.judgements.levels.models import Judgement
from trigpoint.judgements.strength import rules as strength
from trigpoint.policies.models import Area, Level, Standard
from trigpoint.policies.settings.rules import strength_settings
from trigpoint.policies.standards.queries import system_only_words
from trigpoint.records import events, history
from trigpoint.records.revisions import keep_both
from trigpoint.reviews.models import Review

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class JudgementsStand(events.Event):
    """What a review judged is no longer provisional: from now on it counts."""

    review_id: UUID


@transaction.atomic
def judge(  # noqa: PLR0913 -- a judgement is said whole: of what, which level, why
    *,
    review: Review,
    area: Area,
    rationale: str,
    by: "User",
    on: date,
    level: Level | None = None,
    standard: Standard | None = None,
    base_revision: str = "",
) -> Judgement:
    """Give a standard, or a whole area, its level in this review, or its judgement in words.

    How well it is known follows from what the agreed claims about it cite. Judging the same place
    again replaces the level; its history keeps it. It is provisional: see ``stand_for``.

    Raises:
        Refused: they may not judge, no claim is agreed and as cited, or the reasons name staff.
        Stale: somebody else wrote its reasons since ``base_revision``.
        ValueError: area, standard or level is not of the review's version and the area's scale.

    """
    review = _locked(review)
    rules.may_judge(by, review).enforce()
    level = _belong(review, area, standard, level or system_only_words(area))
    claim_operations.name_nobody(review, "A judgement", rationale)
    weight, claim_count = _weigh(review, area, standard, on=on)
    rules.may_rest_on(claim_count, what=standard.title if standard else area.name).enforce()
    before = Judgement.objects.filter(review=review, area=area, standard=standard).first()
    stored = {"rationale": before.rationale if before else ""}
    keep_both(base_revision, stored=stored, wanted={"rationale": rationale})
    judgement, _ = Judgement.objects.update_or_create(
        review=review,
        area=area,
        standard=standard,
        defaults={
            "trust_id": review.trust_id,
            "academy_id": review.academy_id,
            "perspective": rules.perspective_of(review),
            "level": level,
            "rationale": rationale,
            "strength": weight.strength,
            "strength_facts": {**weight.facts.stored(), "claims": claim_count},
            "made_by": by.person,
            "made_on": on,
            "valid_until": _valid_until(review, on=on),
        },
    )
    _remember(judgement, before, by=by)
    return judgement


@transaction.atomic
def stand_for(*, review: Review, on: date, by: "User | None" = None) -> None:
    """Let what a review judged, and the claims behind it, stand and count from a day on.

    What stands already stays as it is.

    Raises:
        Refused: evidence that an agreed claim cites was changed after it was cited.

    """
    still_stand(claims.system_changed(_agreed(review))).enforce()
    waiting = Judgement.objects.select_for_update().filter(review=review, stands_from__isnull=True)
    for judgement in waiting:
        judgement.stands_from = on
        judgement.save(update_fields=["stands_from"])
        history.write(judgement, "stands", by=by, on=on)
    claim_operations.stand_for(review=review, on=on, by=by)
    events.publish(JudgementsStand(review.pk))


def _locked(review: Review) -> Review:
    found = Review.objects.select_for_update(of=("self",))
    return found.select_related("lead", "policy_version").get(pk=review.pk)


def _agreed(review: Review) -> QuerySet[Claim]:
    return Claim.objects.filter(review=review, status=Claim.Status.AGREED)


def _weigh(
    review: Review, area: Area, standard: Standard | None, *, on: date
) -> tuple[strength.Weight, int]:
    """Weigh what the agreed claims about the place cite; also return how many claims there are."""
    about = _agreed(review).filter(standard__area=area)
    if standard is not None:
        about = about.filter(standard=standard)
    still_stand(claims.system_changed(about)).enforce()
    claim_ids = [claim.pk for claim in about]
    settings = strength_settings(review.policy_version.settings)
    scope = strength.Scope(review.year_groups, _kinds(area, standard))
    cited = claims.system_cited(claim_ids)
    facts = strength.count(cited, scope=scope, settings=settings, on=on)
    return strength.weigh(facts, settings), len(claim_ids)


def _valid_until(review: Review, *, on: date) -> date:
    """Return the day the evidence of today is too old to count."""
    settings = strength_settings(review.policy_version.settings)
    return on + timedelta(days=int(settings["max_age_days"]))


def _remember(judgement: Judgement, before: Judgement | None, *, by: "User") -> None:
    history.write(
        judgement,
        "judged again" if before else "judged",
        by=by,
        level=judgement.level.label,
        before=before.level.label if before else None,
        strength=judgement.strength,
        rationale=judgement.rationale,
    )


def _kinds(area: Area, standard: Standard | None) -> tuple[str, ...]:
    """Return the kinds of evidence that can show the standard, or any standard of the area."""
    standards = [standard] if standard else area.standards.order_by("position", "id")
    return tuple(dict.fromkeys(kind for one in standards for kind in one.expected_kinds))


def _belong(review: Review, area: Area, standard: Standard | None, level: Level | None) -> Level:
    """Stop a judgement that mixes policy versions or scales: forms never offer such a choice."""
    if area.version_id != review.policy_version_id:
        msg = "The area comes from the policy version the review was planned under."
        raise ValueError(msg)
    if level is None or level.scale_id != area.scale_id:
        msg = "The level is one of the scale that the area is judged on."
        raise ValueError(msg)
    if standard is not None and standard.area_id != area.pk:
        msg = "The standard is one of the area's own."
        raise ValueError(msg)
    return level
