"""Builders for reviews and their parts. The review is of autumn 2025."""

import datetime as dt

from factory import (
    LazyAttribute,
    LazyFunction,
    SelfAttribute,
    Sequence,
    SubFactory,
    post_generation,
)
from factory.django import DjangoModelFactory

from tests.factories.instruments import InstrumentVersionFactory
from tests.factories.people import PersonFactory
from tests.factories.policies import PolicyVersionFactory
from tests.factories.trusts import AcademicYearFactory, AcademyFactory
from trigpoint.instruments.models import ActivityKind
from trigpoint.reviews.models import (
    Activity,
    ConflictOfInterest,
    Deadline,
    LineOfEnquiry,
    Programme,
    ProgrammeSlot,
    Review,
    ReviewDocument,
    ReviewerProfile,
    ReviewTeamMember,
    Sample,
)

ABOUT_ELEVEN = dt.datetime(2025, 11, 12, 11, 0, tzinfo=dt.UTC)


class ReviewFactory(DjangoModelFactory[Review]):
    """A planned deep dive on 12 November 2025; ``looked_on=…`` makes it one that was over that day.

    ``areas=[…]`` is what it looks at.
    """

    class Meta:
        model = Review
        skip_postgeneration_save = True

    class Params:
        looked_on = None

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    policy_version = SubFactory(PolicyVersionFactory, trust=SelfAttribute("..trust"), in_force=True)
    kind = Review.Kind.DEEP_DIVE
    title = Sequence(lambda n: f"Reading deep dive {n}")
    lead = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    fieldwork_starts_on = LazyAttribute(lambda it: it.looked_on or dt.date(2025, 11, 12))
    fieldwork_ends_on = SelfAttribute("fieldwork_starts_on")
    status = LazyAttribute(lambda it: "CLOSED" if it.looked_on else "PLANNED")
    closed_on = LazyAttribute(lambda it: it.looked_on)

    @post_generation
    def areas(self, create, extracted):
        """Say what the review looks at."""
        if create and extracted:
            self.areas.add(*extracted)


class DeadlineFactory(DjangoModelFactory[Deadline]):
    class Meta:
        model = Deadline

    review = SubFactory(ReviewFactory)
    trust = SelfAttribute("review.trust")
    step = Deadline.Step.DRAFT
    position = 4
    due_on = dt.date(2025, 11, 19)


class LineOfEnquiryFactory(DjangoModelFactory[LineOfEnquiry]):
    class Meta:
        model = LineOfEnquiry

    review = SubFactory(ReviewFactory)
    trust = SelfAttribute("review.trust")
    number = Sequence(lambda n: n % 20_000 + 10_001)  # above the numbers that tests choose
    question = "Do the weakest readers catch up quickly?"


class ReviewTeamMemberFactory(DjangoModelFactory[ReviewTeamMember]):
    class Meta:
        model = ReviewTeamMember

    review = SubFactory(ReviewFactory)
    trust = SelfAttribute("review.trust")
    person = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))


class ActivityFactory(DjangoModelFactory[Activity]):
    class Meta:
        model = Activity

    review = SubFactory(ReviewFactory)
    trust = SelfAttribute("review.trust")
    kind = ActivityKind.LESSON_VISIT
    instrument_version = SubFactory(
        InstrumentVersionFactory, instrument__trust=SelfAttribute("...trust")
    )
    title = Sequence(lambda n: f"Year 4 reading lesson {n}")
    starts_at = ABOUT_ELEVEN
    ends_at = ABOUT_ELEVEN + dt.timedelta(minutes=30)


class ReviewerProfileFactory(DjangoModelFactory[ReviewerProfile]):
    class Meta:
        model = ReviewerProfile

    person = SubFactory(PersonFactory)
    trust = SelfAttribute("person.trust")


class ConflictOfInterestFactory(DjangoModelFactory[ConflictOfInterest]):
    class Meta:
        model = ConflictOfInterest

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    person = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    kind = ConflictOfInterest.Kind.RELATED


class ProgrammeFactory(DjangoModelFactory[Programme]):
    """The programme of 2025-26."""

    class Meta:
        model = Programme
        django_get_or_create = ("year",)

    year = SubFactory(AcademicYearFactory)
    trust = SelfAttribute("year.trust")


class ProgrammeSlotFactory(DjangoModelFactory[ProgrammeSlot]):
    """A deep dive proposed for 3 December 2025."""

    class Meta:
        model = ProgrammeSlot

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    programme = SubFactory(ProgrammeFactory, year__trust=SelfAttribute("...trust"))
    need_key = Sequence(lambda n: f"need {n}")
    kind = Review.Kind.DEEP_DIVE
    due_on = dt.date(2025, 12, 12)
    starts_on = dt.date(2025, 12, 3)
    ends_on = dt.date(2025, 12, 3)
    lead = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    hours = 4
    reasons = LazyFunction(lambda: ["Due by 12 December 2025, and proposed 1 week before."])


class SampleFactory(DjangoModelFactory[Sample]):
    """Two lessons drawn of four."""

    class Meta:
        model = Sample

    review = SubFactory(ReviewFactory)
    trust = SelfAttribute("review.trust")
    kind = ActivityKind.LESSON_VISIT
    seed = 1852
    subjects = LazyAttribute(lambda _: ["English", "Mathematics"])
    year_groups = LazyAttribute(lambda _: ["Year 3", "Year 4"])
    drawn_by = SelfAttribute("review.lead")
    drawn_at = ABOUT_ELEVEN
    drawn = LazyAttribute(
        lambda it: [
            {"subject": "English", "year_group": "Year 3", "observer": str(it.drawn_by.pk)},
            {"subject": "Mathematics", "year_group": "Year 4", "observer": str(it.drawn_by.pk)},
        ]
    )


class ReviewDocumentFactory(DjangoModelFactory[ReviewDocument]):
    class Meta:
        model = ReviewDocument

    review = SubFactory(ReviewFactory)
    trust = SelfAttribute("review.trust")
    position = Sequence(lambda n: n % 30_000)
    title = Sequence(lambda n: f"Curriculum plan {n}")
