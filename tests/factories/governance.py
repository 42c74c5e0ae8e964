"""Builders for meetings and what they had in front of them."""

import datetime as dt

from factory import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from tests.factories.people import PersonFactory
from tests.factories.reporting import ReportFactory
from tests.factories.trusts import BodyFactory
from trigpoint.governance.models import Challenge, Decision, Meeting, Paper


class MeetingFactory(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    body = SubFactory(BodyFactory)
    trust = SelfAttribute("body.trust")
    held_on = Sequence(lambda n: dt.date(2025, 12, 9) + dt.timedelta(days=n))
    title = "Autumn meeting"


class PaperFactory(DjangoModelFactory[Paper]):
    class Meta:
        model = Paper

    meeting = SubFactory(MeetingFactory)
    trust = SelfAttribute("meeting.trust")
    position = Sequence(lambda n: n % 20_000 + 10_001)  # above the numbers that tests choose
    title = "Reading deep dive"
    report = SubFactory(
        ReportFactory, review__academy__trust=SelfAttribute("....trust"), final=True
    )


class ChallengeFactory(DjangoModelFactory[Challenge]):
    class Meta:
        model = Challenge

    meeting = SubFactory(MeetingFactory)
    trust = SelfAttribute("meeting.trust")
    question = "How do we know that this has worked?"
    asked_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))


class DecisionFactory(DjangoModelFactory[Decision]):
    class Meta:
        model = Decision

    meeting = SubFactory(MeetingFactory)
    trust = SelfAttribute("meeting.trust")
    text = "Noted; look again in the spring."
