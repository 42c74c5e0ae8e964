"""The verb of a sample: draw."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.records import history
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.samples import queries, rules
from trigpoint.reviews.samples.models import Sample
from trigpoint.reviews.samples.rules import Frame

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be drawn: how many of which kind, with which seed."""

    kind: str
    count: int
    seed: int


@transaction.atomic
def draw(*, review: Review, frame: Frame, question: Question, by: "User", at: datetime) -> Sample:
    """Draw a sample for a review and keep it with its seed. The same question twice is one draw.

    Raises:
        Refused: the person does not run the review, it is being written up, or more was asked for
            than there is.
        ValueError: an observer is not on the team.

    """
    review = Review.objects.select_for_update(of=("self",)).select_related("lead").get(pk=review.pk)
    rules.may_draw(by, review).enforce()
    rules.is_drawable(frame, question.count).enforce()
    if set(frame.observers) - queries.system_team(review):
        msg = "What is drawn is seen by the review's own team."
        raise ValueError(msg)
    asked = {"kind": question.kind, "seed": question.seed, "subjects": list(frame.subjects),
             "year_groups": list(frame.year_groups), "observers": list(frame.observers)}  # fmt: skip
    same = [it for it in review.samples.filter(**asked) if len(it.drawn) == question.count]
    if same:
        return same[0]
    earlier = review.samples.filter(kind=question.kind)
    seen = [(it["subject"], it["year_group"]) for sample in earlier for it in sample.drawn]
    picks = rules.draw(frame, count=question.count, seed=question.seed, seen=seen)
    sample = Sample.objects.create(
        trust_id=review.trust_id,
        review=review,
        seen=[list(cell) for cell in seen],
        drawn=[asdict(pick) for pick in picks],
        drawn_by=by.person,
        drawn_at=at,
        **asked,
    )
    history.write(review, "sample drawn", by=by, count=len(picks), **asked)
    return sample
