"""Everything that changes a version of the policy."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.policies.versions import rules
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.rules import Approval
from trigpoint.records import events, history

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class PolicyAdopted(events.Event):
    """A version came into force, and the one before it stopped."""

    version_id: UUID


@transaction.atomic
def adopt(*, version: PolicyVersion, approval: Approval, by: "User | None") -> PolicyVersion:
    """Put a draft in force and supersede the version it replaces on the same day.

    Raises:
        Refused: the person may not adopt policies, the approval is not in order, or the version
            is no longer a draft.

    """
    version = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    current = (
        PolicyVersion.objects.select_for_update()
        .filter(policy=version.policy_id, status=PolicyVersion.Status.IN_FORCE)
        .first()
    )
    if by:
        rules.may_adopt(by, version.trust).enforce()
    rules.LIFECYCLE.may("adopt", version.status).enforce()
    rules.may_take_over(approval, trust_id=version.trust_id, current=current).enforce()
    if current:
        _supersede(current, on=approval.effective_on, by=by)
    version.status = rules.LIFECYCLE.target("adopt")
    version.approved_by, version.approved_on = approval.body, approval.approved_on
    version.effective_on, version.review_due_on = approval.effective_on, approval.review_due_on
    version.summary = approval.summary
    version.save()
    history.write(version, "adopted", by=by, number=version.number, body=approval.body.name)
    events.publish(PolicyAdopted(version.pk))
    return version


def _supersede(version: PolicyVersion, *, on: date, by: "User | None") -> None:
    rules.LIFECYCLE.may("supersede", version.status).enforce()
    version.status = rules.LIFECYCLE.target("supersede")
    version.superseded_on = on
    version.save(update_fields=["status", "superseded_on"])
    history.write(version, "superseded", by=by, on=on.isoformat())
