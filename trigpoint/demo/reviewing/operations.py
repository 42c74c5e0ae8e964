"""One review of the story, from its plan to as far as it comes."""

from datetime import date, timedelta

from trigpoint.demo.cast import operations as casting
from trigpoint.demo.cast.rules import Place
from trigpoint.demo.gathering import operations as gathering
from trigpoint.demo.programme.rules import AREA_NAMES, TIER_ATTENTION, Script
from trigpoint.demo.reportage import operations as reportage
from trigpoint.demo.stage.rules import Held, Story
from trigpoint.demo.visiting import rules
from trigpoint.demo.weighing import operations as weighing
from trigpoint.demo.words.rules import read, spoken
from trigpoint.people.models import User
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.reviews.reviews.operations import Member, ReviewPlan

Kind, Status = Review.Kind, Review.Status
ORDER = (Status.PLANNED, Status.NOTIFIED, Status.FIELDWORK, Status.CORROBORATING, Status.REPORTING, Status.CLOSED)  # fmt: skip
PLANNED_BEFORE = 15  # working days
NOTICE = {True: 10, False: 8}  # most academies are told in time
OUTSIDER_STAYS = timedelta(days=60)


def hold(story: Story, script: Script) -> Held:
    """Hold one review of the story as far as its script says."""
    held = _plan(story, script)
    if script.part == "staff":
        story.shown = held
    if script.until == Status.CANCELLED:
        because = story.words.draw("cancelled", read("claims")["cancelled"])
        reviews.cancel(review=held.review, because=because, by=story.cast.lead, on=story.today)
        return held
    far = ORDER.index(Status(script.until))
    if far >= ORDER.index(Status.NOTIFIED):
        _notify(story, held)
    if far >= ORDER.index(Status.FIELDWORK) or script.until == Status.NOTIFIED:
        gathering.plan_visits(story, held)
    if far >= ORDER.index(Status.FIELDWORK):
        _start(story, held)
    if far >= ORDER.index(Status.CORROBORATING):
        by, on = story.cast.lead, script.ends_on
        held.review = reviews.corroborate(review=held.review, by=by, on=on)
        weighing.weigh(story, held)
    if far >= ORDER.index(Status.REPORTING):
        reportage.report(story, held)
    story.tick()
    return held


def begin(story: Story, script: Script) -> Held:
    """Plan a review, tell the academy and start fieldwork; what is seen comes from elsewhere."""
    held = _plan(story, script)
    _notify(story, held)
    held.lines = list(held.review.lines.prefetch_related("standards").order_by("number"))
    held.review = reviews.start(review=held.review, by=story.cast.lead, on=script.starts_on)
    return held


def conclude(story: Story, held: Held) -> None:
    """Weigh what was seen and close the review, without a report."""
    lead = story.cast.lead
    held.review = reviews.corroborate(review=held.review, by=lead, on=held.script.ends_on)
    weighing.weigh(story, held)
    held.review = reviews.report(review=held.review, by=lead, on=held.day(4))
    held.review = reviews.close(review=held.review, by=lead, on=held.day(14))


def _plan(story: Story, script: Script) -> Held:
    on = min(script.place.calendar.add(script.starts_on, -PLANNED_BEFORE), story.today)
    lead, team = _team(story, script)
    plan = ReviewPlan(
        academy=script.place.academy,
        kind=script.kind,
        title=script.title,
        reason=_reason(script),
        lead=lead.person,
        fieldwork_starts_on=script.starts_on,
        fieldwork_ends_on=script.ends_on,
        areas=tuple(story.book.areas[area] for area in script.areas),
        subjects=script.subject,
        year_groups=_years(script.place),
        nominee=None if script.kind == Kind.SELF else script.place.deputy.person,
        staff_hours_budget=rules.HOURS[Kind(script.kind)],
        members=tuple(Member(person=user.person) for user in team if user != lead),
        lines=rules.lines(script, story),
        policy_version=story.book.version,
    )
    review = reviews.plan(plan=plan, by=story.cast.lead, on=on)
    for user in team:
        if user in story.cast.externals or (script.kind == Kind.PEER and user == lead):
            until = max(script.ends_on, story.today if script.until != Status.CLOSED else on)
            casting.invite_external(
                user, review_id=review.pk, since=on, until=until + OUTSIDER_STAYS
            )
    return Held(script, review, lead, team)


def _team(story: Story, script: Script) -> tuple[User, list[User]]:
    """Return the lead and everybody who goes, the lead first; they are away on those days."""
    place, turn = script.place, story.next()
    if script.kind == Kind.SELF:
        return place.head, [place.head, place.deputy]
    central = rules.rotated(story.cast.reviewers, 0 if script.part == "staff" else turn)
    outside: list[User] = []
    if script.kind == Kind.EXTERNAL:
        shown = 0 if script.part == "external" else turn % (len(story.cast.externals) - 1) + 1
        outside = [story.cast.externals[shown]]
    elif script.kind == Kind.PEER:
        outside = [_peer(story, place)]
    team = outside + story.diary.free(
        central, script.days, count=rules.TEAM_SIZES[Kind(script.kind)] - len(outside)
    )
    team = team or central[:2]  # only where many academies are reviewed on one day
    return team[0], team


def _peer(story: Story, place: Place) -> User:
    """Return the QA lead of another academy."""
    others = [one.deputy for one in story.cast.places if one is not place]
    return others[(place.index + len(story.finished)) % len(others)]


def _reason(script: Script) -> str:
    reasons = read("claims")["reasons"]
    tier = script.place.academy.tier
    key = "TIER" if script.kind == Kind.TRUST and tier >= TIER_ATTENTION else script.kind
    where = f" in {spoken(script.subject)}" if script.subject else ""
    return str(reasons[key]).replace("{area}", AREA_NAMES[script.areas[0]]).replace("{in}", where)


def _years(place: Place) -> str:
    first, last = place.years[0], place.years[-1]
    return f"{first} to {last}" if first != last else first


def _notify(story: Story, held: Held) -> None:
    calendar, start = held.script.place.calendar, held.script.starts_on
    days = NOTICE[story.words.chance(0.85)]
    on = min(calendar.add(start, -days), story.today)
    held.review = reviews.notify(review=held.review, by=story.cast.lead, on=on)


def _start(story: Story, held: Held) -> None:
    on: date = held.script.starts_on
    if story.words.chance(0.8):
        before = held.script.place.calendar.add(on, -5)
        reviews.receive(review=held.review, by=story.cast.lead, on=before)
    held.review = reviews.start(review=held.review, by=story.cast.lead, on=on)
    gathering.gather(story, held)
