"""The years that anything kept here may lie in, and how a sentence says a day."""

from calendar import monthrange
from datetime import date

FIRST_YEAR, LAST_YEAR = 2000, 2100
KEPT = f"between {FIRST_YEAR} and {LAST_YEAR}"
NO_DAY = f"Give a date {KEPT}."


def within_years(day: date) -> bool:
    """Say whether a day or a moment may be kept; no zone takes what may be past the calendar's end."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def day_words(day: date, *, year: int | None = None) -> str:
    """Write a day as people say it: 12 November 2026.

    Args:
        day: the day.
        year: the year the reader takes it for; left out of the words when it is this one.

    """
    return f"{day.day} {day:%B}" if day.year == year else f"{day.day} {day:%B %Y}"


def months_later(day: date, count: int) -> date:
    """Return the same day so many months later, or the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def on_or_from(first: date, last: date) -> str:
    """Write days as a sentence goes on: “on 3 November 2025”, “from … to …”."""
    if first == last:
        return f"on {day_words(first)}"
    return f"from {day_words(first)} to {day_words(last)}"
