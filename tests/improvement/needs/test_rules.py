import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AcademyFactory, DevelopmentNeedFactory, person
from trigpoint.improvement.models import DevelopmentNeed
from trigpoint.improvement.needs import rules
from trigpoint.people.roles import Role

GROUPS = ("LEADER", "TEACHER", "ASSISTANT")
tables = st.dictionaries(st.sampled_from(GROUPS), st.integers(min_value=0, max_value=30))


@given(counts=tables, below=st.integers(min_value=2, max_value=10))
def test_theme_totals_never_show_a_small_group_or_let_it_be_worked_out(counts, below):
    """Changing a hidden count within its range changes nothing that is shown."""
    shown = rules.theme_totals("T", counts, groups=GROUPS, below=below, academy_count=1)
    hidden = [group for group in GROUPS if 0 < counts.get(group, 0) < below]

    for group in hidden:
        for other in range(1, below):
            changed = counts | {group: other}
            assert shown == rules.theme_totals(
                "T", changed, groups=GROUPS, below=below, academy_count=1
            )
    assert shown.any_hidden is bool(hidden)


@given(counts=tables)
def test_theme_totals_say_the_true_number_of_a_large_enough_group(counts):
    shown = rules.theme_totals("T", counts, groups=GROUPS, below=5, academy_count=1)

    for group, total in zip(GROUPS, shown.groups, strict=True):
        count = counts.get(group, 0)
        assert total == (rules.Total(hidden=True) if 0 < count < 5 else rules.Total(count))


def test_suppressed_refuses_an_impossible_count():
    with pytest.raises(ValueError, match="cannot be -1"):
        rules.suppressed(-1, below=5)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_visible_to_agrees_with_may_view(role):
    academy = AcademyFactory.create()
    user = person(role, at=academy)
    needs = [
        DevelopmentNeedFactory.create(academy=academy, person=user.person),
        DevelopmentNeedFactory.create(academy=academy),
        DevelopmentNeedFactory.create(),
    ]

    listed = set(DevelopmentNeed.objects.visible_to(user))

    assert listed == {need for need in needs if rules.may_view(user, need)} == {needs[0]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "allowed"), [(Role.REVIEWER, True), (Role.HEADTEACHER, True), (Role.TRUSTEE, False)]
)
def test_may_raise_need(role, allowed):
    academy = AcademyFactory.create()

    verdict = rules.may_raise_need(
        person(role, at=academy), trust_id=academy.trust_id, academy_id=academy.pk
    )

    assert bool(verdict) is allowed
