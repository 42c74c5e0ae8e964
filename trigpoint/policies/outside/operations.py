"""The verbs of an outside framework: bring_in, remove. An edition never changes."""

from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.policies.outside import queries, rules
from trigpoint.policies.outside.models import OutsideFramework
from trigpoint.policies.outside.rules import Outside
from trigpoint.records import history
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def bring_in(*, outside: Outside, by: "User") -> OutsideFramework:
    """Keep an outside framework that was read from a file, for the trust of whoever brings it.

    Raises:
        Refused: the person does not write the policy, or the edition is there already.

    """
    trust = Trust.objects.select_for_update().get(pk=by.trust_id)
    rules.may_bring_in(by, outside, queries.known(viewer=by)).enforce()
    framework = OutsideFramework.objects.create(
        trust=trust,
        code=outside.file["code"],
        edition=outside.file.get("edition", ""),
        key=outside.key,
        label=outside.label,
        content=outside.file,
    )
    history.write(framework, "brought in", by=by, label=framework.label)
    return framework


@transaction.atomic
def remove(*, framework: OutsideFramework, by: "User") -> None:
    """Take out an outside framework that nothing maps to.

    Raises:
        Refused: the person does not write the policy, or a version maps to it.

    """
    Trust.objects.select_for_update().get(pk=framework.trust_id)
    rules.may_remove(by, framework, queries.system_named_count(framework)).enforce()
    history.write(framework, "removed", by=by, label=framework.label)
    framework.delete()
