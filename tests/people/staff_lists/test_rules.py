import datetime as dt
import uuid

import pytest

from tests.factories import (
    AcademyFactory,
    PersonFactory,
    StaffImportFactory,
    TeamFactory,
)
from trigpoint.people.models import Post, StaffImport
from trigpoint.people.sheets.rules import Order
from trigpoint.people.staff_lists import rules
from trigpoint.people.staff_lists.rules import Known, Places

LEGAL = {("confirm", "PREVIEWED"): "CONFIRMED"}


@pytest.mark.parametrize("status", StaffImport.Status)
def test_lifecycle_allows_exactly_the_legal_moves(status):
    assert bool(rules.LIFECYCLE.may("confirm", status)) == (("confirm", status.value) in LEGAL)
    assert rules.LIFECYCLE.target("confirm") == "CONFIRMED"


ASH = AcademyFactory.build(name="Ash Primary", urn=136001)
MATHS = TeamFactory.build(academy=ASH, name="Maths")
PLACES = Places(
    {"136001": ASH},
    {"ash primary": [ASH], "twin": [ASH, AcademyFactory.build()]},
    {(ASH.pk, "maths"): MATHS},
)
GOOD = {"name": "Ann Ash", "email": "Ann@ash.example", "urn": "136001", "title": "Teacher"}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        pytest.param({"name": ""}, "The name is empty", id="no name"),
        pytest.param({"name": "x" * 161}, "longer than 160", id="endless name"),
        pytest.param({"email": "ann at ash"}, "not an email address", id="no address"),
        pytest.param({"email": ""}, "neither a staff number nor an email", id="no identity"),
        pytest.param({"title": ""}, "job title is empty", id="no post"),
        pytest.param({"title": "x" * 121}, "longer than 120", id="endless title"),
        pytest.param({"category": "Astronaut"}, "is not a category: use Leader", id="category"),
        pytest.param({"urn": "999999"}, "No academy of the trust has URN 999999", id="URN"),
        pytest.param({"urn": "", "academy": "Oak"}, "is called “Oak”", id="unknown academy"),
        pytest.param({"urn": "", "academy": "Twin"}, "Write the URN instead", id="two of them"),
        pytest.param({"urn": "", "academy": ""}, "The academy is empty", id="no academy"),
        pytest.param({"team": "Art"}, "no team called Art there", id="unknown team"),
        pytest.param({"starts": "soon"}, "not a day", id="no day"),
        pytest.param(
            {"starts": "31/08/1999"},
            "“31/08/1999” is not a day between 2000 and 2100",
            id="too early",
        ),
        pytest.param({"ends": "2101-01-01"}, "Correct it, or empty the cell.", id="too late"),
        pytest.param(
            {"starts": "2026-09-01", "ends": "2025-09-01"}, "ends before it starts", id="backwards"
        ),
    ],
)
def test_check_row_says_what_is_wrong_with_a_row(cells, words):
    assert words in rules.check_row(GOOD | cells, PLACES, Order.DAY_FIRST)


def test_check_row_reads_a_good_row():
    cells = GOOD | {"team": "maths", "starts": "01/09/2025", "subject": "Maths", "number": "A1"}

    row = rules.check_row(cells, PLACES, Order.DAY_FIRST)

    assert row["person"] == {"name": "Ann Ash", "email": "ann@ash.example", "staff_number": "A1"}
    assert row["where"] == "Ash Primary"
    assert row["post"] | {"key_stage": ""} == {
        "academy_id": str(ASH.pk),
        "team_id": str(MATHS.pk),
        "title": "Teacher",
        "category": "TEACHER",
        "subject": "Maths",
        "key_stage": "",
        "starts_on": "2025-09-01",
        "ends_on": None,
    }


@pytest.mark.parametrize(
    ("cells", "academy"),
    [
        pytest.param({"academy": "136001"}, ASH, id="a URN in the academy's column"),
        pytest.param({"academy": "ASH  primary"}, ASH, id="a name, however it is spaced"),
        pytest.param({"academy": "Central Team"}, None, id="central staff"),
    ],
)
def test_find_academy_knows_the_ways_it_is_written(cells, academy):
    assert rules.find_academy(cells, PLACES) is academy


def row(number, *, email="ann@ash.example", staff_number="A1", title="Teacher", where=None):
    facts = {
        "person": {"name": "Ann Ash", "email": email, "staff_number": staff_number},
        "post": {
            "academy_id": where,
            "team_id": None,
            "title": title,
            "category": "TEACHER",
            "subject": "",
            "key_stage": "",
            "starts_on": None,
            "ends_on": None,
        },
        "where": "Ash",
    }
    return {"number": number, "name": "Ann Ash", "facts": facts, "words": ""}


