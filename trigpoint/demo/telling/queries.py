"""What a story made, counted."""

from typing import TYPE_CHECKING, Any

from trigpoint.evidence.models import EvidenceRecord, Note, Survey
from trigpoint.governance.models import Challenge, Meeting
from trigpoint.improvement.models import Action, DevelopmentNeed, GoodPractice
from trigpoint.judgements.models import Claim, Finding, Judgement
from trigpoint.people.models import Person
from trigpoint.reporting.models import Report
from trigpoint.reviews.models import Activity, Review
from trigpoint.trusts.models import Academy, Team, Trust

if TYPE_CHECKING:
    from django.db.models import Model

COUNTED: tuple[tuple[str, "type[Model]"], ...] = (
    ("academies", Academy),
    ("teams", Team),
    ("people", Person),
    ("reviews", Review),
    ("activities", Activity),
    ("evidence records", EvidenceRecord),
    ("notes", Note),
    ("surveys", Survey),
    ("claims", Claim),
    ("judgements", Judgement),
    ("findings", Finding),
    ("reports", Report),
    ("actions", Action),
    ("needs", DevelopmentNeed),
    ("good practices", GoodPractice),
    ("meetings", Meeting),
    ("questions", Challenge),
)


def system_counts(trust: Trust) -> dict[str, int]:
    """Return how many rows of each thing the trust has, by its name in the plural."""
    return {what: _rows(model).filter(trust=trust).count() for what, model in COUNTED}


def _rows(model: "type[Model]") -> Any:  # noqa: ANN401 -- any table's own queryset
    return model._default_manager  # noqa: SLF001 -- Django's public name for it
