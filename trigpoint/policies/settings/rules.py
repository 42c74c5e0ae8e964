"""The numbers of a policy version, in one table: code asks here, and nowhere holds its own.

A version stores what it says as ``settings[group][name]``; a dot in a name goes one step deeper
(``strength``, ``fair.kinds``). Where it is silent, because it was
written before the setting existed, the default holds.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from trigpoint.records.refusals import ALLOWED, Verdict, denied

Stored = Mapping[str, Any]
IMPACT = "impact_months"
FLOOR = ("kinds", "observers", "records")  # what each strength of evidence needs


@dataclass(frozen=True, slots=True)
class Setting:
    """One number, or a list of them: what it means, its unit, and between which bounds it lies."""

    group: str
    name: str
    label: str
    unit: str
    default: int | tuple[int, ...]
    least: int
    most: int

    @property
    def key(self) -> str:
        """Return the setting's name for a form and an address: ``clock-notice``."""
        return f"{self.group}-{self.name.replace('.', '-')}"


GROUPS = {
    "clock": "The clock of a review",
    "cadence": "How often",
    "sample": "How much a deep dive gathers",
    "strength": "Strength of evidence",
    "capture": "In the classroom",
    "programme": "The year’s programme",
    "life": "The policy itself",
    "acknowledgement": "Reading the policy",
    "improvement": "Actions and needs",
    "retention": "How long things are kept",
}

