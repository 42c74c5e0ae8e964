import datetime as dt

import pytest

from tests.factories import (
    InstrumentFactory,
    InstrumentVersionFactory,
    LevelFactory,
    PolicyVersionFactory,
    ScaleFactory,
    TrustFactory,
    person,
)
from trigpoint.instruments.drafts import operations, rules
from trigpoint.instruments.drafts.queries import system_scales
from trigpoint.instruments.drafts.rules import Beginning, mark
from trigpoint.instruments.library import operations as library
from trigpoint.instruments.library import queries
from trigpoint.instruments.models import Instrument, InstrumentVersion
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 1)
TEXT = {"key": "focus", "type": "short_text", "label": "Focus"}


def form(*asked):
    return {
        "naming": "OFF",
        "sections": [{"title": "Part", "key": "part", "questions": list(asked)}],
    }


@pytest.fixture
def trust():
    return TrustFactory.create()


@pytest.fixture
def lead(trust):
    return person(Role.QA_LEAD, at=trust)


def begun(trust, by, *asked, name="Phonics visit"):
    start = Beginning(kind="LESSON_VISIT", name=name, purpose="See phonics.", content=form(*asked))
    return operations.begin(trust=trust, start=start, by=by)


def published(version, by):
    version.refresh_from_db()
    return operations.publish(version=version, seen=seen_of(version), by=by, on=DAY)


def seen_of(version):
    return mark(rules.frozen(version.content, system_scales(version.trust_id)))


def test_begin_puts_another_instrument_beside_those_of_its_kind(trust, lead):
    InstrumentVersionFactory.create(instrument__trust=trust)

    version = begun(trust, lead, TEXT)

    assert (version.number, version.status) == (1, "DRAFT")
    assert Instrument.objects.filter(trust=trust, kind="LESSON_VISIT").count() == 2
    assert queries.system_published(trust.pk)["LESSON_VISIT"] != version


def test_begin_gives_each_part_a_key(trust, lead):
    content = {
        "sections": [{"title": "Focus", "questions": [TEXT]}, {"title": "9", "questions": []}]
    }
    start = Beginning(kind="LESSON_VISIT", name="V", purpose="", content=content)

    version = operations.begin(trust=trust, start=start, by=lead)

    assert [part["key"] for part in version.content["sections"]] == ["focus_2", "part_9"]


@pytest.mark.parametrize("name", ["Phonics visit", " phonics VISIT "])
def test_begin_refuses_a_name_that_is_taken(trust, lead, name):
    InstrumentFactory.create(trust=trust, name="Phonics visit")

    with pytest.raises(Refused, match="Choose another name"):
        begun(trust, lead, name=name)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.HEADTEACHER, Role.TRUSTEE])
def test_begin_is_for_those_who_write_forms(trust, role):
    with pytest.raises(Refused, match="QA lead or trust administrator"):
        begun(trust, person(role, at=trust))


def test_published_version_never_changes_and_the_next_one_starts_from_it(trust, lead):
    first = published(begun(trust, lead, TEXT), lead)
    content = first.content

    draft = operations.follow(instrument=first.instrument, by=lead)
    operations.describe(
        version=draft,
        words={**rules.told(draft), "guidance": "Be quiet."},
        base_revision=revision_of(rules.told(draft).values()),
        by=lead,
    )
    with pytest.raises(Refused, match="published and never changes"):
        operations.describe(version=first, words=rules.told(first), base_revision="", by=lead)

    first.refresh_from_db()
    assert first.content == content
    assert draft.number == 2
    assert operations.follow(instrument=first.instrument, by=lead) == draft
    published(draft, lead)
    assert queries.system_published(trust.pk)["LESSON_VISIT"] == draft


def test_describe_keeps_both_when_two_write_at_once(trust, lead):
    version = begun(trust, lead, TEXT)
    opened = rules.told(version)
    base = revision_of(opened.values())
    operations.describe(
        version=version, words={**opened, "purpose": "Theirs"}, base_revision=base, by=lead
    )

    with pytest.raises(Stale) as stale:
        operations.describe(
            version=version, words={**opened, "purpose": "Mine"}, base_revision=base, by=lead
        )

    assert stale.value.current["purpose"] == "Theirs"


