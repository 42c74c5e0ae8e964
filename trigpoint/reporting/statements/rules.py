"""Who reads the words of a judgement, said to those who do not."""

from trigpoint.judgements.models import Judgement
from trigpoint.reviews.models import Review


def who_reads(judgement: Judgement, *, has_report: bool) -> str:
    """Say where a judgement's words are read, to somebody who may not read them here.

    Args:
        judgement: with its review.
        has_report: whether somebody began a report of that review.

    """
    if judgement.review.kind == Review.Kind.SELF:
        return (
            "This is the school’s own view. Its words are read by those who may open its "
            "self-review: the academy’s head and the trust’s reviewers. Ask the head for them."
        )
    if has_report:
        return (
            "These words come out with the review’s report. Until it is final the review’s team "
            "reads them, and the academy while it checks the facts."
        )
    return (
        "The review has no report. Its words are read by the academy’s head and the trust’s "
        "reviewers: ask the head or the trust’s QA lead for them."
    )
