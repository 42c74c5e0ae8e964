"""Who may read a standard, and what changed in it from one version to the next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from trigpoint.people.roles import Capability
from trigpoint.policies.standards.models import Standard
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text: ``same``, ``gone`` or ``new``."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One text of a standard that reads differently now."""

    label: str
    pieces: list[Piece]


def may_view(user: "User", standard: Standard) -> Verdict:
    """Everybody in the trust may read its standards. Agrees with ``visible_to``."""
    if user.access.holds(Capability.POLICY_VIEW) and standard.trust_id == user.trust_id:
        return ALLOWED
    return denied("This standard belongs to another trust's policy.")


def kinds_in_words(kinds: Sequence[str]) -> list[str]:
    """Say the expected kinds of evidence as people do: ``Lesson visit``."""
    return [str(kind).replace("_", " ").capitalize() for kind in kinds]


def texts(standard: Standard) -> dict[str, str]:
    """Return everything a standard says, by label. Its look-fors and descriptors are loaded."""
    return (
        {"Standard": standard.statement}
        | {it.level.label: it.text for it in standard.descriptors.all()}
        | {f"Look-for {it.position}": it.text for it in standard.look_fors.all()}
    )


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    """Compare a standard's texts, by label, with those of the version before.

    A text that stayed as it was is left out; one that came or went is all new or all gone.
    """
    labels = [*after, *(label for label in before if label not in after)]
    return [
        Change(label, list(_pieces(before.get(label, ""), after.get(label, ""))))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = before.split(), after.split()
    for verb, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if verb == "equal":
            yield Piece("same", " ".join(new[j1:j2]))
            continue
        if old[i1:i2]:
            yield Piece("gone", " ".join(old[i1:i2]))
        if new[j1:j2]:
            yield Piece("new", " ".join(new[j1:j2]))
