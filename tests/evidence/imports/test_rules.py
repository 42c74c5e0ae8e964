import datetime as dt
import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import AcademyFactory, EvidenceImportFactory, TrustFactory, person
from trigpoint.evidence.headings.rules import LABELS
from trigpoint.evidence.imports import rules
from trigpoint.evidence.imports.rules import ADDED, KNOWN, REFUSED, Asked, Known
from trigpoint.evidence.models import ColumnMemory, EvidenceImport
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.roles import Role
from trigpoint.people.sheets.rules import Order

HILL, ANN = uuid.UUID(int=1), uuid.UUID(int=2)
KNOWN_HERE = Known(
    academies={"hill academy": [HILL], "100001": [HILL], "vale academy": [HILL, ANN]},
    called={HILL: "Hill Academy"},
    kinds={"LESSON_VISIT": {}, "BOOK_SCRUTINY": {}, "LEARNING_WALK": {"naming": "OFF"},
           "STUDENT_VOICE": {}, "GOVERNOR_LINK_VISIT": {}},
    standards={"C1": uuid.UUID(int=3), "T2": uuid.UUID(int=4)},
    staff={(HILL, "ann ash"): [ANN], (HILL, "sam oak"): [ANN, HILL]},
    names={HILL: ["Ann Ash", "Sam Oak", "Sam Oak"]},
    year_from=dt.date(2026, 9, 1),
)  # fmt: skip
COLUMNS = tuple(LABELS)
ASKED = Asked(
    {key: place for place, key in enumerate(COLUMNS)},
    "LESSON_VISIT",
    Order.DAY_FIRST,
    dt.date(2026, 11, 1),
)
GOOD = {"academy": "Hill Academy", "day": "12/11/2024", "notes": "Calm starts."}


def row(known=KNOWN_HERE, number=2, **said):
    return rules.check_row(number, [(GOOD | said).get(key, "") for key in COLUMNS], ASKED, known)


def test_check_row_reads_what_a_row_says():
    told = row(
        kind="Book look", subject="English", years="Year 4", seen_by="J. Fell", www="Pride.",
        minutes="20", standards="c1, T2", level="Good",
    )  # fmt: skip

    assert told["outcome"] == ADDED
    assert told["facts"] == {
        "academy_id": str(HILL),
        "day": "2024-11-12",
        "kind": "BOOK_SCRUTINY",
        "title": "English",
        "subject": "English",
        "year_groups": "Year 4",
        "group_described": "",
        "minutes": 20,
        "observed_id": None,
        "standards": [str(uuid.UUID(int=3)), str(uuid.UUID(int=4))],
        "notes": [
            {"kind": "RUNNING", "text": "Seen by J. Fell, the spreadsheet says."},
            {"kind": "RUNNING", "text": "Calm starts."},
            {"kind": "WWW", "text": "Pride."},
            {"kind": "RUNNING", "text": "Level in the spreadsheet: Good"},
        ],
    }


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"academy": "Vale"}, "no academy called Vale"),
        ({"academy": ""}, "no academy called nothing"),
        ({"academy": "Vale Academy"}, "2 academies are called Vale Academy. Write the URN instead"),
        ({"day": "30/02/2024"}, "is no day we can read"),
        ({"day": ""}, "The day is missing."),
        ({"day": "2026-11-02"}, "still to come"),
        ({"day": "12/11/1824"}, "is no day we can read"),
        ({"kind": "Séance"}, "is no kind of visit we know"),
        ({"kind": "Staff voice"}, "no published form for a staff voice"),
        ({"minutes": "an hour"}, "no number of minutes"),
        ({"minutes": "6000"}, "no number of minutes"),
        ({"standards": "C1;X9"}, "has no standard X9"),
        ({"person": "Nobody"}, "Nobody called Nobody worked there"),
        ({"person": "Sam Oak"}, "Several people called Sam Oak"),
        ({"title": "x" * 161}, "160 characters fit there"),
        ({"notes": ""}, "says nothing of what was seen"),
        ({"kind": "Student voice", "notes": "Mr Oak shouts."}, "Its words name Sam Oak"),
        ({"notes": "x" * 4001}, "4,000 characters"),
    ],
)
def test_check_row_says_what_is_wrong(said, words):
    told = row(**said)

    assert told["outcome"] == REFUSED
    assert words in told["words"]
    assert told["facts"] == {}


def test_check_row_leaves_a_level_out_where_the_words_name_somebody():
    told = row(notes="Mrs Ash reads aloud.", level="Outstanding")

    assert "Outstanding" not in str(told["facts"])
    assert "The level is left out: its words name Ann Ash." in told["words"]


