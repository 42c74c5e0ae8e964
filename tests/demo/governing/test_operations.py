import pytest

from trigpoint.governance.models import Challenge, Decision, Meeting, Paper

pytestmark = pytest.mark.django_db


def test_every_body_met_and_the_board_meets_again(told):
    for body in (told.cast.board, *told.cast.committees, told.cast.local):
        assert Meeting.objects.filter(body=body, held_on__lt=told.today).count() >= 6
    coming = Meeting.objects.filter(body=told.cast.board, held_on__gt=told.today).get()
    assert coming.papers.filter(report__isnull=False).exists()
    assert coming.challenges.filter(status=Challenge.Status.ASKED).exists()


def test_questions_are_in_every_state_and_something_was_decided(told):
    assert set(Challenge.objects.values_list("status", flat=True)) == {*Challenge.Status.values}
    assert Decision.objects.filter(follow_up_on__isnull=False).exists()
    assert Paper.objects.filter(snapshot__isnull=False).exists()
