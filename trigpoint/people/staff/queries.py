"""Staff as lists show them."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from trigpoint.people.staff.models import Person, Post

if TYPE_CHECKING:
    from trigpoint.people.models import User


def staff(
    *, viewer: "User", on: date, name: str = "", academy_id: UUID | None = None, left: bool = False
) -> QuerySet[Person]:
    """People by name with the posts one may see; those who left only when asked for."""
    seen = Person.objects.visible_to(viewer)
    listed = seen.filter(left_on__lt=on) if left else seen.here(on=on)
    if name:
        listed = listed.filter(
            Q(name__icontains=name) | Q(email__icontains=name) | Q(staff_number=name)
        )
    if academy_id:
        listed = listed.filter(
            pk__in=Post.objects.visible_to(viewer).filter(academy=academy_id).values("person")
        )
    return listed.prefetch_related(
        Prefetch("posts", posts(viewer=viewer), to_attr="seen_posts")
    ).order_by("name", "id")


def posts(*, viewer: "User") -> QuerySet[Post]:
    """Posts with their places, current ones first."""
    return (
        Post.objects.visible_to(viewer)
        .select_related("academy", "team")
        .order_by(F("ends_on").desc(nulls_first=True), "title", "id")
    )
