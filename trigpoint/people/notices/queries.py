"""One's own notices."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from trigpoint.people.notices import rules
from trigpoint.people.notices.models import Notice, Preference
from trigpoint.people.staff.models import Person

if TYPE_CHECKING:
    from trigpoint.people.models import User


def notices(*, viewer: "User", unseen: bool = False) -> QuerySet[Notice]:
    """Return the viewer's notices, newest first; only those not seen yet when asked."""
    found = Notice.objects.visible_to(viewer)
    if unseen:
        found = found.filter(seen_at=None)
    return found.order_by("-made_at", "-id")


def preference(*, viewer: "User") -> str:
    """Return how often the viewer wants mail."""
    chosen = Preference.objects.visible_to(viewer).values_list("how", flat=True).first()
    return chosen or rules.UNLESS_CHOSEN


def system_waiting() -> QuerySet[Notice]:
    """Return the notices that are still to be mailed; what was seen meanwhile is not."""
    return Notice.objects.filter(letter=None, seen_at=None, is_for_mail=True)


def system_readers(how: str) -> list[UUID]:
    """Return who wants mail so often, can sign in, and has something to be told."""
    wants = Preference.objects.filter(person=OuterRef("pk"))
    people = Person.objects.filter(Exists(system_waiting().filter(person=OuterRef("pk"))))
    people = people.filter(user__is_switched_on=True)
    if how == rules.UNLESS_CHOSEN:
        people = people.exclude(Exists(wants.exclude(how=how)))
    else:
        people = people.filter(Exists(wants.filter(how=how)))
    return list(people.order_by("pk").values_list("pk", flat=True))
