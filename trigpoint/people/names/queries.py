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
    people = Person.objects.filter(
        trust=trust_id, kind__in=[Person.Kind.STAFF, Person.Kind.EXTERNAL]
    ).exclude(name="")
    if academy_id:
        posts = Post.objects.filter(person=OuterRef("pk"), academy__isnull=False)
        people = people.filter(Q(Exists(posts.filter(academy=academy_id))) | ~Exists(posts))
    return named_in(text, people.order_by("name").values_list("name", flat=True).distinct())
