"""``manage.py load_demo``: a believable trust to try the product on."""

import gc
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from trigpoint.demo.bulk import operations as bulk
from trigpoint.demo.stage.rules import Story
from trigpoint.demo.telling import operations, queries
from trigpoint.demo.telling.operations import SEED, Progress
from trigpoint.trusts.models import Trust

GARBAGE_EVERY = 200_000  # objects; looking for garbage more often takes a tenth of the time


class Bar(Progress):
    """A progress bar on the terminal; silent when there is none."""

    def __init__(self) -> None:
        self.bar = tqdm(
            desc="Building the demo trust", unit=" scenes", file=sys.stderr, disable=None
        )

    def begin(self, steps: int) -> None:
        """Take the number of steps there will be."""
        self.bar.reset(total=steps)

    def step(self) -> None:
        """Move on by one."""
        self.bar.update(1)


class Command(BaseCommand):
    """``manage.py load_demo --if-empty``."""

    help = "Build the demo trust: 12 academies, 500 staff, three years of reviews. Demo mode only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day, the seed, the size, and whether to leave a filled database alone."""
        parser.add_argument("--if-empty", action="store_true", help="do nothing if a trust is here")
        parser.add_argument("--today", type=date.fromisoformat, help="the day it ends with")
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--academies", type=int, help="fewer make it quicker")
        parser.add_argument("--scale", choices=["story", "large"], default="story")
        parser.add_argument("--records", type=int, help="with --scale large; a million otherwise")
        parser.add_argument("--staff", type=int, help="with --scale large; 10,000 otherwise")

    def handle(
        self, *args: Any, if_empty: bool, today: date | None, scale: str, **options: Any
    ) -> None:
        """Build it, unless this is not a demonstration or a trust is here already."""
        if not settings.TRIGPOINT_DEMO:
            msg = (
                "This is not a demonstration, so nothing was loaded. Invented people do not belong "
                "beside real ones. To try the product, set TRIGPOINT_DEMO=1 and use an empty "
                "database."
            )
            raise CommandError(msg)
        if Trust.objects.exists():
            if if_empty:
                return
            msg = "A trust is in this database already. Use an empty one, or --if-empty."
            raise CommandError(msg)
        gc.set_threshold(GARBAGE_EVERY)
        day = today or timezone.localdate()
        story = self.grow(day, options) if scale == "large" else self.tell(day, options)
        self.summarise(queries.system_counts(story.cast.trust))

    def tell(self, day: date, options: dict[str, Any]) -> Story:
        """Build the story of twelve academies, or of fewer."""
        academies = options["academies"] or operations.ALL_ACADEMIES
        if not operations.FEWEST_ACADEMIES <= academies <= operations.ALL_ACADEMIES:
            msg = "The story has 2 to 12 academies. For another number, ask for --scale large."
            raise CommandError(msg)
        return operations.tell(today=day, seed=options["seed"], academies=academies, progress=Bar())

    def grow(self, day: date, options: dict[str, Any]) -> Story:
        """Build a trust of the benchmark's size, or of the size asked for."""
        asked = {name: options[name] for name in ("academies", "staff", "records")}
        size = bulk.Size(**{name: count for name, count in asked.items() if count})
        return bulk.grow(today=day, size=size, seed=options["seed"], progress=Bar())

    def summarise(self, counts: dict[str, int]) -> None:
        """Say what there is now."""
        said = ", ".join(f"{count:,} {what}" for what, count in counts.items())
        self.stdout.write(f"The demo trust is ready: {said}.")
