import re

import pytest

from tests.factories import TrustFactory, person
from trigpoint.evidence.devices import operations
from trigpoint.evidence.models import DraftSecret
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_unlock_gives_the_same_secret_for_good_and_everybody_their_own():
    trust = TrustFactory.create()
    anna, ben = person(Role.REVIEWER, at=trust), person(Role.REVIEWER, at=trust)

    first = operations.unlock(by=anna)

    assert re.fullmatch("[0-9a-f]{64}", first)
    assert operations.unlock(by=anna) == first != operations.unlock(by=ben)
    assert DraftSecret.objects.count() == 2
