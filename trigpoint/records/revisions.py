"""Two people and one text: which wording a change starts from, and whether that still stands."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from trigpoint.records.refusals import Stale

CHANGED_MEANWHILE = (
    "Somebody changed these words while you were writing. Nothing of yours is lost: compare the "
    "two versions, put into yours what should stay, and save again."
)


def revision_of(words: Iterable[str]) -> str:
    """Return a short mark of words as they stand: the same words have the same mark.

    Spaces around them do not count, since a form takes them off.
    """
    said = "\x1f".join(one.strip() for one in words)
    return sha256(said.encode()).hexdigest()[:16]


def keep_both(base_revision: str, *, stored: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Refuse a change of words that does not start from what is stored now.

    Nothing is in the way when nothing is stored yet, or when both say the same: a form sent twice.

    Args:
        base_revision: :func:`revision_of` the words the writer was looking at.
        stored: the words as they stand, by the name their form gives them.
        wanted: the words they would become, by the same names.

    Raises:
        Stale: somebody changed them since; ``current`` holds what is stored.

    """
    as_stored, as_wanted = revision_of(stored.values()), revision_of(wanted[it] for it in stored)
    nothing_yet = not any(stored.values())
    if nothing_yet or as_stored in (base_revision, as_wanted):
        return
    raise Stale(CHANGED_MEANWHILE, current=dict(stored))
