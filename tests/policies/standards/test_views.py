import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import (
    CrosswalkFactory,
    DescriptorFactory,
    LookForFactory,
    PolicyVersionFactory,
    StandardFactory,
    TrustFactory,
    person,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def superseded(version, number):
    return PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status="SUPERSEDED",
        superseded_on=dt.date(2025, 9, 1),
        number=number,
    )


@pytest.fixture
def standard():
    """A standard in version 4, reworded since version 3."""
    now = StandardFactory.create(
        area__version__in_force=True,
        area__version__number=4,
        lineage="checking",
        code="T2",
        title="Checking understanding",
        statement="Every pupil answers.",
    )
    LookForFactory.create(standard=now, text="Boards are used")
    DescriptorFactory.create(standard=now, text="Most pupils answer")
    StandardFactory.create(
        area__version=superseded(now.version, 3),
        lineage="checking",
        code="T1",
        statement="Some pupil answers.",
    )
    return now


def url_of(standard):
    return reverse("policies:standards-show", args=[standard.pk])


def test_show_tells_what_a_standard_promises(client, standard):
    client.force_login(person(Role.STAFF, at=standard.trust))

    page = client.get(url_of(standard)).content.decode()

    for words in (
        "Checking understanding",
        "Boards are used",
        "Most pupils answer",
        "Lesson visit",
    ):
        assert words in page


def test_show_marks_what_changed_since_the_version_before(client, standard):
    client.force_login(person(Role.STAFF, at=standard.trust))

    page = client.get(url_of(standard)).content.decode()

    assert "v3 to v4" in page
    assert "<del>Some</del>" in page
    assert "<ins>Every</ins>" in page


def test_show_of_an_older_version_says_so(client, standard):
    client.force_login(person(Role.STAFF, at=standard.trust))
    older = type(standard).objects.get(code="T1")

    page = client.get(url_of(older)).content.decode()

    assert "This is how the standard read in version 3." in page
    assert "New in version 3." in page


def test_show_of_a_standard_alone_says_what_is_missing(client):
    alone = StandardFactory.create(expected_kinds=[])
    client.force_login(person(Role.STAFF, at=alone.trust))

    page = client.get(url_of(alone)).content.decode()

    for words in ("No levels are described", "None yet.", "names nobody", "Not mapped"):
        assert words in page


def test_show_lists_its_own_crosswalk_before_its_area_s(client, standard):
    CrosswalkFactory.create(area=standard.area, item="Around it")
    CrosswalkFactory.create(area=standard.area, standard=standard, item="Right at it")
    CrosswalkFactory.create(
        area=standard.area, standard=StandardFactory.create(area=standard.area), item="Beside it"
    )
    client.force_login(person(Role.STAFF, at=standard.trust))

    page = client.get(url_of(standard)).content.decode()

    assert page.index("Right at it") < page.index("Around it")
    assert "Beside it" not in page


def test_show_gives_htmx_only_the_piece(client, standard):
    client.force_login(person(Role.STAFF, at=standard.trust))

    piece = client.get(url_of(standard), headers={"HX-Request": "true"}).content.decode()

    assert "Most pupils answer" in piece
    assert "<h1>" not in piece


def test_show_is_not_found_by_strangers(client, standard):
    client.force_login(person(Role.QA_LEAD, at=TrustFactory.create()))

    assert client.get(url_of(standard)).status_code == 404


def test_show_costs_the_same_with_more_versions_and_look_fors(client, standard, assert_flat):
    client.force_login(person(Role.QA_LEAD, at=standard.trust))
    numbers = iter(range(500, 600))

    def more():
        LookForFactory.create(standard=standard)
        CrosswalkFactory.create(area=standard.area)
        version = superseded(standard.version, next(numbers))
        other = StandardFactory.create(area__version=version, lineage="checking")
        DescriptorFactory.create(standard=other)

    assert_flat(url_of(standard), add_row=more, at_most=10)
