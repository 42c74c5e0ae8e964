"""Which kinds of activity are conversations with a group, and that they name nobody."""

from trigpoint.records.refusals import ALLOWED, Verdict, denied

# Codes of ActivityKind; the one list of them.
IN_GROUPS = frozenset({"STUDENT_VOICE", "STAFF_VOICE", "PARENT_VOICE", "GOVERNOR_LINK_VISIT"})


def is_conversation(kind: str) -> bool:
    """Say whether activities of a kind are told as a group with its size."""
    return kind in IN_GROUPS


def may_name(kind: str) -> Verdict:
    """A conversation names nobody, whatever its form says and however it was planned."""
    if not is_conversation(kind):
        return ALLOWED
    return denied(
        "A conversation is recorded as a group and names nobody. Take the person out and "
        "describe the group, or plan a lesson visit if it is about one person."
    )
