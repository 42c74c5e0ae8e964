import pytest

from trigpoint.instruments.models import ActivityKind

pytestmark = pytest.mark.django_db


def test_system_rulebook_holds_the_whole_policy(told):
    book = told.book

    assert set(book.instruments) == {*ActivityKind.values}
    assert sorted(book.levels) == [1, 2, 3, 4, 5]
    assert sum(map(len, book.standards.values())) == book.version.standards.count()
    assert all(book.look_fors.values())
