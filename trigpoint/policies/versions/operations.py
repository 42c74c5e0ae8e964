"""The steps of a version that its contents have no part in: approve, take effect, supersede."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.policies.versions import rules
from trigpoint.policies.versions.models import Policy, PolicyVersion
from trigpoint.policies.versions.rules import Approval
from trigpoint.records import events, history

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class PolicyAdopted(events.Event):
    """A version came into force, and the one before it stopped."""

    version_id: UUID


@transaction.atomic
def approve(*, version: PolicyVersion, approval: Approval, by: "User | None") -> PolicyVersion:
    """Record which body approved a version, and from when to when it holds. It never changes again.

    Whether its contents are in order is for ``drafts`` and ``frameworks``, which know them.

    Raises:
        Refused: the person may not, the approval is not in order, or it is past approving.

    """
    version = system_lock(version)
    if by:
        rules.may_adopt(by, version.trust).enforce()
    rules.LIFECYCLE.may("approve", version.status).enforce()
    current = _in_force(version)
    rules.may_take_over(approval, trust_id=version.trust_id, current=current).enforce()
    version.status = rules.LIFECYCLE.target("approve")
    version.approved_by, version.approved_on = approval.body, approval.approved_on
    version.effective_on, version.review_due_on = approval.effective_on, approval.review_due_on
    version.summary, version.minute = approval.summary, approval.minute
    version.save()
    history.write(version, "approved", by=by, number=version.number, body=approval.body.name,
                  on=approval.approved_on, minute=approval.minute)  # fmt: skip
    return version


@transaction.atomic
def take_effect(*, version: PolicyVersion, by: "User | None", on: date) -> PolicyVersion:
    """Put an approved version in force and supersede the one before it on the same day.

    Raises:
        Refused: the person may not, it is not approved, or its day has not come.

    """
    version = system_lock(version)
    if by:
        rules.may_adopt(by, version.trust).enforce()
    rules.may_take_effect(version, on=on).enforce()
    if version.effective_on is None:
        msg = "An approved version has the day it takes effect; a constraint holds it to that."
        raise ValueError(msg)
    current = _in_force(version)
    if current:
        _supersede(current, on=version.effective_on, by=by)
    version.status = rules.LIFECYCLE.target("take_effect")
    version.save(update_fields=["status"])
    history.write(version, "in force", by=by, number=version.number, on=version.effective_on)
    events.publish(PolicyAdopted(version.pk))
    return version


def system_lock(version: PolicyVersion) -> PolicyVersion:
    """Lock a version's policy, which all its versions wait for, and read the version again."""
    Policy.objects.select_for_update().get(pk=version.policy_id)
    return PolicyVersion.objects.select_related("policy", "trust").get(pk=version.pk)


def _in_force(version: PolicyVersion) -> PolicyVersion | None:
    return PolicyVersion.objects.filter(
        policy=version.policy_id, status=PolicyVersion.Status.IN_FORCE
    ).first()


def _supersede(version: PolicyVersion, *, on: date, by: "User | None") -> None:
    rules.LIFECYCLE.may("supersede", version.status).enforce()
    version.status = rules.LIFECYCLE.target("supersede")
    version.superseded_on = on
    version.save(update_fields=["status", "superseded_on"])
    history.write(version, "superseded", by=by, on=on.isoformat())
