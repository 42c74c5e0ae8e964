"""Unlocking one's drafts on a device."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Schema

from trigpoint.evidence.devices import operations, queries
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.endpoints import endpoint

router = Router(tags=["evidence"])


class UnlockedOut(Schema):
    """Who is signed in, and what opens their drafts on this device."""

    person_id: UUID
    name: str
    secret: str


@router.post("", response=UnlockedOut, url_name="devices-unlock")
@endpoint(Capability.EVIDENCE_CAPTURE, otherwise=queries.has_sealed)
def unlock(request: SignedInRequest, response: HttpResponse) -> UnlockedOut:
    """Open the drafts of whoever is signed in. The device derives a key and forgets the secret.

    Somebody whose role ended opens theirs all the same; sending them asks for the role.
    """
    response["Cache-Control"] = "no-store"
    person = request.user.person
    return UnlockedOut(
        person_id=person.pk, name=person.name, secret=operations.unlock(by=request.user)
    )
