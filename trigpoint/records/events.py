"""How knowledge travels up the stack without an import: typed events, heard in the same transaction.

A lower area publishes; upper areas subscribe in ``AppConfig.ready()``. A listener runs inside the
publisher's transaction, so a rollup can never disagree with the rows it sums up. Anything that
leaves the database (mail, files) belongs in a task queued by the listener, not in the listener.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Event:
    """Base of every event: a fact in the past tense, carrying ids only."""


E = TypeVar("E", bound=Event)
_listeners: defaultdict[type[Event], list[Callable[[Event], None]]] = defaultdict(list)


def subscribe(kind: type[E], listener: Callable[[E], None]) -> None:
    """Call ``listener`` whenever an event of ``kind`` is published. Subscribing twice is once."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)  # type: ignore[arg-type]  # keyed by the kind it takes


def publish(event: Event) -> None:
    """Tell every listener, in the order they subscribed."""
    for listener in _listeners[type(event)]:
        listener(event)


def listeners() -> dict[str, list[str]]:
    """Return who hears what, by name, for ARCHITECTURE.md."""
    return {
        kind.__name__: [f"{heard.__module__}.{heard.__qualname__}" for heard in heard_by]
        for kind, heard_by in _listeners.items()
        if heard_by  # publishing what nobody hears leaves an empty place behind
    }
