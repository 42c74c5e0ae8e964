"""What upper areas add to the list of evidence: filters and columns."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter that an upper area adds to the room.

    ``choices`` are pairs of value and label; ``keep`` says of one value which records stay. Both
    are asked with the person who looks.
    """

    name: str
    label: str
    every: str
    choices: "Callable[[User], list[tuple[str, str]]]"
    keep: "Callable[[str, User], Q]"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column says of one record, and the page it leads to."""

    words: str
    url_name: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column that an upper area adds to the room, asked once for a page of records."""

    label: str
    of: "Callable[[Collection[UUID], User], Mapping[UUID, Cell]]"
