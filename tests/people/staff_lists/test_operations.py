import datetime as dt
import io
import logging
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import AcademyFactory, PersonFactory, PostFactory, TeamFactory, person
from trigpoint.people.models import Person, Post, StaffImport
from trigpoint.people.roles import Role
from trigpoint.people.sheets.rules import Order
from trigpoint.people.staff_lists import operations, rules
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SHARED = [folder / "shared" / "data" for folder in Path(__file__).resolve().parents]
REAL = next((folder for folder in SHARED if folder.exists()), SHARED[-1])
real_data = pytest.mark.skipif(not REAL.exists(), reason="the files are not beside the project")
HEADER = (
    "Staff number,First name,Surname,Email,School,Job title,Department,Start date,Password,Shoes"
)
ANN = "A1,Ann,Ash,Ann@ash.example,136001,Head of Maths,Maths,13/04/2020,hunter2,39"
BEN = "A2,Ben,Birch,,Ash Primary,Teacher,,03/04/2021,hunter3,44"


@pytest.fixture
def academy():
    academy = AcademyFactory.create(name="Ash Primary", urn=136001)
    TeamFactory.create(academy=academy, name="Maths")
    return academy


def upload(trust, *rows, header=HEADER, by=None, order=None):
    data = "\n".join([header, *rows]).encode()
    return operations.upload(trust=trust, data=data, name="staff.csv", order=order, by=by, on=TODAY)


def bring_in(trust, *rows, **more):
    return operations.confirm(upload=upload(trust, *rows, **more), by=None, at=timezone.now())


def test_confirm_brings_people_and_posts_in(academy):
    by = person(Role.ADMINISTRATOR, at=academy.trust)

    made = upload(academy.trust, ANN, BEN, by=by)
    saved_by_then = Post.objects.count()
    operations.confirm(upload=made, by=by, at=timezone.now())

    assert saved_by_then == 0
    ann, ben = Person.objects.get(staff_number="A1"), Person.objects.get(staff_number="A2")
    post = ann.posts.get()
    assert (ann.name, ann.email, post.academy, post.team.name) == (
        "Ann Ash", "ann@ash.example", academy, "Maths",
    )  # fmt: skip
    assert (post.category, post.starts_on) == (Post.Category.LEADER, dt.date(2020, 4, 13))
    assert ben.posts.get().starts_on == dt.date(2021, 4, 3)
    assert not ann.grants.exists()


def test_confirm_twice_over_changes_nothing(academy):
    bring_in(academy.trust, ANN, BEN)
    before = (
        list(Person.objects.order_by("pk").values()),
        list(Post.objects.order_by("pk").values()),
    )

    again = upload(academy.trust, ANN, BEN)
    operations.confirm(upload=again, by=None, at=timezone.now())

    assert rules.tally(again.rows) == {"create": 0, "update": 0, "unchanged": 2, "refused": 0}
    after = list(Person.objects.order_by("pk").values()), list(Post.objects.order_by("pk").values())
    assert before == after


def test_confirm_takes_over_changes_and_a_second_post(academy):
    bring_in(academy.trust, ANN, BEN)
    changed = BEN.replace("Birch,", "Beech,ben@ash.example").replace("03/04/2021", "13/05/2021")
    third = "A2,Ben,Beech,ben@ash.example,Central,Trust lead,,,,"

    made = bring_in(academy.trust, ANN, changed, third)

    ben = Person.objects.get(staff_number="A2")
    assert rules.tally(made.rows) == {"create": 0, "update": 2, "unchanged": 1, "refused": 0}
    assert (ben.name, ben.email) == ("Ben Beech", "ben@ash.example")
    assert {(post.title, post.academy) for post in ben.posts.all()} == {
        ("Teacher", academy),
        ("Trust lead", None),
    }
    assert ben.posts.get(title="Teacher").starts_on == dt.date(2021, 5, 13)


