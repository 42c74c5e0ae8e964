"""Actions in every state, needs of every group, and good practice that was seen twice."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import islice

from trigpoint.demo.programme.rules import SUBJECT_AREAS
from trigpoint.demo.stage.rules import Held, Story
from trigpoint.demo.words.rules import read
from trigpoint.improvement.actions import operations as actions
from trigpoint.improvement.actions.operations import ActionFacts, CheckFacts
from trigpoint.improvement.models import Action, GoodPractice
from trigpoint.improvement.needs import operations as needs
from trigpoint.improvement.needs.operations import NeedFacts
from trigpoint.improvement.practices import operations as practices
from trigpoint.judgements.models import Finding, Theme
from trigpoint.people.models import Person, Post, User

MOST_ACTIONS = 2  # of one review
AGREED = 18  # working days after fieldwork; the policy asks 20
OLD, RECENT = 230, 95  # days since an action was agreed
LONG_OVERDUE = timedelta(days=40)
TO_ANSWER = frozenset({Finding.Kind.DEVELOPMENT, Finding.Kind.URGENT})
# People with an open need on each of the trust's themes, by group. Below five nobody sees how many.
NEEDS = {
    "Checking understanding": {"TEACHER": 17, "EARLY_CAREER": 9, "ASSISTANT": 3},
    "Adapting for pupils who are behind": {"TEACHER": 12, "EARLY_CAREER": 8, "ASSISTANT": 11},
    "Teaching vocabulary": {"TEACHER": 9, "EARLY_CAREER": 4, "ASSISTANT": 6},
    "Modelling worked examples": {"TEACHER": 6, "EARLY_CAREER": 7},
    "Calm starts and routines": {"TEACHER": 8, "EARLY_CAREER": 11, "SUPPORT": 6},
    "Leading a subject": {"LEADER": 9, "TEACHER": 5},
    "Feedback that pupils act on": {"TEACHER": 7, "EARLY_CAREER": 3},
    "Reading in every subject": {"TEACHER": 10, "LEADER": 2, "ASSISTANT": 5},
}


def follow(story: Story) -> None:
    """Let everything follow that the finished reviews found."""
    for held in story.finished:
        _raise_actions(story, held)
        _share_practice(story, held)
        story.tick()
    _raise_needs(story)


def _raise_actions(story: Story, held: Held) -> None:
    on = held.day(AGREED)
    answered = [
        finding
        for finding in held.findings
        if finding.kind in TO_ANSWER and finding.scope != Finding.Scope.INDIVIDUAL
    ]
    if on > story.today:
        return
    for finding in answered[:MOST_ACTIONS]:
        _raise(story, held, finding, on)


def _raise(story: Story, held: Held, finding: Finding, on: date) -> None:
    """Agree an action with the head, and let it run its course until today."""
    place, words = held.script.place, story.words
    area = finding.area.lineage
    subject = held.script.subject if area in SUBJECT_AREAS else ""
    entry = words.draw("actions", read("claims")["actions"])
    look_fors = story.book.look_fors.get(finding.standard_id) if finding.standard_id else None
    leaders = [user.person for user in place.leaders.values()]
    owner = leaders[story.next() % len(leaders)] if words.chance(0.7) else place.deputy.person
    due = on + timedelta(days=words.between(35, 75))
    facts = ActionFacts(
        title=words.said([entry[0]], f"action {entry[0]}", subject),
        success_criterion=entry[1],
        owner=owner,
        due_on=due,
        check_due_on=due + timedelta(days=45),
        look_for=look_fors[0] if look_fors else None,
    )
    action = actions.raise_action(finding=finding, facts=facts, by=place.head, on=on)
    _run(story, held, action, age=(story.today - on).days)


def _run(story: Story, held: Held, action: Action, *, age: int) -> None:
    """Move an action on as its age and chance will have it."""
    head, chance = held.script.place.head, story.words.chance
    if age < RECENT and chance(0.35):
        return
    actions.start(action=action, by=head, on=_not_after(story, action.raised_on, 6))
    stale = action.due_on < story.today - LONG_OVERDUE
    if not stale and ((age < RECENT and chance(0.8)) or chance(0.3)):
        return
    on = _not_after(story, action.due_on, story.words.between(-8, 10))
    words = story.words.draw("progress", read("claims")["progress"])
    action = actions.finish(action=action, words=words, by=head, on=on)
    if action.check_due_on + timedelta(days=20) > story.today or chance(0.06):
        return
    outcome = "WORKED" if chance(0.68) else "PARTLY" if chance(0.5) else "DID_NOT"
    _check(story, action, outcome, _not_after(story, action.check_due_on, 12))
    if outcome != "WORKED" and age > OLD and chance(0.7):
        action.refresh_from_db()
        if action.due_on <= story.today:
            action = actions.finish(action=action, words=words, by=head, on=action.due_on)
            _check(story, action, "WORKED", _not_after(story, action.check_due_on, 3))


def _not_after(story: Story, day: date, days: int) -> date:
    return min(day + timedelta(days=days), story.today)


def _check(story: Story, action: Action, outcome: str, on: date) -> None:
    """Let somebody else look again; what has not worked goes on, with new dates."""
    looked = story.words.between(6, 11)
    before = story.words.between(1, 3)
    after = {"WORKED": looked - 1, "PARTLY": looked // 2 + 1, "DID_NOT": before + 1}[outcome]
    again = {} if outcome == "WORKED" else {"due_on": on + timedelta(days=40), "check_due_on": on + timedelta(days=80)}  # fmt: skip
    facts = CheckFacts(
        outcome=outcome,
        words=story.words.draw(f"checks {outcome}", read("claims")["checks"][outcome]),
        seen_before_count=before,
        looked_before_count=looked - 1,
        seen_after_count=after,
        looked_after_count=looked,
        **again,
    )
    actions.check(action=action, facts=facts, by=_another(story, action.owner), on=on)


def _another(story: Story, owner: Person) -> User:
    """Return a reviewer who does not own it."""
    reviewers = [user for user in story.cast.reviewers if user.person_id != owner.pk]
    return reviewers[story.next() % len(reviewers)]


def _share_practice(story: Story, held: Held) -> None:
    """Nominate what was found good; another reviewer sees it too; the head agrees to show it."""
    for finding in held.findings:
        wanted = finding.kind == Finding.Kind.GOOD_PRACTICE
        if not wanted or finding.scope == Finding.Scope.INDIVIDUAL or not story.words.chance(0.45):
            continue
        on = held.day(AGREED)
        practice = practices.nominate(
            finding=finding,
            title=finding.title,
            what_they_do=_what_they_do(story, finding.title),
            by=held.lead if held.lead in story.cast.reviewers else story.cast.lead,
            on=min(on, story.today),
        )
        _confirm(story, held, practice)


def _what_they_do(story: Story, title: str) -> str:
    """Return words that belong to this title; the subject follows the title's opening."""
    told: dict[str, list[str]] = read("claims")["practices"]
    opening = next(opening for opening in told if title.startswith(opening))
    return story.words.draw(f"practices {opening}", told[opening])


