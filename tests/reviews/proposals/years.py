"""Small years to propose from, in plain facts."""

from datetime import date, timedelta
from uuid import UUID

from trigpoint.reviews.assignment.rules import Need, Place, Reviewer, Slot, Term, Year

AUTUMN = Term("Autumn term", date(2026, 9, 7), date(2026, 12, 18))
SPRING = Term("Spring term", date(2027, 1, 4), date(2027, 3, 26))
SALTWYKE, DUNLOW = UUID(int=1), UUID(int=2)
GARETH, SIMONE, NUALA, FEMI = (UUID(int=number) for number in (11, 12, 13, 14))
NAMES = {GARETH: "Gareth", SIMONE: "Simone", NUALA: "Nuala", FEMI: "Femi"}


def weekdays(first, last, *closed):
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return frozenset(day for day in days if day.weekday() < 5 and day not in closed)


def place(academy=SALTWYKE, *closed, **facts):
    told = {SALTWYKE: "Saltwyke", DUNLOW: "Dunlow Vale"}
    known = {
        "academy_id": academy,
        "name": told.get(academy, "Academy"),
        "works_on": weekdays(AUTUMN.starts_on, AUTUMN.ends_on, *closed)
        | weekdays(SPRING.starts_on, SPRING.ends_on, *closed),
        "not_before": date(2026, 9, 7),
        "ceiling_hours": 40,
    }
    return Place(**known | facts)


def reviewer(person=GARETH, **facts):
    return Reviewer(
        **{"person_id": person, "name": NAMES.get(person, "Somebody"), "days_a_term": 12} | facts
    )


def need(key="need", academy=SALTWYKE, **facts):
    return Need(
        **{
            "key": key,
            "academy_id": academy,
            "kind": "TRUST",
            "due_on": date(2026, 11, 13),
            "earliest_on": date(2026, 9, 7),
            "latest_on": SPRING.ends_on,
            "days": 2,
            "seats": 2,
            "hours": 8,
            "why": "The policy asks for it.",
        }
        | facts
    )


def slot(key="slot", academy=SALTWYKE, people=(GARETH, SIMONE), **facts):
    return Slot(
        **{
            "key": key,
            "academy_id": academy,
            "kind": "TRUST",
            "starts_on": date(2026, 11, 9),
            "ends_on": date(2026, 11, 10),
            "people": people,
            "hours": 8,
        }
        | facts
    )


def year(*needs, **facts):
    known = {
        "terms": (AUTUMN, SPRING),
        "places": [place(SALTWYKE), place(DUNLOW)],
        "reviewers": [reviewer(person) for person in NAMES],
        "needs": needs,
    }
    return Year(**known | facts)
