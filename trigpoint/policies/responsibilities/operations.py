"""The verbs of a responsibility in a draft: assign, unassign."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.people.models import Person
from trigpoint.policies.standards.models import Area, Standard
from trigpoint.policies.versions.models import PolicyVersion, Responsibility
from trigpoint.policies.versions.operations import system_lock
from trigpoint.policies.versions.rules import may_edit
from trigpoint.records import history
from trigpoint.records.refusals import Refused

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Part:
    """Who plays which part, and for what: a standard, an area, or neither for the whole policy.

    ``part`` is a code of ``Responsibility.Part``.
    """

    part: str
    role_name: str
    area: Area | None = None
    standard: Standard | None = None
    person: Person | None = None


@transaction.atomic
def assign(*, version: PolicyVersion, part: Part, by: "User") -> Responsibility:
    """Say who answers for what in a draft. Said twice, it is said once.

    Raises:
        Refused: the version is no draft, or the person does not write it.
        ValueError: the area or the standard is not of this version, the person not of its trust.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    for place in (part.area, part.standard):
        if place and place.version_id != version.pk:
            msg = "Somebody answers for a part of the version itself."
            raise ValueError(msg)
    if part.person and part.person.trust_id != version.trust_id:
        msg = "Somebody of the trust itself answers for its policy."
        raise ValueError(msg)
    area = part.standard.area if part.standard else part.area
    said, is_new = Responsibility.objects.get_or_create(
        trust_id=version.trust_id,
        version=version,
        area=area,
        standard=part.standard,
        part=part.part,
        role_name=part.role_name,
        defaults={"person": part.person},
    )
    if not is_new and said.person_id != (part.person.pk if part.person else None):
        said.person = part.person
        said.save(update_fields=["person"])
    history.write(version, "answering assigned", by=by, **_told(said))
    return said


@transaction.atomic
def unassign(*, responsibility: Responsibility, by: "User") -> PolicyVersion:
    """Take a responsibility out of a draft. Earlier versions keep theirs.

    Raises:
        Refused: the version is no draft, or the person does not write it.

    """
    version = system_lock(responsibility.version)
    may_edit(by, version).enforce()
    found = Responsibility.objects.select_related("area", "standard").filter(pk=responsibility.pk)
    said = found.first()
    if said is None:
        msg = "It was taken out a moment ago. Go back to see who answers for what."
        raise Refused(msg)
    history.write(version, "answering unassigned", by=by, **_told(said))
    said.delete()
    return version


def _told(said: Responsibility) -> dict[str, str]:
    return {
        "part": said.part,
        "role_name": said.role_name,
        "about": str(said.standard or said.area or "the whole policy"),
        "person": str(said.person_id or ""),
    }
