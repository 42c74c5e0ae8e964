import pytest

from tests.factories import DraftSecretFactory, TrustFactory, UserFactory, person
from trigpoint.evidence.devices import rules
from trigpoint.evidence.models import DraftSecret
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_visible_to_agrees_with_may_view(role):
    user = person(role, at=TrustFactory.create())
    colleague = UserFactory.create(person__trust=user.person.trust).person
    secrets = [
        DraftSecretFactory.create(person=user.person),
        DraftSecretFactory.create(person=colleague),
        DraftSecretFactory.create(),
    ]

    listed = set(DraftSecret.objects.visible_to(user))

    assert listed == {one for one in secrets if rules.may_view(user, one)} == {secrets[0]}


def test_notes_are_sent_by_whoever_wrote_them():
    author = person(Role.REVIEWER, at=TrustFactory.create())
    other = person(Role.REVIEWER, at=author.person.trust)

    assert rules.may_send(author, author.person_id)
    assert rules.may_send(author, None)
    assert "when their author signs in here again" in rules.may_send(other, author.person_id).reason
