import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AcademyFactory, InstrumentLabelsFactory, person
from tests.instruments.shapes import contents, words
from trigpoint.instruments.contents.rules import questions
from trigpoint.instruments.labels import rules
from trigpoint.instruments.models import InstrumentLabels
from trigpoint.people.roles import Role


@given(contents(), st.data())
def test_labelled_changes_labels_and_nothing_else(content, data):
    keys = [question["key"] for question in questions(content)]
    own = data.draw(st.dictionaries(st.sampled_from([*keys, "gone"]), words))

    made = rules.labelled(content, own)

    for before, after in zip(questions(content), questions(made), strict=True):
        assert {**before, "label": ""} == {**after, "label": ""}
        assert after["label"] == own.get(before["key"], before["label"])


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("whole_trust", [False, True], ids=["one academy", "whole trust"])
def test_visible_to_agrees_with_may_view(role, whole_trust):
    home = AcademyFactory.create()
    sibling = AcademyFactory.create(trust=home.trust)
    for academy in (home, sibling, AcademyFactory.create()):
        InstrumentLabelsFactory.create(academy=academy)
    user = person(role, at=home.trust if whole_trust else home)

    listed = set(InstrumentLabels.objects.visible_to(user))

    assert listed == {it for it in InstrumentLabels.objects.all() if rules.may_view(user, it)}


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_may_relabel_is_for_the_head_there_and_the_trusts_lead(role):
    home = AcademyFactory.create()
    sibling = AcademyFactory.create(trust=home.trust)

    there = person(role, at=home)
    assert bool(rules.may_relabel(there, home)) == (role in {Role.HEADTEACHER, Role.QA_LEAD})
    assert not rules.may_relabel(there, sibling)