def test_check_row_leaves_a_level_out_beside_a_person():
    told = row(person="Ann Ash", level="Outstanding")

    assert told["facts"]["observed_id"] == str(ANN)
    assert "Outstanding" not in str(told["facts"])
    assert "The level is left out: the row names a person." in told["words"]


def test_check_row_takes_every_kind_the_trust_has_a_form_for():
    known = replace(KNOWN_HERE, kinds={kind: {} for kind in ActivityKind.values})

    told = [row(known, kind=str(kind.label))["facts"].get("kind") for kind in ActivityKind]

    assert told == ActivityKind.values


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "Student voice"}, "The person is left out: a student voice names nobody."),
        ({"kind": "Link visit"}, "The person is left out: a governor link visit names nobody."),
        ({"kind": "Learning walk"}, "The person is left out: your form for it names nobody."),
        ({"day": "2026-09-01"}, "this school year count in their budget"),
    ],
)
def test_check_row_leaves_a_person_out_who_may_not_be_named(said, words):
    told = row(person="Ann Ash", level="Good", notes="Olivia asked.", **said)

    assert told["outcome"] == ADDED
    assert told["facts"]["observed_id"] is None
    assert words in told["words"]
    assert "Good" not in str(told["facts"])
    assert "1 word that may be a name: Olivia." in told["words"]


def test_check_row_of_the_importers_own_lesson_is_refused_with_the_way_round():
    known = replace(KNOWN_HERE, importer=ANN)

    told = row(known, person="Ann Ash")

    assert (told["outcome"], told["facts"]) == (REFUSED, {})
    assert "nobody records a visit to their own lesson" in told["words"]
    assert "another QA lead" in told["words"]
    assert row(known)["outcome"] == ADDED


def test_check_row_names_a_person_until_the_current_school_year():
    assert row(person="Ann Ash", day="2026-08-31")["facts"]["observed_id"] == str(ANN)


def test_check_row_counts_words_that_may_be_names():
    told = row(notes="Amelia said she reads. Ann Ash asked.", person="Ann Ash")

    assert "1 word that may be a name: Amelia." in told["words"]


def test_check_row_knows_a_row_again_however_its_columns_are_read():
    first = row(subject="English")
    known = Known(**{**{name: getattr(KNOWN_HERE, name) for name in ("academies", "called", "kinds")},
                     "there": {first["digest"]: "visits.csv, row 2"}})  # fmt: skip

    assert row(known, subject="english ", notes=" Calm  starts.")["outcome"] == KNOWN
    assert row(known, title="English")["words"] == "Brought in before: visits.csv, row 2."
    assert row(known, subject="English", notes="Other.")["outcome"] == ADDED


def test_check_row_tells_rows_apart_by_any_cell():
    told = [
        row(**{key: said}) for key, said in (("subject", "Art"), ("group", "3B"), ("years", "3"))
    ]

    assert len({one["digest"] for one in [row(), *told]}) == 4


def test_without_repeats_keeps_the_first_of_each():
    told = rules.without_repeats([row(number=2), row(number=3, notes="Other."), row(number=4)])

    assert [one["outcome"] for one in told] == [ADDED, ADDED, KNOWN]
    assert told[2]["words"] == "The same as row 2."


@given(st.lists(st.text(max_size=30), min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_check_row_takes_any_cells(cells):
    assert rules.check_row(2, cells, ASKED, KNOWN_HERE)["outcome"] in rules.OUTCOMES


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("whole_trust", [True, False])
def test_visible_to_agrees_with_may_view(role, whole_trust):
    academy = AcademyFactory.create()
    uploads = [
        EvidenceImportFactory.create(trust=trust)
        for trust in (academy.trust, TrustFactory.create())
    ]
    user = person(role, at=academy.trust if whole_trust else academy)

    seen = {upload for upload in uploads if rules.may_view(user, upload)}
    assert set(EvidenceImport.objects.visible_to(user)) == seen
    assert bool(rules.may_import(user, academy.trust)) is bool(seen)
    assert not ColumnMemory.objects.visible_to(user).exists()


STATES = EvidenceImport.Status
LEGAL = {
    ("match", STATES.UPLOADED),
    ("match", STATES.CHECKED),
    ("confirm", STATES.CHECKED),
    ("undo", STATES.CONFIRMED),
}


@pytest.mark.parametrize("verb", ["match", "confirm", "undo"])
@pytest.mark.parametrize("state", STATES)
def test_lifecycle_allows_what_was_written_by_hand(verb, state):
    assert bool(rules.LIFECYCLE.may(verb, state)) is ((verb, state) in LEGAL)
