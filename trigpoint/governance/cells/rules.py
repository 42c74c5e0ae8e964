"""One academy in one area: what stands now, what stood when the term began, and the lists it is in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from trigpoint.judgements.strength import rules as weights
from trigpoint.web.marks import AT_STANDARD, Shown, is_in_words

SHOWS = {  # what one area's list of academies can be narrowed to, besides a level by its code
    "standard": "At standard or above",
    "was": "At standard when the term began",
    "better": "Better",
    "worse": "Worse",
    "apart": "Not compared",
    "new": "Not judged when the term began",
    "earlier": "On an earlier scale",
    "thin": "On thin evidence",
    "unjudged": "Not judged",
    "old": "Out of date",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One academy's latest judgement of one area, as far as a table needs it."""

    level: Shown
    strength: str
    made_on: date
    perspective: str
    valid_until: date | None = None
    judgement_id: UUID | None = None
    facts: Mapping[str, Any] | None = None
    version: int = 0  # number of the policy version it was given under
    scale: str = ""  # code of the scale it was given on

    @property
    def counted(self) -> str:
        """The counts its strength rests on, in words."""
        return weights.counted(self.facts or {})

    def is_out_of_date(self, *, on: date, max_age_days: int) -> bool:
        """Say whether it is past its validity date, or older than the policy lets evidence be."""
        until = self.valid_until or self.made_on + timedelta(days=max_age_days)
        return until < on


@dataclass(frozen=True, slots=True)
class Cell:
    """One academy in one area: now, and at the start of the term.

    ``meaning`` says what changed in the area's meaning in between; the two are then not compared.
    ``scale`` is the code of what the version in force judges the area on.
    """

    academy: str
    now: Judged | None
    before: Judged | None
    meaning: str = ""
    scale: str = ""

    @property
    def steps(self) -> int:
        """How many levels up since the start of term; 0 when the two cannot be compared.

        A change of scale is a change of meaning, so that both levels are of one scale here.
        """
        if self.now is None or self.before is None or self.meaning:
            return 0
        return self.before.level.rank - self.now.level.rank

    @property
    def is_apart(self) -> bool:
        """Whether it is judged now as then, and the two cannot be compared.

        What is judged in words is read, and never the same.
        """
        if self.now is None or self.before is None:
            return False
        return bool(self.meaning) or is_in_words(self.now.level)

    @property
    def is_on_an_earlier_scale(self) -> bool:
        """Whether its level is of another scale than the version in force gives the area."""
        now = self.now
        return now is not None and now.scale != self.scale and not is_in_words(now.level)

    def shows(self, *, on: date, max_age_days: int) -> frozenset[str]:
        """Return which lists the academy belongs to: keys of SHOWS, and the code of its level.

        The table counts these, so that each of its numbers is as long as the list behind it.
        """
        now, before = self.now, self.before
        belongs = {
            "was": before is not None and before.level.tone in AT_STANDARD,
            "better": self.steps > 0,
            "worse": self.steps < 0,
            "apart": self.is_apart,
            "new": now is not None and before is None,
            "earlier": self.is_on_an_earlier_scale,
            "unjudged": now is None,
        }
        if now:
            belongs[now.level.code] = True
            belongs["standard"] = now.level.tone in AT_STANDARD
            belongs["thin"] = now.strength == "THIN"
            belongs["old"] = now.is_out_of_date(on=on, max_age_days=max_age_days)
        return frozenset(name for name, is_so in belongs.items() if is_so)
