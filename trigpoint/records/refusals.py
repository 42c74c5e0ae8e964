"""A rule's answer, and the exceptions a rule may raise."""

from dataclasses import dataclass


class Refused(Exception):  # noqa: N818 -- reads as a sentence: "raise Refused(...)"
    """A user asked for something the rules do not allow.

    The message is shown to the person as it stands, so it says what is in the way and what
    would clear it. Anything that needs a code change to fix is not a refusal: let it crash.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Stale(Refused):
    """Somebody changed the record first. ``current`` is what is stored, to be shown beside theirs."""

    def __init__(self, reason: str, *, current: dict[str, object]) -> None:
        super().__init__(reason)
        self.current = current


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with the reason. Truthy when allowed: ``{% if may.close %}``."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise :class:`Refused` unless allowed."""
        if not self.allowed:
            raise Refused(self.reason)


ALLOWED = Verdict(allowed=True)


def denied(reason: str) -> Verdict:
    """Return a refusal carrying the sentence the person will read."""
    return Verdict(allowed=False, reason=reason)
