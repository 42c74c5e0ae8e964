"""The verbs of how often a draft promises a review: promise, retract."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.policies.standards.models import Area
from trigpoint.policies.versions.models import CadenceRule, PolicyVersion
from trigpoint.policies.versions.operations import system_lock
from trigpoint.policies.versions.rules import REVIEW_KINDS, interval_in_words, may_edit
from trigpoint.records import history
from trigpoint.records.refusals import Refused

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Interval:
    """How often one kind of review takes place. No area is the academy, no tier every tier.

    ``every`` is a code of ``CadenceRule.Every``; ``months`` goes with MONTHS alone.
    """

    review_kind: str
    every: str
    months: int | None = None
    area: Area | None = None
    tier: int | None = None


@transaction.atomic
def promise(*, version: PolicyVersion, interval: Interval, by: "User") -> CadenceRule:
    """Promise a kind of review in a draft, in the place of what was promised of it before.

    Raises:
        Refused: the version is no draft, or the person does not write it.
        ValueError: the area is not of this version, or the months do not fit.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    area = interval.area
    in_months = interval.every == CadenceRule.Every.MONTHS
    if (area and area.version_id != version.pk) or in_months != (interval.months is not None):
        msg = "An interval is about an area of the version, and says months only where it counts."
        raise ValueError(msg)
    own = {"version": version, "review_kind": interval.review_kind, "tier": interval.tier}
    CadenceRule.objects.filter(**own, area=area).delete()
    rule = CadenceRule.objects.create(
        trust_id=version.trust_id,
        **own,
        area=area,
        every=interval.every,
        months=interval.months,
    )
    history.write(version, "cadence promised", by=by, **told(rule))
    return rule


@transaction.atomic
def retract(*, rule: CadenceRule, by: "User") -> PolicyVersion:
    """Take a promise out of a draft. Earlier versions keep theirs.

    Raises:
        Refused: the version is no draft, or the person does not write it.

    """
    version = system_lock(rule.version)
    may_edit(by, version).enforce()
    found = CadenceRule.objects.select_related("area").filter(pk=rule.pk).first()
    if found is None:
        msg = "It was taken out a moment ago. Go back to see what is promised."
        raise Refused(msg)
    history.write(version, "cadence retracted", by=by, **told(found))
    found.delete()
    return version


def told(rule: CadenceRule) -> dict[str, str]:
    """Say a rule in words, for its history and its page."""
    return {
        "review": REVIEW_KINDS[rule.review_kind],
        "area": rule.area.name if rule.area else "the academy as a whole",
        "tier": f"tier {rule.tier}" if rule.tier else "every tier",
        "interval": interval_in_words(rule),
    }
