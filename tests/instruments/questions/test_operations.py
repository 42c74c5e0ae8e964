import pytest

from tests.factories import InstrumentVersionFactory, person
from trigpoint.instruments.drafts.rules import keys_of, mark, question_of
from trigpoint.instruments.models import InstrumentVersion
from trigpoint.instruments.questions import operations, rules
from trigpoint.instruments.questions.rules import Words
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused, Stale
from trigpoint.records.revisions import revision_of

pytestmark = pytest.mark.django_db
CAME = {"key": "came", "type": "yes_no", "label": "Came?"}
WHO = {"key": "who", "type": "short_text", "label": "Who?",
       "shown_if": {"question": "came", "any_of": ["yes"]}}  # fmt: skip
LAST = {"key": "last", "type": "short_text", "label": "Last?"}
CONTENT = {
    "naming": "OFF",
    "sections": [
        {"title": "First", "key": "first", "questions": [CAME, WHO]},
        {"title": "Second", "key": "second", "questions": [LAST]},
        {"title": "Third", "key": "third", "repeats": {"most": 2, "word": "Look"}, "questions": []},
    ],
}


@pytest.fixture
def draft():
    return InstrumentVersionFactory.create(
        status=InstrumentVersion.Status.DRAFT, published_on=None, content=CONTENT
    )


@pytest.fixture
def lead(draft):
    return person(Role.QA_LEAD, at=draft.trust)


def keys(draft):
    draft.refresh_from_db()
    return [[it["key"] for it in part["questions"]] for part in draft.content["sections"]]


def test_add_puts_a_question_at_the_end_with_a_key_of_its_own(draft, lead):
    words = Words(label="Who?", choices=["One", "Two"], required=True)

    made = operations.add(
        version=draft, part_key="first", kind="single_choice", words=words, by=lead
    )

    assert made == {
        "key": "who_2", "type": "single_choice", "label": "Who?", "required": True,
        "choices": [{"value": "one", "label": "One"}, {"value": "two", "label": "Two"}],
    }  # fmt: skip
    assert keys(draft)[0] == ["came", "who", "who_2"]


def test_add_never_takes_a_key_that_an_earlier_version_used(draft, lead):
    old = {"sections": [{"title": "Old", "key": "old", "questions": [{**LAST, "key": "mood"}]}]}
    InstrumentVersionFactory.create(instrument=draft.instrument, number=9, content=old)

    made = [
        operations.add(
            version=draft, part_key="second", kind="short_text", words=Words(label=label), by=lead
        )
        for label in ("Mood", "Old")
    ]

    assert [it["key"] for it in made] == ["mood_2", "old_2"]


@pytest.mark.parametrize(
    ("part", "kind", "words", "said"),
    [
        ("third", "photo", Words(label="P"), "cannot be"),
        ("gone", "short_text", Words(label="P"), "removed a moment ago"),
        ("first", "single_choice", Words(label="P", choices=["A"]), "between 2 and 30"),
        ("first", "short_text", Words(label="P", shown_if=["last=yes"]), "not before it"),
    ],
    ids=["photo in repeats", "part gone", "one choice", "condition ahead"],
)
def test_add_refuses_what_does_not_fit(draft, lead, part, kind, words, said):
    with pytest.raises(Refused, match=said):
        operations.add(version=draft, part_key=part, kind=kind, words=words, by=lead)


def test_change_keeps_key_and_kind(draft, lead):
    base = revision_of(rules.told(LAST).values())

    operations.change(
        version=draft, key="last", words=Words(label="Anything else?"), base_revision=base, by=lead
    )

    draft.refresh_from_db()
    assert question_of(draft.content, "last") == {**LAST, "label": "Anything else?"}


def test_change_by_two_people_keeps_both(draft, lead):
    base = revision_of(rules.told(LAST).values())
    for other, label in ((draft, "Theirs"), (draft, "Mine")):
        words = Words(label=label)
        if label == "Theirs":
            operations.change(version=other, key="last", words=words, base_revision=base, by=lead)
            continue
        with pytest.raises(Stale) as stale:
            operations.change(version=other, key="last", words=words, base_revision=base, by=lead)

    assert stale.value.current["label"] == "Theirs"
    draft.refresh_from_db()
    assert question_of(draft.content, "last")["label"] == "Theirs"


def test_change_of_one_question_does_not_disturb_that_of_another(draft, lead):
    opened = {one["key"]: revision_of(rules.told(one).values()) for one in (CAME, LAST)}

    for key in ("came", "last"):
        operations.change(
            version=draft, key=key, words=Words(label="New"), base_revision=opened[key], by=lead
        )

    draft.refresh_from_db()
    assert {question_of(draft.content, key)["label"] for key in opened} == {"New"}


def test_move_goes_over_the_edge_of_a_part(draft, lead):
    operations.move(version=draft, key="last", down=False, by=lead)

    assert keys(draft) == [["came", "who", "last"], [], []]


@pytest.mark.parametrize(
    ("key", "down", "words"),
    [("who", False, "not before it"), ("came", True, "not before it"), ("gone", True, "removed")],
)
def test_move_breaks_no_condition(draft, lead, key, down, words):
    with pytest.raises(Refused, match=words):
        operations.move(version=draft, key=key, down=down, by=lead)

    assert keys(draft) == [["came", "who"], ["last"], []]


def test_remove_asks_for_what_was_seen_and_for_what_leans_on_it(draft, lead):
    with pytest.raises(Refused, match="Who.* is shown for an answer"):
        operations.remove(version=draft, key="came", seen=mark(CAME), by=lead)
    with pytest.raises(Refused, match="Somebody changed it"):
        operations.remove(version=draft, key="last", seen=mark(CAME), by=lead)

    operations.remove(version=draft, key="last", seen=mark(LAST), by=lead)

    draft.refresh_from_db()
    assert keys_of(draft.content) == {"first", "second", "third", "came", "who"}


@pytest.mark.parametrize("verb", ["add", "change", "move", "remove"])
def test_published_version_takes_no_change(draft, lead, verb):
    draft.status, draft.published_on = "PUBLISHED", "2026-09-01"
    draft.save()
    facts = {
        "add": {"part_key": "first", "kind": "short_text", "words": Words(label="X")},
        "change": {"key": "last", "words": Words(label="X"), "base_revision": ""},
        "move": {"key": "last", "down": False},
        "remove": {"key": "last", "seen": ""},
    }

    with pytest.raises(Refused, match="published and never changes"):
        getattr(operations, verb)(version=draft, by=lead, **facts[verb])
