"""Finds names of staff in a text, however they are written, and says what to write instead."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from trigpoint.records.refusals import ALLOWED, Verdict, denied

TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Rev|Reverend)\b\.?"
TITLED = re.compile(rf"(?:{TITLES}\s+)+", re.IGNORECASE)
LIKE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u2032\uff07`\u00b4", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
)
REMOVED = "[name removed]"
SAY_INSTEAD = "Say what was seen, or name the role."


def names_nobody(what: str, named: Sequence[str], *, instead: str = SAY_INSTEAD) -> Verdict:
    """Refuse words that name a member of staff.

    Args:
        what: what is written, such as "A judgement".
        named: each name found, with its place where that helps.
        instead: the way round, a sentence.

    """
    if not named:
        return ALLOWED
    return denied(f"{what} never names a member of staff. Take out: {'; '.join(named)}. {instead}")


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Return the names that a text holds: in full, or the surname after a title or an initial.

    A bare surname is left alone: Young, Reading and Banks are also words, and pupils miss reading.
    """
    text = _alike(text)
    lowered = text.lower()
    return [
        name
        for name in names
        if (words := _name_words(name))
        and words[-1].lower() in lowered
        and _pattern(words).search(text)
    ]


def without_names(text: str, names: Iterable[str]) -> str:
    """Return the text with every staff name taken out, as the last line of defence on paper."""
    for name in named_in(text, names):
        text = _pattern(_name_words(name)).sub(REMOVED, _alike(text))
    return text


def _alike(text: str) -> str:
    """Return the text with one sort of accent, apostrophe and hyphen, however it was typed."""
    return unicodedata.normalize("NFC", text).translate(LIKE)


@lru_cache(maxsize=4_096)  # the same staff, text after text
def _name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without its titles."""
    return tuple(TITLED.sub("", _alike(name).strip() + " ", count=1).split())


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, words))
    if len(words) == 1:
        return re.compile(rf"(?i:\b{spaced})(?!\w)")
    first, last = re.escape(words[0]), re.escape(words[-1])
    middle = r"\s+(?:\w\.?\s+)*"
    ways = (
        spaced,
        rf"{first}{middle}{last}",
        rf"{last},\s*{first}(?!\w)",
        rf"(?!miss\s+(?-i:[a-z])){TITLES}\s+(?:{first}\s+|(?:\w\.?\s+)+)?{last}",
    )
    full = "|".join(ways)
    dot = r"(?:\.\s*|\s+)"
    initial = rf"{re.escape(words[0][0])}{dot}(?:[A-Z]{dot})*(?:{last}|{last.upper()})"
    return re.compile(rf"\b(?:(?i:{full})|{initial})(?!\w)")
