"""What somebody searches for, as words and phrases, and where a text says it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LONGEST = 1_000  # characters
MOST_TERMS = 8
MOST_IN_PHRASE = 12
AROUND = 70  # characters shown before and after what was found
MOST_FRAGMENTS = 3
QUOTED = re.compile(
    r"[\"\N{LEFT DOUBLE QUOTATION MARK}]([^\"\N{RIGHT DOUBLE QUOTATION MARK}]*)[\"\N{RIGHT DOUBLE QUOTATION MARK}]"
)
WORD = re.compile(r"[^\W_]+")
STEMMERS = (
    snowballstemmer.stemmer("porter"),
    snowballstemmer.stemmer("english"),
)  # SQLite's, PostgreSQL's
# Words that PostgreSQL's English leaves out of its index, so that both databases find the same.
EVERYWHERE = frozenset(
    ["a", "about", "above", "after", "again", "against", "all", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been", "before", "being", "below", "between", "both", "but", "by", "can", "did", "do", "does", "doing", "don", "down", "during", "each", "few", "for", "from", "further", "had", "has", "have", "having", "he", "her", "here", "hers", "herself", "him", "himself", "his", "how", "i", "if", "in", "into", "is", "it", "its", "itself", "just", "me", "more", "most", "my", "myself", "no", "nor", "not", "now", "of", "off", "on", "once", "only", "or", "other", "our", "ours", "ourselves", "out", "over", "own", "s", "same", "she", "should", "so", "some", "such", "t", "than", "that", "the", "their", "theirs", "them", "themselves", "then", "there", "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "why", "will", "with", "you", "your", "yours", "yourself", "yourselves"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: all of ``terms``, each a word or several that follow one another."""

    typed: str = ""
    terms: tuple[tuple[str, ...], ...] = ()
    is_cut: bool = False

    @property
    def is_asked(self) -> bool:
        """Say whether anything was typed."""
        return bool(self.typed)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text; ``found`` when it is what was looked for."""

    text: str
    found: bool = False


def read(typed: str) -> Search:
    """Read a search: words, and phrases in double quotes; nothing typed is an operator.

    Words that nearly every text holds are left out of the search, and so is all after the first
    eight terms (``is_cut``).
    """
    typed = typed.strip()[:LONGEST]
    phrases = [_words(phrase)[:MOST_IN_PHRASE] for phrase in QUOTED.findall(typed)]
    loose = [[word] for word in _words(QUOTED.sub(" ", typed))]
    terms = dict.fromkeys(tuple(_bare(term)) for term in (*phrases, *loose))
    kept = [term for term in terms if term]
    return Search(typed, tuple(kept[:MOST_TERMS]), is_cut=len(kept) > MOST_TERMS)


def _words(text: str) -> list[str]:
    return WORD.findall(folded(text))


def _bare(term: Sequence[str]) -> Sequence[str]:
    """Take common words from both ends: an index that leaves them out cannot look for them."""
    kept = [place for place, word in enumerate(term) if word not in EVERYWHERE]
    return term[kept[0] : kept[-1] + 1] if kept else ()


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """Return a text in small letters without accents, as the indexes keep it."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


@lru_cache(maxsize=16_384)
def _stems(word: str) -> frozenset[str]:
    """Return a word's stem as either database has it."""
    return frozenset(stemmer.stemWord(word) for stemmer in STEMMERS)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str


def _tokens(text: str) -> list[_Token]:
    return [_Token(it.start(), it.end(), folded(it.group())) for it in WORD.finditer(text)]


def _spans(text: str, search: Search) -> list[tuple[int, int]]:
    """Return where a text says any of the terms, in order, without overlaps."""
    tokens, found = _tokens(text), []
    for place, token in enumerate(tokens):
        for term in search.terms:
            there = tokens[place : place + len(term)]
            if len(there) == len(term) and all(map(_same, term, there)):
                found.append((token.start, there[-1].end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _same(word: str, token: _Token) -> bool:
    if word in EVERYWHERE:  # inside a phrase any common word stands for another
        return token.word in EVERYWHERE
    return word[:2] == token.word[:2] and bool(_stems(word) & _stems(token.word))


def marked(text: str, search: Search) -> list[Run]:
    """Return a whole text, what was looked for apart from the rest."""
    text = unicodedata.normalize("NFC", text)
    return list(_runs(text, _spans(text, search), 0, len(text)))


def _runs(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[Run]:
    for first, last in spans:
        if start < first:
            yield Run(text[start:first])
        yield Run(text[first:last], found=True)
        start = last
    if start < end:
        yield Run(text[start:end])


def fragments(texts: Iterable[str], search: Search) -> list[list[Run]]:
    """Return the first few places where texts say it, each with a little of what is around."""
    found: list[list[Run]] = []
    for text in texts if search.terms else ():
        if len(found) == MOST_FRAGMENTS:
            break
        whole = " ".join(unicodedata.normalize("NFC", text).split())
        if spans := _spans(whole, search):
            found.append(_fragment(whole, spans))
    return found


def _fragment(text: str, spans: list[tuple[int, int]]) -> list[Run]:
    """Cut a text to what is around its first find, at whole words."""
    start, end = max(spans[0][0] - AROUND, 0), min(spans[0][1] + AROUND, len(text))
    start = text.find(" ", start, spans[0][0]) + 1 if start else 0
    end = text.rfind(" ", spans[0][1], end) if end < len(text) else end
    end = max(end, spans[0][1])
    inside = [span for span in spans if start <= span[0] and span[1] <= end]
    runs = list(_runs(text, inside, start, end))
    before = [Run("… ")] if start else []
    return [*before, *runs, *([Run(" …")] if end < len(text) else [])]
