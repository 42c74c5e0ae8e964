"""Keeping the rollup in step with judgements, tiers and the policy, in the same transaction."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from trigpoint.insight.standings import queries
from trigpoint.insight.standings.models import Standing
from trigpoint.judgements.levels.operations import JudgementsStand
from trigpoint.policies.models import PolicyVersion
from trigpoint.policies.versions.operations import PolicyAdopted
from trigpoint.policies.versions.queries import system_version_in_force
from trigpoint.reviews.coverage import queries as coverage
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.operations import LooksChanged
from trigpoint.trusts.calendars.operations import CalendarChanged
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.operations import AcademyChanged, TierSet


@transaction.atomic
def system_rebuild(trust_id: UUID) -> int:
    """Work out every cell of a trust anew. Returns how many cells there are."""
    version = system_version_in_force(trust_id)
    if version is None:
        return 0
    Standing.objects.filter(trust_id=trust_id).delete()
    return _place(Academy.objects.filter(trust_id=trust_id), version)


@transaction.atomic
def system_place(academy_id: UUID) -> None:
    """Give an academy its cells; one that has closed has none."""
    academies = Academy.objects.filter(pk=academy_id)
    version = system_version_in_force(academies.values_list("trust_id", flat=True).get())
    if version is None:
        return
    Standing.objects.filter(academy_id=academy_id).delete()
    _place(academies, version)


@transaction.atomic
def system_refresh(review_id: UUID) -> None:
    """Bring the cells of what one review judged up to date."""
    review = Review.objects.select_related("academy").get(pk=review_id)
    version = system_version_in_force(review.trust_id)
    if version is None:
        return
    due = _due(Academy.objects.filter(pk=review.academy_id), version).get(review.academy_id, {})
    areas = review.judgements.order_by("area__lineage").values_list("area__lineage", flat=True)
    for area in areas.distinct():
        cell = _cell(review.academy, area, due.get(area))
        Standing.objects.update_or_create(
            trust_id=cell.trust_id,
            academy_id=cell.academy_id,
            area_lineage=cell.area_lineage,
            defaults={
                "latest_id": cell.latest_id,
                "previous_id": cell.previous_id,
                "self_judgement_id": cell.self_judgement_id,
                "due_on": cell.due_on,
            },
        )


@transaction.atomic
def system_redate(academy_id: UUID) -> None:
    """Work out anew when an academy is due, after its tier, its looks or its terms changed."""
    academies = Academy.objects.filter(pk=academy_id)
    _redate(academies, academies.values_list("trust_id", flat=True).get())


@transaction.atomic
def system_redate_trust(trust_id: UUID) -> int:
    """Work out anew when every academy of a trust is due. Returns how many cells there are."""
    return _redate(Academy.objects.filter(trust_id=trust_id), trust_id)


def on_judgements_stand(event: JudgementsStand) -> None:
    """Bring the judged cells up to date."""
    system_refresh(event.review_id)


def on_policy_adopted(event: PolicyAdopted) -> None:
    """Start the rollup anew under the policy that came into force."""
    system_rebuild(PolicyVersion.objects.get(pk=event.version_id).trust_id)


def on_academy_changed(event: AcademyChanged) -> None:
    """Count an academy in from the day it joins, and no more once it has closed."""
    system_place(event.academy_id)


def on_tier_set(event: TierSet) -> None:
    """Date the academy's looks by its new tier."""
    system_redate(event.academy_id)


def on_looks_changed(event: LooksChanged) -> None:
    """Date the academy's next looks by the one that now counts."""
    system_redate(event.academy_id)


def on_calendar_changed(event: CalendarChanged) -> None:
    """Date looks that are due every term by the academy's new terms."""
    system_redate(event.academy_id)


def _redate(academies: QuerySet[Academy], trust_id: UUID) -> int:
    version = system_version_in_force(trust_id)
    if version is None:
        return 0
    due = _due(academies, version)
    cells = list(Standing.objects.filter(academy__in=due))
    for cell in cells:
        cell.due_on = due[cell.academy_id].get(cell.area_lineage)
    Standing.objects.bulk_update(cells, ["due_on"], batch_size=500)
    return len(cells)


def _place(academies: QuerySet[Academy], version: PolicyVersion) -> int:
    """Write a cell for each open academy and each area of a version; return how many."""
    areas = list(version.areas.values_list("lineage", flat=True))
    is_open = academies.filter(closed_on__isnull=True)
    due = _due(is_open, version)
    made = Standing.objects.bulk_create(
        _cell(academy, area, due.get(academy.pk, {}).get(area))
        for academy in is_open
        for area in areas
    )
    return len(made)


def _cell(academy: Academy, area: str, due_on: date | None) -> Standing:
    footing = queries.system_footing(academy_id=academy.pk, area=area)
    return Standing(
        trust_id=academy.trust_id,
        academy=academy,
        area_lineage=area,
        latest=footing.latest,
        previous=footing.previous,
        self_judgement=footing.own,
        due_on=due_on,
    )


def _due(
    academies: QuerySet[Academy], version: PolicyVersion
) -> dict[UUID, dict[str, date | None]]:
    return coverage.system_due(academies, version)
