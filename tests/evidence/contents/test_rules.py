import datetime as dt
from uuid import UUID, uuid4, uuid5

import pytest

from trigpoint.evidence.contents.rules import (
    NoteContent,
    RecordContent,
    both,
    changes,
    content_hash,
    fits,
)

RECORD = UUID(int=1)
SUMMER = dt.timezone(dt.timedelta(hours=1))


def test_content_hash_is_the_same_for_the_same_content_however_it_is_spelled():
    first, second = uuid4(), uuid4()
    moment = dt.datetime(2026, 6, 1, 10, 0, tzinfo=SUMMER)

    one = RecordContent(title="Reading", standards=(first, second), observed_at=moment)
    other = RecordContent(
        title="Reading", standards=(second, first), observed_at=moment.astimezone(dt.UTC)
    )

    assert content_hash(one) == content_hash(other)


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Writing"},
        {"answers": {"focus": "phonics"}},
        {"notes": (NoteContent(text="Calm start."),)},
        {"is_private": True},
    ],
    ids=["title", "answers", "notes", "private"],
)
def test_content_hash_differs_with_the_content(changed):
    assert content_hash(RecordContent(**changed)) != content_hash(RecordContent())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"title": "x" * 161}, "Shorten the title: 160"),
        ({"notes": tuple(NoteContent(text="x") for _ in range(301))}, "300 notes"),
        ({"notes": (NoteContent(text="x" * 4_001),)}, "Split the long one"),
        ({"standards": tuple(uuid4() for _ in range(101))}, "at most 100"),
        ({"minutes": 601}, "from 0 to 600"),
        ({"group_size": -1}, "up to 20,000"),
        ({"group_size": 20_001}, "up to 20,000"),
        ({"answers": {"focus": "x" * 100_001}}, "answers are too long"),
        ({"observed_at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)}, "between 2000 and 2100"),
        ({"notes": (NoteContent(text="x", noted_at=dt.datetime(9999, 12, 31, tzinfo=dt.UTC)),)}, "2100"),
    ],
    ids=[
        "long title", "many notes", "long note", "many standards", "long visit", "less than none",
        "more than there are",
        "long answers", "long ago", "a note of the far future",
    ],
)  # fmt: skip
def test_fits_names_what_does_not(content, words):
    assert words in fits(RecordContent(**content)).reason


def test_fits_refuses_two_notes_with_one_key():
    notes = (NoteContent(text="One", key="a"), NoteContent(text="Two", key="a"))

    assert "same key" in fits(RecordContent(notes=notes)).reason


def test_fits_lets_an_empty_draft_through():
    assert fits(RecordContent())


def test_changes_follow_a_note_by_its_key():
    kept, corrected, gone = (uuid5(RECORD, key) for key in "abc")
    before = RecordContent(
        notes=tuple(
            NoteContent(key=str(pk), text=text)
            for pk, text in ((kept, "Kept."), (corrected, "Before."), (gone, "Gone."))
        )
    )
    after = RecordContent(
        notes=(
            NoteContent(key="a", text="Kept."),
            NoteContent(key=str(corrected), text="After."),
            NoteContent(key="d", text="New."),
        )
    )

    found = changes(RECORD, before=before, after=after)

    assert set(found.notes_changed) == {corrected}
    assert found.notes_gone == {gone}
    assert set(found.notes_new) == {uuid5(RECORD, "d")}


def test_changes_says_nothing_changed_when_nothing_did():
    chosen = uuid4()
    content = RecordContent(standards=(chosen,), look_fors={chosen: "SEEN"})

    found = changes(RECORD, before=content, after=content)

    assert not any(
        (found.notes_new, found.notes_changed, found.notes_gone, found.marks_changed,
         found.marks_gone, found.standards, found.lines)
    )  # fmt: skip


FORM = {
    "sections": [
        {
            "questions": [
                {"key": "long", "type": "long_text", "label": "What happened?"},
                {"key": "focus", "type": "short_text", "label": "Focus"},
            ]
        }
    ]
}


def note_id(key):
    return str(uuid5(RECORD, key))


def test_both_keeps_every_note_and_long_answer_of_the_two():
    mine = RecordContent(
        title="Mine",
        notes=(NoteContent(key="a", text="As I saw it."), NoteContent(key="c", text="New here.")),
        answers={"long": "Calm.", "focus": "Verbs"},
    )
    stored = RecordContent(
        title="Stored",
        notes=(
            NoteContent(key=note_id("a"), text="As it was."),
            NoteContent(key=note_id("b"), text="New there."),
        ),
        answers={"long": "Loud.", "focus": "Nouns"},
    )

    kept = both(RECORD, mine=mine, stored=stored, form=FORM)

    texts = [note.text for note in kept.notes]
    assert texts == ["As I saw it.", "New here.", "New there.", "As it was."]
    assert kept.notes[2].key == note_id("b")
    assert (kept.title, kept.answers) == ("Mine", {"long": "Calm.\n\nLoud.", "focus": "Verbs"})
    assert not changes(RECORD, before=stored, after=kept).notes_gone
    assert both(RECORD, mine=kept, stored=stored, form=FORM) == kept
