"""The standards in force, as JSON."""

from uuid import UUID

from ninja import Router, Schema

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.standards import queries
from trigpoint.policies.standards.models import Standard
from trigpoint.web.endpoints import endpoint

router = Router(tags=["policies"])


class LookForOut(Schema):
    """Something an observer can see. ``lineage`` is the same in every version."""

    id: UUID
    lineage: str
    text: str


class DescriptorOut(Schema):
    """What a standard looks like at one level, best first. ``letter`` is the level's own."""

    letter: str
    level: str
    text: str


class StandardOut(Schema):
    """One standard of the version in force. ``scale`` is the letters it is judged by, or words."""

    id: UUID
    version: int
    area: str
    scale: str
    lineage: str
    code: str
    title: str
    statement: str
    expected_kinds: list[str]
    look_fors: list[LookForOut]
    descriptors: list[DescriptorOut]


@router.get("", response=list[StandardOut], url_name="standards-index")
@endpoint(Capability.POLICY_VIEW)
def index(request: SignedInRequest) -> list[StandardOut]:
    """List the standards of the policy in force, in its own order."""
    return [_out(standard) for standard in queries.in_force(viewer=request.user)]


def _out(standard: Standard) -> StandardOut:
    return StandardOut(
        id=standard.pk,
        version=standard.version.number,
        area=standard.area.name,
        scale=standard.area.scale.code,
        lineage=standard.lineage,
        code=standard.code,
        title=standard.title,
        statement=standard.statement,
        expected_kinds=standard.expected_kinds,
        look_fors=[
            LookForOut(id=it.pk, lineage=it.lineage, text=it.text)
            for it in standard.look_fors.all()
        ],
        descriptors=[
            DescriptorOut(letter=it.level.letter, level=it.level.label, text=it.text)
            for it in standard.descriptors.all()
        ],
    )
