"""Says in one sentence who can read a record now, and who will once it is shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whose role lets them read a record."""

    name: str
    role: str
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Whose a record is, whom it is about, and how far it has come.

    Args:
        author: a name; "you" for the reader of the sentence.
        subject: the person it is about, likewise; empty when it names nobody.
        readers: those whose roles let them read it now.
        subject_reads: the subject is among them.
        is_draft: nobody but its author has it.
        is_private: never for anybody but its author and its subject.
        is_shared: its subject and the academy's leaders have it.
        is_locked: its report is final, so nothing about it changes any more.

    """

    author: str
    subject: str
    readers: Sequence[Reader]
    subject_reads: bool
    is_draft: bool
    is_private: bool
    is_shared: bool
    is_locked: bool


def who_can_see(of: Audience) -> str:
    """Return the sentence."""
    if of.is_draft:
        reads = "You read" if of.subject == "you" else f"{of.subject} reads"
        then = f" {reads} it only once it is shared." if of.subject else ""
        return f"Only {of.author}, until it is submitted.{then}"
    people = [of.author, *([of.subject] if of.subject and of.is_shared else [])]
    people.sort(key=lambda name: name != "you")
    people += [f"{reader.name} ({reader.role})" for reader in of.readers[:MOST_NAMES]]
    if len(of.readers) > MOST_NAMES:
        people.append(f"{len(of.readers) - MOST_NAMES} more with those roles")
    now = f"{_first(_listed(people))}."
    if of.is_private:
        return f"{now} It is private, so nobody else ever will."
    if of.is_shared or of.is_locked:
        return f"{now} No trustee or governor."
    also = "the academy's leaders"
    if of.subject and not of.subject_reads:
        also = f"{of.subject} and {also}"
    return f"{now} Once it is shared, also {also}. No trustee or governor."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]
