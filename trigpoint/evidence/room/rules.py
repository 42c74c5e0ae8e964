"""What a list of evidence can be narrowed by, in words: years, days, who saw it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

if TYPE_CHECKING:
    from trigpoint.people.models import User

NURSERY, RECEPTION, LAST_YEAR = "nursery", "reception", 13
YEARS = (
    (NURSERY, "Nursery"),
    (RECEPTION, "Reception"),
    *((str(year), f"Year {year}") for year in range(1, LAST_YEAR + 1)),
)
STAGES = (  # what a year group is also called, and the years it means
    ("(eyfs|early years)", (NURSERY, RECEPTION)),
    ("(ks ?|key stage )1", ("1", "2")),
    ("(ks ?|key stage )2", ("3", "4", "5", "6")),
    ("(ks ?|key stage )3", ("7", "8", "9")),
    ("(ks ?|key stage )4", ("10", "11")),
    ("sixth form", ("12", "13")),
)


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


def year_pattern(year: str) -> str:
    """Return the pattern of year groups, as they are written, that one year is among.

    Args:
        year: "nursery", "reception", or a number from 1 to 13.

    """
    stages = [written for written, years in STAGES if year in years]
    if not year.isdecimal():
        return "|".join([year, *stages])
    number = int(year)
    alone = "(?<![0-9a-z])(?<!stage )(?<!ks )"
    before = "|".join([RECEPTION, "r", *(str(one) for one in range(number + 1))])
    after = "|".join(str(one) for one in range(LAST_YEAR, number - 1, -1))
    named = f"{alone}(years? ?|yr ?|y)?{number}(?![0-9])"
    spanned = (
        f"{alone}(years? ?|yr ?|y)?({before}) ?(to|-|\N{EN DASH}) ?(years? ?|yr ?|y)?({after})"
        "(?![0-9])"
    )
    return "|".join([named, spanned, *stages])
