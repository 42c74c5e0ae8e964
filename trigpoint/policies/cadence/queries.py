"""Reading the rules of how often."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from trigpoint.policies.cadence import rules
from trigpoint.policies.cadence.rules import Wording
from trigpoint.policies.versions.models import CadenceRule, PolicyVersion
from trigpoint.policies.versions.rules import HELD


def system_rules(version_id: UUID) -> list[CadenceRule]:
    """Return a version's rules with their areas, in one query, whoever reads what they ask for."""
    found = CadenceRule.objects.filter(version=version_id).select_related("area")
    return list(found.order_by("review_kind", "tier", "id"))


def system_standing_rules(version: PolicyVersion) -> list[CadenceRule]:
    """Return a version's rules with their areas and the day each has been promised since.

    One query. A version that promises the same as the one before carries its day on.
    """
    began = version.effective_on or timezone.localtime(version.created_at).date()
    own: list[CadenceRule] = []
    by_version: defaultdict[int, list[CadenceRule]] = defaultdict(list)
    for rule in _up_to(version):
        (own if rule.version_id == version.pk else by_version[rule.number]).append(rule)  # type: ignore[attr-defined]  # annotated
    earlier = list(_chain(own, by_version))
    for rule in own:
        rule.promised_since = rules.promised_since(rule, began=began, earlier=earlier)
    return own


def _up_to(version: PolicyVersion) -> QuerySet[CadenceRule]:
    """Return the rules of a version and those before that were in force, each with its number."""
    held = PolicyVersion.objects.filter(policy=version.policy_id, status__in=HELD)
    before = held.filter(number__lt=OuterRef("version__number")).order_by("-number")
    return (
        CadenceRule.objects.filter(
            Q(version__in=held.filter(number__lt=version.number)) | Q(version=version)
        )
        .select_related("area")
        .annotate(
            number=F("version__number"),
            began=F("version__effective_on"),
            number_before=Subquery(before.values("number")[:1]),
        )
        .order_by("review_kind", "tier", "id")
    )


def _chain(
    own: Sequence[CadenceRule], by_version: Mapping[int, Sequence[CadenceRule]]
) -> Iterator[tuple[date, set[Wording]]]:
    """Yield what each version before promised, the latest first, as far as each promised any."""
    here = own
    while here and (here := by_version.get(here[0].number_before, ())):  # type: ignore[attr-defined]  # annotated
        yield here[0].began, {rules.wording(rule) for rule in here}  # type: ignore[attr-defined]  # annotated
