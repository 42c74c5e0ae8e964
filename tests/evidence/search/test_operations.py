"""The index that the database keeps: what it finds, on both databases alike, and what keeps it."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.factories import EvidenceRecordFactory, NoteFactory
from trigpoint.evidence.models import EvidenceRecord, Note, RecordWords
from trigpoint.evidence.search import operations
from trigpoint.evidence.search.rules import read

pytestmark = pytest.mark.django_db
SAID = {
    "plurals": "Pupils retrieve last week's words without help.",
    "phrase": "The books show careful work, and books are marked.",
    "apostrophe": "It isn’t clear; the teacher's questions don't reach everyone.",
    "accents": "In the café corner Zoë's group reads Brontë.",
    "numbers": "Years 3/4 use well-being time: 2.5 hours, 17 of 30.",
    "symbols": 'They said "NOT OR NEAR(" and x*y^2 {body} : -z',
    "underscore": "The key stage_two plan.",
    "decomposed": "A nai\u0308ve question.",
}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("pupil", {"plurals"}),
        ("RETRIEVES", {"plurals"}),
        ("retrieving words", {"plurals"}),
        ("words pupils", {"plurals"}),
        ("pupils marked", set()),
        ('"careful work"', {"phrase"}),
        ('"work careful"', set()),
        ("“careful works”", {"phrase"}),
        ("book", {"phrase"}),
        ("isn't", {"apostrophe"}),
        ("teachers", {"apostrophe"}),
        ("teacher’s question", {"apostrophe"}),
        ("cafe", {"accents"}),
        ("CAFÉ", {"accents"}),
        ("zoe bronte", {"accents"}),
        ("naïve", {"decomposed"}),
        ("naive", {"decomposed"}),
        ("3 4", {"numbers"}),
        ("17", {"numbers"}),
        ("well-being", {"numbers"}),
        ("wellbeing", set()),
        ("stage two", {"underscore"}),
        ("near", {"symbols"}),
        ("body:xyz", set()),
        ("x*", {"symbols"}),
        ("boo*", set()),
        ('say "NOT', set()),
        ("marked OR pupils", set()),
        ("marked AND books", {"phrase"}),
        ("t", set()),
        ("zzz " * 250, set()),
        ("books " * 250, {"phrase"}),
        ("books\x00marked", {"phrase"}),
    ],
)
def test_both_databases_find_the_same_for_the_same_words(asked, found):
    records = {}
    for name, text in SAID.items():
        records[name] = EvidenceRecordFactory.create(title=name[:1])
        NoteFactory.create(record=records[name], text=text)

    assert said(asked) == {records[name].pk for name in found}


def said(asked, places=()):
    search = read(asked)
    assert bool(search.terms) or asked.strip() == "t"
    if not search.terms:
        return set()
    return set(
        RecordWords.objects.saying(search.terms, places=list(places)).values_list(
            "record", flat=True
        )
    )


def test_titles_subjects_groups_and_answers_are_found_as_well_as_notes():
    record = EvidenceRecordFactory.create(
        title="Phonics",
        subject="Geography",
        group_described="Six confident speakers",
        answers={"focus": "Volcanoes", "adults": ["assistant"], "calm": True, "size": 3},
    )

    for words in ("phonics", "geography", "speaker", "volcano", "assistants", "phonics volcanoes"):
        assert said(words) == {record.pk}, words


def test_no_way_of_writing_forgets_the_index():
    record = EvidenceRecordFactory.create(title="One")
    note = NoteFactory.create(record=record, text="Apples")
    NoteFactory.create(record=record, text="Cherries")

    EvidenceRecord.objects.filter(pk=record.pk).update(title="Pears")
    Note.objects.bulk_create([NoteFactory.build(record=record, trust=record.trust, text="Figs")])
    Note.objects.filter(text="Cherries").delete()
    Note.objects.filter(pk=note.pk).update(text="Plums")

    assert {word: bool(said(word)) for word in ("pears", "plums", "figs")} == {
        "pears": True,
        "plums": True,
        "figs": True,
    }
    assert not any(said(word) for word in ("one", "apples", "cherries"))
    Note.objects.all().delete()
    EvidenceRecord.objects.all().delete()
    assert not RecordWords.objects.exists()
    assert not said("pears")


def test_saving_a_record_costs_no_query_more(django_assert_num_queries):
    record = EvidenceRecordFactory.create()
    record.title = "Rivers"

    with django_assert_num_queries(1):
        record.save()

    assert said("river") == {record.pk}


def test_a_search_is_held_to_its_places():
    one, two = (
        EvidenceRecordFactory.create(title="Rivers"),
        EvidenceRecordFactory.create(title="Rivers"),
    )

    assert said("rivers") == {one.pk, two.pk}
    assert said("rivers", [f"t{one.trust_id.hex}"]) == {one.pk}
    assert said("rivers", [f"t{one.trust_id.hex}", f"a{two.academy_id.hex}"]) == set()


def test_a_text_of_any_length_is_kept():
    record = EvidenceRecordFactory.create()
    Note.objects.bulk_create(
        NoteFactory.build(
            record=record,
            trust=record.trust,
            position=place,
            text=" ".join(f"w{place}x{number}" for number in range(400)),
        )
        for place in range(200)
    )

    assert said("w0x3") == {record.pk}


def test_take_down_and_put_up_leave_the_same_index():
    record = EvidenceRecordFactory.create(title="Rivers")
    NoteFactory.create(record=record, text="Oceans")

    operations.take_down(plan=[(type("Step", (), {"app_label": "evidence"}), False)])
    EvidenceRecord.objects.filter(pk=record.pk).update(title="Lakes")
    operations.put_up()

    assert said("lakes oceans") == {record.pk}
    assert not said("rivers")


def test_take_down_leaves_the_index_alone_when_no_table_of_evidence_changes():
    operations.take_down(plan=[])

    assert operations._is_up(connection)  # noqa: SLF001 -- nothing else tells


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_put_up_is_what_migrate_does():
    record = EvidenceRecordFactory.create(title="Rivers")

    call_command("migrate", verbosity=0, run_syncdb=True)

    assert said("rivers") == {record.pk}
