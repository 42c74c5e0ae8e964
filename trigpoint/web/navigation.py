"""The sidebar: each area registers its own entries, and people see those their role opens.

An entry says in which scopes it appears. *Trust* is the whole trust, *Academy* is one academy the
person can turn to, *Me* is the person's own practice. A page never chooses its scope: the page a
scope opens with does, and the session remembers it for the pages that live in several. Whatever a
person may open is in one of their menus: ``menus`` finds a place for what no home page leads to.
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

    def is_trust_wide(self, capability: str, /) -> bool:
        """Say whether the capability is held across the whole trust."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sidebar.

    ``count`` is asked once per page for a person who sees the entry; it may cost one query.
    ``also`` names other things of whose pages it is the list: ``evidence:entries``.
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
    of_several: bool = False  # a list of academies: only for those who can turn to more than one
    count: Callable[[Any], int | None] | None = None
    also: tuple[str, ...] = ()

    @property
    def things(self) -> tuple[str, ...]:
        """The things whose pages the entry stands for."""
        return (self.url_name.rsplit("-", 1)[0], *self.also)

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


@dataclass(frozen=True, slots=True)
class Menu:
    """What one person sees in one scope; ``home`` is the page it opens with."""

    home: Entry
    entries: tuple[Entry, ...]

    def groups(self) -> list[tuple[Group, list[Entry]]]:
        """Return the groups of the sidebar, each in order, empty ones left out."""
        return [
            (group, sorted(found, key=_in_order))
            for group in Group
            if (found := [entry for entry in self.entries if entry.group is group])
        ]


def menus(access: Reach, *, places: int) -> dict[Scope, Menu]:
    """Return the scopes a person has, each with its menu.

    A scope is there when one of its homes opens. What is in none of those is held across the
    trust, and then the trust is a scope too; or in some places only, and then it joins the
    narrowest the person has.

    Args:
        access: what the person holds.
        places: how many academies they can turn to.

    """
    opened = [
        entry
        for entry in _entries
        if entry.group is not Group.ACCOUNT
        and entry.opens_for(access)
        and (places > 1 or not entry.of_several)
    ]
    homes = {
        scope: min(found, key=_in_order)
        for scope in Scope
        if (scope is not Scope.ACADEMY or places)
        and (found := [entry for entry in opened if entry.home and scope in entry.scopes])
    }
    left = _left_over(opened, homes)
    wide = [it for it in left if Scope.TRUST in it.scopes and access.is_trust_wide(it.capability)]
    if wide:
        homes = {Scope.TRUST: min(wide, key=_in_order), **homes}
        left = _left_over(opened, homes)
    if left and not homes:
        homes = {Scope.TRUST: min(left, key=_in_order)}
    spare = next((scope for scope in (Scope.ACADEMY, Scope.ME) if scope in homes), Scope.TRUST)
    return {
        scope: Menu(
            home,
            tuple(it for it in opened if scope in it.scopes or (scope is spare and it in left)),
        )
        for scope, home in homes.items()
    }


def _left_over(opened: list[Entry], homes: Iterable[Scope]) -> list[Entry]:
    """Return what opens but is in none of these scopes, nor is its page, and needs no academy."""
    shown = {entry.url_name for entry in opened if set(entry.scopes) & set(homes)}
    return [
        entry for entry in opened if entry.url_name not in shown and entry.takes is not Takes.PATH
    ]


def _in_order(entry: Entry) -> tuple[int, int, str]:
    return list(Group).index(entry.group), entry.order, entry.label


def stands_for(entry: Entry, url_name: str) -> bool:
    """Say whether an entry lights up for a page of its thing that is not its own.

    Not when the page has an entry itself; and where a thing has a list, the list stands for it.
    """
    thing = url_name.rsplit("-", 1)[0]
    siblings = [one for one in _entries if thing in one.things]
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
