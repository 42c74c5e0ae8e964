import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import (
    BodyFactory,
    CrosswalkFactory,
    DescriptorFactory,
    LookForFactory,
    PolicyVersionFactory,
    StandardFactory,
    TrustFactory,
    person,
)
from tests.policies.writing import a_draft, answers_of
from trigpoint.people.roles import Role
from trigpoint.policies.models import PolicyVersion

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


@pytest.fixture
def drafted(client):
    lead, _, standard = a_draft()
    client.force_login(lead)
    return standard


def at(verb, row):
    return reverse(f"policies:standards-{verb}", args=[row.pk])


def test_add_puts_a_standard_at_the_end_with_all_it_says(client, drafted):
    levels = {f"level-{mark}": f"At {mark}." for mark in "ESMAU"}
    said = {
        "code": "T2",
        "title": "Checking understanding",
        "statement": "Every pupil answers.",
        "expected_kinds": ["LESSON_VISIT"],
        "new-1": "Boards are used by all",
        **levels,
    }

    for _ in range(2):
        assert client.post(at("add", drafted.area), said).status_code == 302

    made = drafted.version.standards.get(code="T2")
    assert (made.lineage, made.position) == ("checking-understanding", drafted.position + 1)
    assert made.look_fors.get().lineage == "checking-understanding-boards-are-used-by"
    assert made.descriptors.get(level__letter="A").text == "At A."
    assert client.post(at("add", drafted.area), said | {"title": "Else"}).status_code == 409
    missing = client.post(at("add", drafted.area), said | {"new-1": "", "code": "T3"})
    assert "Give at least one look-for" in missing.content.decode()


def test_reword_changes_words_look_fors_and_meaning(client, drafted):
    opened = answers_of(client.get(at("reword", drafted)))
    said = opened | {
        "statement": "All pupils answer.",
        "meaning_changed": "The bar rose.",
        "look_for-clear-boards": "",
        "new-1": "Pupils explain",
    }

    answer = client.post(at("reword", drafted), said)

    drafted.refresh_from_db()
    assert answer.status_code == 302
    assert (drafted.statement, drafted.meaning_changed) == ("All pupils answer.", "The bar rose.")
    look_fors = drafted.look_fors.order_by("position").values_list("lineage", "text")
    assert list(look_fors) == [("clear-talk", "Talk"), ("clear-pupils-explain", "Pupils explain")]


def test_reword_by_two_at_once_keeps_both(client, drafted):
    opened = answers_of(client.get(at("reword", drafted)))
    client.post(at("reword", drafted), opened | {"look_for-clear-boards": ""})

    other = client.post(at("reword", drafted), opened | {"statement": "Mine."})

    assert other.status_code == 409
    assert "Mine." in other.content.decode()
    assert drafted.look_fors.count() == 1


def test_move_changes_places_within_the_area(client, drafted):
    second = StandardFactory.create(area=drafted.area, position=drafted.position + 1)

    client.post(at("move", drafted), {"to": "down"})

    assert list(drafted.area.standards.order_by("position")) == [second, drafted]


def test_remove_asks_first_and_never_touches_an_approved_version(client, drafted):
    assert client.get(at("remove", drafted)).status_code == 200
    PolicyVersion.objects.filter(pk=drafted.version_id).update(
        status="APPROVED",
        approved_by=BodyFactory.create(trust=drafted.trust),
        approved_on=dt.date(2026, 7, 9),
        effective_on=dt.date(2026, 9, 1),
        review_due_on=dt.date(2027, 9, 1),
    )
    refused = client.post(at("remove", drafted))
    assert (refused.status_code, drafted.version.standards.count()) == (409, 1)
    assert "never changes" in refused.content.decode()

    PolicyVersion.objects.filter(pk=drafted.version_id).update(status="DRAFT")
    client.post(at("remove", drafted))
    assert drafted.version.standards.count() == 0
