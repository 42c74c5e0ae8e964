import pytest

from tests.factories import InstrumentVersionFactory, person
from trigpoint.instruments.drafts.rules import mark
from trigpoint.instruments.models import InstrumentVersion
from trigpoint.instruments.sections import operations, rules
from trigpoint.instruments.sections.rules import Words
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db
CAME = {"key": "came", "type": "yes_no", "label": "Came?"}
WHO = {"key": "who", "type": "short_text", "label": "Who?",
       "shown_if": {"question": "came", "any_of": ["yes"]}}  # fmt: skip
PHOTOS = {"key": "photos", "type": "photo", "label": "Photos"}
PARTS = [
    {"title": "First", "key": "first", "questions": [CAME]},
    {"title": "Second", "key": "second", "questions": [WHO, PHOTOS]},
    {"title": "Third", "key": "third", "questions": []},
]


@pytest.fixture
def draft():
    return InstrumentVersionFactory.create(
        status=InstrumentVersion.Status.DRAFT, published_on=None, content={"sections": PARTS}
    )


@pytest.fixture
def lead(draft):
    return person(Role.ADMINISTRATOR, at=draft.trust)


def titles(draft):
    draft.refresh_from_db()
    return [part["title"] for part in draft.content["sections"]]


def test_add_puts_a_part_at_the_end(draft, lead):
    words = Words(title="Snapshots", help="Every five minutes", most=3, word="Snapshot")

    part = operations.add(version=draft, words=words, by=lead)

    assert titles(draft)[-1] == "Snapshots"
    assert part == {
        "title": "Snapshots", "key": "snapshots", "help": "Every five minutes",
        "repeats": {"most": 3, "word": "Snapshot"}, "questions": [],
    }  # fmt: skip


def test_add_never_takes_a_key_that_an_earlier_version_used(draft, lead):
    asked = {"key": "mood", "type": "short_text", "label": "Mood"}
    old = {"sections": [{"title": "Old", "key": "snapshots", "questions": [asked]}]}
    InstrumentVersionFactory.create(instrument=draft.instrument, number=9, content=old)

    made = [
        operations.add(version=draft, words=Words(title=title), by=lead)["key"]
        for title in ("Snapshots", "Mood")
    ]

    assert made == ["snapshots_2", "mood_2"]


def test_add_stops_at_twenty(draft, lead):
    for number in range(17):
        operations.add(version=draft, words=Words(title=f"Part {number}"), by=lead)

    with pytest.raises(Refused, match="at most 20 parts"):
        operations.add(version=draft, words=Words(title="One more"), by=lead)


def test_change_keeps_the_questions(draft, lead):
    base = revision_of(rules.told(PARTS[0]).values())

    part = operations.change(
        version=draft, key="first", words=Words(title="Before"), base_revision=base, by=lead
    )

    assert part == {"title": "Before", "key": "first", "questions": [CAME]}
    with pytest.raises(Stale):
        operations.change(
            version=draft, key="first", words=Words(title="Mine"), base_revision=base, by=lead
        )


def test_change_does_not_repeat_what_is_kept_once(draft, lead):
    base = revision_of(rules.told(PARTS[1]).values())
    words = Words(title="Second", most=2, word="Look")

    with pytest.raises(Refused, match="“Photos” .photos. cannot be asked for several times"):
        operations.change(version=draft, key="second", words=words, base_revision=base, by=lead)


@pytest.mark.parametrize(
    ("key", "steps", "order"),
    [
        ("third", -1, ["First", "Third", "Second"]),
        ("first", -1, ["First", "Second", "Third"]),
        ("third", 1, ["First", "Second", "Third"]),
    ],
)
def test_move_stays_within_the_form(draft, lead, key, steps, order):
    operations.move(version=draft, key=key, steps=steps, by=lead)

    assert titles(draft) == order


def test_move_breaks_no_condition(draft, lead):
    with pytest.raises(Refused, match="not before it"):
        operations.move(version=draft, key="first", steps=1, by=lead)


def test_change_to_repeats_breaks_no_condition(draft, lead):
    base = revision_of(rules.told(PARTS[0]).values())
    words = Words(title="First", most=2, word="Look")

    with pytest.raises(Refused, match="not before it"):
        operations.change(version=draft, key="first", words=words, base_revision=base, by=lead)


def test_remove_asks_for_what_was_seen_and_for_what_leans_on_it(draft, lead):
    with pytest.raises(Refused, match="Who.* is shown for an answer of this part"):
        operations.remove(version=draft, key="first", seen=mark(PARTS[0]), by=lead)
    with pytest.raises(Refused, match="Somebody changed it"):
        operations.remove(version=draft, key="second", seen="", by=lead)

    operations.remove(version=draft, key="second", seen=mark(PARTS[1]), by=lead)

    assert titles(draft) == ["First", "Third"]
