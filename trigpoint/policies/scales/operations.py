"""The verb of a draft's scale: relabel."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.policies.scales.queries import NAME, system_told
from trigpoint.policies.standards.models import Scale
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.operations import system_lock
from trigpoint.policies.versions.rules import may_edit
from trigpoint.records import history
from trigpoint.records.revisions import keep_both

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def relabel(
    *, version: PolicyVersion, labels: Mapping[str, str], base_revision: str, by: "User"
) -> Scale:
    """Give the levels of a draft's scale other words. Their marks, shapes and order stay.

    Args:
        version: the draft.
        labels: the words by mark, and the scale's own under ``name``.
        base_revision: of the words that were looked at.
        by: who says so.

    Raises:
        Refused: it is no draft, or the person does not write it.
        Stale: somebody changed a word since ``base_revision``.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    scale = Scale.objects.get(version=version)
    before = system_told(scale)
    keep_both(base_revision, stored=before, wanted=before | dict(labels))
    scale.name = labels[NAME]
    scale.save(update_fields=["name"])
    for level in scale.levels.all():
        level.label = labels[level.mark]
        level.save(update_fields=["label"])
    history.write(version, "levels relabelled", by=by, before=before, after=dict(labels))
    return scale
