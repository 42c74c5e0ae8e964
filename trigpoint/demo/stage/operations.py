"""What goes on behind the stage while the story is told."""

from django.db import connection


def count_rows() -> None:
    """Let PostgreSQL count what is there so far.

    It plans its work by how full its tables are, and of what is not committed yet it counts nothing
    by itself: the whole story is told in one transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            tables = map(connection.ops.quote_name, connection.introspection.table_names(cursor))
            cursor.execute(f"ANALYZE {', '.join(sorted(tables))}")  # ours: the server's are shared
