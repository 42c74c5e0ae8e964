import pytest

from trigpoint.demo.signin import rules


@pytest.mark.parametrize("demo", [True, False])
def test_may_enter_only_in_demo_mode(settings, demo):
    settings.TRIGPOINT_DEMO = demo
    assert bool(rules.may_enter()) is demo


def test_parts_are_told_apart():
    assert len({part.role for part in rules.PARTS}) == 11
