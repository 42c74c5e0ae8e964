"""Reading instruments."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from trigpoint.instruments.library.models import Instrument, InstrumentVersion

if TYPE_CHECKING:
    from trigpoint.people.models import User

PUBLISHED = Q(status=InstrumentVersion.Status.PUBLISHED)


def published(*, viewer: "User") -> QuerySet[InstrumentVersion]:
    """Return each instrument's newest published version, instrument loaded, by kind and name."""
    return _newest(InstrumentVersion.objects.visible_to(viewer)).order_by(
        "instrument__kind", "instrument__name", "id"
    )


def drafts(*, viewer: "User") -> QuerySet[InstrumentVersion]:
    """Return the versions that are being written, instrument loaded, by name."""
    return (
        InstrumentVersion.objects.visible_to(viewer)
        .filter(status=InstrumentVersion.Status.DRAFT)
        .select_related("instrument")
        .order_by("instrument__name", "id")
    )


def versions_of(instrument: Instrument, *, viewer: "User") -> QuerySet[InstrumentVersion]:
    """Return an instrument's published versions, newest first."""
    return (
        InstrumentVersion.objects.visible_to(viewer)
        .filter(PUBLISHED, instrument=instrument)
        .order_by("-number", "id")
    )


def system_published(trust_id: UUID) -> dict[str, InstrumentVersion]:
    """Return the trust's newest published version for each kind of activity.

    Where a trust has several instruments of one kind, the usual one; where none is, the one
    published last.
    """
    versions = _newest(InstrumentVersion.objects.filter(trust_id=trust_id))
    ordered = versions.order_by("instrument__is_usual", "published_on", "number", "id")
    return {version.instrument.kind: version for version in ordered}


def _newest(versions: QuerySet[InstrumentVersion]) -> QuerySet[InstrumentVersion]:
    return (
        versions.filter(PUBLISHED)
        .annotate(
            newest=Max(
                "instrument__versions__number",
                filter=Q(instrument__versions__status=InstrumentVersion.Status.PUBLISHED),
            )
        )
        .filter(number=F("newest"))
        .select_related("instrument")
    )
