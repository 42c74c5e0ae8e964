"""The scales of a version, what a scale says as named texts, and the one every version has."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.policies.scales.rules import IN_WORDS, Looks, looks_of, told
from trigpoint.policies.standards.models import Area, Level, Scale
from trigpoint.policies.versions.models import PolicyVersion

if TYPE_CHECKING:
    from trigpoint.people.models import User


IN_ORDER = ("position", "id")  # of a version's areas
LAST = 99  # where the scale of words stands among the others


@dataclass(frozen=True, slots=True)
class Use:
    """One scale with its levels, best first, and the areas that are judged on it."""

    scale: Scale
    levels: list[Level]
    areas: list[Area]


def in_use(version: PolicyVersion, *, viewer: "User") -> list[Use]:
    """Return the scales of a version, each with its levels and areas; words last. Three queries."""
    scales = Scale.objects.visible_to(viewer).filter(version=version)
    levels = list(Level.objects.visible_to(viewer).filter(scale__version=version).order_by("rank"))
    areas = list(Area.objects.visible_to(viewer).filter(version=version).order_by(*IN_ORDER))
    return [
        Use(
            scale,
            [it for it in levels if it.scale_id == scale.pk],
            [it for it in areas if it.scale_id == scale.pk],
        )
        for scale in scales.order_by("position", "code")
    ]


def system_words(version: PolicyVersion) -> tuple[Scale, Level]:
    """Return the scale of words of a new version, and its one level, not stored yet."""
    own = {"trust_id": version.trust_id}
    scale = Scale(**own, version=version, code=Scale.WORDS, name=IN_WORDS, position=LAST)
    level = Level(
        **own,
        scale=scale,
        rank=1,
        shape=Level.Shape.LINES,
        tone=Level.Tone.WORDS,
        label=IN_WORDS,
    )
    return scale, level


def system_looks(scale: Scale) -> list[Looks]:
    """Return how the levels of a scale look, best first."""
    return [looks_of(level) for level in scale.levels.order_by("rank")]


def system_colours_before(version: PolicyVersion, code: str) -> tuple[int, list[str]] | None:
    """Return the latest version before in which a scale of these letters was, and its colours."""
    before = (
        Scale.objects.filter(
            version__policy=version.policy_id, version__number__lt=version.number, code=code
        )
        .exclude(version__status=PolicyVersion.Status.WITHDRAWN)
        .select_related("version")
        .order_by("-version__number")
        .first()
    )
    if before is None:
        return None
    return before.version.number, [it["tone"] for it in system_looks(before)]


def system_told(scale: Scale) -> dict[str, str]:
    """Return everything a scale says as named texts, the names its form gives them."""
    return told(scale.name, system_looks(scale))