NOBODY = Known({}, {})


def test_preview_gives_one_new_person_two_posts():
    first, second = rules.preview([row(2), row(3, title="Head of Maths")], NOBODY)

    assert (first["outcome"], second["outcome"]) == ("CREATE", "CREATE")
    assert second["words"] == "Another post for the person of row 2: Head of Maths."


def test_preview_refuses_a_post_that_stands_in_the_file_twice():
    _, second = rules.preview([row(2), row(3, title="TEACHER")], NOBODY)

    assert (second["outcome"], "row 2 already" in second["words"]) == ("REFUSED", True)


def test_preview_refuses_rows_that_disagree_on_who_somebody_is():
    by_number = rules.preview([row(2), row(3, email="other@ash.example")], NOBODY)[1]
    by_email = rules.preview([row(2), row(3, staff_number="A2")], NOBODY)[1]

    assert "same staff number for somebody else" in by_number["words"]
    assert "same email for somebody else" in by_email["words"]


def test_preview_keeps_the_problem_of_a_row_that_could_not_be_read():
    broken = {"number": 2, "name": "", "facts": {}, "words": "The name is empty."}

    assert rules.preview([broken], NOBODY) == [broken | {"outcome": "REFUSED"}]


def test_compare_says_in_words_what_changes():
    ann = PersonFactory.build(name="Ann Oak", email="ann@ash.example", staff_number="A1")
    post = Post(person=ann, title="Teacher", category=Post.Category.TEACHER)
    known = Known({"A1": ann}, {"ann@ash.example": ann}, {ann.pk: [post]})

    assert rules.compare(row(2)["facts"], known) == ("UPDATE", "Changes the name.")
    ann.name = "Ann Ash"
    assert rules.compare(row(2)["facts"], known) == ("UNCHANGED", "Nothing to change.")
    another = rules.compare(row(2, where=str(uuid.uuid4()))["facts"], known)
    assert another == ("UPDATE", "Ann Ash gets another post: Teacher, Ash.")
    ann.name = "Ann Oak"
    both = rules.compare(row(2, title="Head")["facts"], known)
    assert both[1] == "Ann Oak gets another post: Head, Ash. Changes the name."


def test_compare_refuses_a_number_and_an_address_of_two_people():
    ann, ben = PersonFactory.build(name="Ann"), PersonFactory.build(name="Ben")
    known = Known({"A1": ann}, {"ann@ash.example": ben})

    outcome, words = rules.compare(row(2)["facts"], known)

    assert (outcome, "is Ann’s, but ann@ash.example is Ben’s" in words) == ("REFUSED", True)


def test_may_confirm_once_and_only_with_a_row():
    upload = StaffImportFactory.build()
    assert rules.may_confirm(upload)

    upload.rows[0]["outcome"] = "REFUSED"
    assert "no row" in rules.may_confirm(upload).reason
    done = StaffImportFactory.build(status=StaffImport.Status.CONFIRMED)
    assert "already" in rules.may_confirm(done).reason


def test_preview_says_who_leaves_and_who_stays_over_all_rows_of_a_person():
    ann = PersonFactory.build(name="Ann Ash", email="ann@ash.example", staff_number="A1")
    posts = [Post(person=ann, title=title, category="TEACHER") for title in ("Teacher", "Coach")]
    known = Known({"A1": ann}, {"ann@ash.example": ann}, {ann.pk: posts})
    rows = [row(2), row(3, title="Coach")]
    for one, day in zip(rows, ("2026-07-01", "2026-08-31"), strict=True):
        one["facts"]["post"]["ends_on"] = day

    one_of_two = rules.preview(rows[:1], known)
    both = rules.preview(rows, known)
    ann.left_on = posts[0].ends_on = posts[1].ends_on = dt.date(2026, 8, 31)
    back = rules.preview([row(2, title="Governor")], known)
    same = rules.preview(rows[1:], known)

    assert one_of_two[0]["words"] == "Changes the end."
    assert both[0]["words"] == "Changes the end."
    assert both[1]["words"] == (
        "Changes the end. Their last post ends on 31 August 2026: from the day after they cannot "
        "sign in, and no role they hold counts."
    )
    assert back[0]["words"].endswith(
        "They stay: their sign-in opens, and roles that nobody ended count."
    )
    assert same[0]["words"] == "Nothing to change."
