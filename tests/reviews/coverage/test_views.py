"""The page of coverage: its grid, its lists, its reasons and its files."""

import csv
import datetime as dt
import io
import re

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    CadenceRuleFactory,
    ClusterFactory,
    PolicyVersionFactory,
    ReviewFactory,
    StandardFactory,
    TermFactory,
    TierChangeFactory,
    person,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
INDEX, EXPORT = "reviews:coverage-index", "reviews:coverage-export"


@pytest.fixture(autouse=True)
def june():
    with time_machine.travel(dt.datetime(2026, 6, 15, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def version():
    version = PolicyVersionFactory.create(in_force=True, number=4)
    CadenceRuleFactory.create(version=version, months=12)
    CadenceRuleFactory.create(version=version, review_kind="SELF", every="TERM", months=None)
    return version


@pytest.fixture
def area(version):
    return AreaFactory.create(version=version, lineage="curriculum", name="Curriculum")


@pytest.fixture
def academy(area):
    return AcademyFactory.create(trust=area.trust, name="Saltwyke")


def signed_in(client, role, at):
    user = person(role, at=at)
    client.force_login(user)
    return user


def looked(area, academy, on, **more):
    return ReviewFactory.create(
        academy=academy, policy_version=area.version, areas=[area], looked_on=on, **more
    )


def test_index_costs_the_same_however_many_academies_there_are(client, area, assert_flat):
    signed_in(client, Role.QA_LEAD, area.trust)
    TermFactory.create(academy=AcademyFactory.create(trust=area.trust))
    client.get(reverse(INDEX))

    def add():
        academy = AcademyFactory.create(
            trust=area.trust, cluster=ClusterFactory.create(trust=area.trust)
        )
        TierChangeFactory.create(academy=academy)
        looked(area, academy, dt.date(2026, 1, 5))

    assert_flat(reverse(INDEX), add_row=add, at_most=12)


@pytest.mark.slow
@pytest.mark.parametrize("of", ["", "kinds"])
def test_index_takes_twelve_queries_for_a_hundred_academies_and_forty_standards(client, area, of):
    areas = [area, *AreaFactory.create_batch(7, version=area.version)]
    for one in areas:
        StandardFactory.create_batch(5, area=one)
    for academy in AcademyFactory.create_batch(100, trust=area.trust):
        looked(area, academy, dt.date(2026, 1, 5))
    signed_in(client, Role.QA_LEAD, area.trust)
    client.get(reverse(INDEX))

    with CaptureQueriesContext(connection) as queries:
        shown = client.get(reverse(INDEX), {"of": of})

    assert len(shown.context["rows"]) == 100
    assert len(queries) <= 12, "\n".join(it["sql"] for it in queries)


def test_index_counts_each_state_and_leads_to_exactly_what_it_counts(client, area, academy):
    other = AcademyFactory.create(trust=area.trust)
    looked(area, academy, dt.date(2026, 1, 5))
    looked(area, other, dt.date(2025, 2, 1))
    signed_in(client, Role.QA_LEAD, area.trust)

    shown = client.get(reverse(INDEX))

    counts = {state.value: (number, url) for state, number, url in shown.context["counts"]}
    assert {state: number for state, (number, _) in counts.items()} == {
        "OVERDUE": 1,
        "DUE": 0,
        "DONE": 1,
        "NOT_REQUIRED": 0,
    }
    for number, url in counts.values():
        assert f'href="{url}"' in shown.content.decode().replace("&amp;", "&")
        assert client.get(url).context["page_obj"].paginator.count == number
    assert other.name in client.get(counts["OVERDUE"][1]).content.decode()


def test_index_says_of_a_day_to_come_what_it_counts(client, area, academy):
    signed_in(client, Role.QA_LEAD, area.trust)

    today, later = (
        client.get(reverse(INDEX), {"on": on}).content.decode() for on in ("", "2098-01-04")
    )

    assert "That day is to come" not in today
    assert "what will be required if nothing more is done" in later


def test_index_shows_a_day_in_the_past(client, area, academy):
    looked(area, academy, dt.date(2026, 1, 5))
    signed_in(client, Role.QA_LEAD, area.trust)

    before, after = (
        client.get(reverse(INDEX), {"on": on}).context["rows"][0].cells[0].words
        for on in ("2026-01-04", "2026-01-05")
    )

    assert (before, after) == ("Due, due 1 September 2026", "Done, due 5 January 2027")


@pytest.mark.parametrize("typed", ["tomorrow", "2026-02-30", "1999-01-01", "2026-13-01"])
def test_index_says_what_is_no_day_and_shows_today(client, area, academy, typed):
    signed_in(client, Role.QA_LEAD, area.trust)

    shown = client.get(reverse(INDEX), {"on": typed})

    assert shown.context["asked"].on == dt.date(2026, 6, 15)
    assert (
        f"“{typed}” is no day between 2000 and 2100, so today is shown." in shown.content.decode()
    )


def test_index_keeps_to_a_cluster_and_a_phase(client, area, academy):
    cluster = ClusterFactory.create(trust=area.trust)
    inside = AcademyFactory.create(trust=area.trust, cluster=cluster, phase="SECONDARY")
    AcademyFactory.create(trust=area.trust, cluster=cluster)
    signed_in(client, Role.QA_LEAD, area.trust)

    shown = client.get(reverse(INDEX), {"cluster": cluster.pk, "phase": "SECONDARY"})

    assert [row.name for row in shown.context["rows"]] == [inside.name]
    assert sum(number for _, number, _ in shown.context["counts"]) == 1


def test_index_shows_kinds_of_review_of_the_whole_academy(client, area, academy):
    signed_in(client, Role.QA_LEAD, area.trust)

    shown = client.get(reverse(INDEX), {"of": "kinds"})

    assert shown.context["columns"] == ["Trust review", "Self-review"]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2025-08-31", "No policy in force on that day"),
        ("2025-09-01", "No academies on that day"),
    ],
)
def test_index_says_what_to_do_when_there_is_nothing(client, area, on, words):
    signed_in(client, Role.QA_LEAD, area.trust)

    assert words in client.get(reverse(INDEX), {"on": on}).content.decode()


