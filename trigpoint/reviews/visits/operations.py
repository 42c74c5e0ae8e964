"""Holding a visit against the budget of the person visited."""

from django.db import transaction
from django.utils import timezone

from trigpoint.people.models import Person
from trigpoint.reviews.visits import queries, rules
from trigpoint.reviews.visits.rules import Stay, visited
from trigpoint.trusts.models import Trust


@transaction.atomic
def spend(*, person: Person, trust: Trust, stay: Stay, reason: str) -> str:
    """Count one visit against somebody's budget; return the reason where one was needed.

    Everybody who plans or records a visit to the same person waits here, so that two of them
    cannot both take the last one.

    Args:
        person: who is visited.
        trust: holds the budget.
        stay: the visit, in place of what is stored of the same plan or record.
        reason: why it is needed all the same, or nothing.

    Raises:
        Refused: it goes past the budget and no reason is given.

    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    day = timezone.localtime(stay.starts_at).date()
    stored = queries.system_stays(person, trust, day=day)
    others = [one for one in stored if one.source_id != stay.source_id]
    before, after = visited(stored), visited([*others, stay])
    rules.may_spend(person, trust=trust, before=before, after=after, reason=reason).enforce()
    return reason if rules.is_past_budget(trust, before=before, after=after) else ""
