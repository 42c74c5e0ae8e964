"""How strong evidence is: counts in, a word with its reasons out. Pure; nothing is read or stored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from trigpoint.evidence.years.rules import years_in
from trigpoint.instruments.models import ActivityKind
from trigpoint.judgements.strength.models import Strength

COUNTED = (("records", "record"), ("kinds", "kind"), ("observers", "observer"))
YEAR_NAMES = {"nursery": -1, "reception": 0}
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth"}


@dataclass(frozen=True, slots=True)
class Cited:
    """What one citation adds: which record, what kind, by whom, when, about which years.

    ``observer_id`` is None for a record brought in from a spreadsheet: who saw it is a name in a
    cell, which is no independent observer.
    """

    record_id: UUID
    kind: str
    observer_id: UUID | None
    observed_on: date
    year_groups: str = ""
    contradicts: bool = False
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What the evidence should cover: the years reviewed, and the kinds that can show the standard."""

    year_groups: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationFacts:
    """The counts a strength rests on. Supporting records too old to count are counted apart.

    ``kinds`` maps each kind of source to how many supporting records there are of it. Years are
    whole numbers: -1 nursery, 0 reception, 1 to 13.
    """

    records: int = 0
    kinds: Mapping[str, int] | None = None
    observers: int = 0
    out_of_date: int = 0
    oldest_on: date | None = None
    newest_on: date | None = None
    years_seen: tuple[int, ...] = ()
    years_not_seen: tuple[int, ...] = ()
    kinds_not_seen: tuple[str, ...] = ()
    contradictions: int = 0
    unanswered: int = 0

    @property
    def kind_count(self) -> int:
        """How many different kinds of source support it."""
        return len(self.kinds or {})

    def stored(self) -> dict[str, Any]:
        """Return the facts as the table keeps them; ``kinds`` is the count of ``by_kind``."""
        return {
            "records": self.records,
            "kinds": self.kind_count,
            "by_kind": dict(self.kinds or {}),
            "observers": self.observers,
            "out_of_date": self.out_of_date,
            "oldest_on": self.oldest_on.isoformat() if self.oldest_on else None,
            "newest_on": self.newest_on.isoformat() if self.newest_on else None,
            "years_seen": list(self.years_seen),
            "years_not_seen": list(self.years_not_seen),
            "kinds_not_seen": list(self.kinds_not_seen),
            "contradictions": self.contradictions,
            "unanswered": self.unanswered,
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact in words, and whether it is enough for strong evidence."""

    ok: bool
    words: str


@dataclass(frozen=True, slots=True)
class Weight:
    """How strong it is, the counts behind it, the reasons in words, and what would strengthen it."""

    strength: Strength
    facts: CitationFacts
    reasons: tuple[Reason, ...]
    would_strengthen: tuple[str, ...]


def count(
    cited: Iterable[Cited], *, scope: Scope, settings: Mapping[str, Any], on: date
) -> CitationFacts:
    """Count what is cited, each record once.

    Args:
        cited: the citations of one claim, or of all claims of a standard or area.
        scope: the years and kinds that should be covered.
        settings: the policy's ``strength``; records older than ``max_age_days`` do not count.
        on: the day of weighing.

    Returns:
        Counts of supporting evidence, and of contradictions whatever their age.

    """
    given = list(cited)
    supporting = {it.record_id: it for it in given if not it.contradicts}.values()
    against = {it.record_id: it for it in given if it.contradicts}.values()
    oldest_allowed = on - timedelta(days=int(settings["max_age_days"]))
    current = [it for it in supporting if it.observed_on >= oldest_allowed]
    by_kind: dict[str, int] = {}
    for it in sorted(current, key=lambda it: it.kind):
        by_kind[it.kind] = by_kind.get(it.kind, 0) + 1
    seen = {year for it in current for year in years_in(it.year_groups)}
    days = [it.observed_on for it in current]
    return CitationFacts(
        records=len(current),
        kinds=by_kind,
        observers=len({it.observer_id for it in current} - {None}),
        out_of_date=len(supporting) - len(current),
        oldest_on=min(days, default=None),
        newest_on=max(days, default=None),
        years_seen=tuple(sorted(seen)),
        years_not_seen=tuple(sorted(years_in(scope.year_groups) - seen)) if seen else (),
        kinds_not_seen=tuple(kind for kind in scope.kinds if kind not in by_kind),
        contradictions=len(against),
        unanswered=len({it.record_id for it in against if not it.answered}),
    )


def weigh(facts: CitationFacts, settings: Mapping[str, Any]) -> Weight:
    """Say how strong evidence is, why, and what would make it stronger.

    Args:
        facts: the counts, from :func:`count`.
        settings: the policy's ``strength``: for ``fair`` and ``strong`` the least ``kinds`` of
            source, ``observers`` and ``records``, all three needed; ``max_age_days``.

    Returns:
        A word, never a number. An unanswered contradiction is never strong, and evidence with as
        many unanswered contradictions as supporting records is thin.

    Source: docs/decisions/0012-strength.md.

    """
    return Weight(
        _strength(facts, settings),
        facts,
        tuple(_reasons(facts, settings)),
        tuple(_would_strengthen(facts, settings)),
    )


def explain(stored: Mapping[str, Any], settings: Mapping[str, Any]) -> Weight:
    """Weigh facts as a table keeps them, so that a reader sees the reasons without the citations."""
    return weigh(
        CitationFacts(
            records=stored.get("records", 0),
            kinds=_kinds_of(stored),
            observers=stored.get("observers", 0),
            out_of_date=stored.get("out_of_date", 0),
            oldest_on=_day(stored.get("oldest_on")),
            newest_on=_day(stored.get("newest_on")),
            years_seen=tuple(stored.get("years_seen", ())),
            years_not_seen=tuple(stored.get("years_not_seen", ())),
            kinds_not_seen=tuple(stored.get("kinds_not_seen", ())),
            contradictions=stored.get("contradictions", 0),
            unanswered=stored.get("unanswered", 0),
        ),
        settings,
    )


def counted(facts: Mapping[str, object]) -> str:
    """Say what a strength rests on: "7 records, 4 kinds, 2 observers"; empty when not counted.

    Args:
        facts: the counts kept with a claim or judgement (``strength_facts``): ``records``,
            ``kinds`` and ``observers``, each a number or the list of what was counted.

    """
    said = []
    for key, word in COUNTED:
        value = facts.get(key)
        count = value if isinstance(value, int) else len(value) if isinstance(value, list) else None
        if count is not None:
            said.append(f"{count} {word}{'' if count == 1 else 's'}")
    return ", ".join(said)


def _kinds_of(stored: Mapping[str, Any]) -> dict[str, int]:
    by_kind = stored.get("by_kind")
    if by_kind is not None:
        return dict(by_kind)
    return {str(number): 1 for number in range(stored.get("kinds", 0))}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _reaches(facts: CitationFacts, floor: Mapping[str, int]) -> bool:
    return (
        facts.kind_count >= floor["kinds"]
        and facts.observers >= floor["observers"]
        and facts.records >= floor["records"]
    )


def _strength(facts: CitationFacts, settings: Mapping[str, Any]) -> Strength:
    if facts.unanswered and facts.unanswered >= facts.records:
        return Strength.THIN
    if _reaches(facts, settings["strong"]) and not facts.unanswered:
        return Strength.STRONG
    return Strength.FAIR if _reaches(facts, settings["fair"]) else Strength.THIN


def _reasons(facts: CitationFacts, settings: Mapping[str, Any]) -> Iterable[Reason]:
    """Yield the facts in words, each compared with what strong evidence needs."""
    strong = settings["strong"]
    if not facts.records:
        yield Reason(ok=False, words="Nothing current supports it yet")
    else:
        yield _enough(
            _many(facts.kind_count, "kind", "s of source"), facts.kind_count, strong["kinds"]
        )
        yield _enough(
            _many(facts.observers, "independent observer"), facts.observers, strong["observers"]
        )
        yield _enough(_many(facts.records, "record"), facts.records, strong["records"])
    if facts.oldest_on and facts.newest_on:
        yield Reason(ok=True, words=f"Seen {_span(facts.oldest_on, facts.newest_on)}")
    if facts.out_of_date:
        yield Reason(ok=False, words=f"{_many(facts.out_of_date, 'record')} too old to count")
    if facts.years_not_seen:
        yield Reason(ok=False, words=f"{year_words(facts.years_not_seen)} not seen")
    yield from _about_contradictions(facts)


def _enough(words: str, got: int, wanted: int) -> Reason:
    """Set a count beside what strong evidence needs: "4 records", or "Only 2 records"."""
    return (
        Reason(ok=True, words=words) if got >= wanted else Reason(ok=False, words=f"Only {words}")
    )


def _about_contradictions(facts: CitationFacts) -> Iterable[Reason]:
    answered = facts.contradictions - facts.unanswered
    if answered:
        yield Reason(ok=True, words=f"{_many(answered, 'contradiction')} answered")
    if facts.unanswered:
        yield Reason(ok=False, words=f"{_many(facts.unanswered, 'contradiction')} unanswered")


def _would_strengthen(facts: CitationFacts, settings: Mapping[str, Any]) -> Iterable[str]:
    """Yield what to do next, most useful first: a second observer adds more than a second visit."""
    strong = settings["strong"]
    if facts.unanswered:
        yield f"An answer to {_many(facts.unanswered, 'contradiction')}"
    if not facts.records:
        yield _first_evidence(facts, strong)
        return
    short = max(strong["records"] - facts.records, 0)
    new_observer = facts.observers < strong["observers"]
    if new_observer:
        which = ORDINALS.get(facts.observers + 1, "further")
        yield f"{'Two visits' if short > 1 else 'A visit'} by a {which} observer"
    if facts.kind_count < strong["kinds"]:
        yield _another_kind(facts.kinds_not_seen)
    if facts.years_not_seen:
        thing = "Books" if ActivityKind.BOOK_SCRUTINY in facts.kinds_not_seen else "Evidence"
        yield f"{thing} from {year_words(facts.years_not_seen)}"
    if short and not new_observer:
        yield _many(short, "more record")
    if facts.out_of_date:
        yield f"Newer evidence in place of {_many(facts.out_of_date, 'old record')}"


def _first_evidence(facts: CitationFacts, strong: Mapping[str, int]) -> str:
    """Say what strong evidence takes, when there is none to build on."""
    return (
        f"{_many(strong['records'], 'record')} of {_many(strong['kinds'], 'kind')}"
        f"{_such_as(facts.kinds_not_seen)}, by {_many(strong['observers'], 'observer')}"
    )


def _another_kind(kinds: Sequence[str]) -> str:
    return f"Another kind of source{_such_as(kinds)}"


def _such_as(kinds: Sequence[str]) -> str:
    names = [ActivityKind(kind).label.lower() for kind in kinds if kind in ActivityKind.values]
    return f", such as {' or '.join(names[:2])}" if names else ""


def _many(number: int, noun: str, plural: str = "s") -> str:
    """Write a count with its noun: "1 record", "4 kinds of source"."""
    tail = plural if number != 1 else plural.removeprefix("s")
    return f"{number} {noun}{tail}"


def _span(first: date, last: date) -> str:
    """Write two days for people: "on 12 Nov 2025", "3 to 12 Nov 2025"."""
    end = f"{last.day} {last:%b %Y}"
    if first == last:
        return f"on {end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    return f"{first.day} {first:%b %Y} to {end}"


def year_words(years: Collection[int]) -> str:
    """Write year groups for people: "Years 5 and 6", "Reception and Years 1 to 3"."""
    names = [name for name, number in YEAR_NAMES.items() if number in years]
    numbered = sorted(year for year in years if year > YEAR_NAMES["reception"])
    parts = [name.capitalize() for name in names]
    if numbered:
        parts.append(f"Year{'s' if len(numbered) > 1 else ''} {_listed(numbered)}")
    *some, last = parts or [""]
    return f"{', '.join(some)} and {last}" if some else last


def _listed(years: Sequence[int]) -> str:
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:  # noqa: PLR2004 -- a run of three
        return f"{years[0]} to {years[-1]}"
    *some, last = [str(year) for year in years]
    return f"{', '.join(some)} and {last}" if some else last
