"""The verbs of a conflict of interest: declare, end."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.people.models import Person
from trigpoint.records import history
from trigpoint.reviews.conflicts import rules
from trigpoint.reviews.conflicts.models import ConflictOfInterest
from trigpoint.reviews.conflicts.rules import Declared

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def declare(*, person: Person, declared: Declared, by: "User", on: date) -> ConflictOfInterest:
    """Declare why somebody does not review an academy.

    Raises:
        Refused: it is somebody else's to declare, or the dates are the wrong way round.
        ValueError: the academy is another trust's.

    """
    if declared.academy.trust_id != person.trust_id:
        msg = "A conflict of interest is with an academy of the person's own trust."
        raise ValueError(msg)
    rules.may_declare(by, person, declared).enforce()
    made = ConflictOfInterest.objects.create(
        trust_id=person.trust_id,
        person=person,
        academy=declared.academy,
        kind=declared.kind,
        words=declared.words,
        starts_on=declared.starts_on,
        ends_on=declared.ends_on,
    )
    history.write(made, "declared", by=by, on=on, kind=made.kind, academy=declared.academy.name)
    return made


@transaction.atomic
def end(*, conflict: ConflictOfInterest, because: str, by: "User", on: date) -> ConflictOfInterest:
    """Say that a conflict no longer counts, and why. It stays in the list of the past.

    Raises:
        Refused: it has ended already, or it is somebody else's to end.

    """
    conflict = (
        ConflictOfInterest.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=conflict.pk)
    )
    rules.may_end(by, conflict).enforce()
    conflict.ended_on, conflict.ended_because = on, because
    conflict.save(update_fields=["ended_on", "ended_because"])
    history.write(conflict, "ended", by=by, on=on, because=because)
    return conflict
