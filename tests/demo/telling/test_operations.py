import pytest

from trigpoint.demo.telling import operations
from trigpoint.demo.telling.queries import system_counts

pytestmark = pytest.mark.django_db


def test_story_is_about_two_academies(told):
    counts = system_counts(told.cast.trust)
    assert counts["academies"] == 2
    assert counts["evidence records"] > 200


def test_progress_reaches_its_end():
    class Counting(operations.Progress):
        steps = taken = 0

        def begin(self, steps):
            self.steps = steps

        def step(self):
            self.taken += 1

    counting = Counting()
    for call in (counting.begin, operations.Progress().begin):
        call(3)
    operations.Progress().step()
    counting.step()
    assert (counting.steps, counting.taken) == (3, 1)
