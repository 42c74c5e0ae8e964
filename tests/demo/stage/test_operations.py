import pytest
from django.db import connection

from tests.factories import PersonFactory
from trigpoint.demo.stage import operations

ROWS = 40
PLANNED_BY = "SELECT reltuples FROM pg_class WHERE relname = 'people_person'"


@pytest.mark.postgres
@pytest.mark.django_db
def test_count_rows_counts_what_is_not_committed_yet():
    PersonFactory.create_batch(ROWS)

    operations.count_rows()

    with connection.cursor() as cursor:
        cursor.execute(PLANNED_BY)
        assert cursor.fetchone()[0] >= ROWS
