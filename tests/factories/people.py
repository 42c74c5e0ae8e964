"""Builders for people, their sign-ins and the roles they hold."""

import datetime as dt

from factory import LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from tests.factories.trusts import AcademyFactory, TrustFactory
from trigpoint.people.models import (
    Feed,
    Grant,
    Letter,
    Notice,
    Person,
    Post,
    Preference,
    StaffImport,
    User,
)
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy, Cluster, Team, Trust

LONG_AGO = dt.date(2020, 9, 1)
FAR_OFF = dt.date(2099, 8, 31)


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    trust = SubFactory(TrustFactory)
    name = Sequence(lambda n: f"Person {n}")
    email = Sequence(lambda n: f"person-{n}@example.org")


class PostFactory(DjangoModelFactory[Post]):
    class Meta:
        model = Post

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    person = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    title = "Teacher"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    person = SubFactory(PersonFactory)
    email = SelfAttribute("person.email")
    password = "!"


class GrantFactory(DjangoModelFactory[Grant]):
    """A trust-wide grant that is always in force; name one place to narrow it."""

    class Meta:
        model = Grant

    person = SubFactory(PersonFactory)
    trust = SelfAttribute("person.trust")
    role = Role.STAFF
    starts_on = LONG_AGO


def person(role: Role, *, at: Trust | Cluster | Academy | Team | Review) -> User:
    """Build somebody who can sign in and holds ``role`` in one place."""
    trust = at if isinstance(at, Trust) else at.trust
    user = UserFactory.create(person__trust=trust)
    grant(user, role, at=at)
    return user


def grant(user: User, role: Role, *, at: Trust | Cluster | Academy | Team | Review) -> Grant:
    """Give somebody one more role in one place."""
    place: dict[str, object] = {}
    if isinstance(at, Review):
        place = {"review_id": at.pk, "ends_on": FAR_OFF}
    elif not isinstance(at, Trust):
        place = {type(at).__name__.lower(): at}
    return GrantFactory.create(person=user.person, role=role, **place)


class StaffImportFactory(DjangoModelFactory[StaffImport]):
    """A staff list that was read, with one new person in it."""

    class Meta:
        model = StaffImport

    trust = SubFactory(TrustFactory)
    file_name = "staff.csv"
    columns = LazyFunction(lambda: {"known": ["Name"], "unknown": [], "secret": []})
    rows = LazyFunction(
        lambda: [
            {
                "number": 2,
                "name": "Ann Ash",
                "words": "New: Teacher, the central team.",
                "outcome": "CREATE",
                "facts": {
                    "person": {"name": "Ann Ash", "email": "", "staff_number": "A1"},
                    "post": {
                        "academy_id": None,
                        "team_id": None,
                        "title": "Teacher",
                        "category": "TEACHER",
                        "subject": "",
                        "key_stage": "",
                        "starts_on": None,
                        "ends_on": None,
                    },
                    "where": "the central team",
                },
            }
        ]
    )


class NoticeFactory(DjangoModelFactory[Notice]):
    """Something new, made on a November morning, that leads to the policy."""

    class Meta:
        model = Notice

    person = SubFactory(PersonFactory)
    trust = SelfAttribute("person.trust")
    kind = Notice.Kind.FEEDBACK
    sentence = "Feedback on a visit to your work is there for you to read."
    address = "/policies/"
    once_key = Sequence(lambda n: f"occasion-{n}")
    made_at = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)


class LetterFactory(DjangoModelFactory[Letter]):
    """A letter that is not sent yet."""

    class Meta:
        model = Letter

    person = SubFactory(PersonFactory)
    trust = SelfAttribute("person.trust")
    written_at = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)


class PreferenceFactory(DjangoModelFactory[Preference]):
    class Meta:
        model = Preference

    person = SubFactory(PersonFactory)
    trust = SelfAttribute("person.trust")
    how = Preference.How.AT_ONCE


class FeedFactory(DjangoModelFactory[Feed]):
    class Meta:
        model = Feed

    person = SubFactory(PersonFactory)
    trust = SelfAttribute("person.trust")
    token_sha256 = Sequence(lambda n: f"{n:064x}")
    made_at = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)
