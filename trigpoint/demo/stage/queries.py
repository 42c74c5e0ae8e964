"""Reading a policy version once, for the whole school year it covers."""

from trigpoint.demo.stage.rules import Rulebook
from trigpoint.instruments.library.queries import system_published
from trigpoint.policies.models import Level, PolicyVersion


def system_rulebook(version: PolicyVersion) -> Rulebook:
    """Return a version's areas, standards, look-fors, levels and the trust's forms."""
    standards = list(
        version.standards.select_related("area")
        .prefetch_related("look_fors")
        .order_by("area__position", "position")
    )
    areas = {area.lineage: area for area in version.areas.order_by("position")}
    levels = Level.objects.filter(scale__areas__version=version).distinct()
    return Rulebook(
        version=version,
        areas=areas,
        standards={
            lineage: [one for one in standards if one.area_id == area.pk]
            for lineage, area in areas.items()
        },
        look_fors={one.pk: list(one.look_fors.all()) for one in standards},
        levels={level.rank: level for level in levels.order_by("rank")},
        instruments=dict(system_published(version.trust_id)),
    )
