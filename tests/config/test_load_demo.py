from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import TrustFactory
from trigpoint.trusts.models import Trust

pytestmark = pytest.mark.django_db


def test_load_demo_is_refused_outside_demo_mode():
    with pytest.raises(CommandError, match="not a demonstration"):
        call_command("load_demo")
    assert not Trust.objects.exists()


def test_load_demo_leaves_a_database_in_use_alone(settings):
    settings.TRIGPOINT_DEMO = True
    TrustFactory.create()

    call_command("load_demo", if_empty=True)
    with pytest.raises(CommandError, match="in this database already"):
        call_command("load_demo")
    assert Trust.objects.count() == 1


@pytest.mark.slow
def test_load_demo_builds_a_trust_and_says_what_is_in_it(settings):
    settings.TRIGPOINT_DEMO = True
    said = StringIO()

    call_command("load_demo", academies=2, today="2026-11-23", stdout=said)

    assert "2 academies" in said.getvalue()
    assert Trust.objects.get().name == "Wetherlow Learning Trust"
