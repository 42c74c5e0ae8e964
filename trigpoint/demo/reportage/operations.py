"""Reports of the story go from draft to final, as far as the script says."""

from trigpoint.demo.stage.rules import Held, Story, moment
from trigpoint.demo.words.rules import read
from trigpoint.people.models import User
from trigpoint.records.revisions import revision_of
from trigpoint.reporting.drafts import operations as drafts
from trigpoint.reporting.models import FactualComment, Report
from trigpoint.reporting.reports import operations as reports
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews import operations as reviews

# Working days after fieldwork on which each step is taken; the policy asks 5, 7, 12 and 15.
DRAFTED, SENT, OPENED, COMMENTED, ANSWERED, FINAL = 4, 5, 7, 9, 12, 14
LATE = 4  # working days more, for the report that comes late
LATE_SHARE = 0.12
COMMENT_SHARE = 0.6


def report(story: Story, held: Held) -> None:
    """Write the review's report and take it as far as the script says."""
    if held.is_self:
        _close_self_review(story, held)
        return
    at = moment(held.day(DRAFTED), 16)
    held.report = drafts.assemble(review=held.review, by=held.lead, at=at)
    if held.script.stage == "draft":
        return
    at = moment(held.day(SENT), 10)
    held.report = reports.send_to_qa(report=held.report, by=held.lead, at=at)
    if held.script.stage == "qa":
        return
    at = moment(held.day(OPENED), 9)
    held.report = reports.open_to_academy(report=held.report, by=_reader(story, held), at=at)
    if held.script.stage == "check":
        return
    comments = _comment(story, held, held.report)
    open_still = held.script.stage == "answered"
    for number, (comment, entry) in enumerate(comments):
        if not (open_still and number):
            _answer(held, comment, entry)
    if not open_still:
        _finalise(story, held, is_confirmed=bool(comments))


def _reader(story: Story, held: Held) -> User:
    """Internal QA is done by the QA lead, whose own reports another reviewer reads."""
    readers = [story.cast.lead, *story.cast.reviewers]
    return next(reader for reader in readers if reader != held.lead)


def _close_self_review(story: Story, held: Held) -> None:
    """A self-review has no report: what the academy says of itself stands beside the trust's."""
    by, on = story.cast.lead, held.day(DRAFTED)
    held.review = reviews.report(review=held.review, by=by, on=on)
    if held.script.until == Review.Status.CLOSED:
        held.review = reviews.close(review=held.review, by=by, on=on)


def _comment(
    story: Story, held: Held, report: Report
) -> list[tuple[FactualComment, tuple[str, str, str, str]]]:
    """Let the head correct up to two facts."""
    if held.script.stage != "answered" and not story.words.chance(COMMENT_SHARE):
        return []
    statements = list(report.statements.order_by("position")[1:4])
    made = []
    for statement in statements[: 2 if held.script.stage else story.words.between(1, 2)]:
        entry = story.words.draw("comments", read("claims")["comments"])
        at, by = moment(held.day(COMMENTED), 15), held.script.place.head
        made.append((reports.comment(statement=statement, text=entry[0], by=by, at=at), entry))
    return made


def _answer(held: Held, comment: FactualComment, entry: tuple[str, str, str, str]) -> None:
    """Answer a comment; one that is accepted adds its sentence to the statement."""
    _, disposition, reason, added = entry
    reports.dispose(
        comment=comment,
        disposition=disposition,
        reason=reason,
        new_text=f"{comment.statement.text} {added}" if added else "",
        base_revision=revision_of([comment.statement.text]),
        by=held.lead,
        at=moment(held.day(ANSWERED), 11),
    )


def _finalise(story: Story, held: Held, *, is_confirmed: bool) -> None:
    """Make the report final; an academy that had something to say confirmed the facts first."""
    late = LATE if story.words.chance(LATE_SHARE) else 0
    if held.report is None:
        return
    if is_confirmed:
        at, by = moment(held.day(ANSWERED), 15), held.script.place.head
        held.report = reports.confirm(report=held.report, by=by, at=at)
    on = held.day(FINAL + late)
    held.report = reports.finalise(report=held.report, by=held.lead, at=moment(on, 14))
    held.review.refresh_from_db()
    for finding in held.findings:
        finding.refresh_from_db()
    story.finished.append(held)
