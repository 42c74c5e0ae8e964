"""What stands around every page: who is signed in, where they are, the day, the term, demo or not.

``web`` knows no academy and no person. ``people`` registers one function that describes the
signed-in person's surroundings; until it does, the shell shows the user's own name and no more.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from trigpoint.web import everywhere, navigation
from trigpoint.web.navigation import Entry, Group, Menu, Reach, Scope
from trigpoint.web.screens import ACADEMY_MARK

REMEMBERED_SCOPE = "shell_scope"
REMEMBERED_ACADEMY = "shell_academy"


@dataclass(frozen=True, slots=True)
class Place:
    """An academy the person may turn the sidebar to; ``note`` is a few words under its name."""

    id: UUID
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What ``people`` tells the shell about one signed-in person. Cheap: one query."""

    person: str = ""
    person_note: str = ""
    person_place: str = ""
    trust: str = ""
    trust_note: str = ""
    term: str = ""
    academies: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """One line of the sidebar, ready to draw."""

    label: str
    icon: str
    url: str
    current: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of the demo's one-click sign-in: a role, who plays it, and the address to post to."""

    label: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything the frame of a signed-in page draws."""

    surroundings: Surroundings
    scope: Scope
    here: Place | None
    switch: list[Link] = field(default_factory=list)
    places: list[Link] = field(default_factory=list)
    groups: list[tuple[Group, list[Link]]] = field(default_factory=list)
    account: list[Link] = field(default_factory=list)
    search: Link | None = None
    bell: Link | None = None
    pieces: tuple[str, ...] = ()


_surroundings: list[Callable[[HttpRequest], Surroundings]] = []
_sign_ins: list[Callable[[], Iterable[SignIn]]] = []


def describe_surroundings(provider: Callable[[HttpRequest], Surroundings]) -> None:
    """Register the one function that tells the shell about the signed-in person."""
    _surroundings[:] = [provider]


def offer_sign_ins(provider: Callable[[], Iterable[SignIn]]) -> None:
    """Register the demo's list of one-click sign-ins. Ignored outside demo mode."""
    _sign_ins[:] = [provider]


def sign_ins() -> list[SignIn]:
    """Return the demo's one-click sign-ins; none outside demo mode."""
    demo = bool(getattr(settings, "TRIGPOINT_DEMO", False))
    return list(_sign_ins[0]()) if demo and _sign_ins else []


def surround(request: HttpRequest) -> Surroundings:
    """Return what stands around this person, from ``people`` when it has registered."""
    if _surroundings:
        return _surroundings[0](request)
    return Surroundings(person=str(request.user))


