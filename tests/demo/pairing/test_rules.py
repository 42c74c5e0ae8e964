import pytest

from tests.factories import ActivityFactory, LookForFactory
from trigpoint.demo.pairing.rules import account
from trigpoint.demo.words.rules import read

pytestmark = pytest.mark.django_db


def test_an_account_says_what_the_list_says_in_its_order():
    activity = ActivityFactory.create(title="Year 4 reading")
    look_for = LookForFactory.create()
    said = read("pairs")["both"]["accounts"][0]

    found = account(activity, said, "To infer", look_for.standard_id, [look_for.pk])

    assert found.look_fors == {look_for.pk: "SEEN"}
    assert found.answers["intended"] == "To infer"
    assert [note.kind for note in found.notes] == ["RUNNING", "RUNNING", "WWW", "EBI"]