_AFTER = "working days after fieldwork"
_BEFORE = "working days, minus for before fieldwork"
SETTINGS = (
    Setting("clock", "notice", "The academy is told", _BEFORE, -10, -60, 0),
    Setting("clock", "documents", "Self-review and documents handed over", _BEFORE, -5, -60, 0),
    Setting("clock", "draft", "Draft report", _AFTER, 5, 0, 120),
    Setting("clock", "internal_qa", "Draft checked inside the trust", _AFTER, 7, 0, 120),
    Setting("clock", "factual_accuracy", "Factual accuracy check ends", _AFTER, 12, 0, 120),
    Setting("clock", "final", "Final report", _AFTER, 15, 0, 120),
    Setting("clock", "actions", "Actions agreed", _AFTER, 20, 0, 120),
    Setting("clock", "impact_months", "Effect checked within", "months", 6, 1, 24),
    Setting("cadence", "soon_days", "Counts as due soon", "days before", 28, 1, 120),
    Setting("cadence", "months_a_term", "A term without term dates", "months", 4, 1, 12),
    Setting("cadence", "months_a_half_term", "A half term without dates", "months", 2, 1, 6),
    Setting("sample", "LESSON_VISIT", "Lesson visits", "a line of enquiry", 4, 0, 200),
    Setting("sample", "LEARNING_WALK", "Learning walks", "a line of enquiry", 0, 0, 200),
    Setting("sample", "BOOK_SCRUTINY", "Books looked at", "a line of enquiry", 10, 0, 200),
    Setting("sample", "STUDENT_VOICE", "Groups of students", "a line of enquiry", 2, 0, 200),
    Setting("sample", "STAFF_VOICE", "Groups of staff", "a line of enquiry", 1, 0, 200),
    Setting("sample", "CURRICULUM_REVIEW", "Curriculum reviews", "a line of enquiry", 1, 0, 200),
    Setting("sample", "ASSESSMENT_REVIEW", "Assessment reviews", "a line of enquiry", 1, 0, 200),
    Setting("sample", "DOCUMENT_REVIEW", "Document reviews", "a line of enquiry", 0, 0, 200),
    Setting("sample", "PARENT_VOICE", "Groups of parents", "a line of enquiry", 0, 0, 200),
    Setting("sample", "GOVERNOR_LINK_VISIT", "Governor visits", "a line of enquiry", 0, 0, 200),
    Setting("strength", "fair.kinds", "Fair: kinds of source", "at least", 2, 1, 10),
    Setting("strength", "fair.observers", "Fair: independent observers", "at least", 1, 1, 20),
    Setting("strength", "fair.records", "Fair: records", "at least", 3, 1, 200),
    Setting("strength", "strong.kinds", "Strong: kinds of source", "at least", 3, 1, 10),
    Setting("strength", "strong.observers", "Strong: independent observers", "at least", 2, 1, 20),
    Setting("strength", "strong.records", "Strong: records", "at least", 6, 1, 200),
    Setting("strength", "max_age_days", "Evidence counts for", "days", 365, 30, 1830),
    Setting("capture", "feedback_days", "Feedback is due within", "working days", 5, 0, 30),
    Setting("capture", "max_visitors", "Visitors in a room at most", "people", 2, 1, 6),
    Setting("programme", "workload_ceiling_hours", "Staff hours a year", "an academy", 40, 1, 400),
    Setting("programme", "reviewer_days_a_term", "Days a reviewer gives", "a term", 12, 1, 70),
    Setting("programme", "team_size", "People on a review", "lead included", 3, 1, 10),
    Setting("programme", "fieldwork_days", "Fieldwork takes", "days", 2, 1, 5),
    Setting("programme", "hours_a_review", "Staff time a review costs", "hours", 8, 0, 100),
    Setting("programme", "buffer_weeks", "Kept free at each end of a term", "weeks", 1, 0, 4),
    Setting("programme", "deep_dive_team", "People on a deep dive", "lead included", 2, 1, 10),
    Setting("programme", "deep_dive_days", "A deep dive takes", "days", 1, 1, 5),
    Setting("programme", "hours_a_deep_dive", "Staff time a deep dive costs", "hours", 4, 0, 100),
    Setting("programme", "hours_a_self_review", "Staff time a self-review costs", "hours", 6, 0, 100),
    Setting("programme", "conflict_years", "Having worked somewhere counts for", "years", 5, 0, 50),
    Setting("life", "review_notice_days", "Notice before the policy is reviewed", "days before",
            (60, 30, 0), 0, 365),
    Setting("acknowledgement", "nudge_days", "Between two reminders", "days at least", 7, 1, 90),
    Setting("improvement", "late_start_days", "An action should be in hand", "days before", 14, 0, 90),
    Setting("improvement", "action_days", "An action usually takes", "days", 42, 1, 365),
    Setting("improvement", "check_days", "Its effect is usually checked after", "days", 126, 1, 730),
    Setting("improvement", "widely_shared", "A need is widely shared from", "academies", 3, 2, 50),
    Setting("retention", "notes_years", "Notes kept after the current year", "years", 1, 0, 20),
    Setting("retention", "reports_years", "Findings and reports kept", "years", 6, 1, 50),
)  # fmt: skip
_TABLE = {(it.group, it.name): it for it in SETTINGS}


def number(settings: Stored, group: str, name: str) -> int:
    """Return one number a version promises, or the default where it is silent.

    Args:
        settings: ``PolicyVersion.settings``.
        group: a key of ``GROUPS``.
        name: the setting's name within it.

    Raises:
        KeyError: there is no such setting.

    """
    return int(_said(settings, group, name))


def numbers(settings: Stored, group: str, name: str) -> tuple[int, ...]:
    """Return a list of numbers a version promises, such as the days of notice, largest first."""
    return tuple(sorted(_said(settings, group, name), reverse=True))


def _said(settings: Stored, group: str, name: str) -> Any:  # noqa: ANN401 -- a number or a list
    """Follow a name such as ``fair.kinds`` into a version's settings; silence is the default."""
    found: Any = settings.get(group, {})
    for step in name.split("."):
        if step not in found:
            return _TABLE[group, name].default
        found = found[step]
    return found


def value(settings: Stored, setting: Setting) -> int | tuple[int, ...]:
    """Return what a version says of a setting, whichever of the two shapes it has."""
    read = numbers if isinstance(setting.default, tuple) else number
    return read(settings, setting.group, setting.name)


