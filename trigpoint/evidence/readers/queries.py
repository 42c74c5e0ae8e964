"""Who can read a record now, from the roles in force."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Q

from trigpoint.evidence.readers.rules import Reader
from trigpoint.people.grants.models import Grant
from trigpoint.people.roles import ROLE_CAPABILITIES, Capability, Role

if TYPE_CHECKING:
    from trigpoint.evidence.entries.models import EvidenceRecord


def system_readers(record: "EvidenceRecord", *, on: date) -> list[Reader]:
    """Return who can read a record now because of a role, besides its author.

    Nobody, for a draft or a private record; before sharing only the review's team. The person it
    is about is listed only where a role lets them read what is not shared with them yet.
    """
    if record.is_private or record.status == record.Status.DRAFT:
        return []
    needed = Capability.EVIDENCE_VIEW if record.shared_at else Capability.EVIDENCE_WEIGH
    roles = [role for role, held in ROLE_CAPABILITIES.items() if needed in held]
    trust_wide = Q(cluster=None, academy=None, team=None, review_id=None)
    here = trust_wide | Q(academy=record.academy_id) | Q(cluster__academy=record.academy_id)
    for place, pk in (("team", record.team_id), ("review_id", record.review_id)):
        if pk:
            here |= Q(**{place: pk})
    named_anyway = [record.author_id, *([record.observed_id] if record.shared_at else [])]
    named_anyway.append(record.blind_to_id)  # told apart: they read it later
    grants = (
        Grant.objects.in_force(on=on)
        .filter(here, trust=record.trust_id, role__in=roles, person__user__is_switched_on=True)
        .exclude(person__in=[pk for pk in named_anyway if pk])
        .order_by("person__name", "person_id", F("review_id").asc(nulls_first=True))
        .values_list("person_id", "person__name", "role", "review_id")
    )
    found: dict[UUID, Reader] = {}
    for pk, name, role, guest_of in grants:
        words = f"{Role(role).label}, a guest of this review" if guest_of else Role(role).label
        found.setdefault(pk, Reader(name, words, pk))
    return list(found.values())
