"""One's own calendar address, and who a secret belongs to."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from trigpoint.people.feeds import rules
from trigpoint.people.feeds.models import Feed

if TYPE_CHECKING:
    from trigpoint.people.models import User

Path = Callable[[str], str]
_path: list[Path] = []


def system_serve_at(path: Path) -> None:
    """Register what turns a secret into the path it is read at. Call from ``ready``."""
    _path[:] = [path]


def system_path(token: str) -> str:
    """Return the path a secret is read at."""
    return _path[0](token)


def feed(*, viewer: "User") -> Feed | None:
    """Return the viewer's calendar address, without its secret: nobody has that any more."""
    return Feed.objects.visible_to(viewer).first()


def system_reader(token: str, *, on: date) -> "User | None":
    """Return whose calendar a secret opens; nobody's once their sign-in or their roles have ended."""
    found = Feed.objects.filter(token_sha256=rules.digest(token), person__user__isnull=False)
    feed = found.select_related("person__trust", "person__user").first()
    if feed is None:
        return None
    user: User = feed.person.user
    if not user.is_active or not user.access.roles:
        return None
    if feed.read_on != on:
        Feed.objects.filter(pk=feed.pk).update(read_on=on)
    return user
