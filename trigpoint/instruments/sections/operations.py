"""The verbs of a part of a draft form: add, change, move, remove."""

from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.instruments.contents.rules import Part
from trigpoint.instruments.drafts.operations import locked, write
from trigpoint.instruments.drafts.queries import system_keys
from trigpoint.instruments.drafts.rules import is_as_seen, may_edit, part_of, stays_in_order
from trigpoint.instruments.library.models import InstrumentVersion
from trigpoint.instruments.sections import rules
from trigpoint.instruments.sections.rules import Words
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import keep_both

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def add(*, version: InstrumentVersion, words: Words, by: "User") -> Part:
    """Add a part at the end of a draft.

    Raises:
        Refused: it is no draft, the person writes no forms, or it has as many parts as fit.

    """
    version = locked(version)
    may_edit(by, version).enforce()
    rules.room_for_one(version.content).enforce()
    content, key = rules.added(version.content, words, system_keys(version.instrument))
    write(version, content, "part added", by=by, part=key, words=rules.said(words))
    return _there(version, key)


@transaction.atomic
def change(
    *, version: InstrumentVersion, key: str, words: Words, base_revision: str, by: "User"
) -> Part:
    """Say a part otherwise: its title, its help, whether and how often it is answered.

    Raises:
        Refused: as for ``add``, or it was removed, or what it asks cannot repeat.
        Stale: somebody changed it since ``base_revision``.

    """
    version = locked(version)
    may_edit(by, version).enforce()
    part = _there(version, key)
    before, after = rules.told(part), rules.said(words)
    keep_both(base_revision, stored=before, wanted=after)
    rules.may_repeat(part, words).enforce()
    content = rules.changed(version.content, key, words)
    stays_in_order(content, version.content).enforce()
    write(version, content, "part changed", by=by, part=key, before=before, after=after)
    return _there(version, key)


@transaction.atomic
def move(*, version: InstrumentVersion, key: str, steps: int, by: "User") -> Part:
    """Move a part so many places down, or up where ``steps`` is below 0.

    Raises:
        Refused: it is no draft, the person writes no forms, the part was removed, or a question
            would stand before the one it depends on.

    """
    version = locked(version)
    may_edit(by, version).enforce()
    _there(version, key)
    content = rules.moved(version.content, key, steps)
    stays_in_order(content, version.content).enforce()
    write(version, content, "part moved", by=by, part=key, steps=steps)
    return _there(version, key)


@transaction.atomic
def remove(*, version: InstrumentVersion, key: str, seen: str, by: "User") -> Part:
    """Take a part and its questions out of a draft. The history keeps them.

    Raises:
        Refused: as for ``move``, or it was changed since it was ``seen``, or a question elsewhere
            is shown for an answer of this part.

    """
    version = locked(version)
    may_edit(by, version).enforce()
    part = _there(version, key)
    is_as_seen(part, seen).enforce()
    rules.may_go(version.content, part).enforce()
    content = rules.removed(version.content, key)
    write(version, content, "part removed", by=by, part=part)
    return part


def _there(version: InstrumentVersion, key: str) -> Part:
    part = part_of(version.content, key)
    if part is None:
        msg = "This part was removed a moment ago. Go back to the form to see which there are."
        raise Refused(msg)
    return part
