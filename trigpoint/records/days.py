"""The years that anything kept here may lie in."""

from datetime import date

FIRST_YEAR, LAST_YEAR = 2000, 2100
KEPT = f"between {FIRST_YEAR} and {LAST_YEAR}"
NO_DAY = f"Give a date {KEPT}."


def within_years(day: date) -> bool:
    """Say whether a day or a moment may be kept; no zone takes what may be past the calendar's end."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
