"""Whose names a text may not hold."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from trigpoint.people.names.rules import named_in
from trigpoint.people.staff.models import Person, Post


def system_staff_named(trust_id: UUID, text: str, *, academy_id: UUID | None = None) -> list[str]:
    """Return the staff and external specialists whose names a text holds, in one query.

    Args:
        trust_id: whose people.
        text: the words.
        academy_id: only its own staff, and those who are of no academy; everybody when None.

    """
    return named_in(text, system_staff_names(trust_id, academy_id=academy_id))


def system_staff_names(
    trust_id: UUID, *, academy_id: UUID | None = None, also: Q | None = None
) -> tuple[str, ...]:
    """Return the names of staff and external specialists, each once, by name.

    Args:
        trust_id: whose people.
        academy_id: only its own staff, and those who are of no academy; everybody when None.
        also: others of the trust, besides the academy's.

    """
    people = Person.objects.filter(
        trust=trust_id, kind__in=[Person.Kind.STAFF, Person.Kind.EXTERNAL]
    ).exclude(name="")
    if academy_id:
        posts = Post.objects.filter(person=OuterRef("pk"), academy__isnull=False)
        here = Q(Exists(posts.filter(academy=academy_id))) | ~Exists(posts)
        people = people.filter(here | also if also else here)
    return tuple(people.order_by("name").values_list("name", flat=True).distinct())
