"""Claims with what fits and what does not, levels, and what follows from them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from trigpoint.demo.programme.rules import SUBJECT_AREAS, TIER_ATTENTION, rank, tone
from trigpoint.demo.stage.rules import Held, Story, Written, moment
from trigpoint.demo.words.rules import read
from trigpoint.evidence.models import Note
from trigpoint.judgements.claims import operations as claims
from trigpoint.judgements.claims.models import Citation, Claim
from trigpoint.judgements.claims.operations import ClaimFacts
from trigpoint.judgements.findings import operations as findings
from trigpoint.judgements.findings.operations import FindingFacts
from trigpoint.judgements.levels import operations as levels
from trigpoint.judgements.models import Finding
from trigpoint.policies.models import Standard
from trigpoint.records.revisions import revision_of
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Team

Kind, Status = Review.Kind, Review.Status
MOST_CITED, MOST_CITED_BEFORE = 5, 3
AGAINST_SHARE = 0.3
GENEROUS = frozenset({"falling", "slipping", "steady"})  # how they see themselves
FINDINGS = {Kind.TRUST: 5, Kind.DEEP_DIVE: 3, Kind.EXTERNAL: 2, Kind.PEER: 2, Kind.SELF: 0}


def weigh(story: Story, held: Held) -> None:
    """Weigh what was gathered: claims, then levels, then findings."""
    held.notes = _notes(held)
    done = held.script.until != Status.CORROBORATING
    each = 2 if held.script.kind == Kind.DEEP_DIVE else 1
    for number, area in enumerate(held.script.areas):
        agreed = 0
        for turn in range(each):
            open_still = not done and number + turn > (0 if each > 1 else 1)
            agreed += _claim(story, held, area, turn, open_still=open_still)
        if agreed:
            _judge(story, held, area)
    for number in range(FINDINGS[Kind(held.script.kind)]):
        _find(story, held, number)
    _find_about_somebody(story, held)


def _notes(held: Held) -> dict[str, Note]:
    """Return the notes of what was written, by their words, to quote from."""
    found = Note.objects.filter(record__in=[one.record for one in held.written])
    return {f"{note.record_id} {note.text}": note for note in found}


def level_of(story: Story, held: Held, area: str) -> int:
    """Return the level this review gives an area; the school's own view may be kinder."""
    own = rank(held.script.place, area, held.script.ends_on, story.today, of=len(story.book.levels))
    if held.is_self and held.script.place.course in GENEROUS:
        return max(own - 1, 2)
    return own


def _claim(story: Story, held: Held, area: str, turn: int, *, open_still: bool) -> bool:
    """Propose a claim, set evidence beside it, answer what contradicts, and sign it off."""
    words, on = story.words, held.script.ends_on
    level = level_of(story, held, area)
    chosen = [one for one in held.written if area in one.areas and not one.is_private]
    if not chosen:
        return False
    standard = _standard(chosen, area, turn)
    subject = held.script.subject if area in SUBJECT_AREAS else ""
    line = next((line for line in held.lines if standard in line.standards.all()), None)
    facts = ClaimFacts(
        statement=words.said(read("claims")[area][tone(level)], f"{area} {tone(level)}", subject),
        standard=standard,
        line=line,
        level=story.book.levels[level],
    )
    proposer = held.weighers[turn % len(held.weighers)]
    at = moment(on, 15, 40)
    claim = claims.propose(review=held.review, facts=facts, by=proposer, at=at)
    against = _cite(story, held, claim, chosen, good=level < TIER_ATTENTION + 1)
    if against and not open_still:
        kind = words.draw("answer kind", list(read("claims")["answers"]))
        text = words.draw(f"answer {kind}", read("claims")["answers"][kind])
        for citation in against:
            seen = revision_of([citation.answer, claim.statement])
            claims.answer(
                citation=citation, kind=kind, words=text, base_revision=seen, by=held.lead, at=at
            )
    if open_still:
        return False
    claims.agree(claim=claim, by=held.lead, at=moment(on, 16, 20))
    held.claims[area] = claim
    return True


def _standard(chosen: Sequence[Written], area: str, turn: int) -> Standard:
    listed = [
        standard
        for one in chosen
        for lineage, standard in zip(one.areas, one.standards, strict=True)
        if lineage == area
    ]
    different = list({standard.pk: standard for standard in listed}.values())
    return different[turn % len(different)]


