"""Writes small iCalendar files in the format that councils publish."""

import datetime as dt

YEAR = (  # a school year of holidays, as (title, first day, day after the last)
    ("Anytown: Summer holiday", "20250801", "20250901"),
    ("Anytown: School holiday", "20251025", "20251103"),
    ("Anytown: Christmas holiday", "20251220", "20260105"),
    ("Anytown: Bank holiday", "20251225", "20251226"),
    ("Anytown: February half-term", "20260214", "20260223"),
    ("Anytown: Easter holiday", "20260328", "20260413"),
    ("Anytown: Summer holiday", "20260721", "20260801"),
    ("Anytown: Summer holiday", "20260801", "20260901"),
)


def event(title, first, after, *extra):
    """Write one event; ``after`` is the day after its last, and empty for none."""
    end = [f"DTEND;VALUE=DATE:{after}"] if after else []
    start = f"DTSTART;VALUE=DATE:{first}" if "T" not in first else f"DTSTART:{first}"
    return ["BEGIN:VEVENT", f"UID:{title}-{first}", start, *end, f"SUMMARY:{title}", *extra,
            "END:VEVENT"]  # fmt: skip


def calendar(*events):
    """Write a file of events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Anytown//EN"]
    for one in events:
        lines += event(*one)
    return ("\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n").encode()


def a_year(*more):
    """Write the year of holidays, and more events."""
    return calendar(*YEAR, *more)


def day(text):
    """Read a day as the tests write it."""
    return dt.date.fromisoformat(text)
