"""The sidebar: each area registers its own entries, and people see those their role opens.

An entry says in which scopes it appears. *Trust* is the whole trust, *Academy* is one academy the
person can turn to, *Me* is the person's own practice. A page never chooses its scope: the home
entry of a scope does, and the session remembers it for the pages that live in several.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from django.urls import reverse

from trigpoint.web.screens import SIGNED_IN

if TYPE_CHECKING:
    from uuid import UUID


class Scope(StrEnum):
    """Whose work the sidebar is about."""

    TRUST = "trust"
    ACADEMY = "academy"
    ME = "me"

    @property
    def label(self) -> str:
        """The word on the switch."""
        return {"trust": "Trust", "academy": "Academy", "me": "Me"}[self.value]


class Group(StrEnum):
    """The sidebar's groups, in the order they appear. ``ACCOUNT`` is the menu behind one's name."""

    TOP = ""
    PLAN = "Plan"
    REVIEW = "Review"
    IMPROVE = "Improve"
    LEARN = "Learn"
    RULES = "Rules"
    SETUP = "Set up"
    ACCOUNT = "Account"


class Takes(StrEnum):
    """How an entry's address names the academy when the scope is one academy."""

    NOTHING = "nothing"
    PATH = "path"  # /insight/academies/<id>/
    QUERY = "query"  # /reviews/?academy=<id>


class Reach(Protocol):
    """What the sidebar asks of a person's access."""

    def holds(self, capability: str, /) -> bool:
        """Say whether the capability is held anywhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar.

    ``count`` is asked once per page for a person who sees the entry; it may cost one query.
    """

    label: str
    icon: str
    url_name: str
    capability: str
    group: Group = Group.TOP
    order: int = 100
    scopes: tuple[Scope, ...] = (Scope.TRUST,)
    takes: Takes = Takes.NOTHING
    home: bool = False
    count: Callable[[Any], int | None] | None = None

    def opens_for(self, access: Reach) -> bool:
        """Say whether a person with this access sees the entry."""
        return self.capability == SIGNED_IN or access.holds(self.capability)

    def address(self, *, scope: Scope, academy: "UUID | str | None") -> str:
        """Return the entry's address, for one academy when the scope is one academy."""
        if scope is not Scope.ACADEMY or academy is None or self.takes is Takes.NOTHING:
            return reverse(self.url_name)
        if self.takes is Takes.PATH:
            return reverse(self.url_name, args=[academy])
        return f"{reverse(self.url_name)}?academy={academy}"


@dataclass(frozen=True, slots=True)
class Landing:
    """Where ``/`` leads whoever holds the capability; the lowest ``order`` a person holds wins."""

    url_name: str
    capability: str
    order: int


_entries: list[Entry] = []
_landings: list[Landing] = []
_search: list[Entry] = []
_bell: list[Entry] = []


def register(*entries: Entry) -> None:
    """Add entries to the sidebar. Call from ``AppConfig.ready``; a second call changes nothing."""
    _add(_entries, entries)


def offer_search(entry: Entry) -> None:
    """Put the search box in the top bar; the page gets what was typed as ``q``."""
    _add(_search, [entry])


def offer_bell(entry: Entry) -> None:
    """Put the bell in the top bar; the entry's ``count`` says how many are new."""
    _add(_bell, [entry])


def land(*landings: Landing) -> None:
    """Say where ``/`` leads. Call from ``AppConfig.ready``; a second call changes nothing."""
    _landings.extend(landing for landing in landings if landing not in _landings)


def landing(access: Reach) -> Landing | None:
    """Return where ``/`` leads a person with this access, None when they hold nothing."""
    open_to = [landing for landing in _landings if access.holds(landing.capability)]
    return min(open_to, key=lambda landing: landing.order, default=None)


def _add(registry: list[Entry], entries: Iterable[Entry]) -> None:
    registry.extend(entry for entry in entries if entry not in registry)


def entries(access: Reach, *, scope: Scope) -> list[tuple[Group, list[Entry]]]:
    """Return the groups of the sidebar for one person in one scope, empty groups left out."""
    seen = [entry for entry in _entries if scope in entry.scopes and entry.opens_for(access)]
    return [
        (group, sorted(found, key=lambda entry: (entry.order, entry.label)))
        for group in Group
        if group is not Group.ACCOUNT
        and (found := [entry for entry in seen if entry.group is group])
    ]


def stands_for(entry: Entry, url_name: str) -> bool:
    """Say whether an entry lights up for a page of its thing that is not its own.

    Not when the page has an entry itself; and where a thing has a list, the list stands for it.
    """
    thing = entry.url_name.rsplit("-", 1)[0]
    siblings = [one for one in _entries if one.url_name.rsplit("-", 1)[0] == thing]
    if any(one.url_name == url_name for one in siblings):
        return False
    lists = [one for one in siblings if one.url_name.endswith("-index")]
    return not lists or entry in lists


def account(access: Reach) -> list[Entry]:
    """Return the lines of the menu behind the person's name; signing out is always there."""
    found = [
        entry for entry in _entries if entry.group is Group.ACCOUNT and entry.opens_for(access)
    ]
    return sorted(found, key=lambda entry: (entry.order, entry.label))


def search(access: Reach) -> Entry | None:
    """Return the search page, when there is one and the person may use it."""
    return next((entry for entry in _search if entry.opens_for(access)), None)


def bell(access: Reach) -> Entry | None:
    """Return the page of notices, when there is one and the person may open it."""
    return next((entry for entry in _bell if entry.opens_for(access)), None)


def home(access: Reach, scope: Scope) -> Entry | None:
    """Return the page a scope opens with: the first home, by order, the person may see."""
    homes = [
        entry
        for entry in _entries
        if entry.home and scope in entry.scopes and entry.opens_for(access)
    ]
    return min(homes, key=lambda entry: entry.order, default=None)


def scope_of(url_name: str) -> Scope | None:
    """Return the scope whose home page this is, or None for a page that lives in several."""
    return next(
        (entry.scopes[0] for entry in _entries if entry.home and entry.url_name == url_name), None
    )
