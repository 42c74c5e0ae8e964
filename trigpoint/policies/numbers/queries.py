"""The numbers of a version beside those of the versions before it."""

from typing import TYPE_CHECKING

from trigpoint.policies.settings.rules import GROUPS, SETTINGS, Setting, told
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.queries import readable

if TYPE_CHECKING:
    from trigpoint.people.models import User

SHOWN = 4  # versions side by side; earlier ones are reached by opening one of those
Row = tuple[Setting, list[tuple[str, bool]]]  # for each version: the value, and whether it is new


def history(
    version: PolicyVersion, *, viewer: "User"
) -> tuple[list[PolicyVersion], list[tuple[str, str, list[Row]]]]:
    """Return the versions shown, oldest first and ending in this one, and each group's rows."""
    earlier = readable(viewer=viewer).filter(number__lte=version.number)
    versions = list(earlier.exclude(status=PolicyVersion.Status.WITHDRAWN)[:SHOWN])[::-1]
    values = [told(it.settings) for it in versions]
    groups = [
        (group, label, [_row(it, values) for it in SETTINGS if it.group == group])
        for group, label in GROUPS.items()
    ]
    return versions, groups


def _row(setting: Setting, values: list[dict[str, str]]) -> Row:
    said = [one[setting.key] for one in values]
    return setting, [(now, place > 0 and now != said[place - 1]) for place, now in enumerate(said)]
