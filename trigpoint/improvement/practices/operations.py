"""The verbs of good practice."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.improvement.practices import queries, rules
from trigpoint.improvement.practices.models import GoodPractice
from trigpoint.judgements.models import Finding
from trigpoint.records import history

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def nominate(
    *, finding: Finding, title: str, what_they_do: str, by: "User", on: date
) -> GoodPractice:
    """Put a strength forward as something other academies could use, once.

    Raises:
        Refused: it was nominated already, it is no published strength of an academy or team, or
            the person may not.

    """
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    already = queries.system_nominated_as(finding)
    rules.may_nominate(by, finding, already=already).enforce()
    practice = GoodPractice.objects.create(
        trust_id=finding.trust_id,
        academy_id=finding.academy_id,
        finding=finding,
        theme_id=finding.theme_id,
        title=title,
        what_they_do=what_they_do,
        nominated_by=by.person,
        nominated_on=on,
    )
    history.write(practice, "nominated", by=by, on=on)
    return practice


@transaction.atomic
def confirm(*, practice: GoodPractice, by: "User", on: date) -> GoodPractice:
    """Say that one has seen it too."""
    practice = _lock(practice)
    rules.may_confirm(by, practice).enforce()
    practice.status = rules.LIFECYCLE.target("confirm")
    practice.confirmed_by, practice.confirmed_on = by.person, on
    practice.save(update_fields=["status", "confirmed_by", "confirmed_on"])
    history.write(practice, "confirmed", by=by, on=on)
    return practice


@transaction.atomic
def publish(*, practice: GoodPractice, by: "User", on: date) -> GoodPractice:
    """Agree to share it with the whole trust."""
    practice = _lock(practice)
    rules.may_publish(by, practice).enforce()
    practice.status = rules.LIFECYCLE.target("publish")
    practice.consented_by, practice.published_on = by.person, on
    practice.save(update_fields=["status", "consented_by", "published_on"])
    history.write(practice, "published", by=by, on=on)
    return practice


def _lock(practice: GoodPractice) -> GoodPractice:
    return (
        GoodPractice.objects.select_for_update(of=("self",))
        .select_related("finding")
        .get(pk=practice.pk)
    )
