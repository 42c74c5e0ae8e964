"""Whose drafts may wait on a device."""

from typing import TYPE_CHECKING

from trigpoint.evidence.devices.models import DraftSecret

if TYPE_CHECKING:
    from trigpoint.people.models import User


def has_sealed(*, viewer: "User") -> bool:
    """Say whether somebody ever wrote on a device: what waits there is theirs, whatever they do now."""
    return DraftSecret.objects.visible_to(viewer).exists()
