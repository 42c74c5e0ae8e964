"""The verb of the numbers that protect people: set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.records import history
from trigpoint.records.revisions import keep_both
from trigpoint.trusts.privacy import rules
from trigpoint.trusts.structure.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Privacy:
    """Every setting: ``numbers`` by field, whether named records carry levels, and who decided."""

    numbers: Mapping[str, int]
    may_level_named_records: bool
    level_decision: str


@transaction.atomic
def set_privacy(*, trust: Trust, privacy: Privacy, base_revision: str, by: "User") -> Trust:
    """Set the numbers that protect people. What they were stays in the trust's history.

    Raises:
        Refused: the person may not, a number is out of bounds, or levels on named records lack a
            decision.
        Stale: somebody changed them since ``base_revision``.

    """
    trust = Trust.objects.select_for_update().get(pk=trust.pk)
    rules.may_set_privacy(by, trust).enforce()
    wanted, decision = privacy.may_level_named_records, privacy.level_decision
    rules.may_level_named(wanted=wanted, decision=decision).enforce()
    rules.are_within(privacy.numbers).enforce()
    before = rules.told(trust)
    for name, value in privacy.numbers.items():
        setattr(trust, name, value)
    trust.may_level_named_records = wanted
    trust.level_decision = decision if wanted else ""
    after = rules.told(trust)
    keep_both(base_revision, stored=before, wanted=after)
    trust.save(update_fields=[*after])
    changed = {name: [before[name], now] for name, now in after.items() if now != before[name]}
    if changed:
        history.write(trust, rules.VERB, by=by, changed=changed)
    return trust
