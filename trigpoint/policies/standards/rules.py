"""Who may read a standard, and what changed in it from one version to the next."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain, count
from typing import TYPE_CHECKING

from django.utils.text import slugify

from trigpoint.policies.settings.rules import SETTINGS
from trigpoint.policies.standards.models import Scale, Standard
from trigpoint.policies.versions.rules import may_view as may_view_version
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User


EVIDENCE_KINDS = [  # the activities that a sample is asked of; instruments call them by name
    (it.name, it.name.replace("_", " ").capitalize()) for it in SETTINGS if it.group == "sample"
]
LINEAGE_LENGTH, LOOK_FOR_LENGTH = 48, 30  # room is left for a number, and for the standard's own


Meanings = tuple[tuple[int, str], ...]  # number of a version, and what changed in it


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
    """Whoever reads the version reads its standards. Agrees with ``visible_to``."""
    return may_view_version(user, standard.version)


def code_is_free(code: str, taken: Mapping[str, str]) -> Verdict:
    """Each area, and each standard, has a code of its own; ``taken`` says what holds which."""
    if code not in taken:
        return ALLOWED
    return denied(f"The code {code} is taken by {taken[code]}. Choose another.")


def new_lineage(name: str, taken: AbstractSet[str]) -> str:
    """Make the key by which something new is the same in every version to come.

    It is like none the policy ever had: what was removed does not come back under another name.
    """
    return _unlike(slugify(name)[:LINEAGE_LENGTH].strip("-") or "new", taken)


def look_for_key(standard: str, text: str, taken: AbstractSet[str]) -> str:
    """Make the lineage of a new look-for of a standard, from its first words."""
    words = "-".join(slugify(text).split("-")[:4])[:LOOK_FOR_LENGTH].strip("-") or "new"
    return _unlike(f"{standard}-{words}", taken)


def _unlike(key: str, taken: AbstractSet[str]) -> str:
    numbered = (f"{key}-{number}" for number in count(2))
    return next(it for it in chain([key], numbered) if it not in taken)


def meanings_between(meanings: Meanings, older: int, newer: int) -> str:
    """Say what changed in meaning after one version and up to another; empty when nothing did.

    Args:
        meanings: numbers of versions with what changed in each, oldest first.
        older: number of the version an earlier level was given under.
        newer: number of the version the later level was given under.

    """
    return " Then: ".join(words for number, words in meanings if older < number <= newer)


def what_changed(meaning: str, scale: str, scale_name: str, scale_before: str | None) -> str:
    """Say what changed in a version: the meaning, what it is judged by, or both; empty for neither.

    Args:
        meaning: what the version says has changed in meaning.
        scale: code of the scale the version judges it on.
        scale_name: its name.
        scale_before: code of the scale the version before judged it on; None for what is new.

    """
    moved = ""
    if scale_before is not None and scale != scale_before:
        moved = "It is judged in words, without a level."
        if scale != Scale.WORDS:
            moved = f"It is judged on the scale “{scale_name}”."
    return " ".join(filter(None, [meaning, moved]))


@dataclass(frozen=True, slots=True)
class Breaks:
    """Where trends break: by lineage, in which versions a meaning changed, and how."""

    areas: Mapping[str, Meanings]
    standards: Mapping[str, Meanings]

    def between(self, lineage: str, older: int, newer: int, *, standard: bool = False) -> str:
        """Return what changed in meaning after one version and up to another; empty for nothing."""
        found = self.standards if standard else self.areas
        return meanings_between(found.get(lineage, ()), older, newer)


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