def test_index_explains_a_cell_and_leads_to_the_reviews_behind_it(client, area, academy):
    review = looked(area, academy, dt.date(2025, 2, 1))
    planned = ReviewFactory.create(academy=academy, policy_version=area.version, areas=[area])
    signed_in(client, Role.QA_LEAD, area.trust)
    asked = {"at": academy.pk, "in": "curriculum"}

    whole = client.get(reverse(INDEX), asked).content.decode()
    piece = client.get(reverse(INDEX), asked, headers={"HX-Request": "true"}).content.decode()

    assert "tp-sidebar" not in piece
    for shown in (whole, piece):
        assert "Trust review every year: last look 1 February 2025, deep dive" in shown
        assert reverse("reviews:reviews-show", args=[review.pk]) in shown
        assert reverse("reviews:reviews-show", args=[planned.pk]) in shown


def test_index_offers_to_plan_what_nobody_planned(client, area, academy):
    signed_in(client, Role.QA_LEAD, area.trust)

    shown = client.get(reverse(INDEX), {"at": academy.pk, "in": "curriculum"})

    assert f"{reverse('reviews:reviews-plan')}?academy={academy.pk}" in shown.content.decode()


def test_index_names_no_review_a_trustee_may_not_open(client, area, academy):
    looked(area, academy, dt.date(2026, 2, 1), title="Reading under Ms Hill")
    signed_in(client, Role.TRUSTEE, area.trust)

    shown = client.get(reverse(INDEX), {"at": academy.pk, "in": "curriculum"}).content.decode()

    assert "Deep dive, 1 Feb 2026" in re.sub(r"\s+", " ", shown)
    assert "Ms Hill" not in shown


def test_a_head_sees_only_their_own_academy(client, area, academy):
    sibling = AcademyFactory.create(trust=area.trust, name="Sibling")
    signed_in(client, Role.HEADTEACHER, academy)

    shown = client.get(reverse(INDEX))
    other = client.get(reverse(INDEX), {"at": sibling.pk, "in": "curriculum"})
    narrowed = client.get(reverse(EXPORT), {"academy": sibling.pk, "as": "csv"})

    assert [row.name for row in shown.context["rows"]] == ["Saltwyke"]
    assert (other.context["why"], b"Sibling" in other.content) == (None, False)
    assert b"Sibling" not in narrowed.content


@pytest.mark.parametrize("role", [Role.STAFF, Role.TEAM_LEADER, Role.DPO])
def test_index_is_for_those_who_look_after_academies(client, academy, role):
    signed_in(client, role, academy)

    assert client.get(reverse(INDEX)).status_code == 403


def lines_of(answer, kind):
    if kind == "csv":
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    page = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [["" if it is None else it for it in row] for row in page.values]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_holds_the_rows_of_the_page(client, area, academy, kind):
    looked(area, academy, dt.date(2025, 2, 1))
    AcademyFactory.create(trust=area.trust, name="Weston")
    AcademyFactory.create(name="Foreign")
    signed_in(client, Role.QA_LEAD, area.trust)
    [url] = [
        url for label, url in client.get(reverse(INDEX)).context["files"] if label.lower() == kind
    ]

    answer = client.get(url)

    headings, first, second = lines_of(answer, kind)
    assert answer["Content-Disposition"] == f'attachment; filename="coverage-2026-06-15.{kind}"'
    assert headings[:3] == ["Day", "Academy", "Cluster"]
    assert [str(it) for it in first[1:7]] == [
        "Saltwyke",
        "",
        "Primary",
        "2",
        "Curriculum",
        "Overdue",
    ]
    assert second[1] == "Weston"
    assert str(first[8]).startswith("2026-02-01")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_export_holds_no_formula(client, area, start):
    AcademyFactory.create(trust=area.trust, name=f"{start}cmd|' /C calc'!A0")
    signed_in(client, Role.QA_LEAD, area.trust)

    text = lines_of(client.get(reverse(EXPORT), {"as": "csv"}), "csv")[1][1]
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse(EXPORT), {"as": "xlsx"}).content))

    assert text.startswith(f"'{start}")
    assert {cell.data_type for row in book.active.rows for cell in row} <= {"s", "n", "d"}


def test_export_keeps_to_the_state_on_the_page(client, area, academy):
    looked(area, academy, dt.date(2026, 2, 1))
    AcademyFactory.create(trust=area.trust, name="Weston", joined_on=dt.date(2026, 1, 1))
    signed_in(client, Role.QA_LEAD, area.trust)

    found = lines_of(client.get(reverse(EXPORT), {"as": "csv", "show": "DONE"}), "csv")

    assert [row[1] for row in found] == ["Academy", "Saltwyke"]


@pytest.mark.parametrize(("role", "offered"), [(Role.HEADTEACHER, True), (Role.STAFF, False)])
def test_the_policy_leads_to_its_coverage(client, academy, role, offered):
    signed_in(client, role, academy)

    shown = client.get(reverse("policies:versions-show")).content.decode()

    tabs = shown.split('class="tp-tabs"')[1].split("</ul>")[0]
    assert (f'href="{reverse(INDEX)}"' in tabs) is offered