def having(settings: Stored, setting: Setting, chosen: int | tuple[int, ...]) -> dict[str, Any]:
    """Return a copy of a version's settings with one of them chosen anew."""
    *path, last = (setting.group, *setting.name.split("."))
    copy = deepcopy(dict(settings))
    place = copy
    for step in path:
        place = place.setdefault(step, {})
    place[last] = list(chosen) if isinstance(chosen, tuple) else chosen
    return copy


def runs_forwards(settings: Stored) -> Verdict:
    """The steps of a review follow each other, and strong evidence takes more than fair."""
    clock = [it for it in SETTINGS if it.group == "clock" and it.name != IMPACT]
    for earlier, later in pairwise(clock):
        first, second = (number(settings, "clock", it.name) for it in (earlier, later))
        if first > second:
            return denied(
                f"The clock runs backwards: “{later.label}” ({second}) comes before "
                f"“{earlier.label}” ({first}). Give the later step the larger number."
            )
    for it in FLOOR:
        fair, strong = (number(settings, "strength", f"{word}.{it}") for word in ("fair", "strong"))
        if fair > strong:
            return denied(
                f"Fair evidence would need more {it} ({fair}) than strong evidence ({strong}). "
                "Give strong the larger number."
            )
    return ALLOWED


def whole(settings: Stored) -> dict[str, Any]:
    """Return a copy in which nothing is silent, but for kinds of evidence no sample is asked of."""
    copy = deepcopy(dict(settings))
    for setting in SETTINGS:
        if setting.group != "sample":
            copy = having(copy, setting, value(copy, setting))
    return copy | {"sample": copy.get("sample", {})}


def told(settings: Stored) -> dict[str, str]:
    """Return every number of a version in words, by the key of its setting."""
    return {it.key: in_words(value(settings, it)) for it in SETTINGS}


def in_words(told: int | tuple[int, ...]) -> str:
    """Write a setting's value as people do: ``5``, ``60, 30 and 0``."""
    if isinstance(told, int):
        return str(told)
    *rest, last = map(str, told)
    return f"{', '.join(rest)} and {last}" if rest else last


def clock_in_words(settings: Stored) -> list[tuple[str, str]]:
    """Say what a review promises and when, in the order of the clock."""
    promised = [
        (it.label, _days(number(settings, "clock", it.name)))
        for it in SETTINGS
        if it.group == "clock" and it.name != IMPACT
    ]
    return [*promised, ("Effect checked", f"Within {number(settings, 'clock', IMPACT)} months")]


def _days(days: int) -> str:
    side = "before" if days < 0 else "after"
    return f"{abs(days)} working {'day' if abs(days) == 1 else 'days'} {side} fieldwork"


def strength_settings(settings: Stored) -> dict[str, Any]:
    """Return a policy version's rules of strength, whole: ``fair``, ``strong``, ``max_age_days``."""
    floors = {
        word: {it: number(settings, "strength", f"{word}.{it}") for it in FLOOR}
        for word in ("fair", "strong")
    }
    return {**floors, "max_age_days": number(settings, "strength", "max_age_days")}


def strength_in_words(settings: Stored) -> list[tuple[str, str]]:
    """Say what each strength of evidence takes. The arithmetic is ``judgements.strength``."""
    found = strength_settings(settings)
    return [
        ("Strong", f"At least {_floor(found['strong'])}, and no contradiction left unanswered."),
        ("Fair", f"At least {_floor(found['fair'])}."),
        ("Thin", "Less than that, or as many unanswered contradictions as records."),
        ("Too old to count", f"Records older than {found['max_age_days']} days."),
    ]


def _floor(floor: Mapping[str, int]) -> str:
    kinds, observers, records = floor["kinds"], floor["observers"], floor["records"]
    return (
        f"{kinds} {'kind' if kinds == 1 else 'kinds'} of source, "
        f"{observers} independent {'observer' if observers == 1 else 'observers'} "
        f"and {records} {'record' if records == 1 else 'records'}"
    )
