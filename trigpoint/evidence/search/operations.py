"""Put up the search index of evidence after a change of tables, and take it down before one."""

import unicodedata
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.db import connections, transaction

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

LONGEST = 200_000  # characters of a record that are searched; a tsvector holds no more than 1 MB
TABLE = "evidence_recordwords"
ACCENTED = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]


def put_up(*, using: str = "default", **_signal: Any) -> None:  # noqa: ANN401 -- what the signal says
    """Create what is missing of the index; fill it where it was not there.

    After every ``migrate``, and after the tables of a test were made from the models: one way for
    both, whatever the last migration did to the tables.
    """
    connection = connections[using]
    if TABLE not in connection.introspection.table_names() or _is_up(connection):
        return
    with transaction.atomic(using=using):
        _run(connection, "")


def take_down(*, using: str = "default", plan: "list[Any] | None" = None, **_signal: Any) -> None:  # noqa: ANN401 -- as above
    """Take the index away before migrations touch the tables it watches.

    SQLite changes a table by making it anew, which loses its triggers or stumbles over them.
    """
    if any(migration.app_label == "evidence" for migration, _ in plan or ()):
        _run(connections[using], "_down")


def _is_up(connection: "BaseDatabaseWrapper") -> bool:
    """Say whether the last thing that is put up is there."""
    known = {
        "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'evidence_wordsearch_less'",
        "postgresql": "SELECT 1 FROM pg_trigger WHERE tgname = 'evidence_words_of_no_note'"
        " AND tgrelid = to_regclass('evidence_note')",
    }
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor])
        return cursor.fetchone() is not None


def _run(connection: "BaseDatabaseWrapper", suffix: str) -> None:
    """Run one of the scripts beside this file; a blank line ends a statement."""
    accented, plain = _without_accents()
    path = files(__package__).joinpath("data", f"{connection.vendor}{suffix}.sql")
    script = path.read_text(encoding="utf-8").replace("{longest}", str(LONGEST))
    script = script.replace("{accented}", accented).replace("{plain}", plain)
    with connection.cursor() as cursor:
        for statement in script.split("\n\n"):
            cursor.execute(statement)


def _without_accents() -> tuple[str, str]:
    """Return letters with accents and, each in its place, the small letter without."""
    pairs = {
        letter: base.lower()
        for letter in ACCENTED
        if (base := unicodedata.normalize("NFD", letter)[0]).isascii() and base != letter
    }
    return "".join(pairs), "".join(pairs.values())
