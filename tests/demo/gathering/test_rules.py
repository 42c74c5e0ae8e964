import datetime as dt
from uuid import uuid4

import pytest

from trigpoint.demo.gathering import rules
from trigpoint.demo.words.rules import Words
from trigpoint.instruments.answers.rules import check_answers
from trigpoint.instruments.library.rules import ready_made
from trigpoint.instruments.models import ActivityKind

FORMS = {file["kind"]: file["content"] for file in ready_made()}
AT = dt.datetime(2026, 11, 12, 9, tzinfo=dt.UTC)


def seen(kind, rank):
    return rules.Seen(
        kind=kind, rank=rank, subject="Reading", topic="a poem", year="Year 4", at=AT,
        look_fors=[uuid4(), uuid4()],
    )  # fmt: skip


@pytest.mark.parametrize("kind", list(ActivityKind))
@pytest.mark.parametrize("rank", [1, 2, 3, 4, 5])
def test_content_answers_the_form_and_repeats_no_note(kind, rank):
    words = Words(rank)
    for _ in range(8):
        content = rules.content(seen(kind, rank), words)
        texts = [note.text for note in content.notes]

        assert check_answers(FORMS[kind], content.answers).problems == {}
        assert len(set(texts)) == len(texts)
        assert {"WWW", "EBI"} <= {note.kind for note in content.notes}


def test_marks_follow_the_level():
    words = Words(1)
    counts = []
    for rank in (1, 5):
        made = [rules.content(seen("LESSON_VISIT", rank), words).look_fors for _ in range(40)]
        counts.append(sum(mark == "SEEN" for marks in made for mark in marks.values()))
    assert counts[0] > 2 * counts[1]
