"""Drafts of forms, and what they are made with: the policy's scales and standards."""

from uuid import UUID

from django.db.models import Prefetch

from trigpoint.instruments.drafts.rules import Scale, keys_of
from trigpoint.instruments.library.models import Instrument, InstrumentVersion
from trigpoint.policies.models import Level, PolicyVersion, Standard
from trigpoint.policies.models import Scale as PolicyScale


def system_before(version: InstrumentVersion) -> InstrumentVersion | None:
    """Return the version published last before a draft."""
    return (
        InstrumentVersion.objects.filter(
            instrument=version.instrument_id, status=InstrumentVersion.Status.PUBLISHED
        )
        .order_by("-number", "id")
        .first()
    )


def system_keys(instrument: Instrument, *, but: UUID | None = None) -> set[str]:
    """Return the keys of all parts and questions of an instrument's versions, in one query.

    Answers are kept under them, so none comes to mean more; ``but`` leaves one version out.
    """
    versions = instrument.versions.exclude(pk=but) if but else instrument.versions.all()
    return set().union(*(keys_of(it) for it in versions.values_list("content", flat=True)))


def system_is_taken(name: str, *, trust_id: UUID, but: UUID | None = None) -> bool:
    """Say whether another instrument of the trust has that name."""
    found = Instrument.objects.filter(trust=trust_id, name__iexact=name.strip())
    return (found.exclude(pk=but) if but else found).exists()


def system_scales(trust_id: UUID) -> dict[str, Scale]:
    """Return the scales of the policy in force by their letters, each level as an answer."""
    levels = Level.objects.order_by("rank")
    found = (
        PolicyScale.objects.filter(trust=trust_id, version__status=PolicyVersion.Status.IN_FORCE)
        .exclude(code=PolicyScale.WORDS)
        .order_by("position", "code")
        .prefetch_related(Prefetch("levels", levels))
    )
    return {
        scale.code: Scale(
            scale.name,
            [
                {"value": level.letter.lower(), "label": f"{level.letter} {level.label}"}
                for level in scale.levels.all()
            ],
        )
        for scale in found
    }


def system_standards(trust_id: UUID) -> list[tuple[str, str]]:
    """Return the codes and titles of the standards of the policy in force, in its order."""
    found = Standard.objects.filter(
        trust=trust_id, version__status=PolicyVersion.Status.IN_FORCE
    ).order_by("area__position", "position", "id")
    return list(found.values_list("code", "title"))
