"""What changed in meaning from one version to another."""

from trigpoint.policies.differences.rules import AREA, STANDARD, Comparison, compare
from trigpoint.policies.frameworks.queries import system_framework
from trigpoint.policies.models import Area, PolicyVersion, Standard


def system_compared(before: PolicyVersion, after: PolicyVersion) -> Comparison:
    """Compare two versions of one policy, the earlier first. About twenty queries."""
    meanings = system_meanings(before, after)
    return compare(system_framework(before), system_framework(after), meanings=meanings)


def system_meanings(before: PolicyVersion, after: PolicyVersion) -> dict[tuple[str, str], str]:
    """Return what changed in meaning after ``before`` and up to ``after``, by kind and lineage.

    Versions that were withdrawn changed nothing. What changed twice is told in both wordings.
    """
    found: dict[tuple[str, str], str] = {}
    for kind, model in ((AREA, Area), (STANDARD, Standard)):
        rows = (
            model._default_manager.filter(  # noqa: SLF001 -- both tables, one question
                version__policy=after.policy_id,
                version__number__gt=before.number,
                version__number__lte=after.number,
            )
            .exclude(version__status=PolicyVersion.Status.WITHDRAWN)
            .exclude(meaning_changed="")
            .order_by("version__number", "id")
            .values_list("lineage", "meaning_changed")
        )
        for lineage, words in rows:
            told = found.get((kind, lineage))
            found[kind, lineage] = f"{told} Then: {words}" if told else words
    return found
