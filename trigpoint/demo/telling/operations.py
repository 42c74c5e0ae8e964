"""The whole story, told in the order of its days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from trigpoint.demo.asking import operations as asking
from trigpoint.demo.cast import operations as casting
from trigpoint.demo.consulting import operations as consulting
from trigpoint.demo.following import operations as following
from trigpoint.demo.founding import operations as founding
from trigpoint.demo.founding.rules import school_years
from trigpoint.demo.governing import operations as governing
from trigpoint.demo.pairing import operations as pairing
from trigpoint.demo.planning import operations as planning
from trigpoint.demo.programme import rules as programme
from trigpoint.demo.reading import operations as reading
from trigpoint.demo.reviewing import operations as reviewing
from trigpoint.demo.stage import operations as stage
from trigpoint.demo.stage.queries import system_rulebook
from trigpoint.demo.stage.rules import Story
from trigpoint.demo.words.rules import Words
from trigpoint.insight.standings import operations as standings

FEWEST_ACADEMIES = 2  # peers review each other
ALL_ACADEMIES = 12
SEED = 1852
ROWS_COUNTED_AT = frozenset({0, 8, 16, 32, 64, 128})  # scenes: as often as there is twice as much


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that happens on a day. Scenes of one day are told in the order they were listed."""

    on: date
    play: Callable[[], object]


class Progress:
    """What a teller is told while it works; the command shows it as a bar."""

    def begin(self, steps: int) -> None:
        """Take the number of steps there will be."""

    def step(self) -> None:
        """Take note that one is done."""


@transaction.atomic
def tell(
    *,
    today: date,
    seed: int = SEED,
    academies: int = ALL_ACADEMIES,
    progress: Progress | None = None,
) -> Story:
    """Build the demo trust as of a day. The same day and seed make the same trust.

    Args:
        today: the day the story ends with.
        seed: for its dice.
        academies: how many of its twelve academies; fewer make a quicker, smaller trust.
        progress: told how far it is.

    """
    watching = progress or Progress()
    words = Words(seed)
    story = Story(
        cast=founding.found(today=today, academies=academies),
        words=words,
        today=today,
        tick=watching.step,
    )
    first_day = date(school_years(today)[0], 7, 1)
    casting.staff_centre(story.cast, words, since=first_day)
    for place in story.cast.places:
        casting.staff_academy(story.cast, place, words, since=first_day)
    scenes = _scenes(story)
    watching.begin(len(scenes) + sum(1 for _ in programme.history(story.cast.places, today)))
    for number, scene in enumerate(scenes):
        if number in ROWS_COUNTED_AT:
            stage.count_rows()
        scene.play()
    pairing.pair(story)
    asking.ask(story)
    following.follow(story)
    governing.call_next(story)
    consulting.consult(story)
    reading.read(story)
    planning.plan(story)
    standings.system_rebuild(story.cast.trust.pk)
    return story


def _scenes(story: Story) -> list[Scene]:
    """Return everything that happens, by day: policies, tiers, reviews, meetings."""
    years = school_years(story.today)
    scenes = []
    for number, year in enumerate(years):
        on = date(year, 9, 1)
        scenes.append(Scene(on, _adopting(story, year, number)))
        latest = number == len(years) - 1
        scenes.append(Scene(on, _setting_tiers(story, on, latest=latest)))
    scenes += [
        Scene(script.starts_on, _holding(story, script))
        for script in programme.history(story.cast.places, story.today)
    ]
    scenes += [Scene(sitting.on, _sitting(story, sitting)) for sitting in governing.sittings(story)]
    scenes += [
        Scene(story.today, _holding(story, script))
        for script in programme.open_now(story.cast.places, story.today)
    ]
    return sorted(scenes, key=lambda scene: scene.on)


def _adopting(story: Story, year: int, number: int) -> Callable[[], object]:
    def play() -> None:
        version = founding.adopt_policy(story.cast, year, number, by=story.cast.lead)
        story.books.append(system_rulebook(version))

    return play


def _setting_tiers(story: Story, on: date, *, latest: bool) -> Callable[[], object]:
    return lambda: founding.set_tiers(story.cast, on=on, latest=latest)


def _holding(story: Story, script: programme.Script) -> Callable[[], object]:
    return lambda: reviewing.hold(story, script)


def _sitting(story: Story, sitting: governing.Sitting) -> Callable[[], object]:
    return lambda: governing.sit(story, sitting)
