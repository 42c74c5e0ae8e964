import pytest

from tests.factories import FeedFactory, TrustFactory, UserFactory, person
from trigpoint.people.feeds import rules
from trigpoint.people.models import Feed
from trigpoint.people.roles import Role


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_visible_to_agrees_with_may_view(role):
    user = person(role, at=TrustFactory.create())
    colleague = UserFactory.create(person__trust=user.person.trust).person
    feeds = [
        FeedFactory.create(person=user.person),
        FeedFactory.create(person=colleague),
        FeedFactory.create(),
    ]

    listed = set(Feed.objects.visible_to(user))

    assert listed == {feed for feed in feeds if rules.may_view(user, feed)} == {feeds[0]}


def test_digest_is_the_same_for_the_same_and_another_for_another():
    assert rules.digest("one") == rules.digest("one") != rules.digest("two")
