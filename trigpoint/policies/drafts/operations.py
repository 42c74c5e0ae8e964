"""The verbs of the version to come: begin, replace, consult, redraft, approve, withdraw, adopt."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.people.notices import operations as notices
from trigpoint.policies.drafts import queries, rules
from trigpoint.policies.drafts.rules import Decision
from trigpoint.policies.frameworks import operations as frameworks
from trigpoint.policies.frameworks.queries import system_framework
from trigpoint.policies.frameworks.rules import Framework, counts, without_meanings
from trigpoint.policies.frameworks.rules import faults as framework_faults
from trigpoint.policies.models import (
    Area,
    CadenceRule,
    Crosswalk,
    PolicyComment,
    PolicyVersion,
    Responsibility,
    Scale,
    Section,
    Standard,
)
from trigpoint.policies.versions import operations as versions
from trigpoint.policies.versions.rules import (
    LIFECYCLE,
    Approval,
    invitation_key,
    may_adopt,
    may_draft,
    may_edit,
)
from trigpoint.records import history, queue
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


INVITE = "trigpoint.policies.acknowledgements.tasks.invite"


@transaction.atomic
def begin(*, version: PolicyVersion, by: "User") -> PolicyVersion:
    """Begin the next version with everything ``version`` says, people who answer included.

    Raises:
        Refused: the person may not write the policy, or another version is on its way.

    """
    may_draft(by, version.trust).enforce()
    framework = without_meanings(system_framework(version))
    following = frameworks.begin(trust=version.trust, framework=framework, by=by)
    _name_the_same_people(version, following)
    return following


@transaction.atomic
def begin_from(*, trust: Trust, framework: Framework, by: "User") -> PolicyVersion:
    """Begin the next version with what a framework says.

    Raises:
        Refused: as for ``begin``, or the framework is not in order.

    """
    may_draft(by, trust).enforce()
    return frameworks.begin(trust=trust, framework=framework, by=by)


@transaction.atomic
def adopt(
    *, trust: Trust, framework: Framework, approval: Approval, by: "User | None"
) -> PolicyVersion:
    """Make a framework the trust's next policy version, in force at once.

    Args:
        trust: whose policy it becomes. Its first adoption founds the policy.
        framework: from ``rules.check`` or ``rules.shipped``; checked again here.
        approval: which body approved it, and from when to when it holds.
        by: who does it; None for the system.

    Raises:
        Refused: the person may not, the framework is not in order, the approval is not, or another
            version is on its way.

    """
    if by:
        may_adopt(by, trust).enforce()
    version = frameworks.begin(trust=trust, framework=framework, by=by)
    versions.approve(version=version, approval=approval, by=by)
    frameworks.rename(version.policy, framework["policy"], by=by)
    return versions.take_effect(version=version, by=by, on=approval.effective_on)


@transaction.atomic
def replace(*, version: PolicyVersion, framework: Framework, by: "User") -> PolicyVersion:
    """Put what a framework says in the place of all a draft says. Its comments are kept.

    People who answer by name stay where their role still answers for the same thing.

    Raises:
        Refused: it is no draft, the person may not write it, or the framework is not in order.

    """
    version = versions.system_lock(version)
    may_edit(by, version).enforce()
    if problems := framework_faults(framework):
        raise Refused(" ".join(str(problem) for problem in problems[:3]))
    named = _named(version)
    subjects = list(version.comments.exclude(standard=None).values_list("pk", "standard__lineage"))
    _empty(version)
    frameworks.write(version, framework)
    _name(version, named)
    lineages = dict(version.standards.values_list("lineage", "pk"))
    for comment_id, lineage in subjects:
        PolicyComment.objects.filter(pk=comment_id).update(standard_id=lineages.get(lineage))
    held = counts(framework)
    history.write(version, "replaced", by=by, framework=framework["code"],
                  areas=held.areas, standards=held.standards)  # fmt: skip
    return version


@transaction.atomic
def consult(*, version: PolicyVersion, until: date, by: "User", on: date) -> PolicyVersion:
    """Put a draft to everybody in the trust, who may comment until a day.

    Raises:
        Refused: it is no draft, the day has gone by, or the person may not.

    """
    version = versions.system_lock(version)
    rules.may_consult(by, version, until=until, on=on).enforce()
    version.status, version.consult_until = LIFECYCLE.target("consult"), until
    version.save(update_fields=["status", "consult_until"])
    history.write(version, "consulted on", by=by, until=until)
    queue.later(INVITE, str(version.pk))
    return version


@transaction.atomic
def redraft(*, version: PolicyVersion, by: "User") -> PolicyVersion:
    """Take a version in consultation back to a draft, to change its words. Comments are kept.

    Raises:
        Refused: it is not in consultation, or the person may not.

    """
    version = versions.system_lock(version)
    rules.may_redraft(by, version).enforce()
    version.status = LIFECYCLE.target("redraft")
    version.save(update_fields=["status"])
    notices.take_back(invitation_key(version))
    history.write(version, "back to draft", by=by)
    return version


@transaction.atomic
def approve(*, version: PolicyVersion, approval: Approval, by: "User", on: date) -> PolicyVersion:
    """Record that a body approved a version. It takes effect at once, or on its day by itself.

    Raises:
        Refused: the person may not, a comment waits for an answer, the contents or the approval
            are not in order, or the meeting is still to come or before the consultation's end.

    """
    version = versions.system_lock(version)
    rules.may_approve(by, version, queries.system_still_open(version)).enforce()
    rules.is_dated_by_now(approval, on=on).enforce()
    rules.is_after_its_consultation(version, approval).enforce()
    version = versions.approve(version=version, approval=approval, by=by)
    if approval.effective_on <= on:
        version = versions.take_effect(version=version, by=by, on=on)
    return version


@transaction.atomic
def withdraw(
    *,
    version: PolicyVersion,
    because: str,
    by: "User",
    on: date,
    decision: Decision | None = None,
) -> PolicyVersion:
    """Give up a version that is not in force. It stays on record with the reason.

    Args:
        version: the one given up.
        because: why.
        by: who records it.
        on: today.
        decision: of the body that takes back what a body approved.

    Raises:
        Refused: it is in force or over, the person may not, or no body takes back its approval.

    """
    version = versions.system_lock(version)
    rules.may_withdraw(by, version).enforce()
    rules.may_take_back(version, decision, on=on).enforce()
    version.status, version.withdrawn_because = LIFECYCLE.target("withdraw"), because
    version.save(update_fields=["status", "withdrawn_because"])
    notices.take_back(invitation_key(version))
    decided = {}
    if decision:
        decided = {"body": decision.body.name, "decided_on": decision.decided_on,
                   "minute": decision.minute}  # fmt: skip
    history.write(version, "withdrawn", by=by, on=on, because=because, **decided)
    return version


Named = dict[
    tuple[str | None, str | None, str, str], UUID | None
]  # area, standard, part, role: person


def _name_the_same_people(source: PolicyVersion, target: PolicyVersion) -> None:
    _name(target, _named(source))


def _named(version: PolicyVersion) -> Named:
    rows = version.responsibilities.exclude(person=None).values_list(
        "area__lineage", "standard__lineage", "part", "role_name", "person_id"
    )
    return {(area, standard, part, role): who for area, standard, part, role, who in rows}


def _name(version: PolicyVersion, named: Named) -> None:
    rows = list(version.responsibilities.select_related("area", "standard"))
    for row in rows:
        area = row.area.lineage if row.area else None
        standard = row.standard.lineage if row.standard else None
        row.person_id = named.get((area, standard, row.part, row.role_name))
    Responsibility.objects.bulk_update(rows, ["person"])


def _empty(version: PolicyVersion) -> None:
    """Take everything out of a draft; nothing but its comments can point into one."""
    for table in (Crosswalk, CadenceRule, Responsibility, Section, Standard, Area, Scale):
        table._default_manager.filter(version=version).delete()  # noqa: SLF001 -- seven tables, one wish
