"""The page a trustee opens."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    JudgementFactory,
    LevelFactory,
    PolicyVersionFactory,
    ReportFactory,
    ScaleFactory,
    StandardFactory,
    TermFactory,
    person,
)
from trigpoint.governance.assurance import queries
from trigpoint.judgements.models import Judgement
from trigpoint.people.roles import Role
from trigpoint.policies.models import Area, PolicyVersion
from trigpoint.trusts.models import Academy

pytestmark = pytest.mark.django_db
URL = reverse("governance:assurance-show")
ON = dt.date(2025, 12, 9)


@pytest.fixture
def version():
    return PolicyVersionFactory.create(in_force=True)


def level(version, mark):
    rank = "ESMAU".index(mark) + 1
    return LevelFactory.create(scale=scale_of(version), rank=rank)


def scale_of(version):
    return ScaleFactory.create(version=version)


def judge(academy, area, mark, made_on, **more):
    version = area.version
    return JudgementFactory.create(
        review__academy=academy,
        review__policy_version=version,
        area=area,
        level=level(version, mark),
        made_on=made_on,
        **more,
    )


def table_for(role, where, **more):
    return queries.table(viewer=person(role, at=where), on=ON, **more)


def test_table_takes_the_latest_judgement_and_the_one_before_the_term(version):
    academy = AcademyFactory.create(trust=version.trust)
    TermFactory.create(academy=academy)
    area = AreaFactory.create(version=version, lineage="assessment", name="Assessment")
    judge(academy, area, "M", dt.date(2025, 6, 1))
    judge(academy, area, "A", dt.date(2025, 10, 1))
    judge(academy, area, "E", dt.date(2025, 11, 1), perspective=Judgement.Perspective.SELF)
    judge(academy, area, "U", dt.date(2026, 1, 1))

    table = table_for(Role.TRUSTEE, academy.trust)
    row = table.rows[0]

    assert table.since == "2 September"
    assert (row.level.letter, row.worse, row.was_at_standard, row.at_standard) == ("A", 1, 1, 0)
    assert [(c.academy, c.now.letter, c.before.letter) for c in table.changes] == [
        (academy.name, "A", "M")
    ]


def test_table_shows_what_stood_on_each_of_its_two_days(version):
    academy = AcademyFactory.create(trust=version.trust)
    TermFactory.create(academy=academy)
    area = AreaFactory.create(version=version)
    judge(academy, area, "S", dt.date(2025, 3, 1))
    judge(academy, area, "M", dt.date(2025, 7, 10), stands_from=dt.date(2025, 9, 20))
    judge(academy, area, "A", dt.date(2025, 12, 1), stands_from=dt.date(2025, 12, 20))
    judge(academy, area, "U", dt.date(2025, 12, 2), provisional=True)

    table = table_for(Role.TRUSTEE, academy.trust)
    later = queries.table(viewer=person(Role.TRUSTEE, at=academy), on=dt.date(2025, 12, 20))

    assert [(c.before.letter, c.now.letter) for c in table.changes] == [("S", "M")]
    assert [(c.before.letter, c.now.letter) for c in later.changes] == [("S", "A")]


@pytest.mark.parametrize(("due_on", "said"), [(ON, True), (dt.date(2999, 1, 1), False)])
def test_show_tells_the_board_that_the_policy_itself_is_overdue(client, version, due_on, said):
    AreaFactory.create(version=version)
    type(version).objects.filter(pk=version.pk).update(review_due_on=due_on)
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    page = client.get(URL).content.decode()

    assert ("The policy itself is due for review" in page) == said


def test_table_compares_nothing_across_a_change_of_meaning(version):
    academy = AcademyFactory.create(trust=version.trust)
    area = AreaFactory.create(version=version, lineage="assessment")
    before = PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status=PolicyVersion.Status.SUPERSEDED,
        superseded_on=dt.date(2025, 8, 31),
        number=version.number - 1,
    )
    old = AreaFactory.create(version=before, lineage="assessment")
    judge(academy, old, "S", dt.date(2025, 3, 1))
    judge(academy, area, "M", ON)

    assert len(table_for(Role.TRUSTEE, academy.trust).changes) == 1
    type(area).objects.filter(pk=area.pk).update(meaning_changed="It takes in work at home.")

    assert table_for(Role.TRUSTEE, academy.trust).changes == ()


def test_table_follows_an_area_through_the_versions_of_the_policy(version):
    academy = AcademyFactory.create(trust=version.trust)
    area = AreaFactory.create(version=version, lineage="assessment")
    before = PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status=PolicyVersion.Status.SUPERSEDED,
        superseded_on=dt.date(2025, 8, 31),
    )
    old = AreaFactory.create(version=before, lineage="assessment")
    judge(academy, old, "S", dt.date(2025, 3, 1))

    (row,) = table_for(Role.TRUSTEE, academy.trust).rows

    assert (row.area, row.level.letter, row.better) == (area.name, "S", 0)


def test_table_falls_back_on_the_weakest_standard_of_the_latest_review_when_no_whole_area_is_judged(
    version,
):
    academy = AcademyFactory.create(trust=version.trust)
    area = AreaFactory.create(version=version)
    earlier = judge(
        academy, area, "U", ON - dt.timedelta(days=1), standard=StandardFactory(area=area)
    )
    latest = judge(academy, area, "S", ON, standard=earlier.standard)
    for mark in "AM":
        JudgementFactory.create(
            review=latest.review,
            area=area,
            standard=StandardFactory.create(area=area),
            level=level(version, mark),
            made_on=ON - dt.timedelta(days=1),
        )

    (row,) = table_for(Role.TRUSTEE, academy.trust).rows

    assert row.level.letter == "A"


def test_table_keeps_to_the_readers_academies_and_to_open_ones(version):
    own, sibling = (AcademyFactory.create(trust=version.trust) for _ in range(2))
    AcademyFactory.create(trust=version.trust, closed_on=dt.date(2025, 1, 1))
    AreaFactory.create(version=version)

    assert table_for(Role.TRUSTEE, version.trust).academies == 2
    assert table_for(Role.TRUSTEE, own).academies == 1
    assert table_for(Role.TRUSTEE, own, academy_id=sibling.pk).academies == 0
    assert table_for(Role.TRUSTEE, AcademyFactory.create().trust).rows == ()


def test_show_answers_and_names_nobody(client, version):
    academy = AcademyFactory.create(trust=version.trust)
    area = AreaFactory.create(version=version, name="Assessment")
    judge(academy, area, "M", dt.date(2025, 3, 1))
    judge(academy, area, "A", ON, strength="THIN", made_by__name="Ju Dge")
    report = ReportFactory.create(
        review__academy=academy, final=True, written_by__name="Wri Ter", review__lead__name="Le Ad"
    )
    ReportFactory.create(review__academy=academy, title="Still a draft")
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    shown = client.get(URL).content.decode()

    for words in (
        "Are we assured?", "Assessment", "Needs attention", report.title, "On thin evidence",
        reverse("governance:meetings-latest"),
    ):  # fmt: skip
        assert words in shown
    for hidden in ("Still a draft", "Ju Dge", "Wri Ter", "Le Ad"):
        assert hidden not in shown


def test_show_without_a_policy_or_a_judgement_says_so(client):
    client.force_login(person(Role.TRUSTEE, at=AcademyFactory.create().trust))

    shown = client.get(URL).content.decode()

    assert "No policy is in force" in shown
    assert "Nothing has been judged yet" in shown
    assert "No final report yet" in shown


def test_show_is_closed_to_those_who_do_not_oversee(client):
    client.force_login(person(Role.HEADTEACHER, at=AcademyFactory.create()))

    assert client.get(URL).status_code == 403


def test_show_costs_the_same_for_any_number_of_academies(client, version, assert_flat):
    areas = [AreaFactory.create(version=version) for _ in range(7)]
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    def add():
        academy = AcademyFactory.create(trust=version.trust)
        for area in areas:
            judge(academy, area, "M", ON)
        ReportFactory.create(review__academy=academy, final=True)

    assert_flat(URL, add_row=add, at_most=12)


def test_table_costs_four_queries_however_much_history_there_is(version):
    academy = AcademyFactory.create(trust=version.trust)
    area = AreaFactory.create(version=version)
    for month in range(1, 12):
        judge(academy, area, "M", dt.date(2025, month, 1))
    user = person(Role.TRUSTEE, at=version.trust)
    assert user.access.holds("assurance.view")

    with CaptureQueriesContext(connection) as asked:
        queries.table(viewer=user, on=ON)

    assert len(asked) == 4


@pytest.fixture
def this_term(version):
    """A term the views are in whatever the day: March is before it, December in it."""
    return TermFactory.create(
        trust=version.trust, starts_on=dt.date(2025, 9, 1), ends_on=dt.date(2025, 12, 19)
    )


def area_url(area, show=""):
    return reverse("governance:assurance-area", args=[area.lineage]) + (
        f"?show={show}" if show else ""
    )


def test_show_leads_from_each_number_to_the_academies_it_counts(client, version, this_term):
    area = AreaFactory.create(version=version)
    for mark in "SMA":
        academy = AcademyFactory.create(trust=version.trust)
        judge(academy, area, "M", dt.date(2025, 3, 1))
        judge(academy, area, mark, ON, strength="THIN", valid_until=dt.date(2099, 1, 1))
    AcademyFactory.create(trust=version.trust)
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    shown = client.get(URL).content.decode()

    for show in (
        "standard",
        "better",
        "worse",
        "thin",
        "unjudged",
        "was",
        "old",
        "teal-S",
        "stone-M",
        "amber-A",
    ):
        is_there = f'href="{area_url(area, show)}"' in shown
        assert is_there == (show != "old"), show


def test_show_opens_all_changes_when_asked(client, version, this_term):
    area = AreaFactory.create(version=version)
    for _ in range(8):
        academy = AcademyFactory.create(trust=version.trust)
        judge(academy, area, "M", dt.date(2025, 3, 1))
        judge(academy, area, "A", ON)
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    first = client.get(URL)
    everything = client.get(URL, {"changes": "all"})

    assert ("And 2 more." in first.content.decode(), len(first.context["changes"])) == (True, 6)
    assert ("more." in everything.content.decode(), len(everything.context["changes"])) == (
        False,
        8,
    )


def test_area_lists_its_academies_each_with_its_judgement(client, version, this_term):
    first, second, blank = (
        AcademyFactory.create(trust=version.trust, name=name) for name in ("Ash", "Birch", "Cedar")
    )
    area = AreaFactory.create(version=version, name="Assessment")
    judge(first, area, "S", dt.date(2025, 3, 1))
    facts = {"records": 7, "kinds": 4, "observers": 2}
    now = judge(first, area, "A", ON, strength_facts=facts, made_by__name="Ju Dge")
    other = judge(second, area, "M", ON)
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    answer = client.get(area_url(area))
    shown = answer.content.decode()

    assert [cell.academy for cell, _ in answer.context["listing"].cells] == [
        "Ash",
        "Birch",
        "Cedar",
    ]
    for judgement in (now, other):
        where = reverse("judgements:levels-show", args=[judgement.pk])
        assert f'href="{where}"' in shown
        assert client.get(where).status_code == 200
    for words in ("7 records, 4 kinds, 2 observers", "9 Dec 2025", "Worse", "Not judged yet"):
        assert words in shown
    assert "Ju Dge" not in shown
    assert blank.name in shown


@pytest.mark.parametrize(
    ("show", "names"),
    [
        pytest.param("standard", ["Birch"], id="at standard"),
        pytest.param("was", ["Ash"], id="at standard when the term began"),
        pytest.param("worse", ["Ash"], id="worse"),
        pytest.param("better", [], id="better"),
        pytest.param("unjudged", ["Cedar"], id="not judged"),
        pytest.param("amber-A", ["Ash"], id="one level"),
        pytest.param("nonsense", ["Ash", "Birch", "Cedar"], id="no such list: all"),
    ],
)
def test_area_is_narrowed_to_what_a_number_counts(client, version, this_term, show, names):
    first, second, _ = (
        AcademyFactory.create(trust=version.trust, name=name) for name in ("Ash", "Birch", "Cedar")
    )
    area = AreaFactory.create(version=version)
    judge(first, area, "S", dt.date(2025, 3, 1))
    judge(first, area, "A", ON)
    judge(second, area, "M", ON)
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    listing = client.get(area_url(area, show)).context["listing"]

    assert [cell.academy for cell, _ in listing.cells] == names


def test_area_keeps_to_the_readers_own_academy(client, version):
    own, sibling = (AcademyFactory.create(trust=version.trust) for _ in range(2))
    area = AreaFactory.create(version=version)
    judge(own, area, "M", ON)
    judge(sibling, area, "A", ON)
    client.force_login(person(Role.TRUSTEE, at=own))

    listing = client.get(area_url(area)).context["listing"]

    assert [cell.academy for cell, _ in listing.cells] == [own.name]
    assert listing.of == 1


def test_area_of_no_policy_in_force_is_not_there(client, version):
    area = AreaFactory.create(version=PolicyVersionFactory.create(in_force=True))
    client.force_login(person(Role.TRUSTEE, at=AcademyFactory.create(trust=version.trust)))

    assert client.get(area_url(area)).status_code == 404


def test_area_costs_the_same_for_any_number_of_academies(client, version, assert_flat):
    area = AreaFactory.create(version=version)
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    assert_flat(
        area_url(area),
        add_row=lambda: judge(AcademyFactory.create(trust=version.trust), area, "M", ON),
        at_most=10,
    )


def test_show_speaks_to_a_local_governor_of_their_own_academy(client, version):
    own = AcademyFactory.create(trust=version.trust, name="Brackenfold")
    area = AreaFactory.create(version=version)
    judge(own, area, "M", ON)
    client.force_login(person(Role.TRUSTEE, at=own))

    shown = client.get(URL).content.decode()

    assert "Brackenfold is at standard or above in one of one area." in shown
    for words in ("most academies", "middle academy", "1 of 1"):
        assert words not in shown


@pytest.fixture
def other_scale(version, this_term):
    """Academies judged in March on five levels, the area on another scale since; one judged anew."""
    before = PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status=PolicyVersion.Status.SUPERSEDED,
        superseded_on=dt.date(2025, 8, 31),
        number=version.number - 1,
    )
    old = AreaFactory.create(version=before, lineage="welfare")
    scale = ScaleFactory.create(version=version, code="YN", name="Met or not")
    area = AreaFactory.create(version=version, lineage="welfare", scale=scale)
    academies = [AcademyFactory.create(trust=version.trust, name=it) for it in ("Ash", "Birch")]
    for academy in academies:
        judge(academy, old, "S", dt.date(2025, 3, 1))
    JudgementFactory.create(
        review__academy=academies[0],
        review__policy_version=version,
        area=area,
        level=scale.levels.get(rank=5),
        made_on=ON,
    )
    return area


def test_show_mixes_no_levels_of_two_scales(client, version, other_scale):
    judge(
        AcademyFactory.create(trust=version.trust, name="Cedar"),
        Area.objects.exclude(pk=other_scale.pk).get(),
        "A",
        dt.date(2025, 3, 1),
    )
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    (row,) = client.get(URL).context["table"].rows
    shown = " ".join(strip_tags(client.get(URL).content.decode()).split())

    assert (row.level, row.earlier, row.apart, row.same) == (None, 2, 1, 2)
    assert "None yet: fewer than half are on the scale in force" in shown
    assert "2 of 3 on an earlier scale, not compared" in shown
    assert "2 the same 1 not compared" in shown
    for show in ("earlier", "apart"):
        listing = client.get(area_url(other_scale, show)).context["listing"]
        assert len(listing.cells) == getattr(row, show)


def test_area_says_not_compared_where_the_scale_changed(client, version, other_scale):
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    shown = " ".join(strip_tags(client.get(area_url(other_scale)).content.decode()).split())

    assert "Not compared was Strong standard. The meaning changed: It is judged on" in shown
    assert shown.count("Same") == 1


def test_show_tells_a_local_governor_that_a_level_is_not_compared(client, version, other_scale):
    ash = Academy.objects.get(name="Ash")
    birch = Academy.objects.get(name="Birch")

    said = {}
    for academy in (ash, birch):
        client.force_login(person(Role.TRUSTEE, at=academy))
        said[academy.name] = " ".join(strip_tags(client.get(URL).content.decode()).split())

    assert "Urgent improvement Fair Not compared" in said["Ash"]
    assert "Strong standard on an earlier scale Fair Same" in said["Birch"]