def _cite(
    story: Story, held: Held, claim: Claim, chosen: Sequence[Written], *, good: bool
) -> list[Citation]:
    """Cite records that fit, and sometimes one that does not; return those that contradict."""
    at = moment(held.script.ends_on, 15, 50)
    fits, differs = ("WWW", "EBI") if good else ("EBI", "WWW")
    doubted = held.script.until == Status.CORROBORATING or story.words.chance(AGAINST_SHARE)
    most = MOST_CITED if held.is_recent(story) else MOST_CITED_BEFORE
    against = []
    for number, one in enumerate(chosen[: most + doubted]):
        contradicts = doubted and number == 2  # noqa: PLR2004 -- the third, when there is one
        wanted = differs if contradicts else fits
        text = next(text for kind, text in one.notes if kind == wanted)
        citation = claims.cite(
            claim=claim,
            record=one.record,
            stance=Citation.Stance.CONTRADICTS if contradicts else Citation.Stance.SUPPORTS,
            excerpt=text,
            note=held.notes[f"{one.record.pk} {text}"],
            names_checked=True,
            by=held.weighers[number % len(held.weighers)],
            at=at,
        )
        if contradicts:
            against.append(citation)
    return against


def _judge(story: Story, held: Held, area: str) -> None:
    level = level_of(story, held, area)
    rationale = story.words.draw(
        f"rationale {tone(level)}", read("claims")["rationale"][tone(level)]
    )
    on: date = held.script.ends_on
    places: list[Standard | None] = [None]
    if held.script.kind in {Kind.DEEP_DIVE, Kind.SELF}:
        places.append(held.claims[area].standard)
    for standard in places:
        levels.judge(
            review=held.review,
            area=story.book.areas[area],
            standard=standard,
            level=story.book.levels[level],
            rationale=rationale,
            by=held.lead,
            on=on,
        )


def _find(story: Story, held: Held, number: int) -> None:
    """Raise one finding that fits the level of an area, for the academy, a team or the trust.

    What the review found already is not found again.
    """
    area = held.script.areas[(number * 2 + held.script.place.index) % len(held.script.areas)]
    listed = read("claims")[area]
    level = level_of(story, held, area)
    kind = _kind_of_finding(story, level, listed)
    subject = held.script.subject if area in SUBJECT_AREAS else ""
    title = story.words.said(listed[kind], f"{kind} {area}", subject)
    if any(title == one.title for one in held.findings):
        return
    team, scope = None, Finding.Scope.ACADEMY
    if subject and number == 1 and held.booked:
        team, scope = _most_visited(held), Finding.Scope.TEAM
    elif area == "quality-assurance" and held.script.kind == Kind.TRUST:
        scope = Finding.Scope.TRUST
    claim = held.claims.get(area)
    facts = FindingFacts(
        kind=kind,
        area=story.book.areas[area],
        title=title,
        detail=story.words.draw("detail", read("claims")["finding_detail"]),
        scope=scope,
        standard=claim.standard if claim else None,
        team=team,
        theme=listed["theme"],
        claim=claim,
    )
    by, on = held.lead, held.script.ends_on
    held.findings.append(findings.raise_finding(review=held.review, facts=facts, by=by, on=on))


def _most_visited(held: Held) -> Team:
    """Return the team that most visits of the review went to."""
    teams = {one.team.pk: one.team for one in held.booked}
    often = Counter(one.team.pk for one in held.booked)
    return teams[often.most_common(1)[0][0]]


def _kind_of_finding(story: Story, level: int, listed: dict[str, object]) -> str:
    if level < TIER_ATTENTION:
        better = story.words.chance(0.45)
        return str(Finding.Kind.GOOD_PRACTICE if better else Finding.Kind.STRENGTH)
    if level > TIER_ATTENTION and "URGENT" in listed and story.words.chance(0.3):
        return str(Finding.Kind.URGENT)
    return str(Finding.Kind.DEVELOPMENT)


def _find_about_somebody(story: Story, held: Held) -> None:
    """Give somebody who was visited by name one useful next step."""
    shown = story.cast.parts.get("staff")
    named = [one for one in held.written if one.observed and not one.is_private]
    named.sort(key=lambda one: one.observed is not shown)
    for one in named[:1]:
        facts = FindingFacts(
            kind=Finding.Kind.DEVELOPMENT,
            area=story.book.areas[one.areas[0]],
            standard=one.standards[0],
            title=story.words.draw("person steps", read("claims")["person_steps"]),
            detail="A next step agreed after the visit. It is for help, not for appraisal.",
            scope=Finding.Scope.INDIVIDUAL,
            person=one.observed.person if one.observed else None,
            theme=read("claims")[one.areas[0]]["theme"],
        )
        by, on = held.lead, held.script.ends_on
        found = findings.raise_finding(review=held.review, facts=facts, by=by, on=on)
        held.findings.append(found)