def _confirm(story: Story, held: Held, practice: GoodPractice) -> None:
    on = practice.nominated_on + timedelta(days=28)
    if on > story.today or story.words.chance(0.2):
        return
    by = _another(story, practice.nominated_by)
    practice = practices.confirm(practice=practice, by=by, on=on)
    if on + timedelta(days=14) <= story.today and story.words.chance(0.8):
        head = held.script.place.head
        practices.publish(practice=practice, by=head, on=on + timedelta(days=14))


def _raise_needs(story: Story) -> None:
    """Record what each group of staff needs, spread over the academies."""
    groups: defaultdict[str, list[Post]] = defaultdict(list)
    posts = Post.objects.filter(trust=story.cast.trust, academy__isnull=False)
    for post in posts.select_related("person", "academy").order_by("person__email"):
        groups[post.category].append(post)
    themes = {theme.name: theme for theme in Theme.objects.filter(trust=story.cast.trust)}
    heads = {place.academy.pk: place.head for place in story.cast.places}
    for posts_of in groups.values():
        story.words.dice.shuffle(posts_of)
    for name, counts in NEEDS.items():
        if name not in themes:
            continue
        for group, count in counts.items():
            for post in islice(groups[group], count):
                _raise_need(story, post, themes[name], heads[post.academy_id])  # type: ignore[index]  # filtered above
            groups[group] = groups[group][count:] + groups[group][:count]


def _raise_need(story: Story, post: Post, theme: Theme, head: User) -> None:
    if post.academy is None:
        return
    facts = NeedFacts(
        academy=post.academy,
        theme=theme,
        person=post.person,
        group=post.category,
        next_step=story.words.draw("person steps", read("claims")["person_steps"]),
    )
    on = story.today - timedelta(days=story.words.between(10, 200))
    needs.raise_need(facts=facts, by=head, on=on)
