"""Which kinds of activity are conversations with a group, and which name nobody."""

from trigpoint.records.refusals import ALLOWED, Verdict, denied

# Codes of ActivityKind; the one list of them.
IN_GROUPS = frozenset({"STUDENT_VOICE", "STAFF_VOICE", "PARENT_VOICE"})
BY_GOVERNORS = frozenset({"GOVERNOR_LINK_VISIT"})


def is_conversation(kind: str) -> bool:
    """Say whether activities of a kind are told as a group with its size."""
    return kind in IN_GROUPS


def may_name(kind: str) -> Verdict:
    """A conversation and a governor's visit name nobody, whatever the form says or was planned."""
    if is_conversation(kind):
        return denied(
            "A conversation is recorded as a group and names nobody. Take the person out and "
            "describe the group, or plan a lesson visit if it is about one person."
        )
    if kind in BY_GOVERNORS:
        return denied(
            "A governor’s visit is about the academy and names nobody. Take the person out and say "
            "their role, such as “the leader of reading”."
        )
    return ALLOWED