def test_confirm_gives_one_new_person_both_posts(academy):
    made = bring_in(academy.trust, ANN, ANN.replace("Head of Maths", "Teacher"))

    assert Person.objects.get().posts.count() == len(made.rows)


def test_confirm_leaves_refused_rows_out_and_says_why(academy):
    made = bring_in(academy.trust, ANN, "A3,Cy,Cedar,,Oak School,Teacher,,,,")

    assert [row["words"] for row in made.rows if row["outcome"] == "REFUSED"] == [
        "No academy of the trust is called “Oak School”. Write its URN or its name as here."
    ]
    assert Person.objects.count() == 1


def test_confirm_is_refused_a_second_time_and_when_staff_changed_meanwhile(academy):
    first, second = upload(academy.trust, ANN), upload(academy.trust, ANN)
    operations.confirm(upload=first, by=None, at=timezone.now())

    with pytest.raises(Refused, match="already"):
        operations.confirm(upload=first, by=None, at=timezone.now())
    with pytest.raises(Refused, match="have changed since this preview"):
        operations.confirm(upload=second, by=None, at=timezone.now())
    assert Person.objects.count() == 1


def test_upload_never_keeps_a_password(academy, caplog):
    caplog.set_level(logging.DEBUG)
    made = upload(academy.trust, ANN, BEN)
    operations.confirm(upload=made, by=None, at=timezone.now())

    kept = str(list(StaffImport.objects.values())) + str(list(HistoryEntry.objects.values()))
    assert made.columns["secret"] == ["Password"]
    assert made.columns["unknown"] == ["Shoes"]
    assert "hunter" not in kept + str(list(Person.objects.values())) + caplog.text


def test_upload_asks_for_the_order_of_days_when_it_cannot_be_told(academy):
    with pytest.raises(Refused, match="could be read both ways"):
        upload(academy.trust, BEN)

    bring_in(academy.trust, BEN, order=Order.MONTH_FIRST)

    assert Post.objects.get().starts_on == dt.date(2021, 3, 4)


def test_upload_reads_a_spreadsheet(academy):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Name", "Employee ID", "URN", "Position", "Start date"])
    sheet.append(["Ann Ash", 17, 136001, "Teacher", dt.date(2020, 4, 3)])
    file = io.BytesIO()
    book.save(file)

    made = operations.upload(
        trust=academy.trust,
        data=file.getvalue(),
        name="staff.xlsx",
        order=None,
        by=None,
        on=TODAY,
    )
    operations.confirm(upload=made, by=None, at=timezone.now())

    assert Person.objects.get().staff_number == "17"
    assert Post.objects.get().starts_on == dt.date(2020, 4, 3)


