import datetime as dt

import pytest

from trigpoint.people.sheets import rules
from trigpoint.people.sheets.rules import Order
from trigpoint.records import tables
from trigpoint.records.refusals import Refused


def table(text):
    return tables.read_csv(text.encode(), name="The file")


def test_match_finds_columns_by_any_of_their_names_and_shows_the_rest():
    matched = rules.match(
        table(
            "Forename,Surname,Payroll number,School URN,Job title,User Password,Shoe size,\na,b,1,2,c,d,e\n"
        )
    )

    assert {key for key, place in matched.at.items() if place is not None} == {
        "first", "last", "number", "urn", "title",
    }  # fmt: skip
    assert matched.unknown == ["Shoe size"]
    assert matched.secret == ["User Password"]


def test_match_never_gives_out_a_password():
    listed = table("Name,E-mail,Academy,Job title,password\nAnn,a@b.example,Ash,Teacher,hunter2\n")

    assert "hunter2" not in rules.match(listed).cells(listed.lines[0]).values()


@pytest.mark.parametrize(
    ("header", "words"),
    [
        pytest.param("100006,2000.0", "may have no headings", id="no header"),
        pytest.param("E-mail,URN,Post", "the name", id="no name"),
        pytest.param("First name,E-mail,URN,Post", "the name", id="half a name"),
        pytest.param("Name,URN,Post", "a staff number or an email", id="no identity"),
        pytest.param("Name,E-mail,Post", "the academy", id="no academy"),
        pytest.param("Name,E-mail,URN", "the post", id="no post"),
        pytest.param("Name", "academy (its URN or its name); nor for the post", id="several"),
    ],
)
def test_match_names_the_columns_that_are_missing(header, words):
    with pytest.raises(Refused) as refused:
        rules.match(table(f"{header}\n"))

    assert words in refused.value.reason


@pytest.mark.parametrize(
    ("days", "order"),
    [
        pytest.param(["03/04/2026", "13/04/2026"], Order.DAY_FIRST, id="a thirteenth day"),
        pytest.param(["03/04/2026", "04.13.26"], Order.MONTH_FIRST, id="a thirteenth, American"),
        pytest.param(["2026-04-03"], Order.DAY_FIRST, id="ISO needs no order"),
        pytest.param(["04/04/2026"], Order.DAY_FIRST, id="the same both ways"),
        pytest.param(["soon"], Order.DAY_FIRST, id="not a day: the row says so later"),
        pytest.param([], Order.DAY_FIRST, id="no day"),
        pytest.param(["03/04/2026", "2026-04-13"], None, id="open: somebody is asked"),
    ],
)
def test_find_order_reads_it_off_the_days(days, order):
    assert rules.find_order(enumerate(days, start=2)) is order


def test_find_order_refuses_a_list_that_writes_both():
    with pytest.raises(Refused, match="Row 2 writes the day first and row 3 the month"):
        rules.find_order([(2, "13/04/2026"), (3, "04/13/2026")])


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("", Order.DAY_FIRST, None),
        ("2026-04-03", Order.MONTH_FIRST, dt.date(2026, 4, 3)),
        ("2026-04-03 00:00:00", Order.DAY_FIRST, dt.date(2026, 4, 3)),
        ("3/4/2026", Order.DAY_FIRST, dt.date(2026, 4, 3)),
        ("3/4/26", Order.MONTH_FIRST, dt.date(2026, 3, 4)),
    ],
)
def test_read_day_follows_the_order(text, order, day):
    assert rules.read_day(text, order) == day


@pytest.mark.parametrize("text", ["soon", "31/02/2026", "13/13/2026", "1/2/3/2026"])
def test_read_day_refuses_what_is_no_day(text):
    with pytest.raises(ValueError, match=r".+"):
        rules.read_day(text, Order.DAY_FIRST)


def test_read_email_tells_nothing_from_nonsense():
    assert rules.read_email("Ann@Ash.Example") == "ann@ash.example"
    assert rules.read_email("") == ""
    assert rules.read_email("ann at ash") is None


@pytest.mark.parametrize(
    ("text", "title", "category"),
    [
        ("Teaching assistants", "", "ASSISTANT"),
        ("early_career", "", "EARLY_CAREER"),
        ("Astronaut", "Teacher", None),
        ("", "Head of Maths", "LEADER"),
        ("", "Teaching Assistant (1:1)", "ASSISTANT"),
        ("", "ECT, Year 4", "EARLY_CAREER"),
        ("", "Maths teacher", "TEACHER"),
        ("", "Site manager", "SUPPORT"),
    ],
)
def test_read_category_takes_the_word_or_the_title(text, title, category):
    assert rules.read_category(text, title) == category


def test_read_name_joins_two_columns():
    assert rules.read_name({"name": "Ann Ash", "first": "A"}) == "Ann Ash"
    assert rules.read_name({"first": "Ann", "last": "Ash"}) == "Ann Ash"
    assert rules.read_name({"last": "Ash"}) == "Ash"
