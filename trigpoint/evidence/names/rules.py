"""Finds words that may be a pupil's name. It asks; it never decides.

Two signs are read: a first name common in British schools, and any other capitalised word right
before a verb of speaking ("Zofka said …"). A capitalised word right after a name goes with it
("Amelia Jones"). A compound that counts ("One-word answers") is no name. Words that are also ordinary English ("Will", "Grace") count only where a capital
is not owed to the start of a sentence.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]+)*")
SURNAME = re.compile(r"[ \t]+([A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]{2,})*)(?!\w)")
TITLED = re.compile(
    r"(?<!\w)(?:(?:mrs?|ms|dr)\.?|Miss|Sir|Madam)\s+[a-zà-öø-ÿ]+|(?<!\w)Miss\s+[A-Z]\w+",
    re.IGNORECASE,
)
REACHES = re.compile(  # an address of mail, an account's name, a number to ring
    r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w{2,}|(?<![\w.,])(?:\+44|0)(?:[ -]?\d){9,10}(?!\w)"
)
COVER = "[covered]"
COUNTED = re.compile(r"(?:one|two|three|four|five|six|seven|eight|nine|ten)-")
SENTENCE_ENDS = re.compile(r"(?:^|[.!?;•\n]|[“\"(\u2018]|- )\s*$")


@cache
def listed(name: str) -> frozenset[str]:
    """Return one of the shipped word lists, in small letters.

    ``first_names``; ``also_english``, names that are words too; ``never``, names that in school
    notes mean something else; ``speaks``, what pupils do with words; ``not_names``, who speaks
    without being named.
    """
    text = files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def name_like_words(texts: Iterable[str], *, known: Iterable[str] = ()) -> list[str]:
    """Return the words that may name a pupil, once each, in the order they appear.

    Args:
        texts: everything somebody typed that others will read.
        known: names that may stand there, such as the observed person's own.

    """
    allowed = {part.lower() for name in known for part in WORD.findall(name)}
    found: dict[str, None] = {}
    for text in texts:
        for word in _suspects(text):
            if not set(word.lower().split()) <= allowed:
                found.setdefault(word)
    return list(found)


def _suspects(text: str) -> Iterable[str]:
    words = list(WORD.finditer(text))
    surname_ends = 0
    for place, match in enumerate(words):
        word = re.sub(r"['’]s$", "", match.group())
        if not word[0].isupper() or match.start() < surname_ends:
            continue
        before = text[: match.start()]
        if before.endswith(("Mrs ", "Mr ", "Ms ", "Miss ", "Dr ")):
            continue
        following = words[place + 1].group().lower() if place + 1 < len(words) else ""
        opens = bool(SENTENCE_ENDS.search(before))
        if _is_first_name(word.lower(), opens=opens) or _speaks(word.lower(), following):
            surname = SURNAME.match(text, match.end())
            surname_ends = surname.end() if surname else 0
            yield f"{word} {surname[1]}" if surname else word


def _is_first_name(word: str, *, opens: bool) -> bool:
    if word in listed("never") or (opens and word in listed("also_english")):
        return False
    return word in listed("first_names")


def _speaks(word: str, following: str) -> bool:
    if word in listed("not_names") or COUNTED.match(word):
        return False
    return following in listed("speaks") and len(word) > 1


def names_in_haste(text: str) -> list[str]:
    """Return the words of a hasty text that may name anybody, a member of staff as well.

    People who answer on a phone write no capitals, so a first name counts in any case unless it is
    also a word; and a title counts with whatever follows it. So does what reaches somebody: an
    address, an account or a telephone number.
    """
    found = dict.fromkeys(
        [*(" ".join(it.split()) for it in (*TITLED.findall(text), *REACHES.findall(text)))]
    )
    known = listed("first_names") - listed("also_english") - listed("never")
    in_any_case = (match.group() for match in WORD.finditer(text))
    found |= dict.fromkeys(word for word in in_any_case if _bare(word) in known)
    return list(found | dict.fromkeys(name_like_words([text])))


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word).lower()


def covered(text: str, words: Iterable[str]) -> str:
    """Return a text with words covered up, longest first, wherever they stand in it."""
    for word in sorted(words, key=len, reverse=True):
        spelled = r"\s+".join(map(re.escape, word.split()))
        text = re.sub(rf"(?<!\w){spelled}(?!\w)", COVER, text, flags=re.IGNORECASE)
    return text
