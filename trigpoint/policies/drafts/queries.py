"""The version to come: which one it is, and what still stands between it and its approval."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from trigpoint.policies.drafts.rules import Open
from trigpoint.policies.frameworks.queries import system_framework
from trigpoint.policies.frameworks.rules import faults
from trigpoint.policies.models import PolicyComment, PolicyVersion
from trigpoint.policies.versions.queries import readable
from trigpoint.policies.versions.rules import TO_COME

if TYPE_CHECKING:
    from trigpoint.people.models import User


def find(*, viewer: "User") -> QuerySet[PolicyVersion]:
    """Return versions that are being written, with what their pages show loaded."""
    return readable(viewer=viewer).filter(status__in=TO_COME)


def to_come(*, viewer: "User") -> PolicyVersion | None:
    """Return the one version on its way, as far as the viewer may read it."""
    return find(viewer=viewer).order_by("-number").first()


def system_before(version: PolicyVersion) -> PolicyVersion | None:
    """Return the version this one is compared with: the last that was ever in force before it."""
    return (
        PolicyVersion.objects.filter(
            policy=version.policy_id,
            number__lt=version.number,
            status__in=[PolicyVersion.Status.IN_FORCE, PolicyVersion.Status.SUPERSEDED],
        )
        .order_by("-number")
        .select_related("policy")
        .first()
    )


def system_still_open(version: PolicyVersion) -> Open:
    """Say what stands between a version and its approval. About ten queries."""
    waiting = PolicyComment.objects.filter(version=version, disposition="").count()
    return Open(waiting, [_of_the_draft(str(it)) for it in faults(system_framework(version))])


def _of_the_draft(words: str) -> str:
    """Say of a draft what is said of a file: there is none here."""
    said = words.removeprefix("The file, ").removeprefix("The file: ")
    return said[:1].upper() + said[1:]
