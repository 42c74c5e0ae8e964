import datetime as dt
from dataclasses import replace

import pytest

from trigpoint.reviews.readiness import rules
from trigpoint.reviews.readiness.rules import Prepared

NOTICE, DOCUMENTS = dt.date(2025, 10, 20), dt.date(2025, 11, 3)
READY = Prepared(
    lines_count=2,
    team_count=3,
    outside_count=2,
    unhandled_count=0,
    has_nominee=True,
    gaps_count=0,
    due={"NOTICE": NOTICE, "DOCUMENTS": DOCUMENTS},
    done={"NOTICE": NOTICE, "DOCUMENTS": DOCUMENTS},
)


def test_a_review_with_everything_is_ready():
    found = rules.checks(READY, on=dt.date(2025, 11, 5))

    assert rules.is_ready(found)
    assert not any(check.is_late for check in found)


@pytest.mark.parametrize(
    ("changes", "words", "due_on"),
    [
        ({"lines_count": 0}, "Lines of enquiry", NOTICE),
        ({"outside_count": 0}, "outside the academy", NOTICE),
        ({"unhandled_count": 1}, "Conflicts of interest", NOTICE),
        ({"has_nominee": False}, "nominee", NOTICE),
        ({"done": {"DOCUMENTS": DOCUMENTS}}, "is told", NOTICE),
        ({"done": {"NOTICE": NOTICE}}, "documents have come", DOCUMENTS),
        ({"gaps_count": 4}, "timetable", DOCUMENTS),
    ],
)
def test_what_is_missing_is_due_on_its_day_and_late_from_the_next(changes, words, due_on):
    prepared = replace(READY, **changes)

    (missing,) = [it for it in rules.checks(prepared, on=due_on) if not it.is_done]
    later = rules.checks(prepared, on=due_on + dt.timedelta(days=1))

    assert words in missing.words
    assert (missing.due_on, missing.is_late) == (due_on, False)
    assert [it.is_late for it in later if not it.is_done] == [True]
