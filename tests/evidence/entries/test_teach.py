"""A form engine that cannot hold the World Bank's Teach tool is too weak: built, used, read back.

Only its structure is here, as facts: after Molina and others (2021), Teach Primary, second edition,
The World Bank, CC BY 4.0 IGO. None of its sentences.
"""

import datetime as dt
from uuid import uuid4

import pytest

from tests.factories import AcademyFactory, person
from trigpoint.evidence.entries import operations as entries
from trigpoint.evidence.entries.operations import RecordContent
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.instruments.answers.rules import in_words
from trigpoint.instruments.drafts import operations as drafts
from trigpoint.instruments.drafts.rules import Beginning, mark
from trigpoint.instruments.library import operations as library
from trigpoint.instruments.questions import operations as questions
from trigpoint.instruments.questions.rules import Words as QuestionWords
from trigpoint.instruments.sections import operations as sections
from trigpoint.instruments.sections.rules import Words as PartWords
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 12, 10, tzinfo=dt.UTC)
ELEMENTS = {  # how many behaviours, and which of them may be not applicable
    "Supportive Learning Environment": (4, {3, 4}),
    "Positive Behavioral Expectations": (3, set()),
    "Lesson Facilitation": (4, set()),
    "Checks for understanding": (3, {2}),
    "Feedback": (2, set()),
    "Critical Thinking": (3, set()),
    "Autonomy": (3, set()),
    "Perseverance": (3, set()),
    "Social & Collaborative Skills": (3, set()),
}
LOW_TO_HIGH = ["Low", "Medium", "High"]


def built(trust, lead):
    """Build the tool by the verbs of the editor, and publish it."""
    start = Beginning(
        kind="LESSON_VISIT", name="Teach", purpose="Observe.", content={"sections": []}
    )
    draft = drafts.begin(trust=trust, start=start, by=lead)

    def part(title, most, word):
        made = sections.add(version=draft, words=PartWords(title, "", most, word), by=lead)
        return made["key"]

    def ask(key, kind, label, **more):
        words = QuestionWords(label=label, required=True, **more)
        return questions.add(version=draft, part_key=key, kind=kind, words=words, by=lead)["key"]

    task = part("Time on task", 6, "Snapshot")
    ask(task, "yes_no", "A learning activity for most students?")
    came = ask(task, "yes_no", "Is there anything to be on task with?")
    ask(task, "single_choice", "Students on task", choices=[*LOW_TO_HIGH, "Not applicable"],
        shown_if=[f"{came}=yes"])  # fmt: skip
    for number, (name, (count, optional)) in enumerate(ELEMENTS.items(), start=1):
        key = part(name, 2, "Segment")
        for place in range(1, count + 1):
            offered = [*LOW_TO_HIGH, *(["Not applicable"] if place in optional else [])]
            ask(key, "single_choice", f"Behaviour {number}.{place}", choices=offered)
        ask(key, "number", f"Element {number}, judged", least=1, most=5)
    draft.refresh_from_db()
    version = drafts.publish(version=draft, seen=mark(draft.content), by=lead, on=AT.date())
    library.prefer(instrument=version.instrument, by=lead)
    return version


def segments(version):
    """Return two segments of every element: all low and 2, then all high and 5."""
    given = {}
    for part in version.content["sections"][1:]:
        asked = part["questions"]
        given[part["key"]] = [
            {it["key"]: choice for it in asked[:-1]} | {asked[-1]["key"]: judged}
            for choice, judged in (("low", 2), ("high", "5"))
        ]
    return given


def test_teach_is_built_used_and_read_back():
    academy = AcademyFactory.create()
    lead, author = (person(role, at=academy.trust) for role in (Role.QA_LEAD, Role.REVIEWER))
    version = built(academy.trust, lead)
    task = version.content["sections"][0]
    active, anything, on_task = (it["key"] for it in task["questions"])
    snapshots = [
        {active: "yes", anything: True, on_task: "medium"},
        {active: False, anything: "no", on_task: "high"},
    ]
    content = RecordContent(
        academy_id=academy.pk, kind="LESSON_VISIT", title="Year 4", observed_at=AT,
        answers={task["key"]: snapshots, **segments(version)},
    )  # fmt: skip

    kept = entries.save(record_id=uuid4(), content=content, base_revision=None, by=author, at=AT)
    record = EvidenceRecord.objects.get(pk=kept.record_id)
    assert record.answers[task["key"]] == snapshots
    record = entries.submit(record=record, by=author, at=AT)

    assert record.instrument_version == version
    said = {it.label: it.words for it in in_words(version.content, record.answers)}
    assert said["Snapshot 1: Students on task"] == "Medium"
    assert said["Snapshot 2: A learning activity for most students?"] == "No"
    assert "Snapshot 2: Students on task" not in said
    assert said["Segment 1: Behaviour 1.3"] == "Low"
    assert said["Segment 2: Element 9, judged"] == "5"
    assert len(said) == 5 + 2 * (28 + 9)


def test_a_judged_element_left_out_is_asked_for_by_its_segment():
    academy = AcademyFactory.create()
    lead, author = (person(role, at=academy.trust) for role in (Role.QA_LEAD, Role.REVIEWER))
    version = built(academy.trust, lead)
    given = segments(version)
    part = version.content["sections"][3]
    del given[part["key"]][1][part["questions"][-1]["key"]]
    task = version.content["sections"][0]
    given[task["key"]] = [{it["key"]: "no" for it in task["questions"][:2]}]
    content = RecordContent(
        academy_id=academy.pk, kind="LESSON_VISIT", title="Y4", observed_at=AT, answers=given
    )
    kept = entries.save(record_id=uuid4(), content=content, base_revision=None, by=author, at=AT)
    record = EvidenceRecord.objects.get(pk=kept.record_id)

    with pytest.raises(entries.rules.Refused, match="Segment 2, Element 3, judged: This question"):
        entries.submit(record=record, by=author, at=AT)
