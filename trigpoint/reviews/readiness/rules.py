"""What has to be in place before fieldwork, by which day, and whether it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from trigpoint.records.days import day_words

NOTICE, DOCUMENTS = "NOTICE", "DOCUMENTS"  # steps of the clock


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a review has so far; ``due`` and ``done`` are the days of its clock by step.

    ``outside_count`` is how many of its team do not work at the academy, ``gaps_count`` how much
    its lines want that the timetable lacks, ``unhandled_count`` how many conflicts of interest
    nobody has said anything about.
    """

    lines_count: int
    team_count: int
    outside_count: int
    unhandled_count: int
    has_nominee: bool
    gaps_count: int
    due: Mapping[str, date]
    done: Mapping[str, date | None]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to be in place: whether it is, by which day, and whether that has gone by."""

    words: str
    is_done: bool
    due_on: date | None = None
    is_late: bool = False


def checks(prepared: Prepared, *, on: date) -> list[Check]:
    """Return what has to be in place before fieldwork, in the order it is needed.

    Args:
        prepared: what there is.
        on: today. What the notice rests on is due with the notice, the rest with the documents.

    """
    told = prepared.done.get(NOTICE) is not None
    by_notice = [
        ("Lines of enquiry are written down", prepared.lines_count > 0),
        ("Somebody on the team comes from outside the academy", prepared.outside_count > 0),
        ("Conflicts of interest are handled", prepared.unhandled_count == 0),
        ("The academy has a nominee", prepared.has_nominee),
        ("The academy is told", told),
    ]
    documents = prepared.done.get(DOCUMENTS) is not None
    by_documents = [
        ("The self-review and documents have come", documents),
        ("The timetable has what the lines of enquiry want", prepared.gaps_count == 0),
    ]
    return [
        *(_check(*it, prepared.due.get(NOTICE), on) for it in by_notice),
        *(_check(*it, prepared.due.get(DOCUMENTS), on) for it in by_documents),
    ]


def is_ready(found: list[Check]) -> bool:
    """Say whether everything is in place."""
    return all(check.is_done for check in found)


def to_settle(
    *, notice_by: date | None, elsewhere: Iterable[tuple[str, str]], on: date
) -> list[str]:
    """Say what a review's days leave to be settled: a notice that is late, people on two reviews.

    Args:
        notice_by: the day the academy's notice is due by, None when that was given or is not asked.
        elsewhere: who of the team is on another review on its days, and those of the other, as
            a sentence goes on.
        on: today.

    """
    said = []
    if notice_by and notice_by < on:
        said.append(
            f"The academy’s notice was due by {day_words(notice_by)}: agree the days with its "
            "head, or move them."
        )
    return said + [
        f"{name} is on another review {days}: move one, or ask somebody else."
        for name, days in elsewhere
    ]


def _check(words: str, is_done: bool, due_on: date | None, on: date) -> Check:  # noqa: FBT001 -- a fact, not a switch
    is_late = not is_done and due_on is not None and due_on < on
    return Check(words, is_done, due_on, is_late)