def test_publish_refuses_what_changed_since_it_was_seen(trust, lead):
    version = begun(trust, lead, TEXT)
    seen = mark(version.content)
    version.content["guidance"] = "New"
    version.save()

    with pytest.raises(Refused, match="Somebody changed it"):
        operations.publish(version=version, seen=seen, by=lead, on=DAY)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ([], "has no questions"),
        ([{"key": "l", "type": "level", "label": "How good?", "scale": "XYZ"}], "another scale"),
    ],
)
def test_publish_says_what_is_in_the_way(trust, lead, asked, words):
    version = begun(trust, lead, *asked)

    with pytest.raises(Refused, match=words):
        published(version, lead)


def test_publish_freezes_levels_as_the_policy_has_them(trust, lead):
    policy = PolicyVersionFactory.create(trust=trust, policy__trust=trust, in_force=True)
    scale = ScaleFactory.create(version=policy, code="SM", name="Two levels")
    scale.levels.all().delete()
    LevelFactory.create(scale=scale, rank=1, letter="S", label="Strong", tone="teal")
    met = LevelFactory.create(scale=scale, rank=2, letter="M", label="Met", tone="stone")
    asked = {"key": "level", "type": "level", "label": "How good?", "scale": "SM"}

    version = published(begun(trust, lead, asked), lead)
    met.label = "Otherwise"
    met.save()

    version.refresh_from_db()
    assert version.content["sections"][0]["questions"][0]["choices"] == [
        {"value": "s", "label": "S Strong"},
        {"value": "m", "label": "M Met"},
    ]


def test_publish_refuses_levels_that_changed_since_they_were_seen(trust, lead):
    policy = PolicyVersionFactory.create(trust=trust, policy__trust=trust, in_force=True)
    level = ScaleFactory.create(version=policy, code="SM", name="Two levels").levels.first()
    asked = {"key": "level", "type": "level", "label": "How good?", "scale": "SM"}
    version = begun(trust, lead, asked)
    seen = seen_of(version)
    level.label = "Otherwise"
    level.save()

    with pytest.raises(Refused, match="Somebody changed it"):
        operations.publish(version=version, seen=seen, by=lead, on=DAY)


def test_follow_gives_a_part_no_key_that_an_earlier_version_used(trust, lead):
    first = published(begun(trust, lead, TEXT), lead)
    bare = {"sections": [{"title": "Focus", "questions": [{**TEXT, "key": "aim"}]}]}
    InstrumentVersionFactory.create(instrument=first.instrument, number=2, content=bare)

    draft = operations.follow(instrument=first.instrument, by=lead)

    assert draft.content["sections"][0]["key"] == "focus_2"


def test_first_of_its_kind_is_the_usual_one_until_another_is_preferred(trust, lead):
    first = published(begun(trust, lead, TEXT), lead)
    second = published(begun(trust, lead, TEXT, name="Other"), lead)
    assert queries.system_published(trust.pk)["LESSON_VISIT"] == first

    library.prefer(instrument=second.instrument, by=lead)

    assert queries.system_published(trust.pk)["LESSON_VISIT"] == second
    first.instrument.refresh_from_db()
    assert not first.instrument.is_usual


def test_prefer_refuses_a_draft_and_a_stranger(trust, lead):
    draft = begun(trust, lead, TEXT)

    with pytest.raises(Refused, match="still a draft"):
        library.prefer(instrument=draft.instrument, by=lead)
    with pytest.raises(Refused, match="chooses the usual form"):
        library.prefer(instrument=draft.instrument, by=person(Role.REVIEWER, at=trust))


def test_discard_takes_the_draft_and_what_was_never_published(trust, lead):
    first = published(begun(trust, lead, TEXT), lead)
    draft = operations.follow(instrument=first.instrument, by=lead)
    only = begun(trust, lead, TEXT, name="Other")

    kept = operations.discard(version=draft, seen=mark(draft.content), by=lead)
    gone = operations.discard(version=only, seen=mark(only.content), by=lead)

    assert (kept, gone) == (first.instrument, None)
    assert list(InstrumentVersion.objects.filter(trust=trust)) == [first]
    assert HistoryEntry.objects.filter(verb="draft discarded").count() == 2
