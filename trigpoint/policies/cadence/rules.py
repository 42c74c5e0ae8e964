"""What the rules of how often ask of one academy: what is promised, and the days it falls due.

Rules of one kind of review and one area are one promise: the tier's own rules decide before those
for every tier. Promises of different kinds, and of different areas, stand beside each other.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trigpoint.policies.rhythms.rules import Rhythm
from trigpoint.policies.settings.rules import Stored, number
from trigpoint.policies.versions.models import CadenceRule
from trigpoint.policies.versions.rules import REVIEW_KINDS, interval_in_words
from trigpoint.records.days import months_later
from trigpoint.trusts.calendars.rules import Span
from trigpoint.trusts.models import Academy

SELF = "SELF"
BY_OTHERS = frozenset({"TRUST", "DEEP_DIVE", "EXTERNAL", "PEER"})
# A review of an academy looks at every area of it; a deep dive at one. A rule that names no area
# therefore promises a look at each area, but for a deep dive, which it promises in some area.
OF_EVERY_AREA = BY_OTHERS - {"DEEP_DIVE"}
ONE_DAY = timedelta(days=1)
Wording = tuple[str, str | None, int | None, str, int | None]


@dataclass(frozen=True, slots=True)
class Promise:
    """Looks of certain kinds that an academy is promised, at one area or at the academy.

    ``rules`` are those that decide. Where there are several, the earliest day counts.
    """

    kinds: frozenset[str]
    area: str | None  # the area's lineage; None is the academy as a whole
    rules: tuple[CadenceRule, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which the next look keeps a promise, and the rule that says so."""

    opens_on: date
    due_on: date
    rule: CadenceRule


def goes_by_terms(rules: Iterable[CadenceRule]) -> bool:
    """Say whether any rule needs an academy's term dates."""
    return any(rule.every != CadenceRule.Every.MONTHS for rule in rules)


def promised_since(
    rule: CadenceRule, *, began: date, earlier: Iterable[tuple[date, Container[Wording]]]
) -> date:
    """Return the day from which a rule has been promised without a break.

    Args:
        rule: of one version, with its area loaded.
        began: the day that version took effect.
        earlier: the day each version before took effect and what it promised, the latest first.

    """
    said = wording(rule)
    for day, promised in earlier:
        if said not in promised:
            break
        began = day
    return began


def wording(rule: CadenceRule) -> Wording:
    """Return what a rule promises: the same in two versions is the same promise."""
    area = rule.area.lineage if rule.area else None
    return rule.review_kind, area, rule.tier, rule.every, rule.months


def promises(rules: Iterable[CadenceRule], *, tier: int) -> list[Promise]:
    """Return what an academy of a tier is promised, one for each kind of review and area named.

    Args:
        rules: of one version, with their areas loaded.
        tier: the academy's.

    """
    by_subject: defaultdict[tuple[str, str | None], list[CadenceRule]] = defaultdict(list)
    for rule in rules:
        if rule.tier in (None, tier):
            area = rule.area.lineage if rule.area else None
            by_subject[rule.review_kind, area].append(rule)
    return [
        Promise(frozenset({kind}), area, _deciding(group))
        for (kind, area), group in by_subject.items()
    ]


def of_the_academy(promised: Iterable[Promise], kind: str) -> Promise | None:
    """Return what is promised of one kind of review for the academy as a whole."""
    for promise in promised:
        if promise.area is None and promise.kinds == {kind}:
            return promise
    return None


def of_area(promised: Sequence[Promise], area: str) -> list[Promise]:
    """Return what is promised of an area: what names it, and a look by others at every area.

    A look that was promised of every area is kept by any review by others that took in the area.
    """
    named = [promise for promise in promised if promise.area == area]
    every = [
        rule
        for promise in promised
        if promise.area is None and promise.kinds <= OF_EVERY_AREA
        for rule in promise.rules
    ]
    return [*named, Promise(BY_OTHERS, area, tuple(every))] if every else named


def window(promise: Promise, *, last_on: date | None, since: date, by: Rhythm) -> Window:
    """Return the days in which the next look keeps a promise.

    Args:
        promise: with at least one rule.
        last_on: the day of the last look that counts for it, None when there was none.
        since: the day the academy came under its promises; a rule that began later begins then.
        by: the academy's terms.

    """
    found = (_window(rule, last_on, since, by) for rule in promise.rules)
    return min(found, key=lambda it: it.due_on)


def nominal_months(rule: CadenceRule, settings: Stored) -> int:
    """Return how many months a rule's interval stands for, to say which of two is more frequent."""
    if rule.every == CadenceRule.Every.TERM:
        return number(settings, "cadence", "months_a_term")
    if rule.every == CadenceRule.Every.HALF_TERM:
        return number(settings, "cadence", "months_a_half_term")
    return rule.months or 0  # a constraint says how many


def _deciding(rules: Sequence[CadenceRule]) -> tuple[CadenceRule, ...]:
    own = tuple(rule for rule in rules if rule.tier is not None)
    return own or tuple(rules)


def _window(rule: CadenceRule, last_on: date | None, since: date, by: Rhythm) -> Window:
    since = max(since, rule.promised_since or since)
    if rule.every != CadenceRule.Every.MONTHS and (
        stretch := _next_stretch(rule, last_on, since, by)
    ):
        return Window(stretch.starts_on, stretch.ends_on, rule)
    months = {
        CadenceRule.Every.TERM.value: by.months_a_term,
        CadenceRule.Every.HALF_TERM.value: by.months_a_half_term,
    }.get(rule.every, rule.months or 0)
    opens_on = last_on + ONE_DAY if last_on else since
    return Window(opens_on, months_later(last_on or since, months), rule)


