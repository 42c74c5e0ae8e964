"""Who reads a judgement's words, said to those who do not."""

import pytest

from trigpoint.judgements.models import Judgement
from trigpoint.reporting.statements import rules
from trigpoint.reviews.models import Review


@pytest.mark.parametrize(
    ("kind", "has_report", "words"),
    [
        (Review.Kind.SELF, False, "Ask the head for them."),
        (Review.Kind.SELF, True, "Ask the head for them."),
        (Review.Kind.DEEP_DIVE, True, "Until it is final the review’s team reads them"),
        (Review.Kind.DEEP_DIVE, False, "The review has no report."),
    ],
)
def test_who_reads_names_somebody_to_ask_or_a_day_to_wait_for(kind, has_report, words):
    judgement = Judgement(review=Review(kind=kind))

    assert words in rules.who_reads(judgement, has_report=has_report)