def _scope(request: HttpRequest, menus: dict[Scope, Menu]) -> Scope:
    """Take the scope from the page if a scope opens with it, else what the session remembers."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    opened = next((scope for scope, menu in menus.items() if menu.home.url_name == name), None)
    if opened:
        if request.session.get(REMEMBERED_SCOPE) != opened:
            request.session[REMEMBERED_SCOPE] = opened.value
        return opened
    remembered = request.session.get(REMEMBERED_SCOPE)
    return Scope(remembered) if remembered in menus else next(iter(menus), Scope.TRUST)


def _here(request: HttpRequest, academies: tuple[Place, ...], scope: Scope) -> Place | None:
    """Find the academy a page is about: named in its address, of what it shows, last looked at.

    Without any of them it is the first. Looking at one turns the sidebar to it.
    """
    named = request.resolver_match.kwargs if request.resolver_match else {}
    wanted = (
        named.get("academy_id"),
        getattr(request, ACADEMY_MARK, None),
        request.GET.get("academy"),
        request.session.get(REMEMBERED_ACADEMY),
    )
    by_id = {str(place.id): place for place in academies}
    found = next((by_id[str(key)] for key in wanted if str(key) in by_id), None)
    remembered = str(found.id) if found and scope is Scope.ACADEMY else None
    if remembered and request.session.get(REMEMBERED_ACADEMY) != remembered:
        request.session[REMEMBERED_ACADEMY] = remembered
    return found or next(iter(academies), None)


def _thing(url_name: str) -> str:
    """Return ``reviews:reviews`` of ``reviews:reviews-show``: pages of one thing share a line."""
    return url_name.rsplit("-", 1)[0]


class _Drawer:
    """Turns entries into links for one request."""

    def __init__(self, request: HttpRequest, scope: Scope, here: Place | None) -> None:
        self.user = request.user
        self.view_name = request.resolver_match.view_name if request.resolver_match else ""
        self.scope = scope
        self.academy = here.id if here else None

    def current(self, entry: Entry) -> str:
        """Return ``aria-current``: the page itself, or a page of the same thing."""
        if entry.url_name == self.view_name:
            return "page"
        same = bool(self.view_name) and _thing(self.view_name) in entry.things
        return "true" if same and navigation.stands_for(entry, self.view_name) else ""

    def link(self, entry: Entry, scope: Scope | None = None) -> Link:
        """Draw one entry."""
        return Link(
            label=entry.label,
            icon=entry.icon,
            url=entry.address(scope=scope or self.scope, academy=self.academy),
            current=self.current(entry),
            count=entry.count(self.user) if entry.count else None,
        )

    def switch(self, menus: dict[Scope, Menu]) -> list[Link]:
        """Draw the switch between trust, academy and me: only the scopes the person has."""
        return [
            Link(
                scope.label,
                menu.home.icon,
                menu.home.address(scope=scope, academy=self.academy),
                "true" if scope is self.scope else "",
            )
            for scope, menu in menus.items()
        ]

    def places(self, menus: dict[Scope, Menu], academies: tuple[Place, ...]) -> list[Link]:
        """Draw the list of academies the person can turn to, when there is more than one."""
        if Scope.ACADEMY not in menus or len(academies) <= 1:
            return []
        return [
            Link(
                place.name,
                "school",
                menus[Scope.ACADEMY].home.address(scope=Scope.ACADEMY, academy=place.id),
                "true" if place.id == self.academy and self.scope is Scope.ACADEMY else "",
            )
            for place in academies
        ]


def _one_current(groups: list[tuple[Group, list[Link]]]) -> list[tuple[Group, list[Link]]]:
    """Mark the page itself alone where it has a line; pages of the same thing only where not."""
    if not any(link.current == "page" for _, links in groups for link in links):
        return groups
    return [
        (
            group,
            [link if link.current == "page" else replace(link, current="") for link in links],
        )
        for group, links in groups
    ]


def frame(request: HttpRequest) -> Shell:
    """Work out the whole frame of a page for the signed-in person."""
    access: Reach = request.user.access  # type: ignore[union-attr]  # only drawn for signed-in people
    surroundings = surround(request)
    menus = navigation.menus(access, places=len(surroundings.academies))
    scope = _scope(request, menus)
    here = _here(request, surroundings.academies, scope)
    drawer = _Drawer(request, scope, here)
    search, bell = navigation.search(access), navigation.bell(access)
    return Shell(
        surroundings=surroundings,
        scope=scope,
        here=here,
        switch=drawer.switch(menus),
        places=drawer.places(menus, surroundings.academies),
        groups=_one_current(
            [
                (group, [drawer.link(entry) for entry in found])
                for group, found in (menus[scope].groups() if scope in menus else ())
            ]
        ),
        account=[drawer.link(entry) for entry in navigation.account(access)],
        search=drawer.link(search) if search else None,
        bell=drawer.link(bell) if bell else None,
        pieces=everywhere.pieces(),
    )


def context(request: HttpRequest) -> dict[str, object]:
    """Give every template the frame, the day and whether this is a demonstration."""
    demo = bool(getattr(settings, "TRIGPOINT_DEMO", False))
    return {
        "demo": demo,
        "demo_signins": sign_ins() if _is_sign_in(request) else [],
        "today": timezone.localdate(),
        "shell": SimpleLazyObject(lambda: frame(request)),
    }


def _is_sign_in(request: HttpRequest) -> bool:
    return request.path == resolve_url(settings.LOGIN_URL)
