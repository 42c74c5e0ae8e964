"""Builders for actions, needs and good practice."""

import datetime as dt

from factory import SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from tests.factories.judgements import FindingFactory, ThemeFactory
from tests.factories.people import PersonFactory
from tests.factories.trusts import AcademyFactory
from trigpoint.improvement.models import Action, DevelopmentNeed, GoodPractice, ImpactCheck


class ActionFactory(DjangoModelFactory[Action]):
    """An open action due at the end of January 2026; ``done=True`` for a finished one."""

    class Meta:
        model = Action

    class Params:
        done = Trait(status=Action.Status.DONE, done_on=dt.date(2026, 1, 30))

    finding = SubFactory(FindingFactory, published=True)
    academy = SelfAttribute("finding.academy")
    trust = SelfAttribute("finding.trust")
    title = Sequence(lambda n: f"Daily check in Years 3 and 4, {n}")
    success_criterion = "The look-for is seen in most lessons."
    owner = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    due_on = dt.date(2026, 1, 31)
    check_due_on = dt.date(2026, 5, 12)
    raised_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    raised_on = dt.date(2025, 12, 10)


class ImpactCheckFactory(DjangoModelFactory[ImpactCheck]):
    class Meta:
        model = ImpactCheck

    action = SubFactory(ActionFactory, done=True)
    trust = SelfAttribute("action.trust")
    checked_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    checked_on = dt.date(2026, 5, 12)
    outcome = Action.Outcome.WORKED
    words = "Seen in seven of eight lessons."


class DevelopmentNeedFactory(DjangoModelFactory[DevelopmentNeed]):
    class Meta:
        model = DevelopmentNeed

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    theme = SubFactory(ThemeFactory, trust=SelfAttribute("..trust"))
    person = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    raised_on = dt.date(2025, 11, 13)


class GoodPracticeFactory(DjangoModelFactory[GoodPractice]):
    """Nominated; ``published=True`` for one that was confirmed and consented to."""

    class Meta:
        model = GoodPractice

    class Params:
        published = Trait(
            status=GoodPractice.Status.PUBLISHED,
            confirmed_by=SubFactory(PersonFactory, trust=SelfAttribute("..trust")),
            confirmed_on=dt.date(2025, 12, 1),
            consented_by=SubFactory(PersonFactory, trust=SelfAttribute("..trust")),
            published_on=dt.date(2025, 12, 2),
        )

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    title = Sequence(lambda n: f"Breakfast reading club {n}")
    what_they_do = "Pupils read with an adult before school, three mornings a week."
    nominated_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    nominated_on = dt.date(2025, 11, 20)
