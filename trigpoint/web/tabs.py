"""Tabs: the faces of one thing, each a screen of its own, registered by the area that owns it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from trigpoint.web.screens import SIGNED_IN

if TYPE_CHECKING:
    from trigpoint.web.navigation import Reach


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. ``count`` is asked with the person and the slot's arguments; it may cost one query."""

    slot: str
    label: str
    url_name: str
    capability: str
    order: int = 100
    count: Callable[..., int | None] | None = None


@dataclass(frozen=True, slots=True)
class DrawnTab:
    """A tab ready to draw."""

    label: str
    url: str
    current: bool
    count: int | None


_tabs: list[Tab] = []


def register(*tabs: Tab) -> None:
    """Offer tabs. Call from ``AppConfig.ready``; a second call changes nothing."""
    _tabs.extend(tab for tab in tabs if tab not in _tabs)


def tabs_for(
    user: object, access: "Reach", slot: str, *args: object, current: str
) -> list[DrawnTab]:
    """Return the slot's tabs this person may open, in order.

    Args:
        user: the person, handed to each tab's count.
        access: the person's access.
        slot: the name the page gives its row of tabs.
        args: what the tabs' addresses take, usually one primary key.
        current: the label or URL name of the tab being looked at.

    """
    open_to = [
        tab
        for tab in _tabs
        if tab.slot == slot and (tab.capability == SIGNED_IN or access.holds(tab.capability))
    ]
    return [
        DrawnTab(
            label=tab.label,
            url=reverse(tab.url_name, args=args),
            current=current in (tab.label, tab.url_name),
            count=tab.count(user, *args) if tab.count else None,
        )
        for tab in sorted(open_to, key=lambda tab: (tab.order, tab.label))
    ]
