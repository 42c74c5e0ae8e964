import pytest

from tests.factories import DraftSecretFactory, UserFactory
from trigpoint.evidence.devices import queries

pytestmark = pytest.mark.django_db


def test_has_sealed_asks_for_ones_own():
    mine = DraftSecretFactory.create(person=UserFactory.create().person)
    colleague = UserFactory.create(person__trust=mine.trust)

    assert queries.has_sealed(viewer=mine.person.user)
    assert not queries.has_sealed(viewer=colleague)
