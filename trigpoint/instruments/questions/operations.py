"""The verbs of a question of a draft form: add, change, move, remove."""

from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.instruments.contents.rules import Question
from trigpoint.instruments.drafts.operations import locked, write
from trigpoint.instruments.drafts.queries import system_keys
from trigpoint.instruments.drafts.rules import (
    is_as_seen,
    may_edit,
    new_key,
    part_of,
    part_with,
    question_of,
    stays_in_order,
)
from trigpoint.instruments.library.models import InstrumentVersion
from trigpoint.instruments.questions import rules
from trigpoint.instruments.questions.rules import Words
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import keep_both

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def add(
    *, version: InstrumentVersion, part_key: str, kind: str, words: Words, by: "User"
) -> Question:
    """Add a question at the end of a part of a draft.

    Args:
        version: the draft.
        part_key: the part's.
        kind: one of ``contents.rules.TYPES``, for good.
        words: what it says.
        by: who adds it.

    Raises:
        Refused: it is no draft, the person writes no forms, the part was removed or is full, or
            what it says does not fit together.

    """
    version = locked(version)
    may_edit(by, version).enforce()
    part = part_of(version.content, part_key)
    if part is None:
        msg = "This part was removed a moment ago. Go back to the form to see which there are."
        raise Refused(msg)
    rules.fits_in(part, kind).enforce()
    rules.in_order(words, kind).enforce()
    question = rules.made(kind, new_key(words.label, system_keys(version.instrument)), words)
    content = rules.added(version.content, part_key, question)
    stays_in_order(content, version.content).enforce()
    write(version, content, "question added", by=by, part=part_key, question=question)
    return question


@transaction.atomic
def change(
    *, version: InstrumentVersion, key: str, words: Words, base_revision: str, by: "User"
) -> Question:
    """Say a question otherwise. Its key and its kind stay, so its answers can be read together.

    Raises:
        Refused: as for ``add``, or it was removed, or another question is shown for an answer it
            would no longer offer.
        Stale: somebody changed it since ``base_revision``.

    """
    version = locked(version)
    may_edit(by, version).enforce()
    before = _there(version, key)
    rules.in_order(words, before["type"]).enforce()
    question = rules.made(before["type"], key, words, before.get("choices", []))
    keep_both(base_revision, stored=rules.told(before), wanted=rules.told(question))
    content = rules.changed(version.content, question)
    stays_in_order(content, version.content).enforce()
    write(version, content, "question changed", by=by, before=before, after=question)
    return question


@transaction.atomic
def move(*, version: InstrumentVersion, key: str, down: bool, by: "User") -> Question:
    """Move a question one place down or up; over the edge of its part into the next one.

    Raises:
        Refused: it is no draft, the person writes no forms, it was removed, it cannot be asked in
            the other part, or it would stand before the question it depends on.

    """
    version = locked(version)
    may_edit(by, version).enforce()
    question = _there(version, key)
    content = rules.moved(version.content, key, down=down)
    part, other = part_with(version.content, key), part_with(content, key)
    if part and other and part.get("key") != other.get("key"):
        there = part_of(version.content, other.get("key", "")) or part
        rules.fits_in(there, question["type"]).enforce()
    stays_in_order(content, version.content).enforce()
    write(version, content, "question moved", by=by, question=key, down=down)
    return question


@transaction.atomic
def remove(*, version: InstrumentVersion, key: str, seen: str, by: "User") -> Question:
    """Take a question out of a draft. Earlier versions keep it, and the history too.

    Raises:
        Refused: it is no draft, the person writes no forms, it was removed or changed since it was
            ``seen``, or another question is shown for its answers.

    """
    version = locked(version)
    may_edit(by, version).enforce()
    question = _there(version, key)
    is_as_seen(question, seen).enforce()
    rules.leaning_on(version.content, key).enforce()
    content = rules.removed(version.content, key)
    write(version, content, "question removed", by=by, question=question)
    return question


def _there(version: InstrumentVersion, key: str) -> Question:
    question = question_of(version.content, key)
    if question is None:
        msg = "This question was removed a moment ago. Go back to the form to see which there are."
        raise Refused(msg)
    return question
