"""The product's URL map, flattened: every address, who answers it, to which methods."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from trigpoint.web.endpoints import operations_of
from trigpoint.web.screens import (
    CAPABILITY_MARK,
    METHODS_MARK,
    OTHERWISE_MARK,
    PUBLIC_MARK,
    SIGNED_IN,
)

WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    """One address. ``capability`` is empty when nobody is asked for one, ``public`` says why."""

    name: str
    pattern: str
    view: Callable[..., Any]
    methods: tuple[str, ...]
    kwargs: tuple[str, ...] = ()
    capability: str = ""
    public: str = ""
    is_api: bool = False
    capabilities: dict[str, str] = field(default_factory=dict, hash=False, compare=False)
    otherwise: Callable[..., bool] | None = None

    @property
    def module(self):
        """Where the view is written, behind all its decorators."""
        return inspect.unwrap(self.view).__module__

    @property
    def is_ours(self):
        """Say whether the product answers, not a library."""
        return self.module.startswith("trigpoint.")

    def asks(self, method):
        """Return the capability asked for one method, or "" for a route that asks for none."""
        return self.capabilities.get(method, self.capability)

    def opens(self, user, method):
        """Say whether somebody may ask: by a role, or by what else the address names."""
        held = self.asks(method) in {"", SIGNED_IN} or user.access.holds(self.asks(method))
        return bool(held or (self.otherwise and self.otherwise(viewer=user)))

    def __str__(self):
        return self.name or self.pattern


def _route(entry: URLPattern, prefix: str, namespaces: tuple[str, ...]) -> Route:
    view = entry.callback
    name = ":".join([*namespaces, entry.name or ""])
    pattern = f"/{prefix}{entry.pattern}"
    kwargs = tuple(entry.pattern.regex.groupindex)
    functions = operations_of(view)
    if functions:
        marks = {method: getattr(f, CAPABILITY_MARK, "") for method, f in functions.items()}
        return Route(
            name,
            pattern,
            next(iter(functions.values())),
            tuple(functions),
            kwargs,
            is_api=True,
            capabilities=marks,
            otherwise=next(
                filter(None, (getattr(f, OTHERWISE_MARK, None) for f in functions.values())), None
            ),
        )
    return Route(
        name,
        pattern,
        view,
        getattr(view, METHODS_MARK, ("GET", "POST")),
        kwargs,
        capability=getattr(view, CAPABILITY_MARK, ""),
        public=getattr(view, PUBLIC_MARK, ""),
        otherwise=getattr(view, OTHERWISE_MARK, None),
    )


def _walk(patterns: Any, prefix: str = "", namespaces: tuple[str, ...] = ()) -> Iterator[Route]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            kept = tuple(name for name in inner if name)
            yield from _walk(entry.url_patterns, f"{prefix}{entry.pattern}", kept)
        else:
            yield _route(entry, prefix, namespaces)


def routes() -> list[Route]:
    """Return every address of the product, once each."""
    seen: dict[str, Route] = {}
    for route in _walk(get_resolver().url_patterns):
        seen.setdefault(route.pattern, route)
    return list(seen.values())


def screens() -> list[Route]:
    """Return the addresses answered by one of our ``views.py``."""
    return [route for route in routes() if route.module.endswith(".views") and route.is_ours]


def endpoints() -> list[Route]:
    """Return the addresses answered by one of our ``api.py``."""
    return [route for route in routes() if route.is_api]


def needs_no_role(route: Route) -> bool:
    """Say whether any signed-in person may open it."""
    return route.capability == SIGNED_IN
