"""Which roles can be tried out with one click, and when that is possible at all."""

from dataclasses import dataclass

from django.conf import settings

from trigpoint.records.refusals import ALLOWED, Verdict, denied


@dataclass(frozen=True, slots=True)
class Part:
    """One of those who can be tried out. ``role`` is what its address calls it."""

    role: str
    label: str
    note: str


PARTS = (
    Part("qa-lead", "Trust QA lead", "the whole trust, and what needs a decision"),
    Part("reviewer", "Reviewer", "the central team, reviews in hand"),
    Part("external", "External reviewer", "one review, today at Quernhill Primary"),
    Part("headteacher", "Headteacher", "Thornmere Primary, a report to check"),
    Part("team-leader", "Team leader", "key stage 2 at Thornmere Primary"),
    Part("staff", "Staff member", "Year 4 teacher, a visit booked"),
    Part("trustee", "Trustee", "the trust board, papers for the next meeting"),
    Part("governor", "Local governor", "Thornmere Primary only"),
    Part("training-lead", "Training lead", "needs by group across the trust"),
    Part("administrator", "Trust administrator", "academies, staff and access"),
    Part("dpo", "Data-protection officer", "who holds which role, and who held it"),
)


def may_enter() -> Verdict:
    """Only where the demo was switched on before the server started."""
    if settings.TRIGPOINT_DEMO:
        return ALLOWED
    return denied("This is not a demonstration. Sign in with your email address and password.")