@pytest.fixture
def listed(academy, tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text(f"{HEADER}\n{ANN}\nA3,Cy,Cedar,,Oak,Teacher,,,,")
    return path


def import_staff(path, **options):
    out = StringIO()
    call_command("import_staff", path, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_import_staff_says_what_it_did_and_is_safe_to_run_twice(academy, listed):
    first, second = import_staff(listed), import_staff(listed, first="day")

    assert "Row 3, Cy Cedar: No academy of the trust is called “Oak”" in first
    assert "Columns not used: Shoes." in first
    assert "Never read: Password." in first
    assert "1 created, 0 updated, 0 unchanged, 1 refused." in first
    assert "0 created, 0 updated, 1 unchanged, 1 refused." in second
    assert "hunter" not in first


def test_import_staff_says_what_is_in_the_way(academy, listed, tmp_path):
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "wrong.csv").write_text(f"{HEADER}\nA3,Cy,Cedar,,Oak,Teacher,,,,\n")

    with pytest.raises(CommandError, match="No file at"):
        import_staff(tmp_path / "nowhere.csv")
    with pytest.raises(CommandError, match="is empty"):
        import_staff(tmp_path / "empty.csv")
    with pytest.raises(CommandError, match="No trust here has Group UID 1"):
        import_staff(listed, group_uid="1")
    assert "0 created, 0 updated, 0 unchanged, 1 refused." in import_staff(tmp_path / "wrong.csv")
    PersonFactory.create()
    with pytest.raises(CommandError, match="more than one"):
        import_staff(listed)


@pytest.mark.real_data
@real_data
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("staff/GovernorsBulkUpdateTemplate.xlsx", "no row under them"),
        ("staff/dfe_iso_encoded_file.csv", "no column for"),
        ("staff/dfe_targeted_retention_incentive_school_awards_no_headers.csv", "no headings"),
        ("roster/ms_SDS_v2.1/users.csv", "no column for"),
        ("roster/ms_UK_Format/25_Users/Teacher.csv", "no column for"),
        ("roster/ms_UK_Format/25_Users/School.csv", "no column for"),
        ("calendar/sheffield_leas_sheffield_school_holidays.ics", "no headings"),
    ],
)
def test_upload_refuses_real_files_that_are_no_staff_list(academy, name, words):
    data = (REAL / name).read_bytes()

    with pytest.raises(Refused) as refused:
        operations.upload(trust=academy.trust, data=data, name=name, order=None, by=None, on=TODAY)

    assert words in refused.value.reason
    assert "P@ss" not in refused.value.reason


def test_post_of_another_trust_is_never_taken_for_ones_own(academy):
    """Somebody elsewhere with the same number and address is somebody else."""
    PostFactory.create(person__staff_number="A1", person__email="ann@ash.example")

    made = bring_in(academy.trust, ANN)

    assert rules.tally(made.rows)["create"] == 1


LAST = "is the last administrator of the whole trust"


def leaving(academy, *people):
    """Write a row for each that ends their only post."""
    for number, user in enumerate(people):
        user.person.staff_number = f"L{number}"
        user.person.name = f"Lee {number}"
        user.person.save()
        PostFactory.create(academy=academy, person=user.person, title="Director")
    return [f"L{n},Lee,{n},,136001,Director,31/12/2030" for n in range(len(people))]


ENDING = "Staff number,First name,Surname,Email,School,Job title,End date"
BEN_STAYS = "A2,Ben,Birch,,136001,Teacher,"


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "with another who stays"])
def test_confirm_never_shuts_out_the_last_administrator(academy, others):
    admin = person(Role.ADMINISTRATOR, at=academy.trust)
    for _ in range(others):
        person(Role.ADMINISTRATOR, at=academy.trust)
    (row,) = leaving(academy, admin)

    made = upload(academy.trust, row, BEN_STAYS, header=ENDING, by=admin)
    operations.confirm(upload=made, by=admin, at=timezone.now())

    refused, _ = made.rows
    assert (LAST in refused["words"]) is (not others)
    assert refused["outcome"] == ("UPDATE" if others else "REFUSED")
    assert bool(Person.objects.get(pk=admin.person_id).left_on) is bool(others)
    assert Person.objects.filter(name="Ben Birch").exists()


def test_confirm_lets_all_administrators_of_a_list_go_but_one(academy):
    users = [person(Role.ADMINISTRATOR, at=academy.trust) for _ in range(3)]

    made = upload(academy.trust, *leaving(academy, *users), header=ENDING)

    assert [LAST in row["words"] for row in made.rows] == [False, False, True]


def test_confirm_does_not_count_an_administrator_who_leaves_or_cannot_sign_in(academy):
    admin = person(Role.ADMINISTRATOR, at=academy.trust)
    gone, off = (person(Role.ADMINISTRATOR, at=academy.trust) for _ in range(2))
    Person.objects.filter(pk=gone.person_id).update(left_on=TODAY + dt.timedelta(days=30))
    type(off).objects.filter(pk=off.pk).update(is_switched_on=False)

    made = upload(academy.trust, *leaving(academy, admin), header=ENDING)

    assert LAST in made.rows[0]["words"]
