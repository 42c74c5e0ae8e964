"""All the words of one evidence record in one row, which only the database writes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

    Sql = tuple[str, list[str]]

Terms = Sequence[Sequence[str]]  # each a word, or several that follow one another


class RecordWordsQuerySet(models.QuerySet["RecordWords"]):
    """Ways of narrowing the words of records."""

    def saying(self, terms: Terms, *, places: Sequence[str]) -> Self:
        """Keep records that say all of it, written in all of these places."""
        return self.filter(body__says=(terms, places))

    def saying_one_by_one(self, terms: Terms) -> Self:
        """Keep the same, each row asked by itself: for a few of many that nearly all say it."""
        return self.filter(body__says_itself=(terms, ()))


class RecordWords(models.Model):
    """What one record says: title, subject, group, answers and notes, for searching and no more.

    Triggers on the tables themselves write it (``search/data``), so that no way of saving a record
    can forget to, and none pays a query for it. ``places`` holds the codes of its trust and academy,
    which the index knows as words: a search reads no further than where it looks.
    """

    id = models.BigAutoField(primary_key=True)
    record = models.OneToOneField(
        "evidence.EvidenceRecord",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    places = models.CharField(max_length=80)
    body = models.TextField()

    objects = RecordWordsQuerySet.as_manager()

    def __str__(self) -> str:
        return self.body[:60]


@models.TextField.register_lookup
class Says(models.Lookup):
    """``body__says=(terms, places)``: whatever was typed goes in as words, never as a query."""

    lookup_name = "says"
    prepare_rhs = False
    in_sqlite = "{id} IN (SELECT rowid FROM evidence_wordsearch WHERE evidence_wordsearch MATCH %s)"

    def _column(self, compiler: "SQLCompiler", name: str) -> str:
        quote = compiler.quote_name_unless_alias
        return f"{quote(self.lhs.alias)}.{quote(name)}"

    def as_sqlite(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper") -> "Sql":  # noqa: ARG002 -- Django hands it over
        """Ask the FTS5 table; each term is quoted, so that nothing in it is an operator."""
        terms, places = self.rhs
        asked = [
            *(f'places : "{place}"' for place in places),
            *(f'body : "{" ".join(term)}"' for term in terms),
        ]
        where = self.in_sqlite.format(id=self._column(compiler, "id"))
        return where, [" AND ".join(asked)]

    def as_postgresql(self, compiler: "SQLCompiler", connection: "BaseDatabaseWrapper") -> "Sql":  # noqa: ARG002 -- Django hands it over
        """Ask the tsvector; ``phraseto_tsquery`` knows no operators."""
        terms, places = self.rhs
        asked = [
            *("phraseto_tsquery('simple', %s)" for _ in places),
            *("phraseto_tsquery('english', evidence_plain(%s))" for _ in terms),
        ]
        words = [*places, *(" ".join(term) for term in terms)]
        return f"{self._column(compiler, 'words')} @@ ({' && '.join(asked)})", words


@models.TextField.register_lookup
class SaysItself(Says):
    """``body__says_itself=(terms, places)``: the same, asked of one row after another."""

    lookup_name = "says_itself"
    in_sqlite = (
        "EXISTS (SELECT 1 FROM evidence_wordsearch"
        " WHERE evidence_wordsearch.rowid = {id} AND evidence_wordsearch MATCH %s)"
    )
