"""Who can be tried out here."""

from django.urls import reverse

from trigpoint.demo.cast.rules import address
from trigpoint.demo.signin.rules import PARTS
from trigpoint.people.models import User
from trigpoint.web.shell import SignIn


def system_offered() -> list[SignIn]:
    """Return a line for each role somebody plays in this database, in one query."""
    played = User.objects.filter(
        email__in=[address(part.role) for part in PARTS], is_switched_on=True
    )
    names = {user.email: user.person.name for user in played}
    return [
        SignIn(
            part.label,
            f"{names[address(part.role)]}: {part.note}",
            reverse("demo:signin-enter", args=[part.role]),
        )
        for part in PARTS
        if address(part.role) in names
    ]


def system_player(role: str) -> User | None:
    """Return who plays a role, or None when nobody does here."""
    known = {part.role for part in PARTS}
    return (
        User.objects.filter(email=address(role), is_switched_on=True).first()
        if role in known
        else None
    )
