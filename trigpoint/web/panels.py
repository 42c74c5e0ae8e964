"""Panels: a page of a lower area leaves a named slot, an upper area fills it, neither imports up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from trigpoint.web.screens import SIGNED_IN

if TYPE_CHECKING:
    from trigpoint.web.navigation import Reach


@dataclass(frozen=True, slots=True)
class Panel:
    """A screen of an upper area that is also shown inside a page of a lower one.

    The screen takes the slot's arguments and answers ``page(..., fragment="panel")``: the piece
    for htmx, the whole page for the plain link.
    """

    slot: str
    label: str
    url_name: str
    capability: str
    order: int = 100


_panels: list[Panel] = []


def register(*panels: Panel) -> None:
    """Offer panels. Call from ``AppConfig.ready``; a second call changes nothing."""
    _panels.extend(panel for panel in panels if panel not in _panels)


def panels_for(access: "Reach", slot: str, *args: object) -> list[tuple[Panel, str]]:
    """Return the slot's panels this person may open, in order, each with its address."""
    open_to = [
        panel
        for panel in _panels
        if panel.slot == slot and (panel.capability == SIGNED_IN or access.holds(panel.capability))
    ]
    ordered = sorted(open_to, key=lambda panel: (panel.order, panel.label))
    return [(panel, reverse(panel.url_name, args=args)) for panel in ordered]