def _next_stretch(rule: CadenceRule, last_on: date | None, since: date, by: Rhythm) -> Span | None:
    """Return the term or half term in which the next look is due; None where it is not known.

    That is the first one that begins after the last look; for what was never looked at, the first
    that begins with the promise or after it.
    """
    stretches = by.terms if rule.every == CadenceRule.Every.TERM else by.half_terms
    after = last_on or since - ONE_DAY
    found = next((it for it in stretches if it.starts_on > after), None)
    return found if found and _is_unbroken(last_on or since, found.starts_on, by.years) else None


def _is_unbroken(first: date, last: date, years: Sequence[Span]) -> bool:
    """Say whether the terms of every school year between two days are known."""
    reached = first
    for year in years:
        if year.starts_on <= reached <= year.ends_on:
            if last <= year.ends_on:
                return True
            reached = year.ends_on + ONE_DAY
    return False


@dataclass(frozen=True, slots=True)
class Clash:
    """Rules that get in each other's way, in a sentence. An overlap is only one too many."""

    words: str
    is_overlap: bool = False


def in_words(rule: CadenceRule) -> str:
    """Say what one rule promises: ``Deep dive in Curriculum every 2 years for tier 3``."""
    area = f" in {rule.area.short_name}" if rule.area else ""
    tier = f" for tier {rule.tier}" if rule.tier else ""
    every = interval_in_words(rule)
    return f"{REVIEW_KINDS[rule.review_kind]}{area} {every[0].lower()}{every[1:]}{tier}"


def clashes(rules: Iterable[CadenceRule], settings: Stored) -> list[Clash]:
    """Say where a version's rules contradict each other, and after that where they overlap.

    A contradiction is one that a reader could not settle: two intervals for the same thing, or an
    academy that needs more support and is looked at less often. Whatever is said here, the
    earliest day counts.

    Args:
        rules: of one version, with their areas loaded.
        settings: of that version, for how long a term is beside months.

    """
    by_subject: defaultdict[tuple[str, str], list[CadenceRule]] = defaultdict(list)
    for rule in sorted(rules, key=in_words):
        by_subject[rule.review_kind, rule.area.lineage if rule.area else ""].append(rule)
    groups = [by_subject[subject] for subject in sorted(by_subject)]
    found = [clash for group in groups for clash in _said_twice(group, settings)]
    found += [clash for group in groups for clash in _upside_down(group, settings)]
    found += [clash for group in groups for clash in _never_asked(group)]
    found += [
        clash
        for (kind, area), group in sorted(by_subject.items())
        if area and kind in OF_EVERY_AREA
        for clash in _covered(group, by_subject.get((kind, ""), []), settings)
    ]
    return sorted(found, key=lambda clash: clash.is_overlap)


def _said_twice(group: Sequence[CadenceRule], settings: Stored) -> Iterator[Clash]:
    """Find several rules for the same kind of review, area and tier."""
    by_tier: defaultdict[int, list[CadenceRule]] = defaultdict(list)
    for rule in group:
        by_tier[rule.tier or 0].append(rule)
    for rules in by_tier.values():
        first, *others = sorted(rules, key=lambda it: (nominal_months(it, settings), it.every))
        for other in others:
            if (first.every, first.months) == (other.every, other.months):
                yield Clash(f"“{in_words(first)}” is promised twice.", is_overlap=True)
            else:
                yield Clash(
                    f"“{in_words(first)}” and “{in_words(other)}” contradict each other. "
                    "Until one of them goes, whichever falls due first counts."
                )


def _upside_down(group: Sequence[CadenceRule], settings: Stored) -> Iterator[Clash]:
    """Find tiers that are looked at less often than the tier above them, which needs less."""
    before: tuple[int, CadenceRule] | None = None
    for tier in Academy.Tier.values:
        deciding = _deciding([rule for rule in group if rule.tier in (None, tier)])
        if not deciding:
            continue
        rule = min(deciding, key=lambda it: nominal_months(it, settings))
        if before and nominal_months(rule, settings) > nominal_months(before[1], settings):
            yield Clash(
                f"Tier {tier} needs more support than tier {before[0]}, and yet “{in_words(rule)}” "
                f"is less often than “{in_words(before[1])}”."
            )
        before = tier, rule


def _never_asked(group: Sequence[CadenceRule]) -> Iterator[Clash]:
    """Find rules for every tier that no academy comes under."""
    if {rule.tier for rule in group} >= set(Academy.Tier.values):
        for rule in group:
            if rule.tier is None:
                yield Clash(
                    f"“{in_words(rule)}” is never asked for: each tier has a rule of its own.",
                    is_overlap=True,
                )


def _covered(
    group: Iterable[CadenceRule], general: Sequence[CadenceRule], settings: Stored
) -> Iterator[Clash]:
    """Find rules for one area that a review of every area promises at least as often."""
    for rule in group:
        tiers = [rule.tier] if rule.tier else list(Academy.Tier.values)
        wholes = [_deciding([it for it in general if it.tier in (None, tier)]) for tier in tiers]
        if all(
            any(nominal_months(it, settings) <= nominal_months(rule, settings) for it in whole)
            for whole in wholes
        ):
            yield Clash(
                f"“{in_words(rule)}” adds nothing: the {REVIEW_KINDS[rule.review_kind].lower()} of "
                "the whole academy looks at every area at least as often.",
                is_overlap=True,
            )
