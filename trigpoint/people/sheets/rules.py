"""Read a trust's own staff list: columns by name, days in the order the list itself shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from trigpoint.records.refusals import Refused
from trigpoint.records.tables import Columns, Line, Table, tidy

COLUMNS: Columns = {
    "name": ("Name", "Full name", "Staff name", "Employee name", "Display name"),
    "first": ("First name", "Forename", "Forename 1", "Given name", "Preferred forename", "givenName"),
    "last": ("Last name", "Surname", "Family name", "Legal surname", "familyName"),
    "email": (
        "E-mail", "Email", "Email address", "E-mail address", "Work email", "Work email address",
        "Direct email address", "School email",
    ),
    "number": (
        "Staff number", "Staff no", "Staff ID", "Staff code", "Employee number", "Employee ID",
        "Payroll number", "Personnel number", "Teacher number",
    ),
    "urn": ("URN", "School URN", "Academy URN"),
    "academy": (
        "Academy", "School", "Academy name", "School name", "Establishment", "EstablishmentName",
        "Site", "Base",
    ),
    "title": ("Job title", "Post", "Post title", "Position", "Role", "Job"),
    "category": ("Category", "Staff category", "Workforce group", "Staff type"),
    "team": ("Team", "Department", "Faculty"),
    "subject": ("Subject", "Main subject", "Subject taught"),
    "key_stage": ("Key stage", "KS"),
    "starts": ("Start date", "Post start date", "Starts on", "Started", "Date of appointment"),
    "ends": ("End date", "Post end date", "Ends on", "Leaving date", "Date of leaving"),
}  # fmt: skip
NEVER_READ = ("password", "passwd", "passcode", "pwd", "pass word")
CENTRAL = {"central", "central team", "central staff", "trust", "trust office", "head office"}
CATEGORIES = {
    "LEADER": ("leader", "leadership", "senior leader", "headteacher", "slt"),
    "TEACHER": ("teacher", "classroom teacher", "qualified teacher"),
    "EARLY_CAREER": ("early career teacher", "ect", "nqt"),
    "ASSISTANT": ("teaching assistant", "ta", "hlta", "assistant"),
    "SUPPORT": ("support", "support staff", "non teaching"),
    "GOVERNANCE": ("governance", "governor", "trustee"),
    "SPECIALIST": ("specialist", "consultant"),
}
TITLES = (  # what a title says of a post when the list has no category; the first that fits
    ("ASSISTANT", ("teaching assistant", "learning support assistant", "hlta")),
    ("LEADER", ("headteacher", "head of", "principal", "deputy", "leader", "director")),
    ("EARLY_CAREER", ("early career", "ect")),
    ("TEACHER", ("teacher", "tutor", "lecturer")),
)
NUMERIC_DAY = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{2}|\d{4})$")
ISO_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?$")
MONTHS = 12
CENTURY = 2000


class Order(StrEnum):
    """Which comes first when a day is written in figures."""

    DAY_FIRST = "DMY"
    MONTH_FIRST = "MDY"


@dataclass(frozen=True, slots=True)
class Matched:
    """Which column is what. ``unknown`` are not read; ``secret`` are never even kept."""

    at: dict[str, int | None]
    known: dict[str, str]
    unknown: list[str]
    secret: list[str]

    def cells(self, line: Line) -> dict[str, str]:
        """Return the cells of one row that are read, by key."""
        return {key: line.value(place) for key, place in self.at.items() if place is not None}


def match(table: Table) -> Matched:
    """Find the columns of a staff list by name.

    Raises:
        Refused: what a person, their identity or their academy is found by is missing, or there
            is no row.

    """
    at = {key: table.find(names) for key, names in COLUMNS.items()}
    used = {place for place in at.values() if place is not None}
    if not used:
        reason = (
            "The first row names no column we know, so the file may have no headings. Put names "
            "such as Name, Staff number, Email, Academy, Job title in its first row."
        )
        raise Refused(reason)
    needed = {
        "the name (Name, or First name and Last name)": at["name"] is not None
        or (at["first"] is not None and at["last"] is not None),
        "a staff number or an email address": at["number"] is not None or at["email"] is not None,
        "the academy (its URN or its name)": at["urn"] is not None or at["academy"] is not None,
        "the post (Job title)": at["title"] is not None,
    }
    if missing := [words for words, there in needed.items() if not there]:
        reason = (
            f"The file has no column for {'; nor for '.join(missing)}. Add it, or rename it so."
        )
        raise Refused(reason)
    if not table.lines:
        reason = "The file has headings but no row under them. Fill it in and send it again."
        raise Refused(reason)
    others = [(i, name) for i, name in enumerate(table.columns) if i not in used and name]
    secret = [name for _, name in others if _is_secret(name)]
    return Matched(
        at=at,
        known={table.columns[place]: key for key, place in at.items() if place is not None},
        unknown=[name for _, name in others if name not in secret],
        secret=secret,
    )


def _is_secret(name: str) -> bool:
    return any(word in tidy(name) for word in NEVER_READ)


def days_written(matched: Matched, lines: Iterable[Line]) -> list[tuple[int, str]]:
    """Return every day of the list as written, with its row."""
    return [
        (line.number, text)
        for line in lines
        for key in ("starts", "ends")
        if (text := line.value(matched.at[key]))
    ]


def find_order(days: Iterable[tuple[int, str]]) -> Order | None:
    """Find out from the days themselves whether the day or the month comes first.

    Returns:
        The order; None when every day could be read both ways, so that somebody has to be asked.

    Raises:
        Refused: the list writes days both ways.

    """
    proof: dict[Order, int] = {}
    is_open = False
    for number, text in days:
        if not (figures := NUMERIC_DAY.match(text)):
            continue
        first, second = int(figures[1]), int(figures[2])
        if first > MONTHS:
            proof.setdefault(Order.DAY_FIRST, number)
        elif second > MONTHS:
            proof.setdefault(Order.MONTH_FIRST, number)
        elif first != second:
            is_open = True
    if len(proof) > 1:
        reason = (
            f"Row {proof[Order.DAY_FIRST]} writes the day first and row {proof[Order.MONTH_FIRST]} "
            "the month. Write all days one way, best as 2026-09-01."
        )
        raise Refused(reason)
    if not proof and is_open:
        return None
    return next(iter(proof), Order.DAY_FIRST)


def read_day(text: str, order: Order) -> date | None:
    """Read one day; None for an empty cell.

    Raises:
        ValueError: it is not a day, or not in this order.

    """
    if not text:
        return None
    if iso := ISO_DAY.match(text):
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    if not (figures := NUMERIC_DAY.match(text)):
        raise ValueError(text)
    first, second, year = (int(figure) for figure in figures.groups())
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    return date(year if len(figures[3]) > len("26") else CENTURY + year, month, day)


def read_email(text: str) -> str | None:
    """Return an email address in small letters, empty for an empty cell, None for nonsense."""
    try:
        if text:
            validate_email(text)
    except ValidationError:
        return None
    return text.lower()


def read_category(text: str, title: str) -> str | None:
    """Return the workforce group a cell names, or the one its title suggests; None if unknown."""
    if text:
        words = tidy(text)
        known = (
            code
            for code, names in CATEGORIES.items()
            if words in names or words == tidy(code) or words.rstrip("s") in names
        )
        return next(known, None)
    words = tidy(title)
    return next((code for code, parts in TITLES if any(part in words for part in parts)), "SUPPORT")


def read_name(cells: dict[str, str]) -> str:
    """Return a person's name from one column or two."""
    return cells.get("name") or f"{cells.get('first', '')} {cells.get('last', '')}".strip()
