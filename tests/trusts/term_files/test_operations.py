"""Bringing term dates in: exact, idempotent, all or nothing; the command too."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from tests.factories import AcademyFactory, ClosureFactory, TermFactory, TrustFactory, person
from tests.trusts.term_files.calendar import a_year, day
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.trusts.calendars import queries
from trigpoint.trusts.models import Closure, Term
from trigpoint.trusts.term_files import operations
from trigpoint.trusts.term_files.rules import read

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 9, 1)


def bring(academies, data, by=None):
    return operations.import_terms(academies=academies, reading=read(data), by=by, on=TODAY)


def test_import_terms_makes_the_calendar_the_file_describes():
    trust = TrustFactory.create()
    academies = AcademyFactory.create_batch(2, trust=trust)

    report = bring(academies, a_year(), by=person(Role.ADMINISTRATOR, at=trust))

    calendar = queries.system_calendar(academies[0].pk)
    assert (report.created, report.removed) == (2 * (3 + 7), 0)
    assert calendar.add(day("2025-10-20"), 10) == day("2025-11-10")
    assert HistoryEntry.objects.filter(verb="imported_terms").count() == 2


def test_import_terms_twice_changes_nothing():
    academy = AcademyFactory.create()
    bring([academy], a_year())
    before = set(Term.objects.values_list("pk")) | set(Closure.objects.values_list("pk"))

    report = bring([academy], a_year())

    assert report.words == "0 created, 0 updated, 10 unchanged, 0 removed."
    assert set(Term.objects.values_list("pk")) | set(Closure.objects.values_list("pk")) == before


def test_import_terms_replaces_what_the_file_no_longer_says():
    academy = AcademyFactory.create()
    bring([academy], a_year())
    Term.objects.filter(name="Spring term").update(ends_on=day("2026-03-01"))
    stray = ClosureFactory.create(
        academy=academy, name="Old", starts_on=day("2025-11-10"), ends_on=day("2025-11-11")
    )
    TermFactory.create(
        academy=academy, year=Term.objects.all()[0].year, starts_on=day("2026-04-20"),
        ends_on=day("2026-05-01"),
    )  # fmt: skip

    report = bring([academy], a_year())

    assert (report.updated, report.removed) == (1, 2)
    assert not Closure.objects.filter(pk=stray.pk).exists()


@pytest.mark.parametrize(
    ("events", "kept"),
    [
        pytest.param((), True, id="a file without INSET days keeps those entered by hand"),
        pytest.param((("INSET day", "20251107", ""),), False, id="a file with them decides"),
    ],
)
def test_import_terms_keeps_inset_days_entered_by_hand(events, kept):
    academy = AcademyFactory.create()
    own = ClosureFactory.create(
        academy=academy, kind="INSET", starts_on=day("2025-11-27"), ends_on=day("2025-11-27")
    )

    bring([academy], a_year(*events))

    assert Closure.objects.filter(pk=own.pk).exists() is kept


def test_import_terms_for_one_academy_too_many_imports_nothing():
    own, foreign = AcademyFactory.create(), AcademyFactory.create()

    with pytest.raises(Refused, match="trust administrator"):
        bring([own, foreign], a_year(), by=person(Role.ADMINISTRATOR, at=own.trust))

    assert not Term.objects.exists()


def test_command_imports_for_one_or_all_and_says_what_it_did(tmp_path, capsys):
    trust = TrustFactory.create(group_uid="4119")
    one, _ = (AcademyFactory.create(trust=trust, urn=urn) for urn in (100001, 100002))
    file = tmp_path / "terms.ics"
    file.write_bytes(a_year(("Sports day", "20260612", ""), ("INSET day", "20260631", "")))

    call_command("import_calendar", str(file), "--group-uid", "4119", "--urn", "100001")
    assert set(Term.objects.values_list("academy", flat=True)) == {one.pk}
    call_command("import_calendar", str(file), "--group-uid", "4119")

    said = capsys.readouterr().out
    assert "Left out: Sports day, 2026-06-12." in said
    assert "Left out: INSET day: Its first day cannot be read." in said
    assert "2 academies: 10 created, 0 updated, 10 unchanged, 0 removed." in said


def test_command_refuses_in_words(tmp_path):
    AcademyFactory.create(trust__group_uid="4119")
    broken = tmp_path / "broken.ics"
    broken.write_text("URN,Name")

    with pytest.raises(CommandError, match="No file at"):
        call_command("import_calendar", str(tmp_path / "none.ics"), "--group-uid", "4119")
    with pytest.raises(CommandError, match="No such academy"):
        call_command("import_calendar", str(broken), "--group-uid", "1")
    with pytest.raises(CommandError, match="not an iCalendar file"):
        call_command("import_calendar", str(broken), "--group-uid", "4119")
