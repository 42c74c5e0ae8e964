"""The verbs of a line of enquiry: reword, drop."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError

from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import keep_both
from trigpoint.reviews.lines import queries, rules
from trigpoint.reviews.reviews.models import LineOfEnquiry, Review
from trigpoint.reviews.reviews.operations import Line

if TYPE_CHECKING:
    from trigpoint.people.models import User

ANSWERED = "Something answers this line already, so it stays. Change its words instead."


@transaction.atomic
def reword(
    *, line: LineOfEnquiry, said: Line, base_revision: str, by: "User", on: date
) -> LineOfEnquiry:
    """Say a line otherwise: its question, its standards, how much would be enough.

    Raises:
        Refused: fieldwork has started, or the review is not the person's to run.
        Stale: somebody changed the question since ``base_revision``.
        ValueError: a standard is not of the review's policy version.

    """
    line = _locked(line)
    rules.may_reword(by, line).enforce()
    if {one.version_id for one in said.standards} - {line.review.policy_version_id}:
        msg = "A line's standards come from the review's own policy version."
        raise ValueError(msg)
    keep_both(base_revision, stored={"question": line.question}, wanted={"question": said.question})
    before = _told(line)
    line.question, line.wanted = said.question, said.wanted or {}
    line.save(update_fields=["question", "wanted"])
    line.standards.set(said.standards)
    history.write(line.review, "line reworded", by=by, on=on, before=before, after=_told(line))
    return line


@transaction.atomic
def drop(*, line: LineOfEnquiry, by: "User", on: date) -> Review:
    """Take a line out of a review. What it asked stays in the review's history.

    What is planned for it stays on the timetable.

    Raises:
        Refused: fieldwork has started, something rests on the line, or the review is not the
            person's to run.

    """
    line = _locked(line)
    rules.may_drop(by, line).enforce()
    if queries.system_is_answered(line):
        raise Refused(ANSWERED)
    history.write(line.review, "line dropped", by=by, on=on, before=_told(line))
    try:
        line.delete()
    except ProtectedError as held:
        raise Refused(ANSWERED) from held
    return line.review


def _locked(line: LineOfEnquiry) -> LineOfEnquiry:
    """Lock the review, which all its lines belong to, and read the line again."""
    reviews = Review.objects.select_for_update(of=("self",)).select_related("lead")
    review = reviews.get(pk=line.review_id)
    found = LineOfEnquiry.objects.filter(pk=line.pk).first()
    if found is None:
        msg = "This line was dropped a moment ago. Go back to the review to see which there are."
        raise Refused(msg)
    found.review = review
    return found


def _told(line: LineOfEnquiry) -> dict[str, Any]:
    codes = list(line.standards.order_by("code").values_list("code", flat=True))
    return {"number": line.number, "question": line.question, "standards": codes,
            "wanted": line.wanted}  # fmt: skip
