"""What good looks like: areas and standards of one policy version, scales, and crosswalks."""

from typing import ClassVar

from django.db import models

from trigpoint.policies.versions.models import PolicyRowQuerySet, PolicyVersion
from trigpoint.trusts.structure.models import TrustRecord


class Scale(TrustRecord):
    """The levels that judgements of some areas may take in one version, best first.

    ``code`` is the letters of its levels, best first, such as ``ESMAU``: in the next version a
    scale of other letters is another scale, and trends break there. ``WORDS`` is the scale of what
    is judged in words: its one level only says so (docs/decisions/0028).
    """

    WORDS: ClassVar[str] = "words"

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="scales")
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=1)

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="scale_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_words(self) -> bool:
        """Whether what it judges has no levels."""
        return self.code == self.WORDS


class Level(TrustRecord):
    """One level. ``rank`` 1 is the best; shape and letter carry it, colour only helps."""

    class Tone(models.TextChoices):
        """Its colour, best first. Amber and rust are below standard, on every scale."""

        DEEP_TEAL = "deep-teal", "Deep teal"
        TEAL = "teal", "Teal"
        STONE = "stone", "Stone"
        AMBER = "amber", "Amber"
        RUST = "rust", "Rust"
        WORDS = "words", "None: judged in words"

    class Shape(models.TextChoices):
        """Its shape, which can be told apart without the colour."""

        STAR = "star", "Star"
        HOUSE = "house", "House"
        CIRCLE = "circle", "Circle"
        DIAMOND = "diamond", "Diamond"
        OCTAGON = "octagon", "Octagon"
        LINES = "lines", "Lines: judged in words"

    status_path: ClassVar[str] = "scale__version__status"

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="levels")
    rank = models.PositiveSmallIntegerField()
    letter = models.CharField(max_length=1, blank=True)
    shape = models.CharField(max_length=8, choices=Shape)
    tone = models.CharField(max_length=10, choices=Tone)
    label = models.CharField(max_length=60)

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scale", "rank"], name="level_rank_once"),
            models.UniqueConstraint(fields=["scale", "tone"], name="level_tone_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def steps(self) -> int:
        """How many levels its scale has: its code is a letter of each. The scale is loaded."""
        return 1 if self.scale.is_in_words else len(self.scale.code)


class Area(TrustRecord):
    """An area of the policy, such as Curriculum. ``lineage`` is the same in every version.

    ``meaning_changed`` says, since the version before, what it means now that it did not mean
    then. Empty is words only. Where it is not, trends break: a level before is no longer the same.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="areas")
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="areas")
    lineage = models.SlugField(max_length=60)
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    summary = models.TextField(blank=True)
    meaning_changed = models.CharField(max_length=240, blank=True)
    position = models.PositiveSmallIntegerField()

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "lineage"], name="area_lineage_once"),
            models.UniqueConstraint(fields=["version", "code"], name="area_code_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Standard(TrustRecord):
    """One promise of an area. ``expected_kinds`` lists the activity kinds that can show it.

    ``lineage`` and ``meaning_changed`` are as for an area.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="standards")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="standards")
    lineage = models.SlugField(max_length=80)
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    statement = models.TextField()
    expected_kinds = models.JSONField(default=list)
    meaning_changed = models.CharField(max_length=240, blank=True)
    position = models.PositiveSmallIntegerField()

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "lineage"], name="standard_lineage_once"),
            models.UniqueConstraint(fields=["version", "code"], name="standard_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class LookFor(TrustRecord):
    """Something an observer can see that shows a standard."""

    status_path: ClassVar[str] = "standard__version__status"

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="look_fors")
    lineage = models.SlugField(max_length=100)
    text = models.CharField(max_length=240)
    position = models.PositiveSmallIntegerField()

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "lineage"], name="look_for_lineage_once")
        ]

    def __str__(self) -> str:
        return self.text


class Descriptor(TrustRecord):
    """What a standard looks like at one level."""

    status_path: ClassVar[str] = "standard__version__status"

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="descriptors")
    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="descriptors")
    text = models.TextField()

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "level"], name="descriptor_once_a_level")
        ]

    def __str__(self) -> str:
        return self.text


class Crosswalk(TrustRecord):
    """How one of our areas or standards maps to an item of an outside framework."""

    class Fit(models.TextChoices):
        """How much the two have in common, seen from ours."""

        SAME = "SAME", "Same"
        NARROWER = "NARROWER", "Ours is narrower"
        WIDER = "WIDER", "Ours is wider"
        PARTIAL = "PARTIAL", "Partly"

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="crosswalks")
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="crosswalks")
    standard = models.ForeignKey(
        Standard, on_delete=models.CASCADE, null=True, blank=True, related_name="crosswalks"
    )
    framework = models.CharField(max_length=120)
    item = models.CharField(max_length=160)
    fit = models.CharField(max_length=8, choices=Fit)

    objects = PolicyRowQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.framework}: {self.item}"
