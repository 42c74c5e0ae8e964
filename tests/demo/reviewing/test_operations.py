import pytest

from trigpoint.reviews.models import Deadline, Review

pytestmark = pytest.mark.django_db


def test_reviews_are_of_every_kind_and_state(told):
    assert set(Review.objects.values_list("kind", flat=True)) == {*Review.Kind.values}
    assert set(Review.objects.values_list("status", flat=True)) == {*Review.Status.values}
    assert Review.objects.filter(status="CANCELLED").exclude(cancelled_because="").count() == 2


def test_fieldwork_is_under_way_today(told):
    today = Review.objects.filter(
        status="FIELDWORK",
        fieldwork_starts_on__lte=told.today,
        fieldwork_ends_on__gte=told.today,
    )
    assert today.filter(lead=told.cast.parts["external"].person).exists()
    assert today.filter(academy__name="Thornmere Primary").exists()


def test_clocks_were_kept_and_some_steps_came_late(told):
    done = Deadline.objects.filter(done_on__isnull=False)
    assert done.exists()
    assert any(step.done_on > step.due_on for step in done)
