"""The verb of the numbers of a draft: choose."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.policies.settings import rules
from trigpoint.policies.settings.rules import SETTINGS
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.operations import system_lock
from trigpoint.policies.versions.rules import may_edit
from trigpoint.records import history
from trigpoint.records.revisions import keep_both

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def choose(
    *,
    version: PolicyVersion,
    chosen: Mapping[str, int | tuple[int, ...]],
    base_revision: str,
    by: "User",
) -> PolicyVersion:
    """Set numbers of a draft, all at once. What they were stays in its history.

    Args:
        version: the draft.
        chosen: values by the key of the setting; a setting that is not there stays as it is.
        base_revision: of the values that were looked at, in the order of ``SETTINGS``.
        by: who chooses.

    Raises:
        Refused: it is no draft, the person does not write it, or the clock runs backwards.
        Stale: somebody changed a number since ``base_revision``.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    told = rules.told(version.settings)
    before = {key: told[key] for key in told if key in chosen}
    after = {key: rules.in_words(value) for key, value in chosen.items()}
    keep_both(base_revision, stored=before, wanted=after)
    settings = version.settings
    for setting in SETTINGS:
        if setting.key in chosen:
            settings = rules.having(settings, setting, chosen[setting.key])
    rules.runs_forwards(settings).enforce()
    version.settings = settings
    version.save(update_fields=["settings"])
    changed = {key: [before[key], said] for key, said in after.items() if said != before[key]}
    if changed:
        history.write(version, "numbers chosen", by=by, changed=changed)
    return version
