"""Between which bounds a trust sets the numbers that protect people, and who may set them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.trusts.structure.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

VERB = "privacy set"  # in the trust's history
NUMBERS: Mapping[str, tuple[str, str, int, int]] = {  # field: words, unit, least, most
    "visit_budget_count": ("Visits to one person", "a school year, by everybody together", 1, 20),
    "visit_budget_minutes": ("Time with one person", "minutes a school year", 30, 1200),
    "suppress_below": ("Totals are not shown over fewer than", "people", 3, 20),
}


def may_set_privacy(user: "User", trust: Trust) -> Verdict:
    """Those who look after the trust's set-up, for their own trust."""
    if user.access.covers("privacy.set", trust_id=trust.pk):
        return ALLOWED
    return denied(
        "Only a trust QA lead or trust administrator changes these. Ask one of them, or the "
        "data-protection officer."
    )


def may_level_named(*, wanted: bool, decision: str) -> Verdict:
    """A level on a record that names somebody takes a decision that is written down."""
    if wanted and not decision.strip():
        return denied(
            "Say who decided that a record which names somebody may carry a level, and when: it "
            "stays beside the setting for everybody to read."
        )
    return ALLOWED


def are_within(numbers: Mapping[str, int]) -> Verdict:
    """Every number lies between its bounds: totals over one person would hide nobody."""
    for name, (words, unit, least, most) in NUMBERS.items():
        if not least <= numbers[name] <= most:
            return denied(f"{words}: give a number from {least} to {most} ({unit}).")
    return ALLOWED


def told(trust: Trust) -> dict[str, str]:
    """Return every setting in words, by the names its form gives them."""
    return {
        **{name: str(getattr(trust, name)) for name in NUMBERS},
        "may_level_named_records": str(trust.may_level_named_records),
        "level_decision": trust.level_decision,
    }


def changes_in_words(changed: Mapping[str, list[str]]) -> list[str]:
    """Say what one change in the trust's history was, setting by setting."""
    words = {name: told[0] for name, told in NUMBERS.items()} | {
        "may_level_named_records": "A record that names somebody may carry a level",
        "level_decision": "Decision on levels",
    }
    yes_no = {"True": "yes", "False": "no", "": "none"}
    return [
        f"{words.get(name, name)}: {yes_no.get(now, now)} instead of {yes_no.get(was, was)}"
        for name, (was, now) in changed.items()
    ]
