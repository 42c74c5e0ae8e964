"""Who may call a meeting, ask, answer, close and decide; and how a paper is kept and read back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from trigpoint.governance.assurance.rules import Change, LevelShare, Row, Share, Table
from trigpoint.governance.meetings.models import Challenge, Meeting
from trigpoint.people.names.rules import names_nobody
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reporting.models import Report
from trigpoint.trusts.models import Body
from trigpoint.web.marks import Shown

if TYPE_CHECKING:
    from trigpoint.people.models import User

S = Challenge.Status
LIFECYCLE = Workflow(
    "question",
    initial=S.ASKED,
    steps=(
        Step("answer", frozenset({S.ASKED}), S.ANSWERED),
        Step("close", frozenset({S.ANSWERED}), S.CLOSED),
    ),
)


def _covers(user: "User", capability: Capability, body: Body) -> bool:
    return user.access.covers(capability, trust_id=body.trust_id, academy_id=body.academy_id)


def may_view(user: "User", meeting: Meeting) -> Verdict:
    """Members of the body, and those who serve it."""
    if _covers(user, Capability.MEETING_VIEW, meeting.body):
        return ALLOWED
    return denied("This meeting belongs to a body you don't sit on.")


def may_call(user: "User", body: Body) -> Verdict:
    """The clerk: whoever calls meetings for that body."""
    if _covers(user, Capability.MEETING_CALL, body):
        return ALLOWED
    return denied("Only the trust's QA lead calls meetings here. Ask them to put it in.")


def may_table_assurance(user: "User", meeting: Meeting) -> Verdict:
    """The clerk puts the table before the meeting."""
    return may_call(user, meeting.body)


def may_table_report(user: "User", meeting: Meeting, report: Report | None) -> Verdict:
    """The clerk, with a final report that concerns the body.

    ``report`` None asks whether papers may be added at all.
    """
    if not (allowed := may_call(user, meeting.body)) or report is None:
        return allowed
    if report.status != Report.Status.FINAL:
        return denied("Only a final report goes to a meeting. Finalise it first.")
    if meeting.body.academy_id and report.academy_id != meeting.body.academy_id:
        return denied("A local governing body sees its own academy's reports only.")
    return ALLOWED


def may_ask(user: "User", meeting: Meeting, named: Sequence[str] = ()) -> Verdict:
    """Members of the body; no question names a member of staff."""
    if not _covers(user, Capability.CHALLENGE_RAISE, meeting.body):
        return denied("Only members of this body ask questions here.")
    return _without_names(named)


def may_answer(user: "User", challenge: Challenge, named: Sequence[str] = ()) -> Verdict:
    """The clerk, once, without naming a member of staff."""
    if not (allowed := may_call(user, challenge.meeting.body)):
        return allowed
    if challenge.status != S.ASKED:
        return denied("This question has its answer. Ask another one if it is not enough.")
    return _without_names(named)


def may_close(user: "User", challenge: Challenge) -> Verdict:
    """Members of the body, when the answer is enough for them."""
    if not _covers(user, Capability.CHALLENGE_RAISE, challenge.meeting.body):
        return denied("Only members of this body can close a question.")
    if challenge.status == S.ASKED:
        return denied("This question has no answer yet. It can be closed once it has one.")
    return LIFECYCLE.may("close", challenge.status)


def may_decide(user: "User", meeting: Meeting, named: Sequence[str] = ()) -> Verdict:
    """The clerk records what the body decided."""
    return may_call(user, meeting.body) and _without_names(named)


def _without_names(named: Sequence[str]) -> Verdict:
    return names_nobody("The paper of a meeting", named, instead="Name the role or the team.")


def as_paper(table: Table) -> dict[str, Any]:
    """Return the table as plain values, to be kept with a meeting as it stood."""
    return asdict(table)


def from_paper(kept: Mapping[str, Any]) -> Table:
    """Return the table a meeting had in front of it."""
    return Table(
        on=kept["on"],
        since=kept["since"],
        academies=kept["academies"],
        academy=kept.get("academy", ""),
        rows=tuple(_row_from(area) for area in kept["rows"]),
        changes=tuple(
            Change(**{**moved, "before": Shown(**moved["before"]), "now": Shown(**moved["now"])})
            for moved in kept["changes"]
        ),
    )


def _row_from(kept: Mapping[str, Any]) -> Row:
    levels = tuple(LevelShare(Shown(**it["level"]), it["count"]) for it in kept["levels"])
    strengths = tuple(Share(**it) for it in kept["strengths"])
    level = Shown(**kept["level"]) if kept["level"] else None
    return Row(**{**kept, "levels": levels, "strengths": strengths, "level": level})
